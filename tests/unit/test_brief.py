"""The brief: a budget's ends are exact, and what was said once holds until it is taken back."""

from __future__ import annotations

from decimal import Decimal
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tools.brief import Brief, BriefChanges, Budget, Need, NeedChange, Recipient, Voucher
from tools.money import Money

PLACES = {"JPY": 0, "USD": 2, "KWD": 3}
ENDS = st.none() | st.decimals(min_value=0, max_value=10**6, places=4)
WORDS = st.lists(st.sampled_from(["tea", "jazz", "books", "nuts", "glitter", "chess"]), max_size=4)
KINDS = st.sampled_from(["gift", "cake", "favours"])


# -- the budget ---------------------------------------------------------------


def admits(budget: Budget, amount: str, currency: str = "USD") -> bool:
    low, high = budget.bounds(currency)
    minor = Money.of(amount, currency).minor
    return low <= minor and (high is None or minor <= high)


@pytest.mark.parametrize(
    ("amount", "within"), [("4.99", False), ("5.00", True), ("10.00", True), ("10.01", False), ("139.99", False)]
)
def test_five_to_ten_dollars_includes_both_ends_and_not_a_cent_more(amount: str, within: bool) -> None:
    assert admits(Budget(min="5", max="10"), amount) is within


@given(ENDS, ENDS, st.sampled_from(sorted(PLACES)), st.data())
def test_a_cost_is_admitted_exactly_when_it_lies_within_the_stated_amounts(
    one: Decimal | None, other: Decimal | None, currency: str, data: st.DataObject
) -> None:
    budget = Budget(min=one, max=other)
    low, high = budget.bounds(currency)
    scale = 10 ** PLACES[currency]
    near = {0, low, low - 1, floor((one or 0) * scale), ceil((other or 0) * scale), (high or 0) + 1}
    minor = data.draw(st.sampled_from(sorted(m for m in near if m >= 0)) | st.integers(0, 10**9))
    cost = Decimal(minor) / scale
    within = (budget.min is None or budget.min <= cost) and (budget.max is None or cost <= budget.max)
    assert (low <= minor and (high is None or minor <= high)) is within


@given(ENDS, ENDS)
def test_a_budget_is_kept_to_the_last_decimal_by_the_session(one: Decimal | None, other: Decimal | None) -> None:
    budget = Budget(min=one, max=other, currency="KWD")
    assert Budget.model_validate(budget.model_dump(mode="json")) == budget


def test_an_amount_is_stored_like_a_price_where_that_is_exact() -> None:
    assert Budget(max="40").model_dump(mode="json")["max"] == "40.00"


def test_sixty_to_forty_means_forty_to_sixty() -> None:
    assert Budget(min="60", max="40") == Budget(min="40", max="60")


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity", "1e10", "abc"])
def test_what_is_no_possible_amount_is_refused(amount: str) -> None:
    with pytest.raises(ValidationError):
        Budget(max=amount)


# -- changes ------------------------------------------------------------------

FULL = Brief(
    recipient=Recipient(relation="father", name="Otto", age_years=60),
    occasion="birthday",
    interests=["tea", "jazz"],
    avoid=["books"],
    allergies=["nuts"],
    owned=["kindle"],
    budget=Budget(min="40", max="60", currency="USD"),
    price_cap="39.99",
    needs=[Need(kind="cake"), Need(kind="favours", quantity=12)],
    theme="dinosaur",
    guests=12,
    like="mug",
)

CHANGES = st.builds(
    BriefChanges,
    interests=WORDS,
    avoid=WORDS,
    allergies=WORDS,
    owned=WORDS,
    remove=WORDS,
    theme=st.sampled_from([None, "tea", "space"]),
    age_years=st.none() | st.integers(0, 120),
    budget=st.none() | st.builds(Budget, max=ENDS, currency=st.sampled_from([None, "USD", "EUR"])),
    needs=st.lists(
        st.builds(NeedChange, kind=KINDS, quantity=st.none() | st.integers(1, 20), max=ENDS, each=st.booleans()),
        max_size=3,
    ),
    swap=st.lists(KINDS, max_size=1),
)
BRIEFS = st.lists(CHANGES, max_size=3).map(lambda steps: _after(Brief(), steps))


def _after(brief: Brief, steps: list[BriefChanges]) -> Brief:
    for step in steps:
        brief = step.apply(brief)
    return brief


def change(**fields: Any) -> Brief:
    return BriefChanges(**fields).apply(FULL)


def test_a_message_that_says_nothing_changes_nothing() -> None:
    assert change() == FULL


def test_everything_said_stays_when_something_else_is_said() -> None:
    after = change(age_years=61, interests=["chess"])
    assert after.recipient == Recipient(relation="father", name="Otto", age_years=61)
    assert after.interests == ["tea", "jazz", "chess"]
    assert after.model_dump(exclude={"recipient", "interests"}) == FULL.model_dump(exclude={"recipient", "interests"})


