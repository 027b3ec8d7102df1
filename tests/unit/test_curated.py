"""The catalogue that ships: something for everybody, at every price, and no product twice."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from pathlib import Path

import pytest

from tools.catalog import curated
from tools.catalog.curated import curated_catalog
from tools.catalog.interface import Catalog
from tools.lexicon import canonical_interest
from tools.lexicon.stems import stems, words
from tools.planning.matching import match
from tools.product import NEED_KINDS, Product

BANDS = [(5, 10), (10, 20), (20, 50), (50, 100), (100, 200), (200, 500)]
AGES = {"baby": 0, "toddler": 2, "child": 7, "teenager": 15, "adult": 40, "grandparent": 80}


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return curated_catalog(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def products(catalog: Catalog) -> list[Product]:
    return list(catalog)


def shingles(text: str) -> set[tuple[str, ...]]:
    said = words(text)
    return {tuple(said[i : i + 3]) for i in range(len(said) - 2)}


# -- what is in it ------------------------------------------------------------


def test_there_are_at_least_700_products_and_no_row_was_rejected(catalog: Catalog, products: list[Product]) -> None:
    assert len(products) == catalog.manifest.products >= 700
    assert catalog.manifest.rejected == 0
    assert (catalog.folder / "rejected.csv").read_text("utf-8").count("\n") == 1


def test_no_id_and_no_title_stands_twice(products: list[Product]) -> None:
    for values in ([p.product_id for p in products], [" ".join(stems(p.title)) for p in products]):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_no_description_is_nearly_another_ones(products: list[Product]) -> None:
    """Jaccard overlap of three-word shingles stays below a half for every pair."""
    texts = [shingles(p.description) for p in products]
    assert min(map(len, texts)) >= 8
    overlaps = [(len(a & b) / len(a | b), i, j) for (i, a), (j, b) in combinations(enumerate(texts), 2) if a & b]
    worst, i, j = max(overlaps)
    assert worst < 0.5, (products[i].product_id, products[j].product_id)


def test_at_least_sixty_interests_have_two_products_each(products: list[Product]) -> None:
    labelled = Counter(interest for p in products for interest in set(p.interests))
    assert len([interest for interest, count in labelled.items() if count >= 2]) >= 60


def test_every_interest_a_product_names_is_one_that_shoppers_can_be_understood_to_have(products: list[Product]) -> None:
    assert [i for p in products for i in p.interests if canonical_interest(i) is None] == []


def test_every_interest_named_is_found_by_its_name(products: list[Product]) -> None:
    assert all(match(p, interest) for p in products for interest in p.interests)


@pytest.mark.parametrize("band", BANDS)
def test_every_price_band_from_5_to_500_has_presents(products: list[Product], band: tuple[int, int]) -> None:
    low, high = band
    assert len([p for p in products if p.need == "gift" and p.available and low <= p.price.amount <= high]) >= 10


@pytest.mark.parametrize("person", AGES)
def test_there_are_presents_for_everybody_from_babies_to_grandparents(products: list[Product], person: str) -> None:
    age = AGES[person]
    suiting = [p for p in products if p.need == "gift" and p.available and p.suits_age(age)]
    assert len(suiting) >= 15
    if age < 18:  # and not only what suits anyone
        assert len([p for p in suiting if p.age_max_years is not None and p.age_max_years < 18]) >= 5


@pytest.mark.parametrize("need", NEED_KINDS)
def test_every_need_of_a_party_can_be_met(products: list[Product], need: str) -> None:
    assert len([p for p in products if p.need == need and p.available]) >= 8


def test_everything_is_priced_in_the_shops_currency(catalog: Catalog, products: list[Product]) -> None:
    assert catalog.currency == curated.CURRENCY
    assert {p.price.currency for p in products} == {curated.CURRENCY}
    assert all(p.price.minor > 0 for p in products)


def test_age_ranges_are_in_order(products: list[Product]) -> None:
    ranged = [p for p in products if p.age_min_years is not None and p.age_max_years is not None]
    assert [p.product_id for p in ranged if p.age_min_years > p.age_max_years] == []


def test_what_can_be_wrong_with_a_shops_products_is_in_it_too(products: list[Product]) -> None:
    """Something out of stock, unrated, and rated by few: what the rules and the ranking are for."""
    assert any(not p.available for p in products)
    assert any(p.rating_count is not None and p.rating_count < 10 for p in products)


# -- how it is built ----------------------------------------------------------

IMPORTED = curated.build
"""What it is outside of tests, where copies do."""


@pytest.fixture
def imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curated, "build", IMPORTED)


@pytest.mark.usefixtures("imported")
def test_it_is_built_once_and_opened_afterwards(tmp_path: Path) -> None:
    first = curated_catalog(tmp_path).folder
    built = (first / "catalog.json").stat().st_mtime_ns
    assert curated_catalog(tmp_path).folder == first
    assert (first / "catalog.json").stat().st_mtime_ns == built
    assert [folder.name for folder in first.parent.iterdir()] == [first.name]


def test_an_edited_feed_makes_a_new_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = tmp_path / "feed"
    feed.mkdir()
    row = '{"product_id": "a", "title": "Mug", "price": "5.00"}\n'
    (feed / "a.jsonl").write_text(row)
    monkeypatch.setattr(curated, "FEED", feed)
    before = curated_catalog(tmp_path)
    (feed / "a.jsonl").write_text(row + row.replace('"a"', '"b"'))
    after = curated_catalog(tmp_path)
    assert (before.manifest.products, after.manifest.products) == (1, 2)
    assert before.folder != after.folder


@pytest.mark.usefixtures("imported")
def test_servers_that_start_at_the_same_time_all_get_the_whole_catalogue(
    tmp_path: Path, products: list[Product]
) -> None:
    with ThreadPoolExecutor(3) as pool:
        counts = list(pool.map(lambda _: len(list(curated_catalog(tmp_path))), range(3)))
    assert counts == [len(products)] * 3
    assert len(list((tmp_path / "catalog").iterdir())) == 1
