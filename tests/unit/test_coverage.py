"""What the shipped catalogue has for whom is counted, and what a catalogue lacks is said."""

from __future__ import annotations

from collections import Counter
from io import StringIO
from itertools import combinations
from pathlib import Path

import pytest
from rich.console import Console

from tests.fakes.products import a_product
from tools.catalog.coverage import PARTY_NEEDS, POPULAR, PRICE_BANDS, STAGES, Coverage, coverage_of, print_coverage
from tools.catalog.curated import curated_catalog
from tools.lexicon.stems import words
from tools.product import Product


@pytest.fixture(scope="module")
def products(tmp_path_factory: pytest.TempPathFactory) -> list[Product]:
    return list(curated_catalog(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def coverage(products: list[Product]) -> Coverage:
    return coverage_of(products, "USD")


# -- the catalogue that ships --------------------------------------------------


def test_seven_hundred_products_for_sixty_interests_with_a_choice_each(
    products: list[Product], coverage: Coverage
) -> None:
    assert len({p.product_id for p in products}) >= 700
    labelled = Counter(interest for p in products if p.available for interest in set(p.interests))
    assert len([interest for interest, count in labelled.items() if count >= 2]) >= 60
    assert len([interest for interest, count in coverage.interests.items() if count >= 2]) >= 60


@pytest.mark.parametrize("stage", STAGES)
def test_every_age_has_presents(coverage: Coverage, stage: str) -> None:
    assert coverage.stages[stage] >= 20


@pytest.mark.parametrize("rank", range(POPULAR))
def test_a_popular_interest_has_presents_in_every_price_band(products: list[Product], rank: int) -> None:
    interest = Counter(i for p in products for i in set(p.interests)).most_common(POPULAR)[rank][0]
    amounts = [p.price.amount for p in products if interest in p.interests and p.need == "gift" and p.available]
    for low, high in PRICE_BANDS:
        assert [a for a in amounts if a >= low and (high is None or a < high)], (interest, low, high)


def test_at_least_twelve_themes_have_all_supplies_of_a_party(coverage: Coverage) -> None:
    whole = [theme for theme, needs in coverage.parties.items() if all(needs[need] for need in PARTY_NEEDS)]
    assert len(whole) >= 12, whole


def test_brands_and_origins_are_many_and_none_stands_for_most(products: list[Product]) -> None:
    for values in ([p.brand for p in products], [p.origin for p in products]):
        assert all(values)
        assert len(set(values)) >= 20
        assert Counter(values).most_common(1)[0][1] < len(products) / 3


def test_stock_and_delivery_are_stated_and_some_is_sold_out(products: list[Product]) -> None:
    assert all(p.stock is not None and p.delivery_days is not None for p in products)
    assert len({p.delivery_days for p in products}) >= 5
    assert 10 <= len([p for p in products if not p.available]) <= len(products) / 10


def test_descriptions_are_sentences_of_their_own(products: list[Product]) -> None:
    lengths = [len(p.description.split()) for p in products]
    assert min(lengths) >= 18
    assert max(lengths) <= 60
    assert max(Counter(" ".join(words(p.description)[:4]) for p in products).values()) <= 3


def test_no_two_products_are_written_on_one_template(products: list[Product]) -> None:
    """Titles and descriptions together, as shingles of three words; the closest pairs are printed."""
    texts = [_shingles(f"{p.title} {p.description}") for p in products]
    pairs = [(len(a & b) / len(a | b), i, j) for (i, a), (j, b) in combinations(enumerate(texts), 2) if a & b]
    closest = sorted(pairs, reverse=True)[:10]
    for overlap, i, j in closest:
        print(f"{overlap:.2f}  {products[i].product_id}  {products[j].product_id}")
    assert closest[0][0] < 0.5


def _shingles(text: str) -> set[tuple[str, ...]]:
    said = words(text)
    return {tuple(said[i : i + 3]) for i in range(len(said) - 2)}


# -- any catalogue -------------------------------------------------------------


def test_a_product_counts_where_its_labels_its_age_and_its_price_say() -> None:
    found = coverage_of(
        [
            a_product("a", "19.99", interests=["Gardening"], tags=["gardening", "unheard of"], age_min_years=18),
            a_product("b", "20.00", tags=["gardening"], age_max_years=3),
            a_product("c", "500.00", "EUR", interests=["gardening"]),
            a_product("d", interests=["gardening"], stock=0),
            a_product("e", need="cake", themes=["pirate"]),
        ],
        "USD",
    )
    assert found.interests["gardening"] == 3  # a, b and c; d is sold out
    assert (found.ages["gardening"]["adult"], found.ages["gardening"]["baby"]) == (2, 2)
    assert found.prices["gardening"][0] == 1
    assert found.prices["gardening"][3] == 0
    assert found.parties == {"pirate": Counter(cake=1)}


def test_what_is_missing_is_said() -> None:
    found = coverage_of(
        [
            a_product("a", "5.00", interests=["gardening"], age_min_years=18),
            a_product("e", need="cake", themes=["pirate"]),
        ],
        "USD",
    )
    said = "\n".join(found.missing)
    assert "Nothing for a baby (0 years)" in said
    assert "Popular gardening: nothing for baby, toddler, child, teenager" in said
    assert "Popular gardening: nothing at 20 to below 50, 50 to below 100, 100 and up" in said
    assert "A pirate party: no decorations, tableware, favours, activity" in said
    assert "Only one product for: gardening" in said


def test_it_is_printed_also_for_an_empty_catalogue(tmp_path: Path) -> None:
    out = StringIO()
    print_coverage(coverage_of([], "USD"), Console(file=out, width=100))
    assert "Nothing for a baby" in out.getvalue()
