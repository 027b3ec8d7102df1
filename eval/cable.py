"""A cable to a server of this machine that can be cut and mended: what is between two processes in real life."""

from __future__ import annotations

import asyncio
import contextlib


class Cable:
    """Forwards 127.0.0.1:`port` to another address until it is cut; each packet takes ``delay_s`` longer, both ways."""

    def __init__(self, address: str, delay_s: float = 0.0) -> None:
        self._delay_s = delay_s
        host, port = address.split(":")
        self._to = (host, int(port))
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self.port = 0

    async def mend(self) -> None:
        """Listens, at the second time on the same port."""
        self._server = await asyncio.start_server(self._joined, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def cut(self) -> None:
        """Ends all that is connected and refuses what wants to."""
        assert self._server
        self._server.close()
        for end in list(self._ends):
            end.transport.abort()

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*self._to)
        self._ends |= {writer, back}
        with contextlib.suppress(asyncio.CancelledError):  # the test is over
            await asyncio.gather(self._pump(reader, back), self._pump(there, writer))

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, OSError):
            while data := await source.read(65536):
                await asyncio.sleep(self._delay_s)
                sink.write(data)
                await sink.drain()
        sink.transport.abort()
