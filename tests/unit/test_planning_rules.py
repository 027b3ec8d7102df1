"""A product that breaks a rule of the brief is never shown, and one that keeps them all may be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.products import a_catalog, a_product
from tools.brief import Brief, Need, Recipient
from tools.planning.ages import ADULT_RELATIONS
from tools.planning.rules import Rules, mentions
from tools.planning.stated import rules_in
from tools.product import Product


def broken(product: Product, need: Any = "gift", **brief: Any) -> str | None:
    return Rules.of(Brief.model_validate(brief), "USD").broken_by(product, Need(kind=need))


# -- avoided things -----------------------------------------------------------


@pytest.mark.parametrize(
    "title", ["The Garden Cookbook", "A Paperback Mystery", "Three Books of Poems", "BOOK of Days", "The Book's Cover"]
)
def test_no_books_loses_every_kind_of_book(title: str) -> None:
    assert broken(a_product(title=title), avoid=["books"]) == "rule: books"


@pytest.mark.parametrize("title", ["Marble Bookends", "Leather Notebook", "Oak Bookshelf", "Brass Bookmark"])
def test_no_books_keeps_what_only_begins_or_ends_like_a_book(title: str) -> None:
    assert broken(a_product(title=title), avoid=["books"]) is None


@pytest.mark.parametrize("field", ["title", "description", "category"])
def test_an_avoided_thing_is_found_in_every_text_field(field: str) -> None:
    assert broken(a_product(**{field: "With glitter inside"}), avoid=["glitter"])


@pytest.mark.parametrize("field", ["tags", "contains", "materials"])
def test_an_avoided_thing_is_found_in_every_list(field: str) -> None:
    assert broken(a_product(**{field: ["paper", "Glitter"]}), avoid=["glitter"])


@pytest.mark.parametrize(
    "labels",
    [{"colors": ["black", "pink"]}, {"colors": ["hot pink"]}, {"colors": ["fuchsia"]}, {"themes": ["pink"]}],
)
def test_what_is_refused_is_held_against_what_a_product_is_labelled_with(labels: dict[str, Any]) -> None:
    assert broken(a_product(**labels), avoid=["pink"]) == "rule: pink"


def test_a_colour_is_neither_an_ingredient_nor_that_of_a_set_of_many_colours() -> None:
    assert not broken(a_product(colors=["walnut brown", "honey"]), allergies=["nuts"])
    assert not broken(a_product(colors=["red", "pink", "blue", "green"]), avoid=["pink"])


@pytest.mark.parametrize(
    ("product", "kept"),
    [
        ({}, False),
        ({"age_min_years": 0}, True),
        ({"age_min_years": 3}, False),
        ({"description": "Soft, from birth."}, True),
        ({"need": "cake"}, True),
    ],
)
def test_a_baby_gets_only_what_is_said_to_be_for_one_where_a_shop_states_ages(
    tmp_path: Path, product: dict[str, Any], kept: bool
) -> None:
    one, stating, silent = a_product(**product), a_product("old", age_min_years=8), a_product("any")
    for recipient in (Recipient(age_years=0), Recipient(relation="baby")):
        rules = rules_in(a_catalog(tmp_path / f"{recipient.relation}", [stating]), Brief(recipient=recipient))
        assert (rules.broken_by(one, Need(kind=one.need)) is None) is kept
    careless = rules_in(a_catalog(tmp_path / "careless", [silent]), Brief(recipient=Recipient(age_years=0)))
    assert careless.broken_by(silent) is None


@pytest.mark.parametrize("field", ["avoid", "allergies", "owned"])
def test_avoided_and_owned_things_and_allergies_are_all_rules(field: str) -> None:
    assert broken(a_product(title="Kindle Cover"), **{field: ["kindle"]}) == "rule: kindle"


def test_one_broken_rule_of_several_is_enough() -> None:
    assert broken(a_product(title="Chess Set"), avoid=["tea", "chess", "books"]) == "rule: chess"


def test_a_thing_of_several_words_must_stand_together() -> None:
    assert broken(a_product(title="Stuffed Animal"), avoid=["stuffed animal"])
    assert broken(a_product(title="Stuffed Peppers, Animal Print"), avoid=["stuffed animal"]) is None


# -- allergies ----------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Roasted almonds",
        "Hazelnut spread",
        "Nutty granola",
        "Peanut brittle",
        "With nuts",
        "mit Haselnüssen",
        "aux amandes",
    ],
)
def test_a_nut_allergy_loses_whatever_has_nuts(text: str) -> None:
    assert broken(a_product(description=text), allergies=["nuts"])


@pytest.mark.parametrize("text", ["Coconut-shell bowl", "A brand new doughnut cushion", "Nutcracker ballet print"])
def test_a_nut_allergy_keeps_what_only_sounds_like_nuts(text: str) -> None:
    assert broken(a_product(description=text), allergies=["nut allergy"]) is None


def test_nut_free_is_on_the_safe_side_with_the_shoppers_own_word() -> None:
    """Free text is no proof of absence: who says "nuts" is not shown what mentions them, even to deny it."""
    assert broken(a_product(description="A nut-free biscuit"), allergies=["nuts"])


def test_a_claim_is_no_mention_for_words_the_shopper_did_not_say() -> None:
    assert mentions(a_product(description="Dark fudge"), "lactose") == "fudge"
    assert mentions(a_product(description="Dark fudge, dairy free"), "lactose") is None


# -- ages ---------------------------------------------------------------------


@pytest.mark.parametrize(("age", "allowed"), [(2, False), (3, True), (6, True), (7, False)])
def test_an_age_range_binds_with_both_ends_included(age: int, allowed: bool) -> None:
    product = a_product(age_min_years=3, age_max_years=6)
    assert (broken(product, recipient=Recipient(age_years=age)) is None) is allowed


@pytest.mark.parametrize("relation", sorted(ADULT_RELATIONS))
def test_a_grown_up_gets_no_toddlers_toy(relation: str) -> None:
    recipient = Recipient(relation=relation)
    assert broken(a_product(age_min_years=1, age_max_years=17), recipient=recipient) == "made for children"
    assert broken(a_product(age_min_years=1, age_max_years=18), recipient=recipient) is None
    assert broken(a_product(age_min_years=8), recipient=recipient) is None


def test_a_stated_age_counts_more_than_what_the_relation_tells() -> None:
    """A colleague's child may be called a client; the number is what was said."""
    assert broken(a_product(age_max_years=4), recipient=Recipient(relation="uncle", age_years=3)) is None


