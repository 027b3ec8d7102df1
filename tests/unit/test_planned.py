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
