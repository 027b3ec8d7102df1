"""The keyless stand-in behind ADK's model interface."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from google.adk.models import BaseLlm, LlmRequest, LlmResponse
from google.genai import types

from recsys_agent.offline import coordinator, explainer, preference_elicitor

PLAYS = {
    "coordinator": coordinator.answer,
    "preference_elicitor": preference_elicitor.answer,
    "explainer": explainer.answer,
}

CHARS_PER_TOKEN = 4
"""The usual rule of thumb; the stand-in has no tokenizer, so its token counts are estimates."""


class OfflineModel(BaseLlm):
    """Answers as one agent's model would, from rules. The same request always gets the same answer."""

    model: str = "offline"
    role: str

    async def generate_content_async(
        self, llm_request: LlmRequest, stream: bool = False
    ) -> AsyncGenerator[LlmResponse, None]:
        """Yields one complete response; there is nothing to stream."""
        response = PLAYS[self.role](llm_request)
        response.usage_metadata = _estimate(llm_request, response)
        response.custom_metadata = {**(response.custom_metadata or {}), "model": self.model}
        yield response


def _estimate(request: LlmRequest, response: LlmResponse) -> types.GenerateContentResponseUsageMetadata:
    prompt = str(request.config.system_instruction or "") + "".join(map(_plain, request.contents))
    said = _plain(response.content) if response.content else ""
    return types.GenerateContentResponseUsageMetadata(
        prompt_token_count=len(prompt) // CHARS_PER_TOKEN, candidates_token_count=len(said) // CHARS_PER_TOKEN
    )


def _plain(content: types.Content) -> str:
    return "".join(part.text or str(part.function_call or part.function_response or "") for part in content.parts or [])
