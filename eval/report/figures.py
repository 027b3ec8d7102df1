"""The report's numbers: metrics, intervals and counts out of the dialogues, as plain JSON."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from eval.metrics import cost
from eval.metrics.coverage import coverage
from eval.metrics.diversity import diversity
from eval.metrics.exposure import exposure_gini
from eval.metrics.goal_satisfaction import goal_satisfaction, shown_ids
from eval.metrics.novelty import novelty
from eval.metrics.questions import questions, redundant_questions
from eval.metrics.rules_broken import rules_broken
from eval.metrics.shortlist_ndcg import Grader, shortlist_ndcg
from eval.metrics.success import success, success_by_turn
from eval.metrics.unsupported_claims import prices_by_title, unsupported_claims
from eval.ranking_metrics import bootstrap
from eval.report.differences import COMPARED, against_ours
from eval.report.exposures import exposures
from eval.report.losses import REASONS, reason
from eval.report.slices import SLICES
from eval.simulation.dialogue import Dialogue
from tools.catalog.interface import Catalog

DIGITS = 4


def figures(dialogues: Mapping[str, Sequence[Dialogue]], catalog: Catalog) -> dict[str, Any]:
    """Everything the report shows, by strategy. All numbers are means a shopper unless their name says otherwise."""
    products = list(catalog)
    grader = Grader(products)
    people = [dialogue.persona for dialogue in next(iter(dialogues.values()))]
    grades = {persona.persona_id: grader.grades(persona) for persona in people}
    prices = prices_by_title(products)
    ids = [product.product_id for product in products]
    ratings = {product.product_id: product.rating_count or 0 for product in products}
    found: dict[str, Any] = {"ladder": [], "metrics": {}, "by_turn": {}, "lost": {}, "slices": {}}
    by_shopper: dict[str, dict[str, list[float]]] = {}
    most_turns = max(persona.patience for persona in people)
    for name, talks in dialogues.items():
        values = {
            "success": [success(d) for d in talks],
            "satisfaction": [goal_satisfaction(d, catalog.get) for d in talks],
            "ndcg": [shortlist_ndcg(d, grades[d.persona.persona_id]) for d in talks],
            "diversity": [diversity(catalog.require(shown_ids(d.last_shown))) for d in talks if not d.persona.is_party],
            "turns": [len(d.exchanges) for d in talks],
            "questions": [questions(d) for d in talks],
            "redundant": [redundant_questions(d) for d in talks],
            "rules_broken": [rules_broken(d, catalog.get) for d in talks],
            "unsupported": [unsupported_claims(d, prices) for d in talks],
            "model_failures": [cost.model_failures(d) for d in talks],
            "llm_calls": [cost.llm_calls(d) for d in talks],
            "tokens": [cost.tokens(d) for d in talks],
            "turn_ms": [cost.turn_ms(d) for d in talks],
            "turn_model_ms": [cost.turn_model_ms(d) for d in talks],
        }
        by_shopper[name] = {metric: values[metric] for metric in COMPARED}
        metrics: dict[str, Any] = {metric: _mean([v for v in of if v is not None]) for metric, of in values.items()}
        shortlists = [shown_ids(exchange.reply.shown) for d in talks for exchange in d.exchanges]
        shown = [product_id for shortlist in shortlists for product_id in shortlist]
        metrics["coverage"] = {"mean": round(coverage(shown, ids), DIGITS)}
        metrics["novelty_bits"] = {"mean": round(novelty(shown, ratings), DIGITS)}
        metrics["exposure_gini"] = {"mean": round(exposure_gini(shortlists, ids), DIGITS)}
        found["metrics"][name] = metrics
        found["ladder"].append(_row(name, metrics, len(talks)))
        found["by_turn"][name] = [round(share, DIGITS) for share in success_by_turn(talks, most_turns)]
        lost = Counter(reason(d, catalog.get) for d in talks)
        found["lost"][name] = {why: lost[why] for why in REASONS if lost[why]}
        found["slices"][name] = {title: _slice(talks, of) for title, of in SLICES.items()}
    found["against_ours"] = against_ours(by_shopper)
    return found | {"exposure": exposures(dialogues, products, grades)}


def _row(name: str, metrics: Mapping[str, Mapping[str, float]], shoppers: int) -> dict[str, Any]:
    success = metrics["success"]
    return {
        "strategy": name,
        "success": success["mean"],
        "ci_low": success["ci_low"],
        "ci_high": success["ci_high"],
        "llm_calls": metrics["llm_calls"]["mean"],
        "tokens": metrics["tokens"]["mean"],
        "shoppers": shoppers,
    }


def _mean(values: Sequence[float]) -> dict[str, float]:
    if not values:
        return {"mean": 0.0, "ci_low": 0.0, "ci_high": 0.0}
    low, high = bootstrap(values)
    return {"mean": round(fmean(values), DIGITS), "ci_low": round(low, DIGITS), "ci_high": round(high, DIGITS)}


def _slice(talks: Sequence[Dialogue], group_of: Any) -> dict[str, dict[str, float]]:
    groups: dict[str, list[float]] = defaultdict(list)
    for dialogue in talks:
        groups[group_of(dialogue.persona)].append(success(dialogue))
    return {
        group: {"success": round(fmean(values), DIGITS), "shoppers": len(values)}
        for group, values in sorted(groups.items())
    }
