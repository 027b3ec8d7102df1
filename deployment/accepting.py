"""Workers that share one address share the connections that come, too, and answer at once."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

WAITS_S, LONGEST_S = 0.001, 0.025
"""How long a worker lets another one take a new connection: for each that it holds, and at most."""


class SharingLoop(asyncio.SelectorEventLoop):
    """asyncio's event loop, for a listening socket that other processes listen at too.

    asyncio takes as many waiting connections at once as its backlog allows. A browser or a shop's server keeps its
    connection, so the worker that woke first would go on with all the shoppers, and the other cores with none. Here a
    worker takes one at a time, and the later the more it holds.

    And asyncio tells connections not to wait for fuller packets (TCP_NODELAY) only where it made the listening socket
    itself. Of one that uvicorn made for its workers, the head of an answer would leave, and its body 40 ms later, when
    the client's system has acknowledged the head.
    """

    _transports: dict[int, Any]  # asyncio's, by the number of the file

    async def create_server(
        self, *args: Any, sock: socket.socket | None = None, backlog: int = 100, **options: Any
    ) -> asyncio.Server:
        """As asyncio's; ``backlog`` connections may wait, and of those one is taken at each turn of the loop."""
        if sock is None:
            return await super().create_server(*args, backlog=backlog, **options)
        if sock.family in (socket.AF_INET, socket.AF_INET6):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # what is accepted inherits it
        server = await super().create_server(*args, sock=sock, backlog=1, **options)
        if server.is_serving():
            sock.listen(backlog)
        return server

    def _accept_connection(self, protocol_factory: Any, sock: socket.socket, *options: Any) -> None:
        """What asyncio calls while a connection waits; it has no public place for this."""
        self.remove_reader(sock)  # until it is this worker's turn
        wait_s = min(WAITS_S * len(self._transports), LONGEST_S)
        self.call_later(wait_s, self._accept_one, protocol_factory, sock, *options)

    def _accept_one(self, protocol_factory: Any, sock: socket.socket, *options: Any) -> None:
        if sock.fileno() < 0:  # the server has been closed
            return
        self.add_reader(sock, self._accept_connection, protocol_factory, sock, *options)
        super()._accept_connection(protocol_factory, sock, *options)  # pyright: ignore[reportAttributeAccessIssue]
