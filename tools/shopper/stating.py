"""What a message changed once picks are on the table, said in one sentence of the reply: to be corrected or undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tools.brief import Brief, Budget, JointBound, Need, Voucher
from tools.catalog.interface import Catalog
from tools.lexicon.qualities import wanted
from tools.money import Money
from tools.needs import spoken
from tools.request import Outcome, Replacing

IMPORTANCE = {1: "little weight on the {}", 2: "as much weight on the {} as on the rest", 3: "most weight on the {}"}
FEEL = {"low": "rather at the low end of the prices", "high": "rather at the high end of the prices"}


def stated(
    before: Brief,
    brief: Brief,
    critique: str | None,
    refused: Sequence[str],
    shown: Outcome,
    shop: Catalog,
    replaced: Replacing | None = None,
    *,
    waiting: bool = False,
) -> list[str]:
    """The sentence, or nothing where no picks were on the table or nothing about them changed.

    ``waiting``: nothing fitted, or a question about money is open, so that what else is said might seem lost.
    ``refused`` are the product_ids that this message turned down; with ``replaced`` the other picks stay.
    """
    if not shown.picks and not waiting:
        return []
    parts = [*_wanted(before, brief, shop), *_left_out(before, brief), *_planned(before, brief, shop)]
    if critique == "different" and not parts:
        parts.append("something else")
    parts += _instead(replaced, refused, shop) if replaced else _gone(critique, refused, shown)
    return [f"Noted: {'; '.join(parts)}."] if parts else []


def unheeded(names: list[str]) -> str:
    """What of it could not be had."""
    return f"Nothing that fits is {', or '.join(names)}, so these come closest." if names else ""


def _instead(replaced: Replacing, refused: Sequence[str], shop: Catalog) -> Iterator[str]:
    """Which picks of a shortlist give way, to what, and that the others stay."""
    titles = [f'"{product.title}"' for product in shop.require(list(refused))]
    bounds = ((replaced.under, "below"), (replaced.over, "above"))
    priced = "".join(f" {word} {_money(end, shop)}" for end, word in bounds if end is not None)
    yield f"{'another pick' if len(titles) == 1 else 'other picks'}{priced} instead of {' and '.join(titles)}"
    if stay := sum(map(bool, replaced.places)):
        yield "the other stays" if stay == 1 else "the others stay"


def _gone(critique: str | None, refused: Sequence[str], shown: Outcome) -> Iterator[str]:
    """What was shown and is not shown again."""
    if not refused:
        return
    whole = len(refused) == len(shown.picks)
    kinds = " and ".join(dict.fromkeys(spoken(pick.need) for pick in shown.picks if pick.product_id in refused))
    if critique is None and not whole:
        yield f"another pick for the {kinds}"
    else:
        yield "what I showed before is left out" if whole else f"the {kinds} from before is left out"


def _wanted(before: Brief, brief: Brief, shop: Catalog) -> Iterator[str]:
    """What picks shall be from now on."""
    yield from _whom(before, brief)
    if brief.price_cap != before.price_cap:
        cap = brief.price_cap
        per = " in all" if brief.is_plan else ""
        yield 'the limit from "cheaper" no longer holds' if cap is None else f"at most {_money(cap, shop)}{per}"
    if brief.dearer_than is not None and brief.dearer_than != before.dearer_than:
        yield f"dearer than {_money(brief.dearer_than, shop)}"
    elif brief.price_feel != before.price_feel:
        yield FEEL.get(brief.price_feel or "", "any price again")
    if brief.budget != before.budget:
        yield _budget(brief.budget, before.budget, shop)
    if brief.like and brief.like != before.like and (liked := shop.get(brief.like)):
        yield f'more like "{liked.title}"'
    for names, old, word in ((brief.more, before.more, "more"), (brief.less, before.less, "less")):
        yield from (wanted(word, name) for name in names if name not in old)
        yield from (f"no longer {wanted(word, name)}" for name in old if name not in names)
    yield from (f'"{word}" wherever there is such' for word in brief.must if word not in before.must)
    if new := [wish for wish in brief.interests if wish not in (*before.interests, *brief.must)]:
        stays = any(wish in brief.interests for wish in before.interests)
        how = f"{_quoted(new)} as well" if stays else f"{_quoted(new)} instead"
        yield how if before.interests else f"for somebody who likes {_quoted(new)}"
    if brief.options != before.options:
        yield "as many picks as usual" if brief.options is None else f"{brief.options} at a time"


def _whom(before: Brief, brief: Brief) -> Iterator[str]:
    """Whom and what it is for."""
    new, old = brief.recipient, before.recipient
    if new.name != old.name and new.name:
        yield f"for {new.name}"
    if new.relation != old.relation and new.relation:
        yield "for yourself" if new.relation == "self" else f"for your {new.relation.replace('_', '-')}"
    if new.age_years != old.age_years:
        yield "any age" if new.age_years is None else f"age {new.age_years}"
    if brief.occasion != before.occasion:
        yield f"for {brief.occasion.replace('_', ' ')}" if brief.occasion else "for no occasion in particular"
    if brief.date != before.date:
        yield f"for {brief.date:%-d %B %Y}" if brief.date else "without a date"
    if brief.theme != before.theme:
        yield f'theme "{brief.theme}"' if brief.theme else "no theme"
    if brief.guests != before.guests:
        yield f"{brief.guests} guests" if brief.guests else "no number of guests"


def _budget(budget: Budget | None, before: Budget | None, shop: Catalog) -> str:
    if budget is None or (budget.min is None and budget.max is None):
        return "any price"
    currency = budget.currency or shop.currency
    low, high = (None if end is None else Money.of(end, currency) for end in (budget.min, budget.max))
    each = " each" if budget.per == "each" else " in all" if before and before.per == "each" else ""
    if high is None:
        return f"from {low}{each}"
    return f"{low} to {high}{each}" if low and budget.min else f"up to {high}{each}"


def _left_out(before: Brief, brief: Brief) -> Iterator[str]:
    """New rules, and what is taken back."""
    if new := [rule for rule in brief.rules if rule not in before.rules]:
        yield f"nothing with {_quoted(new)}"
    if back := [rule for rule in before.rules if rule not in brief.rules]:
        yield f"{_quoted(back)} allowed again"
    if gone := [wish for wish in before.interests if wish not in brief.interests]:
        yield f"{_quoted(gone)} no longer looked for"


def _planned(before: Brief, brief: Brief, shop: Catalog) -> Iterator[str]:
    """What changed in single needs, in what some of them may cost together, and in vouchers."""
    old = {need.name: need for need in before.wanted}
    for need in brief.wanted:
        if need.name not in old:
            yield f"the {spoken(need.name)} as well"
        yield from _need(old.get(need.name, Need(kind=need.kind, name=need.name)), need, shop)
    if gone := [spoken(name) for name in old if name not in [need.name for need in brief.wanted]]:
        yield f"no {' and no '.join(gone)}"
    yield from (_joint(bound, shop) for bound in brief.joint if bound not in before.joint)
    kinds = [bound.kinds for bound in brief.joint]
    yield from (f"no limit on {bound.names} together" for bound in before.joint if bound.kinds not in kinds)
    yield from (f"{_voucher(voucher, shop)} counted" for voucher in brief.vouchers if voucher not in before.vouchers)
    yield from (f"without {_voucher(gone, shop)}" for gone in before.vouchers if gone not in brief.vouchers)


def _need(old: Need, need: Need, shop: Catalog) -> Iterator[str]:
    name = spoken(need.name)
    if need.quantity != old.quantity:
        yield f"{need.quantity} × {name}"
    if need.max != old.max:
        yield f"the {name} at any price" if need.max is None else f"the {name} at most {_money(need.max, shop)}"
    if need.min != old.min and need.min is not None:
        yield f"the {name} from {_money(need.min, shop)}"
    if need.importance != old.importance:
        yield IMPORTANCE[need.importance].format(name)
    if need.theme != old.theme and need.theme:
        yield f'the {name} as "{need.theme}"'
    if new := [wish for wish in need.wishes if wish not in old.wishes]:
        yield f"{_quoted(new)} for the {name}"
    if new := [source for source in need.not_from if source not in old.not_from]:
        yield f"nothing from {_quoted(new)}" if name == "present" else f"the {name} not from {_quoted(new)}"
    if need.keep and need.keep != old.keep:
        yield f"the {name} stays"


def _joint(bound: JointBound, shop: Catalog) -> str:
    low, high = (None if end is None else _money(end, shop) for end in (bound.min, bound.max))
    told = " ".join(filter(None, (f"from {low}" if low else "", f"at most {high}" if high else "")))
    return f"{bound.names} together {told}"


def _voucher(voucher: Voucher, shop: Catalog) -> str:
    worth = (
        "free shipping" if voucher.free_shipping else f"{voucher.percent.normalize():f}% off" if voucher.percent else ""
    )
    return f"your {voucher.label} ({worth or f'{_money(voucher.amount, shop)} off'})"


def _money(amount: object, shop: Catalog) -> str:
    return str(Money.of(str(amount), shop.currency))


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)
