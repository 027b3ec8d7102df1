"""How connections spread over the workers of one server."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from deployment.accepting import SharingLoop

SHOPPERS = 8


@pytest.fixture
def workers() -> Iterator[list[_Worker]]:
    """Two of them, and connections to both that came at once."""
    with ExitStack() as stack:
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=SHOPPERS))
        listening.setblocking(False)
        workers = [_Worker(stack, listening) for _ in range(2)]
        for _ in range(SHOPPERS):
            stack.enter_context(socket.create_connection(listening.getsockname()))
        for _ in range(2 * SHOPPERS):
            for worker in workers:
                worker.works_a_moment()
        yield workers


def test_workers_share_the_connections_that_come_at_once(workers: list[_Worker]) -> None:
    assert [len(worker.connections) for worker in workers] == [SHOPPERS / 2, SHOPPERS / 2]


def test_an_answer_does_not_wait_for_a_fuller_packet(workers: list[_Worker]) -> None:
    sockets = [transport.get_extra_info("socket") for worker in workers for transport in worker.connections]
    assert sockets
    assert all(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for one in sockets)


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


class _Connection(asyncio.Protocol):
    def __init__(self, seen: list[Any]) -> None:
        self._seen = seen

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._seen.append(transport)
