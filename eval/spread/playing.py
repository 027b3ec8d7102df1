"""Simulated shoppers talk with the real agents while one agent's output is spoilt; each turn is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from google.adk.agents import BaseAgent
from google.adk.apps import App
from google.adk.events import Event
from google.adk.models import BaseLlm
from google.adk.sessions import InMemorySessionService

from eval.metrics.unsupported_claims import prices_by_title
from eval.simulation.dialogue import Reply
from eval.simulation.persona import Persona
from eval.simulation.running import converse
from eval.spread.agents import spoil_agent
from eval.spread.catching import caught
from eval.spread.faults import Fault
from eval.spread.models import LATE_S, FaultyModel
from eval.spread.seeing import Seen, seen
from eval.strategies.agents import reply_of
from eval.strategies.ladder import Conditions
from recsys_agent.agent import build_app
from recsys_agent.models import Breaker, ResilientModel
from recsys_agent.offline.model import OfflineModel
from recsys_agent.settings import ROLES
from recsys_agent.turns import Conversation, new_session_id
from tools.catalog.interface import Catalog


@dataclass(frozen=True)
class Turn:
    """One turn: whether something was spoilt in it, what the shopper saw of errors, and which check had caught it."""

    spoilt: bool
    seen: frozenset[Seen]
    caught: str
    llm_calls: int
    milliseconds: float


@dataclass(frozen=True)
class Talk:
    """One shopper's conversation under a fault. ``strikes`` counts the spoilt outputs."""

    turns: tuple[Turn, ...]
    served: bool
    strikes: int

    @property
    def seen(self) -> frozenset[Seen]:
        """What the shopper saw from the first error on: a lost rule may show only later."""
        first = next((at for at, turn in enumerate(self.turns) if turn.spoilt), 0)
        return frozenset[Seen]().union(*(turn.seen for turn in self.turns[first:]))


class NeverOpen(Breaker):
    """A breaker that lets every call through: each error is to meet the checks, not the last one's consequence."""

    @property
    def is_open(self) -> bool:
        """Never."""
        return False


def play(people: Sequence[Persona], fault: Fault | None, conditions: Conditions, catalog: Catalog) -> list[Talk]:
    """Every persona in a conversation of its own, with this fault; None: nothing is spoilt."""
    app = _app(fault, conditions, catalog)
    prices = prices_by_title(catalog)

    async def talk(persona: Persona) -> Talk:
        watched = _Watched(app, catalog, fault)
        dialogue = await converse(persona, watched, catalog.get)
        turns = []
        for exchange, (strikes, account, events) in zip(dialogue.exchanges, watched.turns, strict=True):
            visible = seen(persona, exchange, account, catalog.get, prices)
            why = caught(fault, account, events) if fault and strikes else ""
            calls = account["usage"]["llm_calls"]
            turns.append(Turn(strikes > 0, frozenset(visible), why, calls, account["elapsed_ms"]))
        return Talk(tuple(turns), dialogue.succeeded, sum(strikes for strikes, *_ in watched.turns))

    async def talks() -> list[Talk]:
        return [await talk(persona) for persona in people]

    return asyncio.run(talks())


def _app(fault: Fault | None, conditions: Conditions, catalog: Catalog) -> App:
    models: dict[str, BaseLlm] = {role: OfflineModel(role=role) for role in ROLES}
    if fault and fault.agent in models:
        faulty = FaultyModel(inner=models[fault.agent], fault=fault)
        models[fault.agent] = ResilientModel(  # as production has it around a real model
            model=faulty.model,
            primary=faulty,
            standin=OfflineModel(role=fault.agent),
            timeout_s=LATE_S / 2,
            breaker=NeverOpen(),
        )
    app = build_app(conditions.settings(), catalog=lambda: catalog, models=models)
    if fault and fault.agent not in models and isinstance(app.root_agent, BaseAgent):
        spoil_agent(app.root_agent, fault, catalog)
    return app


class _Watched:
    """The agents as a strategy for one shopper, keeping what each turn was."""

    name = "multi_agent"

    def __init__(self, app: App, catalog: Catalog, fault: Fault | None) -> None:
        self.turns: list[tuple[int, dict[str, Any], list[Event]]] = []
        self._app = app
        self._catalog: Callable[[], Catalog] = lambda: catalog
        self._fault = fault
        self._service = InMemorySessionService()

    def open(self, shopper_id: str) -> _Watched:
        """The one conversation."""
        if self._fault:
            self._fault.begin(shopper_id)
        self._talk = Conversation(self._app, self._service, self._catalog, shopper_id, new_session_id())
        return self

    async def say(self, message: str) -> Reply:
        """One turn."""
        before = self._fault.strikes if self._fault else 0
        account = await self._talk.turn(message)
        strikes = self._fault.strikes - before if self._fault else 0
        self.turns.append((strikes, account, await self._events()))
        return reply_of(account)

    async def _events(self) -> list[Event]:
        """Those of the last turn."""
        session = await self._service.get_session(
            app_name=self._app.name, user_id=self._talk.user, session_id=self._talk.session_id
        )
        events = session.events if session else []
        return [event for event in events if event.invocation_id == events[-1].invocation_id]
