"""The explainer: a model puts evidence into words; code checks every word that can be checked before it is shown.

A reply that fails its check is written again once, with the reasons; if that fails too, the template speaks.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from typing import Any

from google.adk.agents import LlmAgent
from google.adk.agents.callback_context import CallbackContext
from google.adk.agents.invocation_context import InvocationContext
from google.adk.events import Event, EventActions
from google.adk.models import BaseLlm, LlmRequest, LlmResponse
from google.genai import types
from pydantic_core import to_json

from sub_agents.explainer.prompt import INSTRUCTION, REPAIR, evidence_prompt
from tools import state
from tools.brief import Brief
from tools.catalog.interface import Catalog
from tools.guard.characters import seen
from tools.guard.leaks import recites
from tools.receipts.evidence import Evidence, gather_evidence
from tools.receipts.facts import shown
from tools.receipts.last_check import checked
from tools.receipts.receipt import make_receipt
from tools.receipts.recollections import is_recollection
from tools.receipts.template import compose, render
from tools.receipts.verifier import problems
from tools.receipts.voice import Voice, voice_problems
from tools.receipts.voiced import voiced
from tools.request import Outcome, Request
from tools.shopper.session import as_said
from tools.usage import record_usage

EVIDENCE = "temp:evidence"
TASK = "temp:explainer_task"  # what the search went by beside the brief, for the receipt
REFUSED_WORDS = re.compile(r"'[^']*'|\"[^\"]*\"|\S*\d\S*")
ARTIFACT = "receipt.json"
PLAIN = Voice(emoji=True)  # where no voice file says otherwise

WITHHELD = (
    "What was found did not pass the last check of prices and rules, so I show you nothing of it. "
    "Your message is kept; please ask me once more."
)


class Explainer(LlmAgent):
    """Its receipt goes ahead of its words, in an event of its own.

    ADK streams an event that has both words and an artifact as two of one id, and its dev UI shows the second alone.
    """

    async def _run_async_impl(self, ctx: InvocationContext) -> AsyncGenerator[Event, None]:
        async with aclosing(super()._run_async_impl(ctx)) as events:
            async for event in events:
                if event.content and (filed := event.actions.artifact_delta):
                    event.actions.artifact_delta = {}
                    ahead = EventActions(artifact_delta=filed)
                    yield Event(invocation_id=ctx.invocation_id, author=self.name, branch=ctx.branch, actions=ahead)
                yield event


def build_explainer(model: BaseLlm, catalog: Callable[[], Catalog], voice: Voice = PLAIN) -> LlmAgent:
    """The explainer over the present catalogue. ``model`` is always explicit: agents in a workflow inherit none."""
    instruction = f"{INSTRUCTION}{voice.instruction()}\n"

    async def prepare(callback_context: CallbackContext, llm_request: LlmRequest) -> LlmResponse | None:
        """Replaces the node's small input by the evidence; answers at once where code alone says all there is."""
        outcome, explain = _task(callback_context, llm_request)
        outcome, wrong = (outcome, []) if explain else checked(outcome, catalog())
        if wrong and not outcome.picks:
            callback_context.state[state.TURN] = {"status": "error", "warnings": _held_back(wrong)}
            return _spoken(WITHHELD)
        outcome.warnings += _held_back(wrong)
        evidence = gather_evidence(catalog(), outcome, explain)
        if evidence.question and evidence.question.text not in render(evidence):
            evidence.question = None
        _record_turn(callback_context, outcome, evidence, explain)
        callback_context.state[TASK] = outcome.request.model_dump(mode="json", include={"today", "ideas", "seen"})
        if evidence.status != "recommended" or not evidence.picks:
            reply = voiced(evidence, voice)
            if evidence.status == "infeasible":
                await _leave_receipt(callback_context, reply, evidence)
            return _spoken(reply)
        prompt = types.Part(text=evidence_prompt(evidence))
        llm_request.contents = [types.Content(role="user", parts=[prompt])]
        callback_context.state[EVIDENCE] = evidence.model_dump_json()  # as text: ADK copies what is read from the state
        return None

    async def verify(callback_context: CallbackContext, llm_response: LlmResponse) -> LlmResponse | None:
        """Lets nothing unverified pass: holds back partial text, checks the whole, repairs once, else the template."""
        if llm_response.partial:
            return LlmResponse(partial=True, content=types.Content(role="model", parts=[]))
        evidence = Evidence.model_validate_json(callback_context.state[EVIDENCE])
        text = voice.apply(_text(llm_response))
        reply, found = _checked(text, evidence, voice)
        refused = found
        if found:
            repaired = await _repair(model, instruction, text, found, evidence, callback_context)
            reply, found = _checked(voice.apply(repaired), evidence, voice)
        said = voiced(evidence, voice) if found else reply
        _record_check(callback_context, refused, again=bool(found))
        if evidence.explain is None:
            await _leave_receipt(callback_context, said, evidence)
        return _spoken(said, llm_response)

    return Explainer(
        name="explainer",
        model=model,
        description="Says why each pick fits, with every claim traceable to the catalogue or the brief.",
        mode="single_turn",
        include_contents="none",
        instruction=lambda _: instruction,
        before_model_callback=prepare,
        after_model_callback=verify,
    )


