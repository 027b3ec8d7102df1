"""Whether a simulated shopper of ADK's user simulation took something that meets their goal: 1 or 0 for the whole talk.

The task success of tau-bench (Yao et al., 2024), decided by the persona's rules on the replies as they can be read.
"""

from __future__ import annotations

from google.adk.evaluation.eval_case import ConversationScenario, Invocation
from google.adk.evaluation.eval_metrics import EvalMetric, EvalStatus
from google.adk.evaluation.evaluator import EvaluationResult, PerInvocationResult

from eval.metrics.reading import text_of
from eval.simulation.scenarios import persona_in, played


def score(
    metric: EvalMetric,
    actual: list[Invocation],
    expected: list[Invocation] | None,
    scenario: ConversationScenario | None = None,
) -> EvaluationResult:
    """1 where the replies end with a pick that the shopper takes. Without a scenario there is no shopper: 0."""
    served = 0.0
    if scenario:
        shopper, _ = played(persona_in(scenario.conversation_plan), (text_of(i.final_response) for i in actual))
        served = float(shopper.outcome == "took")
    status = EvalStatus.PASSED if served else EvalStatus.FAILED
    turns = [PerInvocationResult(actual_invocation=i, score=served, eval_status=status) for i in actual]
    return EvaluationResult(overall_score=served, overall_eval_status=status, per_invocation_results=turns)
