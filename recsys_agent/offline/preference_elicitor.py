"""The stand-in as preference elicitor: asks the question that code chose; else reacts as the coordinator would."""

from __future__ import annotations

from google.adk.models import LlmRequest, LlmResponse

from recsys_agent.offline.conversation import read_request, say
from recsys_agent.offline.coordinator import respond


def answer(request: LlmRequest) -> LlmResponse:
    """The question, or the reaction to its answer."""
    conversation = read_request(request)
    if conversation.question:
        return say(conversation.question["text"])
    return respond(conversation)
