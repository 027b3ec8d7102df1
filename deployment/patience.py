"""A connection that never says what it wants is closed: it would hold a place, and a file handle, for ever.

The server below waits without end for a request's first line and headers. How long a body may take is the guard's.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from deployment.settings import load_server_settings


class PatientProtocol(AutoHTTPProtocol):
    """uvicorn's own, but headers may take no longer than a body may. Between two requests it waits as uvicorn does."""

    cycle: Any  # the request that is being answered, or was last; None before the first
    transport: asyncio.Transport
    _end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See `asyncio.Protocol`."""
        super().connection_made(transport)
        self._expect_headers()

    def data_received(self, data: bytes) -> None:
        """See `asyncio.Protocol`."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._expect_nothing()
        elif self._end is None:
            self._expect_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        """See `asyncio.Protocol`."""
        self._expect_nothing()
        super().connection_lost(exc)

    def _expect_headers(self) -> None:
        limit_s = load_server_settings().body_timeout_s
        self._end = asyncio.get_running_loop().call_later(limit_s, self.transport.close)

    def _expect_nothing(self) -> None:
        if self._end is not None:
            self._end.cancel()
            self._end = None
