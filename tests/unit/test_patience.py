"""How long the server waits for a request to be said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest
import pytest_asyncio
from uvicorn import Config
from uvicorn.server import ServerState

from deployment.patience import PatientProtocol
from deployment.settings import ServerSettings

PATIENCE_S = 0.1
REQUEST = b"GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n"


async def _slow(_: Any, __: Any, send: Any) -> None:
    await asyncio.sleep(2 * PATIENCE_S)
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body"})


@pytest_asyncio.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    monkeypatch.setattr("deployment.patience.load_server_settings", lambda: ServerSettings(body_timeout_s=PATIENCE_S))
    named: Any = {"config": Config(_slow, lifespan="off", log_config=None), "server_state": ServerState()}
    make = partial(PatientProtocol, **named, app_state={})
    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


@pytest.mark.parametrize("said", [b"", b"GET / HT", REQUEST[:-2]])
async def test_a_connection_that_does_not_finish_its_headers_is_closed(port: int, said: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(said)
    assert await asyncio.wait_for(reader.read(), 10) == b""
    writer.close()


async def test_an_answer_may_take_longer_and_the_next_request_as_long_again(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(2):
        writer.write(REQUEST)
        assert b"204" in await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
        await asyncio.sleep(1.5 * PATIENCE_S)
    writer.write(REQUEST[:-2])
    assert await asyncio.wait_for(reader.read(), 10) == b""
    writer.close()
