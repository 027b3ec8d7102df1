"""The check of what the coordinator and the elicitor say themselves, and the record of such a turn."""

from __future__ import annotations

from collections.abc import Callable

from google.adk.agents.callback_context import CallbackContext
from google.adk.models import LlmResponse
from google.genai import types

from recsys_agent.prompt import INSTRUCTION as COORDINATOR
from recsys_agent.settings import OFFLINE
from sub_agents.explainer.prompt import INSTRUCTION as EXPLAINER
from sub_agents.preference_elicitor.prompt import INSTRUCTION as ELICITOR
from tools import state
from tools.brief import Brief
from tools.catalog.interface import Catalog
from tools.guard.characters import seen
from tools.guard.leaks import recites
from tools.receipts.small_talk import small_talk_problems
from tools.request import Outcome
from tools.shopper.session import said_by_shopper

SAFE_REPLY = (
    "I can only name products and prices that come from the catalogue. "
    "Tell me who the gift is for, what they like and what it may cost, and I will look."
)
EMPTY_REPLY = "I have no answer to that. Tell me who the gift is for, what they like and what it may cost."


def build_speech_check(catalog: Callable[[], Catalog]) -> Callable[..., LlmResponse | None]:
    """An after-model callback: no invented product or price and no instruction of ours passes; the status is kept."""

    def check(callback_context: CallbackContext, llm_response: LlmResponse) -> LlmResponse | None:
        if llm_response.partial:  # unverified text is held back; the whole follows
            return LlmResponse(partial=True, content=types.Content(role="model", parts=[]))
        parts = (llm_response.content.parts if llm_response.content else None) or []
        if any(part.function_call for part in parts):
            return _calls_only(llm_response, parts)
        text = seen("".join(part.text or "" for part in parts if not part.thought)).strip()
        question = callback_context.state.get(state.QUESTION)
        said = text or EMPTY_REPLY
        scripted = (llm_response.custom_metadata or {}).get("model") == OFFLINE  # the stand-in's words are ours
        recited = recites(text, (COORDINATOR, ELICITOR, EXPLAINER))
        if not scripted and (recited or _invented(text, callback_context, catalog())):
            said = question["text"] if question else SAFE_REPLY
        hint = (llm_response.custom_metadata or {}).get("status", "chat")
        status = "asked" if question else hint
        if answer := callback_context.state.get(state.ANSWER):  # about memory code speaks: what was done, and counts
            said = f"{answer}\n\n{question['text']}" if question else answer
            callback_context.state[state.ANSWER] = None
        callback_context.state[state.TURN] = {"status": status, "question": question["slot"] if question else None}
        content = types.Content(role="model", parts=[types.Part(text=said)])
        return llm_response.model_copy(update={"content": content, "error_code": None, "error_message": None})

    return check


def _calls_only(response: LlmResponse, parts: list[types.Part]) -> LlmResponse | None:
    """Text beside a call would reach the shopper unchecked, and one reply a turn is enough."""
    calls = [part for part in parts if part.function_call]
    if len(calls) == len(parts):
        return None
    return response.model_copy(update={"content": types.Content(role="model", parts=calls)})


def _invented(text: str, context: CallbackContext, catalog: Catalog) -> list[str]:
    brief = Brief.model_validate(context.state.get(state.BRIEF) or {})
    amounts = [a for a in (brief.budget.min, brief.budget.max) if a is not None] if brief.budget else []
    titles: list[str] = []
    if stored := context.state.get(state.SHOWN):
        for pick in Outcome.model_validate(stored).picks:
            if product := catalog.get(pick.product_id):
                titles.append(product.title)
                amounts += [product.price.amount, (product.price * pick.quantity).amount]
    said = f"{said_by_shopper(context)} {brief.model_dump_json()}"
    return small_talk_problems(text, amounts, titles, said, currency=catalog.currency)
