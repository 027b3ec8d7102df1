"""Workers that share one address take connections one by one, so that none takes them all, and answer at once."""

from __future__ import annotations

import asyncio
import socket
from typing import Any


class SharingLoop(asyncio.SelectorEventLoop):
    """asyncio's event loop, for a listening socket that other processes listen at too.

    asyncio takes as many waiting connections at once as its backlog allows. A browser or a shop's server keeps its
    connection, so the worker that woke first would go on with all the shoppers, and the other cores with none.

    And asyncio tells connections not to wait for fuller packets (TCP_NODELAY) only where it made the listening socket
    itself. Of one that uvicorn made for its workers, the head of an answer would leave, and its body 40 ms later, when
    the client's system has acknowledged the head.
    """

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
