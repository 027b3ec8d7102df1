"""Many shoppers through many strategies, on all cores; the result does not depend on how many there are."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import lru_cache
from typing import Any, TypeVar

from eval.quiet import quiet
from eval.simulation.dialogue import Dialogue, converse
from eval.simulation.persona import Persona
from eval.strategies.ladder import Conditions, build_strategies
from eval.strategies.strategy import Strategy
from tools.catalog.interface import Catalog

Result = TypeVar("Result")

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
    parts = [(name, people[at : at + AT_ONCE], conditions) for name in names for at in range(0, len(people), AT_ONCE)]
    finished: dict[str, dict[str, Dialogue]] = {name: {} for name in names}
    for _, dialogues in in_processes(_talks, parts, workers):
        for dialogue in dialogues:
            finished[dialogue.strategy][dialogue.persona.persona_id] = dialogue
        advance(len(dialogues))
    return {name: [found[persona.persona_id] for persona in people] for name, found in finished.items()}


def in_processes(
    work: Callable[..., Result],
    parts: Sequence[tuple[Any, ...]],
    workers: int,
    prepare: Callable[[], None] | None = None,
) -> Iterator[tuple[tuple[Any, ...], Result]]:
    """The parts with what ``work`` makes of their arguments, as each gets finished. With one worker, in this process.

    ``prepare`` is done once in each process, instead of `quiet`.
    """
    if workers == 1:
        yield from ((part, work(*part)) for part in parts)
        return
    spawn = multiprocessing.get_context("spawn")  # a fork would copy tantivy's and ADK's threads half
    with ProcessPoolExecutor(min(workers, len(parts)), spawn, initializer=prepare or quiet) as pool:
        begun = {pool.submit(work, *part): part for part in parts}
        for done in as_completed(begun):
            yield begun[done], done.result()


def _talks(name: str, people: Sequence[Persona], conditions: Conditions) -> list[Dialogue]:
    strategy, catalog = strategy_of(name, conditions)

    async def talks() -> list[Dialogue]:
        return [await converse(persona, strategy, catalog.get) for persona in people]

    return asyncio.run(talks())


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