def test_starting_over_keeps_nothing_of_the_old_brief() -> None:
    assert change(start_over=True, interests=["chess"]) == Brief(interests=["chess"])


def test_what_is_refused_is_no_interest_and_no_theme_any_more() -> None:
    assert change(avoid=["tea"]).interests == ["jazz"]
    assert change(allergies=["tea"]).interests == ["jazz"]
    assert change(owned=["jazz"]).interests == ["tea"]
    assert change(avoid=["dinosaur"]).theme is None


def test_what_is_wished_for_is_no_longer_refused() -> None:
    assert change(interests=["books"]).avoid == []


def test_a_wish_never_lifts_an_allergy() -> None:
    assert change(interests=["nuts"]).allergies == ["nuts"]


def test_what_is_taken_back_is_gone_wherever_it_stood() -> None:
    after = change(remove=["tea", "books", "nuts", "kindle", "dinosaur", "cake"])
    assert (after.interests, after.avoid, after.allergies, after.owned) == (["jazz"], [], [], [])
    assert after.theme is None
    assert after.needs == [Need(kind="favours", quantity=12)]


def test_a_budget_taken_back_takes_cheaper_back_with_it() -> None:
    after = change(remove=["budget"])
    assert after.budget is None
    assert after.price_cap is None


def test_a_budget_is_replaced_as_a_whole_but_keeps_its_currency() -> None:
    after = change(budget=Budget(max="30", per="each"))
    assert after.budget == Budget(max="30", per="each", currency="USD")
    assert change(budget=Budget(max="30", currency="EUR")).budget == Budget(max="30", currency="EUR")


def test_a_stated_budget_supersedes_cheaper() -> None:
    assert change(budget=Budget(max="80")).price_cap is None
    assert change(interests=["chess"]).price_cap == FULL.price_cap


def test_needs_are_merged_by_kind_in_the_order_they_were_said() -> None:
    after = change(needs=[NeedChange(kind="favours", quantity=15), NeedChange(kind="activity")])
    assert after.needs == [Need(kind="cake"), Need(kind="favours", quantity=15), Need(kind="activity")]


def test_guests_told_later_count_what_every_guest_gets_one_of() -> None:
    needs = [Need(kind="cake"), Need(kind="favours"), Need(kind="tableware", quantity=20)]
    after = BriefChanges(guests=12).apply(Brief(needs=needs))
    assert [need.quantity for need in after.needs] == [1, 12, 20]
    assert [need.quantity for need in BriefChanges(guests=15).apply(after).needs] == [1, 15, 20]
    assert BriefChanges(needs=[NeedChange(kind="favours", quantity=6)]).apply(after).needs[1].quantity == 6


def party(**fields: Any) -> Brief:
    """A party for 12 with a budget, after changes."""
    plain = [NeedChange(kind=kind) for kind in ("gift", "cake", "tableware", "favours")]
    return BriefChanges(**fields).apply(BriefChanges(needs=plain, guests=12).apply(Brief()))


def need(brief: Brief, kind: str) -> Need:
    return next(n for n in brief.needs if n.kind == kind)


def test_what_is_said_of_one_need_leaves_the_others_and_the_rest_of_it_alone() -> None:
    before = party(needs=[NeedChange(kind="favours", quantity=16, importance=1)])
    after = BriefChanges(needs=[NeedChange(kind="favours", max="40")]).apply(before)
    assert need(after, "favours") == Need(kind="favours", quantity=16, importance=1, max="40")
    assert [n for n in after.needs if n.kind != "favours"] == [n for n in before.needs if n.kind != "favours"]


def test_an_amount_a_head_binds_all_units_and_follows_their_number() -> None:
    bound = [NeedChange(kind="favours", max="5", each=True), NeedChange(kind="cake", max="3", each=True)]
    brief = party(needs=bound)
    assert (need(brief, "favours").max, need(brief, "cake").max) == (60, 36)
    fewer = BriefChanges(guests=8).apply(brief)
    assert (need(fewer, "favours").max, need(fewer, "cake").max) == (40, 24)
    more = BriefChanges(needs=[NeedChange(kind="favours", quantity=16)]).apply(fewer)
    assert (need(more, "favours").max, need(more, "cake").max) == (80, 24)


def test_an_amount_a_head_waits_for_the_number_of_guests() -> None:
    early = BriefChanges(needs=[NeedChange(kind="favours", max="5", each=True)]).apply(Brief())
    assert need(BriefChanges(guests=12).apply(early), "favours").max == 60


def test_both_ends_of_a_need_hold_together_and_the_last_word_wins_where_they_cannot() -> None:
    brief = party(needs=[NeedChange(kind="gift", max="60")])
    ranged = BriefChanges(needs=[NeedChange(kind="gift", min="40")]).apply(brief)
    assert (need(ranged, "gift").min, need(ranged, "gift").max) == (40, 60)
    lifted = BriefChanges(needs=[NeedChange(kind="gift", min="80")]).apply(ranged)
    assert (need(lifted, "gift").min, need(lifted, "gift").max) == (80, None)
    free = BriefChanges(remove=["gift limit"]).apply(ranged)
    assert need(free, "gift") == Need(kind="gift")