def _task(callback_context: CallbackContext, llm_request: LlmRequest) -> tuple[Outcome, int | None]:
    """What to explain: the outcome in the node input, what is on the table once more, or one pick of it."""
    node_input = json.loads(llm_request.contents[-1].parts[-1].text or "")  # pyright: ignore[reportOptionalSubscript]
    if "explain" in node_input:
        shown = Outcome.model_validate(callback_context.state[state.SHOWN])
        brief = Brief.model_validate(callback_context.state[state.BRIEF])
        return shown.model_copy(update={"request": Request(brief=brief)}), int(node_input["explain"])
    if "again" in node_input:
        shown = Outcome.model_validate(callback_context.state[state.SHOWN])
        brief = Brief.model_validate(callback_context.state[state.BRIEF])
        return shown.model_copy(update={"request": Request(brief=brief, today=node_input["today"])}), None
    outcome = Outcome.model_validate(node_input)
    request = as_said(outcome.request, callback_context.state.get(state.BRIEF))
    return outcome.model_copy(update={"request": request}), None


def _held_back(wrong: list[str]) -> list[str]:
    return [f"held back: {problem}" for problem in wrong]


async def _repair(
    model: BaseLlm, instruction: str, text: str, found: list[str], evidence: Evidence, context: CallbackContext
) -> str:
    """One more call with the reasons of the refusal. An unreachable model is no reason to fail: the template speaks."""
    request = LlmRequest(model=model.model, config=types.GenerateContentConfig(system_instruction=instruction))
    request.contents = [
        types.Content(role="user", parts=[types.Part(text=evidence_prompt(evidence))]),
        types.Content(role="model", parts=[types.Part(text=text or "(empty)")]),
        types.Content(role="user", parts=[types.Part(text=REPAIR.format(problems="\n".join(f"- {p}" for p in found)))]),
    ]
    answer = ""
    async for response in model.generate_content_async(request, stream=False):
        record_usage(context.state, "explainer", response)
        answer = _text(response) or answer
    return answer


def _record_turn(context: CallbackContext, outcome: Outcome, evidence: Evidence, explain: int | None) -> None:
    """What the turn came to, in the session's state: for the next turn, for `ask`, and for whoever debugs."""
    if explain is not None:
        context.state[state.TURN] = {"status": "chat"}
        return
    question = evidence.question.slot if evidence.question else None
    turn: dict[str, Any] = {"status": evidence.status, "question": question}
    if question and question not in (asked := context.state.get(state.ASKED) or []):
        context.state[state.ASKED] = [*asked, question]
    if outcome.asking:
        turn["asking"] = outcome.asking
    if outcome.warnings:
        turn["warnings"] = outcome.warnings
    if evidence.status == "infeasible":
        ways = [{"change": way.change, "opens": way.opens} for way in evidence.relaxations]
        turn |= {"clash": evidence.clash, "relaxations": ways}
    if evidence.status == "recommended":
        context.state[state.SHOWN] = {**outcome.model_copy(update={"asking": {}}).dump(), "request": {"brief": {}}}
    context.state[state.OFFERED] = [
        offer.model_dump(mode="json", exclude_defaults=True) for offer in outcome.relaxations
    ]
    context.state[state.TURN] = turn
    if outcome.unheeded:
        context.state[state.UNHEEDED] = outcome.unheeded


def _record_check(context: CallbackContext, refused: list[str], *, again: bool) -> None:
    """How the words fared: the reasons of a refusal, without the words that were refused."""
    reasons = list(dict.fromkeys(REFUSED_WORDS.sub("…", reason)[:100] for reason in refused))[:5]
    checked = {"refused": len(refused), "repaired": bool(refused) and not again, "template": again, "reasons": reasons}
    context.state[state.TURN] = {**context.state[state.TURN], "checked": checked}


async def _leave_receipt(context: CallbackContext, text: str, evidence: Evidence) -> None:
    """Attaches the receipt to the turn, and saves it as an artifact where ADK has a service for them."""
    task = context.state[TASK]
    recalled = context.state.get(state.RECALLED) or ()
    remembered = filter(is_recollection, context.state.get(state.NOTES) or ())  # told after what is said of the picks
    text = "\n\n".join([text, *remembered])
    receipt = make_receipt(text, evidence, **task, recalled=recalled).dump()
    turn = context.state[state.TURN]
    if "checked" in turn:
        turn = {**turn, "checked": {"claims": len(receipt["claims"]), **turn["checked"]}}
    context.state[state.TURN] = {**turn, "receipt": receipt}
    with suppress(ValueError):  # "Artifact service is not initialized."
        body = to_json(receipt, indent=2)
        await context.save_artifact(ARTIFACT, types.Part.from_bytes(data=body, mime_type="application/json"))


def _checked(text: str, evidence: Evidence, voice: Voice) -> tuple[str, list[str]]:
    """The reply out of the model's words and what code adds to them, and what in it has no evidence."""
    reply = compose(text, evidence) if text.strip() else ""
    leaked = ["it recites your instructions"] if recites(reply, (INSTRUCTION,)) else []
    return reply, [*problems(reply, evidence), *voice_problems(text, voice, shown(evidence)), *leaked]


def _text(response: LlmResponse) -> str:
    parts = response.content.parts if response.content else None
    return seen("".join(part.text or "" for part in parts or [] if not part.thought))


def _spoken(text: str, original: LlmResponse | None = None) -> LlmResponse:
    """A final reply of this text; keeps what the original says of its call (tokens, model, fallback)."""
    content = types.Content(role="model", parts=[types.Part(text=text)])
    if original is None:
        return LlmResponse(content=content)
    return original.model_copy(update={"content": content, "error_code": None, "error_message": None})
