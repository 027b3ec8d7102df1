"""Share of turns in which nothing shown mentions an avoided or owned thing or an allergy, nor misses the age."""

from __future__ import annotations

import re

from google.adk.evaluation.eval_case import ConversationScenario, Invocation
from google.adk.evaluation.eval_metrics import EvalMetric
from google.adk.evaluation.evaluator import EvaluationResult

from eval.metrics.reading import named, products_by_title, result, said_so_far, text_of
from tools.product import Product


def score(
    metric: EvalMetric,
    actual: list[Invocation],
    expected: list[Invocation] | None,
    scenario: ConversationScenario | None = None,
) -> EvaluationResult:
    """1 for a turn whose products keep every rule said so far, else 0."""
    scores = []
    for invocation, said in zip(actual, said_so_far(expected or []), strict=True):
        products = [products_by_title().get(title) for title, _ in named(text_of(invocation.final_response))]
        scores.append(float(all(_keeps(product, said) for product in products if product)))
    return result(scores, actual, expected)


def _keeps(product: Product, said: dict) -> bool:
    text = " ".join([product.title, product.description, product.category, *product.tags]).lower()
    words = {word.rstrip("s") for word in re.findall(r"[a-z]+", text)}
    forbidden = [*said.get("avoid", []), *said.get("allergies", []), *said.get("owned", [])]
    if any(all(part.rstrip("s") in words for part in thing.split()) for thing in forbidden):
        return False
    age = said.get("age_years")
    return age is None or product.suits_age(int(age))
