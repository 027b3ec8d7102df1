"""Share of turns in which every product named exists and every price beside it is the catalogue's."""

from __future__ import annotations

from decimal import Decimal

from google.adk.evaluation.eval_case import ConversationScenario, Invocation
from google.adk.evaluation.eval_metrics import EvalMetric
from google.adk.evaluation.evaluator import EvaluationResult

from eval.metrics.reading import named, products_by_title, result, text_of


def score(
    metric: EvalMetric,
    actual: list[Invocation],
    expected: list[Invocation] | None,
    scenario: ConversationScenario | None = None,
) -> EvaluationResult:
    """1 for a turn whose titles are all in the catalogue at multiples of their price, else 0."""
    return result([float(_known(text_of(i.final_response))) for i in actual], actual, expected)


def _known(reply: str) -> bool:
    return all(_is_real(title, amounts) for title, amounts in named(reply))


def _is_real(title: str, amounts: list[Decimal]) -> bool:
    product = products_by_title().get(title)
    return product is not None and all(amount % product.price.amount == 0 for amount in amounts)
