"""Simulated shoppers through ADK's own user-simulation eval, over the App as it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from google.adk.agents import BaseAgent
from google.adk.evaluation.base_eval_service import EvaluateConfig, EvaluateRequest, InferenceConfig, InferenceRequest
from google.adk.evaluation.eval_config import EvalConfig, get_eval_metrics_from_config
from google.adk.evaluation.in_memory_eval_sets_manager import InMemoryEvalSetsManager
from google.adk.evaluation.local_eval_service import LocalEvalService
from google.adk.evaluation.metric_evaluator_registry import (
    DEFAULT_METRIC_EVALUATOR_REGISTRY,
    register_custom_metrics_from_config,
)
from google.adk.evaluation.simulation.user_simulator_provider import UserSimulatorProvider

from eval.metrics.reading import text_of
from eval.simulation.persona import Persona
from eval.simulation.scenarios import SHOPPER, eval_set_of, register, simulator_config
from eval.strategies.ladder import Conditions
from recsys_agent.agent import APP_NAME, build_app
from tools.catalog.interface import Catalog

METRIC = "shopper_served"
CONFIG = EvalConfig.model_validate(
    {
        "criteria": {METRIC: 1.0},
        "custom_metrics": {METRIC: {"code_config": {"name": f"eval.metrics.{METRIC}.score"}}},
    }
)


@dataclass(frozen=True)
class Simulated:
    """One shopper's talk as ADK ran it: (message, reply) by turn, and whether the shopper was served."""

    persona_id: str
    turns: tuple[tuple[str, str], ...]
    served: bool


async def simulate(
    people: Sequence[Persona], conditions: Conditions, catalog: Catalog, shopper: str = SHOPPER
) -> AsyncIterator[Simulated]:
    """Each persona played by ``shopper``, a model that ADK knows, through ADK's simulator and evaluation service."""
    register(catalog)
    app = build_app(conditions.settings(), catalog=lambda: catalog)
    assert isinstance(app.root_agent, BaseAgent)
    sets = InMemoryEvalSetsManager()
    shoppers = eval_set_of(people)
    sets.create_eval_set(APP_NAME, shoppers.eval_set_id)
    for case in shoppers.eval_cases:
        sets.add_eval_case(APP_NAME, shoppers.eval_set_id, case)
    service = LocalEvalService(
        root_agent=app.root_agent,
        app=app,
        eval_sets_manager=sets,
        user_simulator_provider=UserSimulatorProvider(simulator_config(shopper)),
        metric_evaluator_registry=register_custom_metrics_from_config(CONFIG, DEFAULT_METRIC_EVALUATOR_REGISTRY.fork()),
    )
    asked = InferenceRequest(
        app_name=APP_NAME, eval_set_id=shoppers.eval_set_id, inference_config=InferenceConfig(parallelism=1)
    )
    talks = [talk async for talk in service.perform_inference(inference_request=asked)]
    judged = EvaluateRequest(
        inference_results=talks,
        evaluate_config=EvaluateConfig(eval_metrics=get_eval_metrics_from_config(CONFIG)),
    )
    async for result in service.evaluate(evaluate_request=judged):
        turns = [one.actual_invocation for one in result.eval_metric_result_per_invocation]
        said = tuple((text_of(turn.user_content), text_of(turn.final_response)) for turn in turns)
        scores = {metric.metric_name: metric.score for metric in result.overall_eval_metric_results}
        yield Simulated(result.eval_id, said, scores.get(METRIC) == 1.0)
