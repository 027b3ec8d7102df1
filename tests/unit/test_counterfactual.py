"""Who the recipient is, by gender or name, changes no pick; and the benchmark would see it if it did."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from eval.benchmarks.asking import Asking
from eval.benchmarks.counterfactual import briefs, measure, said
from tools.catalog.curated import curated_catalog


async def test_swapping_gender_or_name_through_the_whole_app_changes_no_pick(tmp_path: Path) -> None:
    counts, changes = await measure(Asking(curated_catalog(tmp_path), tmp_path), briefs()[::7])
    assert changes == []
    assert all(counted["picks"] for counted in counts.values())


async def test_a_recommender_that_looks_at_names_is_found_out() -> None:
    class Biased:
        async def answers(self, *turns: str) -> list[dict[str, Any]]:
            return [{"picks": [{"product_id": "doll" if "Emma" in turns[0] else "car", "quantity": 1}]}]

    named = [(twin, text) for twin, text in briefs() if "Emma" in twin.words]
    counts, changes = await measure(cast(Asking, Biased()), named)
    assert counts["names, gender"]["changed"] == len(named) == len(changes)


def test_there_are_at_least_fifty_briefs_and_each_differs_in_the_person_alone() -> None:
    told = briefs()
    assert len(told) >= 50
    for twin, text in told:
        one, other = (said(text, word, "they") for word in twin.words)
        assert one != other
        assert one.replace(twin.words[0], twin.words[1]).lower() == other.lower()
