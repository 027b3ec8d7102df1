"""MCP over HTTP at /mcp, behind the server's guard and limits.

Without sessions of its own: each request stands for itself, so that any worker may answer it. A conversation goes on by
its `conversation_id`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mcp.server.mcpserver import Context
from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import BaseRoute

from deployment.mcp.tools import build_mcp_server
from deployment.parts import Parts

PATH = "/mcp"


class McpEndpoint:
    """The route, and what must run while it is served."""

    def __init__(self, parts: Parts) -> None:
        self._server = build_mcp_server(parts, _shopper)
        app = self._server.streamable_http_app(
            streamable_http_path=PATH,
            stateless_http=True,
            json_response=True,
            max_request_body_size=parts.settings.max_body_bytes,
            # Against pages that rebind a name to this machine; no page has a bearer credential to send.
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        self.routes: list[BaseRoute] = list(app.routes)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """For as long as the server serves; once only."""
        begun, over = asyncio.Event(), asyncio.Event()

        async def run() -> None:
            async with self._server.session_manager.run():
                begun.set()
                await over.wait()

        # A task of its own: it must be left in the task it was entered in, which not everybody's lifespan is.
        running = asyncio.create_task(run())
        await begun.wait()
        try:
            yield
        finally:
            over.set()
            await running


def _shopper(context: Context) -> str:
    request = context.request_context.request
    assert request is not None  # HTTP always has one, and the guard has let it through
    return request.state.principal.user_id
