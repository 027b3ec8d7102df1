"""Which model plays which agent; retries; and the stand-in that finishes a turn when a model stays down."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator
from itertools import takewhile

from google.adk.models import BaseLlm, Gemini, LLMRegistry, LlmRequest, LlmResponse
from google.genai import types
from google.genai.errors import APIError
from pydantic import ConfigDict

from recsys_agent.offline.model import OfflineModel
from recsys_agent.settings import OFFLINE, ROLES, Settings
from tools.errors import SettingsError

RETRIED = [408, 429, 500, 502, 503, 504]
BREAKER_S = 20.0
"""After a failure the model is left alone for so long: a turn must not wait through the retries of each agent."""
REFUSED_CALLS = 2
"""After so many calls in a row that were refused, in one turn, the stand-in goes on: a third would be no better."""

logger = logging.getLogger(__name__)


class Breaker:
    """Remembers that a model is down, for all agents that use it."""

    def __init__(self) -> None:
        self.down_until = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the model should not be called now."""
        return time.monotonic() < self.down_until

    def trip(self) -> None:
        """Notes a failure."""
        self.down_until = time.monotonic() + BREAKER_S


class ResilientModel(BaseLlm):
    """A model, and the stand-in for when it fails. Yields one complete response, never a partial one.

    Text is verified before a shopper sees it, so partial text would have to be held back anyway. The response's
    ``custom_metadata`` says which ``model`` answered and, after a ``fallback``, for which model and why.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    primary: BaseLlm
    standin: OfflineModel
    timeout_s: float
    breaker: Breaker

    async def generate_content_async(
        self, llm_request: LlmRequest, stream: bool = False
    ) -> AsyncGenerator[LlmResponse, None]:
        """The primary's response where it is usable, else the stand-in's."""
        reason: str | None = "it failed a moment ago"
        if _refused_calls(llm_request) >= REFUSED_CALLS:
            reason = "none of its calls could be carried out"
            llm_request = _as_it_began(llm_request)
        elif not self.breaker.is_open:
            try:
                response = await self._ask_primary(llm_request, stream)
                reason = _unusable(response, llm_request)
                if response and reason is None:
                    yield _labelled(response, self.primary.model)
                    return
            except Exception as error:
                reason = _cause(error)
                self.breaker.trip()
            logger.warning("model %s unusable (%s); the stand-in answers", self.primary.model, reason)
        async for response in self.standin.generate_content_async(llm_request):
            yield _labelled(response, OFFLINE, fallback={"model": self.primary.model, "reason": str(reason)})

    async def _ask_primary(self, llm_request: LlmRequest, stream: bool) -> LlmResponse | None:
        final = None
        async with asyncio.timeout(self.timeout_s):
            async for response in self.primary.generate_content_async(llm_request, stream):
                final = response if not response.partial else final
        return final


def build_models(settings: Settings) -> dict[str, BaseLlm]:
    """A model for each agent that calls one. Raises SettingsError for a model that cannot be had."""
    breakers: dict[str, Breaker] = {}
    models: dict[str, BaseLlm] = {}
    for role in ROLES:
        name, standin = settings.model_for(role), OfflineModel(role=role)
        if name == OFFLINE:
            models[role] = standin
            continue
        breaker = breakers.setdefault(name, Breaker())
        primary = _primary(name, settings.variable_of(role), settings)
        models[role] = ResilientModel(
            model=name, primary=primary, standin=standin, timeout_s=settings.model_timeout_s, breaker=breaker
        )
    return models


def announcement(settings: Settings) -> str:
    """The sentence of the first reply that says which model speaks."""
    names = list(dict.fromkeys(settings.model_for(role) for role in ROLES))
    if names == [OFFLINE]:
        return (
            "(The keyless stand-in is answering: rules in place of a language model, English only. "
            "Set GOOGLE_API_KEY to use Gemini.)"
        )
    spoken = " and ".join("the keyless stand-in" if name == OFFLINE else name for name in names)
    return f"(Answering with {spoken}.)"


def fallback_notice(model: str) -> str:
    """The sentence a reply ends with when the stand-in had to finish the turn."""
    return f"(The language model {model} could not be used for this turn; the keyless stand-in finished it.)"


def retry_options(settings: Settings) -> types.HttpRetryOptions:
    """How often and when a call is tried again: there is no retry by default."""
    first_delay_s = settings.model_retry_delay_s
    return types.HttpRetryOptions(
        attempts=settings.model_attempts,
        initial_delay=first_delay_s,
        max_delay=16 * first_delay_s,
        jitter=first_delay_s,
        http_status_codes=RETRIED,
    )


def _primary(name: str, variable: str, settings: Settings) -> BaseLlm:
    if name.startswith(("gemini", "projects/", "models/")):
        # The client has no time-out of its own: a server that never answers would hang a turn for good.
        http = types.HttpOptions(timeout=int(settings.model_timeout_s * 1000))
        return Gemini(model=name, retry_options=retry_options(settings), client_kwargs={"http_options": http})
    if "/" in name:
        try:
            from google.adk.models.lite_llm import LiteLlm
        except ImportError as error:
            hint = "pip install 'litellm>=1.84,<1.106.3'"
            raise SettingsError(f"{variable}={name} needs the extra: {hint}") from error
        return LiteLlm(model=name, timeout=settings.model_timeout_s, max_retries=settings.model_attempts - 1)
    try:
        return LLMRegistry.new_llm(name)
    except ValueError as error:
        raise SettingsError(
            f"{variable}={name!r} is no model that ADK knows; use a Gemini model's name, provider/model for LiteLLM, "
            f"or {OFFLINE} for the keyless stand-in"
        ) from error


def _unusable(response: LlmResponse | None, request: LlmRequest) -> str | None:
    """Why a response cannot be used, or None: it must hold text, or calls of functions that exist."""
    if response is None:
        return "no answer"
    if response.error_code or response.finish_reason not in (None, types.FinishReason.STOP):
        # Cut off, blocked or malformed; ADK would even execute the calls of a malformed answer.
        reason = response.error_code or response.finish_reason
        return str(getattr(reason, "value", reason))
    parts = (response.content.parts if response.content else None) or []
    calls = [part.function_call for part in parts if part.function_call]
    if unknown := [c.name for c in calls if c.name not in request.tools_dict]:
        return f"called the unknown function {unknown[0]}"
    if calls or any(part.text and not part.thought for part in parts):
        return None
    return "empty answer"


def _turn_begins(request: LlmRequest) -> int:
    """Where in the contents the shopper's last message stands."""
    texts = [i for i, c in enumerate(request.contents) if c.role == "user" and any(p.text for p in c.parts or [])]
    return texts[-1] if texts else 0


def _refused_calls(request: LlmRequest) -> int:
    """How many calls of this turn were answered with an error, one after the other until now."""
    answers = [p.function_response for c in request.contents[_turn_begins(request) :] for p in c.parts or []]
    told = [(answer.response or {}).get("status") for answer in answers if answer]
    return len(list(takewhile(lambda status: status == "error", reversed(told))))


def _as_it_began(request: LlmRequest) -> LlmRequest:
    """The request without the calls of this turn: another model begins afresh."""
    return request.model_copy(update={"contents": request.contents[: _turn_begins(request) + 1]})


def _cause(error: Exception) -> str:
    """A failure in a few words; never the provider's full text, which may hold request data."""
    if isinstance(error, APIError):
        return f"HTTP {error.code}"
    return "timed out" if isinstance(error, TimeoutError) else type(error).__name__


def _labelled(response: LlmResponse, model: str, fallback: dict[str, str] | None = None) -> LlmResponse:
    said = {**(response.custom_metadata or {}), "model": model} | ({"fallback": fallback} if fallback else {})
    return response.model_copy(update={"custom_metadata": said, "partial": None})
