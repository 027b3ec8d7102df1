"""Processes that share the kit's long work, begun once for a whole command."""

from __future__ import annotations

import gc
import logging
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from types import TracebackType
from typing import Any, TypeVar

from eval.quiet import quiet

Result = TypeVar("Result")


class Workers:
    """So many processes, begun when first needed and ended with the context; a single one is this process itself.

    Each imports ADK and opens the catalogue, some three seconds of a processor, so all parts of a report share them.
    """

    def __init__(self, count: int = 1) -> None:
        self._count = count
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def each(
        self, work: Callable[..., Result], parts: Sequence[tuple[Any, ...]]
    ) -> Iterator[tuple[tuple[Any, ...], Result]]:
        """The parts with what ``work`` makes of their arguments, as each gets finished."""
        if self._count == 1:
            yield from ((part, work(*part)) for part in parts)
            return
        spawn = multiprocessing.get_context("spawn")  # a fork would copy tantivy's and ADK's threads half
        self._pool = self._pool or ProcessPoolExecutor(self._count, spawn, initializer=_begin)
        begun = {self._pool.submit(work, *part): part for part in parts}
        for done in as_completed(begun):
            yield begun[done], done.result()


def _begin() -> None:
    """Quiet, also about nodes that fail where failing is what is tried; what is loaded now is not collected again,
    which takes a tenth off a turn."""
    import recsys_agent.agent  # noqa: F401

    quiet(logging.CRITICAL)
    gc.collect()
    gc.freeze()


ALONE = Workers()
"""This process."""
