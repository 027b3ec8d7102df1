"""Gemini's REST protocol on loopback, spoken by the stand-in after a fixed delay (`eval.load.slow_model PORT MS`).

The server under load then pays for the real google-genai client, its parsing and its waiting, and nobody for a model.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from google.adk.models import LlmRequest
from google.genai import types

from recsys_agent.offline.model import OfflineModel

AGENTS = {
    "You are the coordinator": "coordinator",
    "You are the preference elicitor": "preference_elicitor",
    "You write the reply": "explainer",
}


def create_model(delay_s: float) -> FastAPI:
    """The service."""
    app = FastAPI()

    @app.post("/v1beta/models/{model}:generateContent")
    async def generate(model: str, request: Request) -> dict[str, Any]:
        waited = asyncio.create_task(asyncio.sleep(delay_s))
        answer = await _answer(await request.json())
        await waited
        return answer

    return app


async def _answer(body: dict[str, Any]) -> dict[str, Any]:
    instruction = body["systemInstruction"]["parts"][0]["text"]
    role = next(agent for beginning, agent in AGENTS.items() if beginning in instruction)
    request = LlmRequest(
        contents=[types.Content.model_validate(content) for content in body["contents"]],
        config=types.GenerateContentConfig(system_instruction=instruction),
    )
    async for response in OfflineModel(role=role).generate_content_async(request):
        assert response.content is not None
        assert response.usage_metadata is not None
        said = response.content.model_dump(mode="json", by_alias=True, exclude_none=True)
        usage = response.usage_metadata.model_dump(mode="json", by_alias=True, exclude_none=True)
        return {"candidates": [{"content": said, "finishReason": "STOP", "index": 0}], "usageMetadata": usage}
    raise AssertionError("the stand-in always answers")


if __name__ == "__main__":
    port, milliseconds = sys.argv[1:]
    uvicorn.run(create_model(int(milliseconds) / 1000), host="127.0.0.1", port=int(port), log_level="warning")
