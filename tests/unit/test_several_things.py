"""Several things in one message: each is a need that goes by its own name, planned within one budget."""

from __future__ import annotations

from datetime import date

import pytest

from recsys_agent.offline.reading import read
from tests.fakes.products import a_catalog, a_product
from tools.brief import Brief, Budget, JointBound, Need, NeedChange
from tools.catalog.interface import Catalog
from tools.planning.bounds import heads
from tools.planning.candidates import assess
from tools.planning.decision import decide
from tools.planning.matching import is_one
from tools.receipts.evidence import gather_evidence
from tools.receipts.template import render
from tools.request import Outcome, Request

TODAY = date(2026, 11, 23)
MUG, BOOK = (Need(kind="gift", name=name, wishes=[f"{name}s"]) for name in ("mug", "book"))


def after(message: str, brief: Brief | None = None) -> Brief:
    known = brief or Brief()
    return read(message, today=TODAY, brief=known, shown=2 if brief else 0).changes.apply(known, {"mug": "m1"})


def names(message: str, brief: Brief | None = None) -> list[str]:
    return [need.name for need in after(message, brief).needs]


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ("a lamp for the living room and a plant, $200 in all", ["lamp", "plant"]),
        ("a mug and a book for my colleague, $40", ["mug", "book"]),
        ("a lamp, a cushion and flowers, $250 together", ["lamp", "cushion", "flowers"]),
        ("I need a scarf and a pair of gloves for my mum, 60 dollars", ["scarf", "gloves"]),
        ("We want to give our boss a plant and a bottle opener, budget 60", ["plant", "bottle opener"]),
        ("a blanket plus a pillow for our guest room, 100 euros max", ["blanket", "pillow"]),
        ("a cake and a mug for my sister's birthday, $70", ["cake", "mug"]),
        ("a gift for her and a gift for him, my parents, $60 each", ["gift for her", "gift for him"]),
        ("a mug or a book for my colleague, $40", []),
        ("puzzles and board games for my niece, $40", []),
        ("my dad likes a book and a whisky, $50", []),
        ("Looking for a tea and coffee set for my aunt, $50", []),
    ],
)
def test_and_asks_for_both_and_or_leaves_a_choice(message: str, named: list[str]) -> None:
    assert names(message) == named


def test_each_thing_has_its_number_topic_and_amount() -> None:
    assert [(n.name, n.quantity) for n in after("2 mugs and a teapot, $90").needs] == [("mug", 2), ("teapot", 1)]
    book, _ = after("a book about trains and a puzzle for my nephew, 6, $50").needs
    assert book.wishes == ["books", "trains"]
    mug, _ = after("a mug up to $15 and a book for my colleague, $40").needs
    assert mug.max == 15


def test_an_amount_each_bounds_every_thing_and_all_of_them() -> None:
    brief = after("a candle, a mug and a notebook for my teacher, $20 each")
    assert [need.max for need in brief.needs] == [20, 20, 20]
    assert heads(brief) == 3


def test_later_turns_speak_of_a_thing_by_its_name() -> None:
    plan = Brief(needs=[MUG, BOOK], budget=Budget(max=40))  # type: ignore[arg-type]
    assert read("swap the mug", today=TODAY, brief=plan, shown=2).changes.swap == ["mug"]
    assert [need.keep for need in after("keep the mug", plan).needs] == ["m1", None]
    assert names("drop the book", plan) == ["mug"]
    assert next(need.max for need in after("the mug at most 15", plan).needs) == 15
    assert names("add a candle", plan) == ["mug", "book", "candle"]


def test_a_need_goes_by_its_kind_unless_it_has_a_name() -> None:
    assert Need(kind="cake").model_dump() == {"kind": "cake", "quantity": 1}
    assert MUG.model_dump() == {"kind": "gift", "name": "mug", "quantity": 1, "wishes": ["mugs"]}
    assert Need.model_validate(MUG.model_dump()) == MUG
    assert Brief(needs=[MUG, BOOK]).is_plan
    assert NeedChange(kind="gift").name == "gift"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    shelf = [("m1", "Blue Mug", "12"), ("m2", "Red Mug", "18"), ("b1", "Sea Book", "10"), ("b2", "Sky Book", "25")]
    return a_catalog(
        tmp_path_factory.mktemp("shop"),
        [a_product(product_id=i, title=title, price=price) for i, title, price in shelf],
    )


def planned(shop: Catalog, **fields: object) -> Outcome:
    brief = Brief.model_validate({"needs": [MUG, BOOK], **fields})
    request = Request(brief=brief, today=TODAY)
    found = {need.name: [["m1", "m2", "b1", "b2"]] for need in brief.needs}
    return decide(shop, request, assess(shop, request, found))


def test_each_thing_is_served_by_such_a_thing_within_one_budget(shop: Catalog) -> None:
    outcome = planned(shop, budget={"max": "40"})
    assert outcome.total is not None
    assert outcome.total.amount <= 40
    assert [pick.need for pick in outcome.picks] == ["mug", "book"]
    for pick, thing in zip(outcome.picks, ("mugs", "books"), strict=True):
        product = shop.get(pick.product_id)
        assert product
        assert is_one(product, thing)


def test_a_joint_bound_and_a_bound_of_one_thing_are_kept(shop: Catalog) -> None:
    joint = planned(shop, joint=[JointBound(kinds=["mug", "book"], max=22)])  # type: ignore[arg-type]
    assert [pick.product_id for pick in joint.picks] == ["m1", "b1"]
    least = MUG.model_copy(update={"min": 15})
    assert [pick.product_id for pick in planned(shop, needs=[least, BOOK], budget={"max": "30"}).picks] == ["m2", "b1"]


def test_what_the_shop_does_not_sell_is_named_and_the_rest_is_planned(shop: Catalog) -> None:
    outcome = planned(shop, needs=[MUG, Need(kind="gift", name="submarine", wishes=["submarines"])])
    assert (outcome.unmet, [pick.need for pick in outcome.picks]) == (["submarine"], ["mug"])
    assert "sells nothing for: submarine" in render(gather_evidence(shop, outcome))


def test_too_little_for_both_says_what_would_help(shop: Catalog) -> None:
    outcome = planned(shop, budget={"max": "20"})
    assert outcome.status == "infeasible"
    assert "leave out the mug" in [way.change for way in outcome.relaxations]
