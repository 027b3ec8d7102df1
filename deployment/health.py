"""Whether the server is alive, and whether it can serve."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from deployment.parts import Parts
from recsys_agent.agent import APP_NAME

router = APIRouter(tags=["health"])

CHECK_S = 3.0
FRESH_S = 2.0
"""How long an answer holds: nobody can make the stores busy by asking."""


class Readiness:
    """Looks at what a turn needs."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._looked = float("-inf")
        self._found: dict[str, str] = {}
        self._one = asyncio.Lock()

    async def look(self) -> dict[str, str]:
        """Each part, "ok" or "unavailable"; why is for the log. Who asks while this is looked up waits for it."""
        async with self._one:
            if time.monotonic() - self._looked >= FRESH_S:
                self._found = await self._look()
                self._looked = time.monotonic()
            return self._found

    async def _look(self) -> dict[str, str]:
        looks: dict[str, Any] = {
            "catalog": asyncio.to_thread(self._parts.catalog),
            "sessions": self._parts.sessions.get_session(app_name=APP_NAME, user_id="nobody", session_id="none"),
            "store": asyncio.to_thread(self._parts.documents.get, "keys", "none"),
        }
        answers = await asyncio.gather(*(_is_there(look) for look in looks.values()))
        return {name: "ok" if ok else "unavailable" for name, ok in zip(looks, answers, strict=True)}


async def _is_there(look: Any) -> bool:
    try:
        async with asyncio.timeout(CHECK_S):
            await look
    except Exception:  # each part has its own
        return False
    return True


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz", responses={503: {"description": "Something a turn needs is away"}})
async def readyz(request: Request) -> JSONResponse:
    """Catalogue and stores answer."""
    found = await request.app.state.readiness.look()
    ready = all(status == "ok" for status in found.values())
    return JSONResponse({"status": "ok" if ready else "unavailable", **found}, 200 if ready else 503)
