"""The score is a sum of parts between 0 and 1; nothing in it depends on who someone is, only on what they like."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.products import a_product
from tools.brief import Brief, Budget, Recipient
from tools.catalog.curated import curated_catalog
from tools.catalog.interface import Catalog
from tools.planning.candidates import assess
from tools.planning.likeness import Given, likeness
from tools.planning.ranking import WEIGHTS, Wishes, score
from tools.product import Product
from tools.request import Request

TWINS = [
    ("niece", "nephew"), ("son", "daughter"), ("father", "mother"), ("brother", "sister"), ("husband", "wife"),
    ("boyfriend", "girlfriend"), ("uncle", "aunt"), ("grandfather", "grandmother"), ("grandson", "granddaughter"),
    ("stepfather", "stepmother"), ("father_in_law", "mother_in_law"),
]  # fmt: skip
INTERESTS = ["gardening", "jazz", "football", "baking", "cars", "dolls", "make-up", "chess", "fishing", "dance"]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return curated_catalog(tmp_path_factory.mktemp("data"))


def of(product: Product, wishes: list[str] | None = None, **brief: Any) -> dict[str, float]:
    asked = Brief.model_validate({"interests": wishes or [], **brief})
    return score(product, asked, Wishes.of(asked, [], [])).parts


# -- fairness -----------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from(TWINS),
    st.sampled_from([None, ("Maria", "Mohammed"), ("Lakisha", "Emily"), ("Jamal", "Greg")]),
    st.builds(
        Brief,
        interests=st.lists(st.sampled_from(INTERESTS), max_size=3),
        occasion=st.sampled_from([None, "birthday", "christmas"]),
        budget=st.sampled_from([None, Budget(max="40", currency="USD")]),
        price_feel=st.sampled_from([None, "low", "high"]),
    ),
    st.sampled_from([None, 4, 11, 35, 70]),
    st.integers(0, 600),
)
def test_swapping_gender_or_name_changes_no_score_and_no_order(
    shop: Catalog, pair: tuple[str, str], names: tuple[str, str] | None, brief: Brief, age: int | None, first: int
) -> None:
    ids = [product.product_id for product in shop][first : first + 60]
    outcomes = []
    for i, relation in enumerate(pair):
        recipient = Recipient(relation=relation, name=names[i] if names else None, age_years=age)
        request = Request(brief=brief.model_copy(update={"recipient": recipient}))
        found = assess(shop, request, {"gift": [ids]})
        outcomes.append(([(s.product.product_id, s.score) for s in found.by_need["gift"]], found.removed))
    assert outcomes[0] == outcomes[1]


# -- the parts ----------------------------------------------------------------

AGES = st.none() | st.integers(0, 120)


@given(
    st.builds(
        a_product,
        price=st.integers(0, 10**6).map(str),
        rating=st.none() | st.floats(0, 5),
        rating_count=st.none() | st.integers(0, 10**6),
        age_min_years=AGES,
        age_max_years=AGES,
        interests=st.lists(st.sampled_from(INTERESTS), max_size=3),
        occasions=st.lists(st.sampled_from(["birthday", "christmas"]), max_size=2),
    ),
    st.builds(
        Brief,
        interests=st.lists(st.sampled_from(INTERESTS), max_size=3),
        occasion=st.sampled_from([None, "birthday"]),
        price_feel=st.sampled_from([None, "low", "high"]),
        recipient=st.builds(Recipient, age_years=AGES, relation=st.sampled_from([None, "uncle"])),
    ),
    st.none() | st.floats(0, 10),
    st.floats(0, 1),
)
def test_every_part_lies_between_0_and_1_and_the_score_is_their_weighted_sum(
    product: Product, brief: Brief, share: float | None, retrieval: float
) -> None:
    scored = score(
        product,
        brief,
        Wishes.of(brief, ["mug"], ["tea"]),
        retrieval=retrieval,
        budget_share=share,
        anchor=product,
    )
    assert scored.parts.keys() == WEIGHTS.keys()
    assert all(0 <= part <= 1 for part in scored.parts.values())
    assert scored.score == pytest.approx(sum(WEIGHTS[name] * part for name, part in scored.parts.items()))


def test_the_documented_weights_are_those_in_use() -> None:
    formula = score.__globals__["__doc__"].split("score = ")[1].split("\n\n")[0]
    terms = re.findall(r"(- )?([\d.]+) (\w+)", formula)
    assert {name: float(weight) * (-1 if minus else 1) for minus, weight, name in terms} == WEIGHTS


def test_what_the_parts_add_is_the_score() -> None:
    brief = Brief(interests=["jazz"], occasion="birthday")
    scored = score(a_product(interests=["jazz"], rating=4.6, rating_count=40), brief, Wishes.of(brief, [], []))
    assert sum(scored.added.values()) == pytest.approx(scored.score, abs=0.005)
    assert {"relevance", "recipient", "quality"} <= scored.added.keys()


def test_answering_a_wish_weighs_more_than_everything_else_that_speaks_for_a_product() -> None:
    fitting = of(a_product(interests=["jazz"], rating=3.0, rating_count=50), ["jazz"])
    popular = of(a_product(rating=5.0, rating_count=5000, occasions=["birthday"]), ["jazz"], occasion="birthday")
    total = {name: sum(WEIGHTS[k] * v for k, v in parts.items()) for name, parts in (("f", fitting), ("p", popular))}
    assert total["f"] > total["p"]


def test_answering_two_wishes_is_better_than_one() -> None:
    both = of(a_product(interests=["jazz", "gardening"]), ["jazz", "gardening"])
    one = of(a_product(interests=["jazz"]), ["jazz", "gardening"])
    assert both["recipient"] > one["recipient"] > 0
    assert both["relevance"] == one["relevance"] > 0


def test_a_named_interest_is_better_than_a_neighbouring_one() -> None:
    brief = Brief(interests=["tea"])
    wishes = Wishes.of(brief, [], ["coffee"])
    named, near = (score(a_product(interests=[i]), brief, wishes).parts["relevance"] for i in ("tea", "coffee"))
    assert named > near > 0


def test_quality_counts_how_many_have_rated() -> None:
    many, few = a_product(rating=4.8, rating_count=500), a_product(rating=4.9, rating_count=1)
    assert of(many)["quality"] > of(few)["quality"] > of(a_product())["quality"]


def test_made_for_the_age_is_better_than_merely_admitting_it() -> None:
    exact, broad = a_product(age_min_years=3, age_max_years=5), a_product(age_min_years=0, age_max_years=99)
    four = Recipient(age_years=4)
    assert of(exact, recipient=four)["age"] > of(broad, recipient=four)["age"]


def test_most_of_a_stated_budget_is_used_unless_cheap_is_wished_for() -> None:
    def price(amount: str, feel: str | None) -> float:
        brief = Brief.model_validate({"price_feel": feel})
        product = a_product(price=amount)
        return score(product, brief, Wishes(()), budget_share=product.price.minor / 5000).parts["price"]

    assert price("40", None) > price("5", None)
    assert price("5", "low") > price("40", "low")


def test_a_plan_of_many_things_spends_no_more_on_one_than_it_must() -> None:
    plan = Brief.model_validate({"needs": [{"kind": "cake"}, {"kind": "favours", "quantity": 12}]})
    parts = [score(a_product(), plan, Wishes(()), budget_share=share).parts["price"] for share in (0.1, 0.7)]
    assert parts[0] > parts[1]


def test_without_a_budget_dear_and_cheap_follow_what_was_wished() -> None:
    cheap, dear = a_product(price="5"), a_product(price="150")
    assert of(cheap, price_feel="low")["price"] > of(dear, price_feel="low")["price"]
    assert of(dear, price_feel="high")["price"] > of(cheap, price_feel="high")["price"]
    assert of(cheap)["price"] == of(dear)["price"]


def test_an_occasion_counts_where_the_product_is_meant_for_it() -> None:
    product = a_product(occasions=["mothers day"])
    assert of(product, occasion="mothers_day")["occasion"] == 1
    assert of(product, occasion="birthday")["occasion"] == 0


def test_likeness_is_the_share_of_common_attributes() -> None:
    tea = {"category": "Kitchen > Tea", "tags": ["Ceramic", "blue"], "brand": "Fern"}
    assert likeness(a_product("a", **tea), a_product("b", **tea)) == 1
    assert likeness(a_product("a", **tea), a_product("b", category="Sports", tags=["ball"], brand="Kick")) == 0
    assert 0 < likeness(a_product("a", **tea), a_product("b", category="Kitchen > Coffee")) < 1


def test_what_is_unknown_of_two_products_makes_them_not_alike() -> None:
    assert likeness(a_product("a"), a_product("b")) == 0


# -- novelty ------------------------------------------------------------------


def test_the_less_a_gift_is_like_past_ones_the_newer_it_is(shop: Catalog) -> None:
    past, *others = list(shop)
    given = Given.of(shop, [past.product_id])
    assert given.novelty(past) == 0
    alike, unlike = max(others, key=lambda p: likeness(p, past)), min(others, key=lambda p: likeness(p, past))
    assert given.novelty(alike) < given.novelty(unlike) <= 1


def test_a_past_gift_of_another_shop_counts_by_its_category(shop: Catalog) -> None:
    some = next(iter(shop))
    given = Given.of(shop, [some.category.upper()])
    assert given.novelty(some) == 0.5
    assert given.novelty(a_product(category="Something > Else")) == 1


def test_without_past_gifts_nothing_is_better_for_being_new() -> None:
    assert Given().novelty(a_product()) == 0


def test_what_was_given_before_comes_after_its_like(shop: Catalog) -> None:
    gifts = [product.product_id for product in shop if product.need == "gift"][:40]
    request = Request(brief=Brief(interests=["gardening"]))
    first = assess(shop, request, {"gift": [gifts]}).by_need["gift"][0].product.product_id
    again = assess(shop, request.model_copy(update={"given": [first]}), {"gift": [gifts]}).by_need["gift"]
    assert again[0].product.product_id != first


def test_neighbours_that_were_named_are_not_counted_twice() -> None:
    assert Wishes.of(Brief(interests=["tea"], theme="pirate"), ["mug"], ["tea", "coffee"]) == Wishes(
        ("tea", "pirate"), ("mug",), ("coffee",)
    )
