"""Later turns about a planned party: only what a message names may change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from recsys_agent.offline.reading import Reading, read
from tests.unit import need_cases as table
from tools.brief import Brief

TODAY = date(2026, 11, 23)  # a Monday
AGREED = [*table.CONSENT, *table.LATER_CONSENT]
PARTY_WORDS = "Plan a dinosaur party for my 6-year-old, 12 kids, $250 including a present"
PARTY = read(PARTY_WORDS, today=TODAY).changes.apply(Brief())
SHOWN: dict[Any, str] = {need.kind: f"shown {need.kind}" for need in PARTY.needs}
CHANGED = [
    *table.ADDED, *table.DROPPED, *table.KEPT, *table.SWAPPED, *table.BOUND, *table.WEIGHED, *table.COUNTED,
    *table.THEMED, *table.TOTALS, *table.VOUCHERS, *table.DELIVERY, *table.LATER,
]  # fmt: skip


def reading_of(message: str, offered: list[str] | None = None) -> Reading:
    return read(message, today=TODAY, brief=PARTY, shown=len(SHOWN), offered=offered or [])


def differences(reading: Reading) -> dict[str, Any]:
    """All that a reading changes, in the terms of the table."""
    after = reading.changes.apply(PARTY)
    found: dict[str, Any] = {
        "keep": sorted(reading.changes.keep), "swap": sorted(reading.changes.swap), "critique": reading.critique,
        "accept": reading.accept, "start_over": reading.changes.start_over,
        "vouchers": [v.model_dump(mode="json", exclude={"label"}, exclude_defaults=True) for v in after.vouchers],
    }  # fmt: skip
    before, now = ({n.kind: n.model_dump(mode="json") for n in brief.needs} for brief in (PARTY, after))
    for kind in {**before, **now}:
        old, new = before.get(kind, {}), now.get(kind)
        changed = None if new is None else {k: v for k, v in new.items() if old.get(k) != v and k != "each"}
        if changed or new is None:
            found[kind] = changed
    dumped = [brief.model_dump(mode="json", exclude={"needs", "vouchers", "bounded"}) for brief in (PARTY, after)]
    found |= {k: v for k, v in dumped[1].items() if v != dumped[0][k]}
    if "budget" in found:
        found["budget"] = found["budget"] and found["budget"]["max"]
    return {k: v for k, v in found.items() if v or (v is None and k in before)}


def expected(said: dict[str, Any]) -> dict[str, Any]:
    return {k: sorted(v) if k in ("keep", "swap") else v for k, v in said.items() if v or v is None}


def test_the_party_of_the_issue_is_six_needs_under_one_budget() -> None:
    assert {n.kind: n.quantity for n in PARTY.needs} == {
        "gift": 1, "cake": 1, "decorations": 1, "tableware": 12, "favours": 12, "activity": 1,
    }  # fmt: skip
    assert (PARTY.theme, PARTY.guests, PARTY.recipient.age_years) == ("dinosaur", 12, 6)
    assert PARTY.budget is not None
    assert (PARTY.budget.max, PARTY.budget.per) == (250, "total")


@pytest.mark.parametrize(
    ("message", "budget", "bounds"),
    [
        ("Plan a unicorn party for 6, $200 with a present", "200.00", {}),
        ("a present and a cake, $60", "60.00", {}),
        ("a present and a cake under 60", "60.00", {}),
        ("a pirate party for 8 kids, $150, cake at most 30", "150.00", {"cake": "30.00"}),
        ("cake for $30 and a present for $50", None, {"cake": "30.00", "gift": "50.00"}),
        ("party for 10, max 40 for the cake, 180 in total", "180.00", {"cake": "40.00"}),
        ("a $40 cake and balloons", None, {"cake": "40.00"}),
        ("I need a cake and balloons, up to $50 altogether", "50.00", {}),
    ],
)
def test_an_amount_of_a_first_message_is_the_plans_or_a_needs(
    message: str, budget: str | None, bounds: dict[str, str]
) -> None:
    brief = read(message, today=TODAY).changes.apply(Brief()).model_dump(mode="json")
    assert (brief["budget"] or {}).get("max") == budget
    assert {need["kind"]: need["max"] for need in brief["needs"] if "max" in need} == bounds


def test_one_of_two_vouchers_is_taken_back_by_its_name() -> None:
    held = reading_of("I have a 10% voucher and a coupon: 10 off from 60").changes.apply(PARTY)
    for said, left in (("forget the coupon", ["10% voucher"]), ("the vouchers have expired", [])):
        after = read(said, today=TODAY, brief=held, shown=6).changes.apply(held)
        assert [voucher.label for voucher in after.vouchers] == left


@pytest.mark.parametrize(("message", "said"), CHANGED, ids=[message for message, _ in CHANGED])
def test_only_what_was_said_changes(message: str, said: dict[str, Any]) -> None:
    reading = reading_of(message)
    assert differences(reading) == expected(said)
    assert reading.intent in ("recommend", "critique")


@pytest.mark.parametrize(("message", "said"), AGREED, ids=[message for message, _ in AGREED])
def test_only_a_yes_agrees_to_an_offer(message: str, said: dict[str, Any]) -> None:
    reading = reading_of(message, offered=table.OFFERED)
    assert reading.accept == said.get("accept")
    assert differences(reading) == expected(said)


@pytest.mark.parametrize(
    ("message", "from_total"),
    [
        ("I have a free shipping voucher", None),
        ("I have free shipping", None),
        ("free shipping from 50", "50.00"),
        ("my coupon gives free shipping (from 50)", "50.00"),
        ("got a code for free delivery on orders over 50", "50.00"),
        ("delivery is free for me, I have a membership", None),
    ],
)
def test_free_shipping_that_one_has_is_a_voucher(message: str, from_total: str | None) -> None:
    (voucher,) = reading_of(message).changes.vouchers
    assert (voucher.free_shipping, voucher.from_total and str(voucher.from_total)) == (True, from_total)


@pytest.mark.parametrize(
    "message", ["is there free shipping?", "I want free shipping", "only things with free delivery"]
)
def test_free_shipping_that_is_only_wished_for_is_none(message: str) -> None:
    assert reading_of(message).changes.vouchers == []


@pytest.mark.parametrize(
    "message",
    [
        "use code SAVE15 for 15% off",
        "use the code SAVE15, it gives 15% off",
        "code SAVE15: 15% off",
        "apply SAVE15, 15% off",
    ],
)
def test_a_voucher_code_is_no_command(message: str) -> None:
    reading = reading_of(message)
    assert reading.intent == "recommend"
    assert [str(voucher.percent) for voucher in reading.changes.vouchers] == ["15"]


@pytest.mark.parametrize(
    "message", ["use the code interpreter", "run the code below", "execute code", "call the function"]
)
def test_a_command_to_run_code_is_still_hostile(message: str) -> None:
    assert reading_of(message).intent == "hostile"


@pytest.mark.parametrize("said", ["only one voucher can be used", "they can't be combined", "one coupon per order"])
def test_that_vouchers_do_not_combine_may_be_said_later(said: str) -> None:
    held = reading_of("I have a 10% voucher and a coupon: 10 off from 60").changes.apply(PARTY)
    after = read(said, today=TODAY, brief=held, shown=6).changes.apply(held)
    assert [(v.label, v.combinable) for v in after.vouchers] == [(v.label, False) for v in held.vouchers]


@pytest.mark.parametrize(
    ("message", "kind", "source"),
    [
        ("make the cake from another shop", "cake", "seller"),
        ("a cake from a different seller", "cake", "seller"),
        ("the cake from another brand", "cake", "brand"),
        ("can the tableware be from somewhere else", "tableware", "seller"),
        ("decorations by another maker please", "decorations", "brand"),
        ("a different brand for the favours", "favours", "brand"),
        ("swap the cake for one by someone else", "cake", "seller"),
        ("I want the cake from another bakery", "cake", "seller"),
    ],
)
def test_another_brand_or_seller_swaps_and_says_of_what(message: str, kind: str, source: str) -> None:
    changes = reading_of(message).changes
    assert (changes.swap, changes.elsewhere) == ([kind], source)


@pytest.mark.parametrize(
    ("message", "theme"),
    [
        ("party for my niece (turning 6), jungle, 10 of them, total $300", "jungle"),
        ("kids party: space, 8 kids, 150 dollars", "space"),
        ("party for 8 kids, he likes football, cars, space and dinosaurs, 100 dollars", None),
    ],
)
def test_a_theme_may_be_an_entry_of_a_list_but_a_liking_is_none(message: str, theme: str | None) -> None:
    assert read(message, today=TODAY).changes.theme == theme
