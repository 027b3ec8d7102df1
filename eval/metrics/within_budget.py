"""Share of turns in which nothing shown costs more, or less, than the shopper allowed. One cent over is a failure."""

from __future__ import annotations

from decimal import Decimal

from google.adk.evaluation.eval_case import ConversationScenario, Invocation
from google.adk.evaluation.eval_metrics import EvalMetric
from google.adk.evaluation.evaluator import EvaluationResult

from eval.metrics.reading import TOTAL, named, recommended, result, said_so_far, text_of


def score(
    metric: EvalMetric,
    actual: list[Invocation],
    expected: list[Invocation] | None,
    scenario: ConversationScenario | None = None,
) -> EvaluationResult:
    """1 for a turn whose picks (or total) lie within the budget said so far, else 0."""
    scores = []
    for invocation, said in zip(actual, said_so_far(expected or []), strict=True):
        scores.append(float(_keeps(text_of(invocation.final_response), said)))
    return result(scores, actual, expected)


def _keeps(reply: str, said: dict) -> bool:
    if not recommended(reply):
        return True
    quantity = max([int(need.get("quantity", 1)) for need in said.get("needs", [])], default=1)
    heads = said.get("guests") or quantity
    times = heads if said.get("budget_each") else 1
    low = Decimal(said.get("budget_min", "0")) * times
    high = Decimal(said.get("budget_max", "1000000000")) * times
    if total := TOTAL.search(reply):
        return low <= Decimal(total.group(1).replace(",", "")) <= high
    return all(low <= amounts[0] <= high for _, amounts in named(reply) if amounts)
