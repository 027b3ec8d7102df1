"""Many shoppers through many strategies, on all cores; the result does not depend on how many there are."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import lru_cache

from eval.quiet import quiet
from eval.simulation.dialogue import Dialogue, converse
from eval.simulation.persona import Persona
from eval.strategies.ladder import Conditions, build_strategies
from eval.strategies.strategy import Strategy
from tools.catalog.interface import Catalog

AT_ONCE = 15
"""Shoppers that a worker takes at a time: enough to pay for the message, few enough for a steady progress bar."""


def run(
    people: Sequence[Persona],
    names: Sequence[str],
    conditions: Conditions,
    workers: int = 1,
    advance: Callable[[int], None] = lambda done: None,
) -> dict[str, list[Dialogue]]:
    """Every persona with every strategy of ``names``; dialogues by strategy, in the order of the personas.

    ``advance`` is told how many dialogues were just finished. With one worker all runs in this process.
    """
    parts = [(name, people[at : at + AT_ONCE]) for name in names for at in range(0, len(people), AT_ONCE)]
    finished: dict[str, dict[str, Dialogue]] = {name: {} for name in names}
    for dialogues in _parts(parts, conditions, workers):
        for dialogue in dialogues:
            finished[dialogue.strategy][dialogue.persona.persona_id] = dialogue
        advance(len(dialogues))
    return {name: [found[persona.persona_id] for persona in people] for name, found in finished.items()}


def _parts(
    parts: list[tuple[str, Sequence[Persona]]], conditions: Conditions, workers: int
) -> Iterator[list[Dialogue]]:
    if workers == 1:
        for name, people in parts:
            yield _talks(name, people, conditions)
        return
    spawn = multiprocessing.get_context("spawn")  # a fork would copy tantivy's and ADK's threads half
    with ProcessPoolExecutor(workers, spawn, initializer=quiet) as pool:
        for done in as_completed([pool.submit(_talks, name, people, conditions) for name, people in parts]):
            yield done.result()


def _talks(name: str, people: Sequence[Persona], conditions: Conditions) -> list[Dialogue]:
    strategy, catalog = _strategy(name, conditions)

    async def talks() -> list[Dialogue]:
        return [await converse(persona, strategy, catalog.get) for persona in people]

    return asyncio.run(talks())


@lru_cache(maxsize=4)
def _catalog(conditions: Conditions) -> Catalog:
    return conditions.open_catalog()


@lru_cache(maxsize=32)
def _strategy(name: str, conditions: Conditions) -> tuple[Strategy, Catalog]:
    """Built once a process."""
    catalog = _catalog(conditions)
    (strategy,) = build_strategies([name], conditions, catalog)
    return strategy, catalog
