"""How connections spread over the workers of one server."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from deployment import accepting
from deployment.accepting import SharingLoop
from tests.waiting import until

SHOPPERS = 8


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0), backlog=SHOPPERS) as listening:
        listening.setblocking(False)
        yield listening


@pytest.fixture
def workers(listening: socket.socket) -> Iterator[list[_Worker]]:
    with ExitStack() as stack:
        yield [_Worker(stack, listening) for _ in range(2)]


@pytest.fixture
def come(listening: socket.socket) -> Iterator[Callable[[], None]]:
    """A shopper connects, and stays."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(socket.create_connection(listening.getsockname())) and None


def test_a_connection_goes_to_the_worker_that_holds_fewer(
    workers: list[_Worker], come: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accepting, "WAITS_S", 3600.0)
    monkeypatch.setattr(accepting, "LONGEST_S", 3600.0)
    for shoppers in (1, 2):
        come()
        until(lambda shoppers=shoppers: [one.works_a_moment() for one in workers] and _held(workers) == shoppers)
    assert [len(worker.connections) for worker in workers] == [1, 1]


def test_of_the_connections_that_wait_a_worker_takes_one_and_then_lets_others(
    workers: list[_Worker], come: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accepting, "LONGEST_S", 3600.0)
    monkeypatch.setattr(accepting, "WAITS_S", 3600.0)
    for _ in range(SHOPPERS):
        come()
    first, second = workers
    until(lambda: first.works_a_moment() or first.connections)
    for _ in range(SHOPPERS):
        first.works_a_moment()
    assert len(first.connections) == 1
    until(lambda: second.works_a_moment() or second.connections)


def test_all_that_come_are_taken_in_the_end(workers: list[_Worker], come: Callable[[], None]) -> None:
    for _ in range(SHOPPERS):
        come()
    until(lambda: [one.works_a_moment() for one in workers] and _held(workers) == SHOPPERS)


def test_an_answer_does_not_wait_for_a_fuller_packet(workers: list[_Worker], come: Callable[[], None]) -> None:
    come()
    until(lambda: workers[0].works_a_moment() or workers[0].connections)
    accepted = workers[0].connections[0].get_extra_info("socket")
    assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


class _Worker:
    """What a worker process has of its own: an event loop, and its copy of the listening socket."""

    def __init__(self, stack: ExitStack, listening: socket.socket) -> None:
        self.connections: list[Any] = []
        self._loop = stack.enter_context(closing(SharingLoop()))
        copy = stack.enter_context(listening.dup())
        server = self._loop.run_until_complete(
            self._loop.create_server(lambda: _Connection(self.connections), sock=copy, backlog=SHOPPERS)
        )
        stack.callback(self._ends, server)

    def works_a_moment(self) -> None:
        """One turn of its event loop."""
        self._loop.call_soon(self._loop.stop)
        self._loop.run_forever()

    def _ends(self, server: asyncio.Server) -> None:
        server.close()
        for transport in self.connections:
            transport.close()
        for _ in range(3):
            self.works_a_moment()


def _held(workers: list[_Worker]) -> int:
    return sum(len(worker.connections) for worker in workers)


class _Connection(asyncio.Protocol):
    def __init__(self, seen: list[Any]) -> None:
        self._seen = seen

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._seen.append(transport)
