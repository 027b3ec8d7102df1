"""Exposure is counted over all gifts, also those that nobody is ever shown."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.benchmarks.asking import Asking
from eval.benchmarks.exposure import CHANCE, OURS, POPULAR, Shown, admissible, gini, measure, rows, texts
from tests.fakes.products import a_catalog, a_product
from tools.brief import Brief, Budget
from tools.catalog.curated import curated_catalog


def test_gini_is_0_where_all_have_the_same_and_nears_1_where_one_has_all() -> None:
    assert gini([3, 3, 3, 3]) == pytest.approx(0)
    assert gini([0] * 99 + [5]) == pytest.approx(0.99)
    assert gini([0, 0]) == 0


@given(st.lists(st.integers(0, 50), min_size=2, max_size=20).filter(any), st.integers(2, 5))
def test_gini_is_half_the_relative_mean_difference_and_knows_no_scale(counts: list[int], times: int) -> None:
    differences = sum(abs(a - b) for a in counts for b in counts)
    assert gini(counts) == pytest.approx(differences / (2 * len(counts) * sum(counts)))
    assert gini([times * c for c in counts]) == pytest.approx(gini(counts))


def test_what_is_never_shown_counts_against_coverage(tmp_path: Path) -> None:
    shop = a_catalog(tmp_path, [a_product(i, brand=i, rating_count=n) for n, i in enumerate("abcd")])
    seen = Shown()
    seen.products = Counter(a=3, d=1)
    [(_, figures)] = rows(shop, {OURS: seen})
    assert (figures["picks"], figures["coverage"], figures["long tail"]) == (4, 0.5, 0.75)
    assert figures["Gini, products"] == figures["Gini, brands"] == pytest.approx(0.625)


def test_chance_and_popularity_choose_among_what_is_admissible() -> None:
    gifts = [a_product("tea", "9", interests=["tea"]), a_product("dear", "90", interests=["tea"]), a_product("mug")]
    brief = Brief(interests=["tea"], budget=Budget(max="20"))
    assert [p.product_id for p in admissible(gifts, brief, "USD")] == ["tea"]


async def test_all_three_choose_equally_often_for_the_same_briefs(tmp_path: Path) -> None:
    shop = curated_catalog(tmp_path)
    told = texts(shop, 6)
    assert told == texts(shop, 6)
    shown = await measure(shop, Asking(shop, tmp_path), told)
    assert len({shown[name].products.total() for name in (OURS, CHANCE, POPULAR)}) == 1
    assert shown[OURS].products.total() > 0
