"""Every change of the brief is said once picks are on the table, so that it can be corrected or undone."""

from __future__ import annotations

from datetime import date

import pytest

from tests.fakes.products import a_catalog, a_product
from tools.brief import Brief, BriefChanges, Budget, JointBound, Need, NeedChange, Recipient, Voucher
from tools.catalog.interface import Catalog
from tools.request import Outcome, Pick, Replacing, Request
from tools.shopper.stating import stated

BEFORE = Brief(
    recipient=Recipient(relation="sister", name="Ana", age_years=30),
    occasion="birthday",
    interests=["tea"],
    avoid=["plastic"],
    budget=Budget(max="120"),
    needs=[Need(kind="cake"), Need(kind="favours", quantity=8)],
    joint=[JointBound(kinds=["cake", "favours"], max="60")],
    vouchers=[Voucher(label="coupon", amount="5")],
    guests=8,
)
CHANGES: list[tuple[BriefChanges, str]] = [
    (BriefChanges(relation="mother"), "mother"),
    (BriefChanges(name="Eva"), "Eva"),
    (BriefChanges(age_years=31), "age 31"),
    (BriefChanges(occasion="christmas"), "christmas"),
    (BriefChanges(date=date(2026, 12, 24)), "24 December 2026"),
    (BriefChanges(interests=["jazz"]), '"jazz" as well'),
    (BriefChanges(avoid=["books"]), 'nothing with "books"'),
    (BriefChanges(allergies=["nuts"]), 'nothing with "nuts"'),
    (BriefChanges(owned=["kettle"]), 'nothing with "kettle"'),
    (BriefChanges(budget=Budget(max="80")), "up to $80.00"),
    (BriefChanges(budget=Budget(min="40", max="80")), "$40.00 to $80.00"),
    (BriefChanges(budget=Budget(max="8", per="each")), "up to $8.00 each"),
    (BriefChanges(remove=["budget"]), "any price"),
    (BriefChanges(price_feel="low"), "low end"),
    (BriefChanges(must=["blue"]), '"blue" wherever'),
    (BriefChanges(more=["personal"]), "more personal"),
    (BriefChanges(more=["small"]), "smaller"),
    (BriefChanges(less=["childish"]), "less childish"),
    (BriefChanges(needs=[NeedChange(kind="tableware")]), "the tableware as well"),
    (BriefChanges(needs=[NeedChange(kind="cake", max="30")]), "the cake at most $30.00"),
    (BriefChanges(needs=[NeedChange(kind="cake", importance=3)]), "most weight on the cake"),
    (BriefChanges(needs=[NeedChange(kind="cake", theme="pirate")]), 'the cake as "pirate"'),
    (BriefChanges(needs=[NeedChange(kind="cake", wishes=["candles"])]), '"candles" for the cake'),
    (BriefChanges(needs=[NeedChange(kind="favours", quantity=12)]), "12 × party favours"),
    (BriefChanges(remove=["cake"]), "no cake"),
    (BriefChanges(joint=[JointBound(kinds=["cake", "favours"], max="50")]), "together at most $50.00"),
    (BriefChanges(remove=["joint limits"]), "no limit on cake and party favours together"),
    (BriefChanges(vouchers=[Voucher(percent="20")]), "your voucher (20% off)"),
    (BriefChanges(remove=["vouchers"]), "without your coupon"),
    (BriefChanges(theme="pirate"), 'theme "pirate"'),
    (BriefChanges(guests=10), "10 guests"),
    (BriefChanges(options=5), "5 at a time"),
    (BriefChanges(remove=["tea"]), '"tea" no longer'),
    (BriefChanges(remove=["plastic"]), '"plastic" allowed again'),
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return a_catalog(tmp_path_factory.mktemp("shop"), [a_product(name) for name in "abc"])


def shown(*ids: str) -> Outcome:
    picks = [Pick(need="gift", product_id=product_id) for product_id in ids]
    return Outcome(request=Request(brief=Brief()), status="recommended", picks=picks)


@pytest.mark.parametrize(("change", "said"), CHANGES, ids=[said for _, said in CHANGES])
def test_every_change_is_said(change: BriefChanges, said: str, shop: Catalog) -> None:
    (sentence,) = stated(BEFORE, change.apply(BEFORE), None, [], shown("a"), shop)
    assert sentence.startswith("Noted: ")
    assert said in sentence


def test_no_field_of_the_brief_changes_in_silence() -> None:
    """A new field of the brief has to be said, too, or be named here with the reason why not."""
    said_by_a_critique = {"price_cap", "dearer_than", "like"}  # tests/integration/test_talk_about_picks.py
    follows_from_another = {"bounded"}
    changed = {name for change, _ in CHANGES for name in Brief.model_fields if _differs(change, name)}
    assert changed | said_by_a_critique | follows_from_another == set(Brief.model_fields)


def _differs(change: BriefChanges, name: str) -> bool:
    return getattr(change.apply(BEFORE), name) != getattr(BEFORE, name)


def test_nothing_is_said_before_anything_is_shown(shop: Catalog) -> None:
    assert stated(BEFORE, BriefChanges(guests=10).apply(BEFORE), None, [], shown(), shop) == []


def test_what_gives_way_and_that_the_rest_stays_is_said(shop: Catalog) -> None:
    replaced = Replacing(places=["a", "", "c"], under="12")
    (sentence,) = stated(BEFORE, BEFORE, "cheaper", ["b"], shown("a", "b", "c"), shop, replaced)
    assert sentence == 'Noted: another pick below $12.00 instead of "The b"; the others stay.'