def test_a_grown_ups_party_may_have_what_children_like() -> None:
    cake = a_product(need="cake", age_max_years=10)
    assert broken(cake, "cake", recipient=Recipient(relation="father")) is None


# -- stock and currency -------------------------------------------------------


def test_what_is_out_of_stock_is_never_shown() -> None:
    assert broken(a_product(stock=0)) == "out of stock"
    assert broken(a_product(stock=None)) is None


def test_a_price_in_another_currency_is_never_compared() -> None:
    assert broken(a_product(currency="EUR")) == "priced in EUR"


def test_allowed_are_exactly_the_products_that_break_no_rule() -> None:
    products = [a_product("a"), a_product("b", stock=0), a_product("c", title="Tea")]
    assert Rules.of(Brief(avoid=["tea"]), "USD").allowed(products) == products[:1]


# -- the index's part ---------------------------------------------------------

WORDS = st.sampled_from(
    "book books bookends notebook cookbook paperback nut nuts nut-free almonds coconut glass glasses gluten café "
    "Ana's children's child toys toy's tea teas wine-red non-alcoholic alcohol stuffed animal æon Ölkanne 3d x".split()
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
AGES = st.none() | st.integers(0, 99)
PRODUCTS = st.lists(
    st.builds(
        dict,
        title=TEXTS,
        description=TEXTS,
        tags=st.lists(TEXTS, max_size=2),
        currency=st.sampled_from(["USD", "USD", "EUR"]),
        stock=st.sampled_from([None, 0, 3]),
        age_min_years=AGES,
        age_max_years=AGES,
    ),
    min_size=3,
    max_size=12,
)
BRIEFS = st.builds(
    Brief,
    avoid=st.lists(WORDS.filter(lambda w: w != "x"), max_size=2),
    allergies=st.lists(st.sampled_from(["nuts", "gluten", "glass"]), max_size=1),
    recipient=st.builds(Recipient, age_years=AGES, relation=st.sampled_from([None, "father", "niece"])),
)


@settings(max_examples=40, deadline=None)
@given(PRODUCTS, st.lists(BRIEFS, min_size=5, max_size=5))
def test_the_index_never_hides_a_product_that_the_rules_allow(
    tmp_path_factory: pytest.TempPathFactory, fields: list[dict[str, Any]], briefs: list[Brief]
) -> None:
    """What a filter of the index leaves out breaks a rule too; the rules may leave out more, and have the last word.

    The one exception: a possessive's "s" is a word to the index and none to the rules, so nobody can avoid an "s".
    """
    products = [a_product(f"p{i}", **one) for i, one in enumerate(fields)]
    catalog = a_catalog(tmp_path_factory.mktemp("shop"), products)
    for brief in briefs:
        rules = Rules.of(brief, "USD")
        found = {p.product_id for p, _ in catalog.index.best_rated(rules.filters("gift"), 50)}
        assert {p.product_id for p in rules.allowed(products)} <= found


# -- brands and sellers -------------------------------------------------------


@pytest.mark.parametrize("made", [{"brand": "Acme"}, {"seller": "ACME "}])
def test_what_a_need_is_not_to_come_from_is_left_out_for_that_need_alone(made: dict[str, str]) -> None:
    needs = [{"kind": "cake", "not_from": ["acme"]}, {"kind": "gift"}]
    product = a_product(**made)
    assert [bool(broken(product, kind, needs=needs)) for kind in ("cake", "gift")] == [True, False]
    assert broken(a_product(brand="Bolt"), "cake", needs=needs) is None


# -- children under three -----------------------------------------------------


@pytest.mark.parametrize("age", [0, 1, 2])
@pytest.mark.parametrize(
    ("product", "shown"),
    [
        (a_product(title="Robot Figure", category="Toys"), False),
        (a_product(title="Model Tank", category="Hobbies > Model Building Kits"), False),
        (a_product(title="Lead Wire", category="Sports Toys > Flight Toys"), False),
        (a_product(title="Soft Rattle", category="Baby Toys"), True),
        (a_product(title="Robot Figure", category="Toys", age_min_years=0), True),
        (a_product(title="Ceramic Vase", category="Home decor"), True),
    ],
)
def test_a_plaything_that_states_no_age_is_not_for_children_under_three(
    product: Product, shown: bool, age: int
) -> None:
    assert (broken(product, recipient={"age_years": age}) is None) == shown
    assert broken(product, recipient={"age_years": 3}) is None


def test_a_baby_whose_age_is_not_told_is_given_nothing_for_older_children() -> None:
    assert broken(a_product(age_min_years=3), recipient={"relation": "baby"})
    assert broken(a_product(age_min_years=1, age_max_years=3), recipient={"relation": "baby"}) is None
    assert broken(a_product(age_min_years=0, age_max_years=1), recipient={"relation": "baby"}) is None
