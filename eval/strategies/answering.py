"""Whether a real model answers, asked before a run: else the stand-in would be measured in its name."""

from __future__ import annotations

import asyncio

from google.adk.models import BaseLlm, LlmRequest
from google.genai import types

from eval.strategies.ladder import Conditions
from recsys_agent.models import ResilientModel, build_models
from tools.errors import UsageError


def require_answer(conditions: Conditions) -> None:
    """One call of each model of a run. Raises UsageError for one that cannot be had or does not answer."""
    settings = conditions.settings()
    models = {model.model: model for model in build_models(settings).values() if isinstance(model, ResilientModel)}
    for name, model in models.items():
        if name.startswith("gemini") and not settings.gemini_configured:
            why: str | None = "no GOOGLE_API_KEY is set"
        else:
            why = asyncio.run(_failure(model.primary, model.timeout_s))
        if why:
            raise UsageError(
                f"MODEL={name} does not answer ({why}); see that its key and address are set (.env.example), "
                "or leave MODEL out for the keyless fallible model"
            )


async def _failure(model: BaseLlm, timeout_s: float) -> str | None:
    """What kept the model from answering, in a word; None where it answered."""
    hello = types.Content(role="user", parts=[types.Part(text="Answer with the word: ready.")])
    request = LlmRequest(model=model.model, contents=[hello], config=types.GenerateContentConfig())
    try:
        async with asyncio.timeout(timeout_s):
            async for response in model.generate_content_async(request):
                return response.error_code
    except Exception as error:  # whatever a provider's client raises
        code = getattr(error, "code", None)
        return f"HTTP {code}" if isinstance(code, int) else type(error).__name__
    return "no answer"
