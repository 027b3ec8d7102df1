"""The agents that call a model: what the model says is spoilt before the real agent gets it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator
from typing import Any

from google.adk.models import BaseLlm, LlmRequest, LlmResponse
from google.genai import types
from pydantic import ConfigDict

from eval.spread.faults import UNHEARD_OF, Fault
from eval.strategies.fallible import INVENTED, misread

LATE_S = 0.3
"""How late a late answer is; a model is waited for half as long."""

TOO_OLD, TOO_YOUNG = 71, 2
LINE = re.compile(r"^\s*(?:\d+\.|[-*]).*\*\*.+?\*\*.*$", re.MULTILINE)
CLAIMS = {
    "wrong age": " Made for ages 0 to 2.",
    "dropped allergy": " Safe with every allergy.",
    "wrong price": " Now $1.11 only.",
}
"""What is added where a text has nothing of the kind that could be spoilt in place."""


class FaultyModel(BaseLlm):
    """The model of one agent, whose answers are spoilt as the fault says."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    model: str = "faulty"
    inner: BaseLlm
    fault: Fault

    async def generate_content_async(
        self, llm_request: LlmRequest, stream: bool = False
    ) -> AsyncGenerator[LlmResponse, None]:
        """The model's answer, spoilt where it is due. It is no longer the stand-in's own, and does not say so."""
        async for response in self.inner.generate_content_async(_again(llm_request), stream):
            if self.fault.due():
                yield await self._spoilt(response)
            else:
                yield response

    async def _spoilt(self, response: LlmResponse) -> LlmResponse:
        fault = self.fault
        if fault.corruption == "late":
            fault.struck()
            await asyncio.sleep(LATE_S)
            return response
        if fault.corruption == "empty":
            fault.struck()
            return response.model_copy(update={"content": types.Content(role="model", parts=[])})
        parts = [part.model_copy(deep=True) for part in (response.content.parts if response.content else None) or []]
        spoilt = [self._part(part) for part in parts]
        if spoilt == parts:
            return response
        fault.struck()
        said = {k: v for k, v in (response.custom_metadata or {}).items() if k != "model"}
        content = types.Content(role="model", parts=spoilt)
        return response.model_copy(update={"content": content, "custom_metadata": said})

    def _part(self, part: types.Part) -> types.Part:
        call = part.function_call
        if call and call.name == "recommend":
            arguments = spoil_call(self.fault, dict(call.args or {}))
            return types.Part(function_call=types.FunctionCall(id=call.id, name=call.name, args=arguments))
        if part.text:
            return types.Part(text=spoil_text(self.fault, part.text))
        return part


def _again(request: LlmRequest) -> LlmRequest:
    """The request without a call that was refused: told so, a model makes it anew, where the stand-in apologises."""
    last = request.contents[-1].parts or []
    refused = [part.function_response for part in last if part.function_response]
    if not refused or (refused[0].response or {}).get("status") != "error" or len(request.contents) < 3:
        return request
    return request.model_copy(update={"contents": request.contents[:-2]})


def spoil_call(fault: Fault, arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `recommend`, spoilt."""
    match fault.corruption:
        case "wrong price":
            said = arguments.get("budget_max")
            return {**arguments, "budget_max": misread(str(said)) if said else UNHEARD_OF}
        case "wrong age" if "age_years" in arguments:
            return {**arguments, "age_years": TOO_OLD if int(arguments["age_years"]) < 30 else TOO_YOUNG}
        case "dropped allergy":
            return {name: value for name, value in arguments.items() if name not in ("allergies", "avoid")}
        case "invented product":
            return {**arguments, "ideas": [INVENTED]}
    return arguments


def spoil_text(fault: Fault, text: str) -> str:
    """A reply, spoilt: in its first line about a product, or at its end where it has none."""
    if fault.corruption == "invented product":
        spoilt = re.sub(r"\*\*.+?\*\*", f"**{INVENTED}**", text, count=1)
        return spoilt if spoilt != text else f"{text} Take the **{INVENTED}**."
    line = LINE.search(text)
    if line is None:
        return text + CLAIMS[fault.corruption]
    wrong = re.sub(r"\d+\.\d\d", lambda m: misread(m[0]), line[0], count=1)
    spoilt = wrong if fault.corruption == "wrong price" and wrong != line[0] else line[0] + CLAIMS[fault.corruption]
    return text[: line.start()] + spoilt + text[line.end() :]
