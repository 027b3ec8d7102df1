"""The preference elicitor. It stays active after a question, so the answer costs no detour over the coordinator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from google.adk.agents import LlmAgent
from google.adk.agents.readonly_context import ReadonlyContext
from google.adk.models import BaseLlm

from sub_agents.preference_elicitor.prompt import INSTRUCTION

InstructionProvider = Callable[[ReadonlyContext], str]


def build_preference_elicitor(
    model: BaseLlm,
    *,
    tools: list[Callable[..., Any]],
    context_block: InstructionProvider,
    before_model: Any,
    after_model: Any,
) -> LlmAgent:
    """The elicitor with the coordinator's tools.

    ``context_block`` renders what is known, ``before_model`` completes requests, ``after_model`` checks replies.
    """
    return LlmAgent(
        name="preference_elicitor",
        model=model,
        description="Asks the one question whose answer would change the shortlist.",
        instruction=lambda context: f"{INSTRUCTION}\n{context_block(context)}",
        tools=list(tools),
        before_model_callback=before_model,
        after_model_callback=after_model,
    )
