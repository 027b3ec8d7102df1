"""Models that take no time: what the stand-in answered once, said again at once."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from google.adk.models import BaseLlm, LlmRequest, LlmResponse
from google.genai import types
from pydantic import Field

from recsys_agent.offline.model import OfflineModel


class Recorder(BaseLlm):
    """The stand-in in one role, keeping what it answered."""

    model: str = "recorder"
    standin: OfflineModel
    answers: list[LlmResponse] = Field(default_factory=list)

    async def generate_content_async(
        self, llm_request: LlmRequest, stream: bool = False
    ) -> AsyncGenerator[LlmResponse, None]:
        """Yields the stand-in's answer and keeps a copy: ADK completes the original in place."""
        async for response in self.standin.generate_content_async(llm_request, stream):
            self.answers.append(response.model_copy(deep=True))
            yield response


class Scripted(BaseLlm):
    """Answers every request with the same responses."""

    model: str = "scripted"
    answers: list[LlmResponse]

    async def generate_content_async(
        self, llm_request: LlmRequest, stream: bool = False
    ) -> AsyncGenerator[LlmResponse, None]:
        """Yields copies of the answers."""
        for answer in self.answers:
            yield answer.model_copy(deep=True)


def calling(function: str) -> Scripted:
    """A model that calls this function."""
    return _scripted(types.Part.from_function_call(name=function, args={}))


def saying(text: str) -> Scripted:
    """A model that says this."""
    return _scripted(types.Part(text=text))


def _scripted(part: types.Part) -> Scripted:
    return Scripted(answers=[LlmResponse(content=types.Content(role="model", parts=[part]))])
