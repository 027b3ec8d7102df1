"""Many shoppers through many strategies, on all cores; the result does not depend on how many there are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import lru_cache

from eval.simulation.dialogue import Dialogue, Exchange
from eval.simulation.persona import Persona
from eval.simulation.shopper import Shopper
from eval.simulation.workers import ALONE, Workers
from eval.strategies.ladder import Conditions, build_strategies
from eval.strategies.strategy import Strategy
from tools.catalog.interface import Catalog
from tools.product import Product

AT_ONCE = 15
"""Shoppers that a worker takes at a time: enough to pay for the message, few enough for a steady progress bar."""


def run(
    people: Sequence[Persona],
    names: Sequence[str],
    conditions: Conditions,
    workers: Workers = ALONE,
    advance: Callable[[int], None] = lambda done: None,
) -> dict[str, list[Dialogue]]:
    """Every persona with every strategy of ``names``; dialogues by strategy, in the order of the personas.

    ``advance`` is told how many dialogues were just finished.
    """
    parts = [(name, people[at : at + AT_ONCE], conditions) for name in names for at in range(0, len(people), AT_ONCE)]
    finished: dict[str, dict[str, Dialogue]] = {name: {} for name in names}
    for _, dialogues in workers.each(_talks, parts):
        for dialogue in dialogues:
            finished[dialogue.strategy][dialogue.persona.persona_id] = dialogue
        advance(len(dialogues))
    return {name: [found[persona.persona_id] for persona in people] for name, found in finished.items()}


def _talks(name: str, people: Sequence[Persona], conditions: Conditions) -> list[Dialogue]:
    strategy, catalog = strategy_of(name, conditions)

    async def talks() -> list[Dialogue]:
        return [await converse(persona, strategy, catalog.get) for persona in people]

    return asyncio.run(talks())


async def converse(persona: Persona, strategy: Strategy, find: Callable[[str], Product | None]) -> Dialogue:
    """Lets the persona talk with the strategy until it takes something or leaves."""
    shopper = Shopper(persona, find)
    dialogue = Dialogue(strategy.name, persona)
    talk = strategy.open(persona.persona_id)
    message: str | None = shopper.open()
    while message is not None:
        told, misled = frozenset(shopper.said), frozenset(shopper.misled)
        reply = await talk.say(message)
        dialogue.exchanges.append(Exchange(message, reply, told, misled))
        message = shopper.react(reply)
    dialogue.outcome, dialogue.taken = shopper.outcome or "left", shopper.taken
    return dialogue


@lru_cache(maxsize=4)
def catalog_of(conditions: Conditions) -> Catalog:
    """The catalogue, opened once a process."""
    return conditions.open_catalog()


@lru_cache(maxsize=32)
def strategy_of(name: str, conditions: Conditions) -> tuple[Strategy, Catalog]:
    """The strategy and the catalogue it recommends from, built once a process."""
    catalog = catalog_of(conditions)
    (strategy,) = build_strategies([name], conditions, catalog)
    return strategy, catalog
