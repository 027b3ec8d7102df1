"""The stand-in as explainer: the template over the same evidence that a model would get."""

from __future__ import annotations

from google.adk.models import LlmRequest, LlmResponse

from recsys_agent.offline.conversation import say
from sub_agents.explainer.prompt import parse_evidence_prompt
from tools.receipts.template import words


def answer(request: LlmRequest) -> LlmResponse:
    """The template's words for the evidence in the request."""
    return say(words(parse_evidence_prompt(request.contents[0].parts[0].text or "")))  # pyright: ignore[reportOptionalSubscript]
