"""A model service that is ill: `python -m eval.faults.broken_model PORT garbage|overloaded|malformed|half`."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.responses import JSONResponse, Response, StreamingResponse

MALFORMED = {"functionCall": {"name": "recommend", "args": {"budget_max": {"lots": []}, "needs": "everything"}}}
HALF = b'{"candidates": [{"content": {"role": "model", "parts": [{"text": "For your father, '
ILLNESSES: dict[str, Response] = {
    "garbage": Response("<html>not what you asked for", 200, media_type="application/json"),
    "overloaded": JSONResponse({"error": {"code": 503, "message": "overloaded", "status": "UNAVAILABLE"}}, 503),
    "malformed": JSONResponse({"candidates": [{"content": {"role": "model", "parts": [MALFORMED]}}]}),
}


async def _half() -> AsyncIterator[bytes]:
    yield HALF
    raise ConnectionAbortedError


def create_model(illness: str) -> FastAPI:
    """The service."""
    app = FastAPI()

    @app.post("/v1beta/models/{model}:generateContent")
    async def generate(model: str) -> Any:
        return StreamingResponse(_half(), media_type="application/json") if illness == "half" else ILLNESSES[illness]

    return app


if __name__ == "__main__":
    port, illness = sys.argv[1:]
    uvicorn.run(create_model(illness), host="127.0.0.1", port=int(port), log_level="critical")
