"""Personas as scenarios of ADK's user simulation, and a model that plays them by the same rules as our simulator.

ADK's LLM-backed user simulator asks a model for the shopper's next message, given a plan and the talk so far. Our plan
is the persona as JSON, the target left out. `ShopperModel`, registered with ADK under its name, reads it and says what
`Shopper` says; any other model that ADK knows reads the same plan and instruction, and takes its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, Iterable
from functools import lru_cache
from typing import Any

from google.adk.evaluation.conversation_scenarios import ConversationScenario
from google.adk.evaluation.eval_case import EvalCase, SessionInput
from google.adk.evaluation.eval_set import EvalSet
from google.adk.evaluation.simulation.llm_backed_user_simulator import LlmBackedUserSimulatorConfig
from google.adk.models import BaseLlm, LLMRegistry, LlmRequest, LlmResponse
from google.genai import types

from eval.simulation.persona import Persona
from eval.simulation.reading import ByTitle, read_reply
from eval.simulation.shopper import Shopper
from recsys_agent.agent import APP_NAME
from tools.catalog.interface import Catalog
from tools.product import Product

SHOPPER = "simulated-shopper"
"""The name of the rule-based shopper as a model of ADK's."""

HIDDEN = "hidden"
INSTRUCTION = """\
You play a shopper who talks with a shop's gift recommender. Who you are, what you want and what you know stands in the
plan; say of it only what such a shopper would say next, in one or two sentences and in the plan's style, and answer
what you are asked. Never quote field names. `unknown` is what you cannot tell. Take a pick that keeps your budget, age
and what is refused and meets `accepts_from` of your wishes; then, or after `patience` messages, answer with exactly
{{ stop_signal }} and nothing else.
<plan>
{{ conversation_plan }}
</plan>
<talk>
{{ conversation_history }}
</talk>
Your next message:"""
STOP = "</finished>"
TURN = re.compile(
    rf"^({'|'.join(('user', 'coordinator', 'preference_elicitor', 'explainer', APP_NAME, 'model'))}): ", re.M
)


def plan_of(persona: Persona) -> str:
    """The persona as a plan: everything but the product that it was made from."""
    return json.dumps(persona.model_dump(mode="json", exclude_defaults=True) | {"target": HIDDEN}, ensure_ascii=False)


def persona_in(plan: str) -> Persona:
    """The persona of such a plan."""
    return Persona.model_validate_json(plan)


def eval_set_of(people: Iterable[Persona]) -> EvalSet:
    """An ADK eval set with a conversation scenario for each persona."""
    cases = [
        EvalCase(
            eval_id=persona.persona_id,
            conversation_scenario=ConversationScenario(
                starting_prompt=Shopper(persona, lambda _: None).open(), conversation_plan=plan_of(persona)
            ),
            session_input=SessionInput(app_name=APP_NAME, user_id=persona.persona_id),
        )
        for persona in people
    ]
    return EvalSet(eval_set_id="shoppers", name="shoppers", eval_cases=cases)


def simulator_config(model: str = SHOPPER, messages: int = 12) -> LlmBackedUserSimulatorConfig:
    """ADK's configuration for shoppers played by this model, at most so many messages long."""
    return LlmBackedUserSimulatorConfig(
        model=model,
        model_configuration=types.GenerateContentConfig(),
        max_allowed_invocations=messages,
        custom_instructions=INSTRUCTION,
    )


class ShopperModel(BaseLlm):
    """The rule-based shopper as an ADK model. It knows the catalogue that `register` was given."""

    @classmethod
    def supported_models(cls) -> list[str]:
        """The one name."""
        return [SHOPPER]

    async def generate_content_async(
        self, llm_request: LlmRequest, stream: bool = False
    ) -> AsyncGenerator[LlmResponse, None]:
        """The shopper's next message, or the signal to stop."""
        prompt = "".join(part.text or "" for part in llm_request.contents[-1].parts or [])
        plan = prompt.split("<plan>\n", 1)[1].split("\n</plan>", 1)[0]
        talk = prompt.split("<talk>\n", 1)[1].rsplit("\n</talk>", 1)[0]
        said = next_message(persona_in(plan), replies_in(talk)) or STOP
        yield LlmResponse(content=types.Content(role="model", parts=[types.Part(text=said)]))


_sold: dict[str, Product] = {}


def register(catalog: Catalog) -> ByTitle:
    """Makes `SHOPPER` a model of ADK's, whose shoppers know this catalogue; returns the look-up by title."""
    _sold.clear()
    _sold.update({product.title: product for product in catalog})
    _register_once()
    return _sold.get


@lru_cache(maxsize=1)
def _register_once() -> None:
    LLMRegistry.register(ShopperModel)


def replies_in(talk: str) -> list[str]:
    """What was answered to each message of the shopper: the texts of a turn together."""
    pieces = TURN.split(talk)[1:]
    replies: list[str] = []
    for author, text in zip(pieces[::2], pieces[1::2], strict=True):
        if author == "user":
            replies.append("")
        elif replies:
            replies[-1] = f"{replies[-1]}\n{text.strip()}".strip()
    return replies


def next_message(persona: Persona, replies: list[str]) -> str | None:
    """What the shopper says after these replies; None when they leave."""
    return played(persona, replies)[1]


def played(persona: Persona, replies: Iterable[str]) -> tuple[Shopper, str | None]:
    """The shopper after these replies, and what they say next. The same talk always ends the same."""
    by_id: dict[str, Any] = {product.product_id: product for product in _sold.values()}
    shopper = Shopper(persona, by_id.get)
    message: str | None = shopper.open()
    for reply in replies:
        if message is None:
            break
        message = shopper.react(read_reply(reply, _sold.get))
    return shopper, message
