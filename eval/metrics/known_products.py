"""Share of turns in which every product named exists and every price beside it is the catalogue's."""

from __future__ import annotations

from decimal import Decimal

from google.adk.evaluation.eval_case import ConversationScenario, Invocation
from google.adk.evaluation.eval_metrics import EvalMetric
from google.adk.evaluation.evaluator import EvaluationResult

from eval.metrics.reading import named, products_by_title, recommended, result, text_of


def score(
    metric: EvalMetric,
    actual: list[Invocation],
    expected: list[Invocation] | None,
    scenario: ConversationScenario | None = None,
) -> EvaluationResult:
    """1 for a turn whose titles are all in the catalogue, each at its price or a multiple of it, else 0.

    What follows the first amount of an infeasible reply is about budgets, not about the product.
    """
    return result([float(_known(text_of(i.final_response))) for i in actual], actual, expected)


def _known(reply: str) -> bool:
    counted = None if recommended(reply) else 1
    return all(_is_real(title, amounts[:counted]) for title, amounts in named(reply))


def _is_real(title: str, amounts: list[Decimal]) -> bool:
    product = products_by_title().get(title)
    return product is not None and all(amount % product.price.amount == 0 for amount in amounts)
