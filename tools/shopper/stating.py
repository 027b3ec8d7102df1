"""What a message about the picks changed, said in one sentence of the reply, so that it can be corrected or undone."""

from __future__ import annotations

from collections.abc import Iterator

from tools.brief import Brief
from tools.catalog.interface import Catalog
from tools.money import Money
from tools.product import NEED_NAMES
from tools.request import Outcome


def stated(
    before: Brief, brief: Brief, critique: str | None, refused: list[str], shown: Outcome, shop: Catalog
) -> list[str]:
    """The sentence, or nothing where no picks were on the table or nothing about them changed."""
    if not shown.picks:
        return []
    parts = [*_wanted(before, brief, shop), *_left_out(before, brief)]
    if critique == "different" and not parts:
        parts.append("something else")
    whole = len(refused) == len(shown.picks)
    if refused and critique is None and not whole:
        parts.append(f"another pick for the {_kinds(refused, shown)}")
    elif refused:
        which = "what I showed before is left out" if whole else f"the {_kinds(refused, shown)} from before is left out"
        parts.append(which)
    return [f"Noted: {'; '.join(parts)}."] if parts else []


def unheeded(names: list[str]) -> str:
    """What of it could not be had."""
    return f"Nothing that fits is {' and '.join(names)}, so these come closest." if names else ""


def _wanted(before: Brief, brief: Brief, shop: Catalog) -> Iterator[str]:
    """What picks shall be from now on."""
    if brief.price_cap != before.price_cap:
        cap = brief.price_cap
        per = " in all" if brief.is_plan else ""
        yield 'the limit from "cheaper" no longer holds' if cap is None else f"at most {_money(cap, shop)}{per}"
    if brief.dearer_than is not None and brief.dearer_than != before.dearer_than:
        yield f"dearer than {_money(brief.dearer_than, shop)}"
    elif brief.price_feel != before.price_feel:
        yield {"low": "rather at the low end of the prices", "high": "rather at the high end of the prices"}.get(
            brief.price_feel or "", "any price again"
        )
    if brief.budget and before.budget and brief.budget.max and brief.budget.max != before.budget.max:
        yield f"up to {_money(brief.budget.max, shop)}{' each' if brief.budget.per == 'each' else ''}"
    if brief.like and brief.like != before.like and (liked := shop.get(brief.like)):
        yield f'more like "{liked.title}"'
    for names, old, word in ((brief.more, before.more, "more"), (brief.less, before.less, "less")):
        yield from (f"{word} {name}" for name in names if name not in old)
    yield from (f'"{word}" wherever there is such' for word in brief.must if word not in before.must)
    for need in brief.needs:
        old = next((n for n in before.needs if n.kind == need.kind), None)
        if old and need.max != old.max and need.max is not None:
            yield f"the {NEED_NAMES[need.kind]} at most {_money(need.max, shop)}"
        if old and need.min != old.min and need.min is not None:
            yield f"the {NEED_NAMES[need.kind]} from {_money(need.min, shop)}"


def _left_out(before: Brief, brief: Brief) -> Iterator[str]:
    """New rules, and what is taken back."""
    if new := [rule for rule in brief.rules if rule not in before.rules]:
        yield f"nothing with {_quoted(new)}"
    if back := [rule for rule in before.rules if rule not in brief.rules]:
        yield f"{_quoted(back)} allowed again"
    if gone := [wish for wish in before.interests if wish not in brief.interests]:
        yield f"{_quoted(gone)} no longer looked for"


def _kinds(refused: list[str], shown: Outcome) -> str:
    return " and ".join(dict.fromkeys(NEED_NAMES[pick.need] for pick in shown.picks if pick.product_id in refused))


def _money(amount: object, shop: Catalog) -> str:
    return str(Money.of(str(amount), shop.currency))


def _quoted(words: list[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)
