"""The server within the test's process, asked over ASGI, with keys for whoever asks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fastapi import FastAPI

from deployment.app import create_app
from deployment.auth.keys import Keys
from deployment.settings import ServerSettings
from deployment.stores import open_documents
from recsys_agent.settings import Settings


class Shop:
    """A running server and the ways to speak to it."""

    def __init__(self, app: FastAPI, keys: Keys) -> None:
        self.app = app
        self.keys = keys
        transport = httpx.ASGITransport(app)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://testserver", timeout=60)

    def user(self, name: str) -> dict[str, str]:
        """The headers of a shopper with a key."""
        return {"Authorization": f"Bearer {self.keys.add('user', name)}"}

    def server(self, name: str, shopper: str | None = None) -> dict[str, str]:
        """The headers of a shop's server that acts for a shopper."""
        named = {"X-Shopper-Id": shopper} if shopper is not None else {}
        return {"Authorization": f"Bearer {self.keys.add('server', name)}", **named}

    async def ask(self, method: str, path: str, headers: dict[str, str] | None = None, **said: Any) -> httpx.Response:
        """One request."""
        return await self.client.request(method, path, headers=headers, **said)


@asynccontextmanager
async def open_shop(settings: Settings | None = None, **server: Any) -> AsyncIterator[Shop]:
    """The server of these settings, begun and ended as a real one."""
    settings, chosen = settings or Settings(), ServerSettings(**server)
    app = create_app(settings, chosen)
    shop = Shop(app, Keys(open_documents(settings, chosen)))
    async with app.router.lifespan_context(app), shop.client:
        yield shop