def test_a_kept_pick_is_the_one_that_was_shown_and_a_swapped_one_is_let_go() -> None:
    shown = {"cake": "sponge", "gift": "kite"}
    kept = BriefChanges(keep=["cake"]).apply(party(), shown)
    assert [n.keep for n in kept.needs] == [None, "sponge", None, None]
    assert need(BriefChanges(swap=["cake"]).apply(kept, shown), "cake").keep is None


def test_vouchers_are_held_until_they_are_taken_back() -> None:
    ten, five = Voucher(percent="10"), Voucher(amount="5", from_total="40")
    brief = BriefChanges(vouchers=[five]).apply(party(vouchers=[ten]))
    assert brief.vouchers == [ten, five]
    assert BriefChanges(vouchers=[ten]).apply(brief).vouchers == [ten, five]  # said twice, held once
    assert BriefChanges(remove=["vouchers"]).apply(brief).vouchers == []


def test_one_thing_more_lifts_the_cap_of_cheaper() -> None:
    brief = party().model_copy(update={"price_cap": 99})
    assert BriefChanges(needs=[NeedChange(kind="cake", importance=3)]).apply(brief).price_cap == 99
    assert BriefChanges(needs=[NeedChange(kind="activity")]).apply(brief).price_cap is None


@given(BRIEFS, CHANGES)
def test_applying_changes_leaves_the_old_brief_as_it_was(brief: Brief, changes: BriefChanges) -> None:
    brief_before, changes_before = brief.model_dump_json(), changes.model_dump_json()
    changes.apply(brief)
    assert (brief.model_dump_json(), changes.model_dump_json()) == (brief_before, changes_before)


@given(BRIEFS, CHANGES)
def test_a_rule_never_vanishes_unless_it_is_taken_back_or_wished_for(brief: Brief, changes: BriefChanges) -> None:
    after = changes.apply(brief)
    assert set(brief.avoid) - {*changes.remove, *changes.interests} <= set(after.avoid)
    for field in ("allergies", "owned"):
        assert set(getattr(brief, field)) - set(changes.remove) <= set(getattr(after, field))
        assert set(getattr(changes, field)) <= set(getattr(after, field))
    assert set(changes.avoid) <= set(after.avoid)


@given(BRIEFS, CHANGES)
def test_a_brief_survives_the_session(brief: Brief, changes: BriefChanges) -> None:
    after = changes.apply(brief)
    assert Brief.model_validate(after.model_dump(mode="json")) == after


@given(BRIEFS, CHANGES)
def test_no_word_stands_twice_in_a_list_and_no_need_twice(brief: Brief, changes: BriefChanges) -> None:
    after = changes.apply(brief)
    kinds = [need.kind for need in after.needs]
    for words in (after.interests, after.avoid, after.allergies, after.owned, kinds):
        assert len(words) == len(set(words))


# -- what a brief asks for ----------------------------------------------------


def test_phrases_are_lower_case_without_blanks_or_repetition() -> None:
    assert Brief(interests=["  Jazz ", "jazz", "Green   Tea", ""]).interests == ["jazz", "green tea"]
    assert Brief.model_validate({"avoid": "Alcohol"}).avoid == ["alcohol"]
    assert Brief(theme=" Dinosaur ").theme == "dinosaur"


@pytest.mark.parametrize(
    ("refused", "wish", "stays"),
    [("book", "comic books", False), ("peppa", "peppa pig", False), ("fish", "fishing", True),
     ("alcohol", "alcohol free beer", True), ("green tea", "tea", True)],
)  # fmt: skip
def test_a_refusal_drops_the_wishes_that_nothing_could_answer_any_more(refused: str, wish: str, stays: bool) -> None:
    assert BriefChanges(avoid=[refused]).apply(Brief(interests=[wish])).interests == ([wish] if stays else [])
    lifted = BriefChanges(interests=[wish]).apply(Brief(avoid=[refused]))
    assert lifted.avoid == ([refused] if stays else [])


def test_what_a_need_is_swapped_for_takes_the_place_of_what_was_wished_for_it() -> None:
    party = Brief(needs=[Need(kind="cake"), Need(kind="decorations", wishes=["balloons"])])
    changes = BriefChanges(needs=[NeedChange(kind="decorations", theme="dinosaur")], swap=["decorations"])
    assert changes.apply(party).needs[1].wishes == []


def test_a_brief_that_names_no_need_asks_for_one_gift() -> None:
    assert Brief().wanted == [Need(kind="gift")]
    assert not Brief().is_plan


def test_several_needs_make_a_plan() -> None:
    assert FULL.is_plan
    assert not Brief(needs=[Need(kind="favours", quantity=12)]).is_plan


def test_avoided_things_allergies_and_owned_things_are_all_rules() -> None:
    assert FULL.rules == ["books", "nuts", "kindle"]
