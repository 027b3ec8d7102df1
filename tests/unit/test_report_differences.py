from __future__ import annotations

from typing import Any

from eval.report.differences import COMPARED, against_ours, specialists
from eval.report.pages import Paragraph
from eval.report.summary import summary


def by_shopper(success: list[float]) -> dict[str, list[float]]:
    return dict.fromkeys(COMPARED, success)


def test_differences_are_paired_so_that_how_hard_a_shopper_is_does_not_blur_them():
    hard_and_easy = [0.0, 1.0] * 50
    found = against_ours({"multi_agent": by_shopper(hard_and_easy), "bm25": by_shopper([v - 1 for v in hard_and_easy])})
    assert found["bm25"]["success"] == {"mean": -1.0, "ci_low": -1.0, "ci_high": -1.0}
    assert "multi_agent" not in found


def test_without_our_agents_there_is_nothing_to_hold_the_others_against():
    assert against_ours({"bm25": by_shopper([1.0, 0.0])}) == {}
    assert summary({"metrics": {"bm25": {}}, "ladder": []}) == []
    assert specialists({"against_ours": {}}, {}) == []


def a_row(name: str, success: float) -> dict[str, Any]:
    share = {"success": success, "ci_low": success, "ci_high": success}
    return {"strategy": name, **share, "llm_calls": 4.0, "tokens": 5000.0, "shoppers": 100}


def found_with(difference: tuple[float, float, float]) -> dict[str, Any]:
    apart = dict(zip(("mean", "ci_low", "ci_high"), difference, strict=True))
    of = {metric: {"mean": 0.5} for metric in ("turns", "unsupported")}
    return {
        "ladder": [a_row("multi_agent", 0.9), a_row("single_agent", 0.8), a_row("single_prompt", 0.5)],
        "metrics": dict.fromkeys(("multi_agent", "single_agent", "single_prompt"), of),
        "against_ours": {"single_agent": dict.fromkeys(COMPARED, apart)},
    }


def test_the_summary_names_the_best_of_the_plainer_structures_and_claims_no_difference_within_noise():
    told = " ".join(summary(found_with((-0.1, -0.15, -0.05))))
    assert "single_agent, served 80.0%" in told
    assert "10.0 points fewer than our agents (-15.0 to -5.0)" in told
    assert "no difference from our agents is shown" in " ".join(summary(found_with((-0.1, -0.25, 0.05))))


def test_the_specialists_section_explains_itself():
    same = dict.fromkeys(("mean", "ci_low", "ci_high"), 0.0)
    found = {"against_ours": {"without_explainer": dict.fromkeys(COMPARED, same)}}
    parts = specialists(found, {"Which agent earns its keep": None})  # type: ignore[dict-item]
    assert any(isinstance(part, Paragraph) and "one at a time" in part.text for part in parts)
