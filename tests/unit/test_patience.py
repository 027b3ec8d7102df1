"""How long the server waits for a request to be said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

import pytest
import pytest_asyncio
from uvicorn import Config
from uvicorn.server import ServerState

from deployment.patience import PatientProtocol
from deployment.settings import ServerSettings

PATIENCE_S = 1234.5
REQUEST = b"GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n"


class Shop:
    """A server whose patience ends when the test says so, and which answers when the test lets it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked, self.may_answer, self.port = asyncio.Event(), asyncio.Event(), 0
        self.heard = b""
        self._timers: list[asyncio.TimerHandle] = []
        loop = asyncio.get_running_loop()
        real = loop.call_later

        def call_later(
            delay_s: float, callback: Callable[..., object], *args: Any, **named: Any
        ) -> asyncio.TimerHandle:
            timer = real(delay_s, callback, *args, **named)
            if delay_s == PATIENCE_S:
                self._timers.append(timer)
            return timer

        monkeypatch.setattr(loop, "call_later", call_later)

    async def __call__(self, _: Any, __: Any, send: Any) -> None:
        """The app behind the server."""
        self.asked.set()
        await self.may_answer.wait()
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    def run_out_of_patience(self) -> int:
        """Runs what waits for the end of the server's patience; how many."""
        due = [timer for timer in self._timers if not timer.cancelled()]
        for timer in due:
            timer._run()
            timer.cancel()
        return len(due)


@pytest_asyncio.fixture
async def shop(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shop]:
    monkeypatch.setattr("deployment.patience.load_server_settings", lambda: ServerSettings(body_timeout_s=PATIENCE_S))
    shop = Shop(monkeypatch)
    hear = PatientProtocol.data_received

    def heard(protocol: PatientProtocol, data: bytes) -> None:
        hear(protocol, data)
        shop.heard += data

    monkeypatch.setattr(PatientProtocol, "data_received", heard)
    named: Any = {"config": Config(shop, lifespan="off", log_config=None), "server_state": ServerState()}
    make = partial(PatientProtocol, **named, app_state={})
    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0)
    async with server:
        shop.port = server.sockets[0].getsockname()[1]
        yield shop


async def until(condition: Callable[[], object]) -> None:
    while not condition():
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("said", [b"", b"GET / HT", REQUEST[:-2]])
async def test_a_connection_that_does_not_finish_its_headers_is_closed(shop: Shop, said: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", shop.port)
    writer.write(said)
    await until(lambda: shop.heard == said)
    await until(shop.run_out_of_patience)
    assert await reader.read() == b""
    writer.close()


async def test_an_answer_may_take_longer_and_the_next_request_as_long_again(shop: Shop) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", shop.port)
    for _ in range(2):
        shop.asked.clear()
        shop.may_answer.clear()
        writer.write(REQUEST)
        await shop.asked.wait()
        assert shop.run_out_of_patience() == 0
        shop.may_answer.set()
        assert b"204" in await reader.readuntil(b"\r\n\r\n")
        assert shop.run_out_of_patience() == 0
    writer.write(REQUEST[:-2])
    await until(lambda: shop.heard == 2 * REQUEST + REQUEST[:-2])
    await until(shop.run_out_of_patience)
    assert await reader.read() == b""
    writer.close()
