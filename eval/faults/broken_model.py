"""A model service that is ill: `python -m eval.faults.broken_model PORT garbage|overloaded|malformed`."""

from __future__ import annotations

import sys
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.responses import JSONResponse, Response

MALFORMED = {"functionCall": {"name": "recommend", "args": {"budget_max": {"lots": []}, "needs": "everything"}}}
ILLNESSES: dict[str, Response] = {
    "garbage": Response("<html>not what you asked for", 200, media_type="application/json"),
    "overloaded": JSONResponse({"error": {"code": 503, "message": "overloaded", "status": "UNAVAILABLE"}}, 503),
    "malformed": JSONResponse({"candidates": [{"content": {"role": "model", "parts": [MALFORMED]}}]}),
}


def create_model(illness: str) -> FastAPI:
    """The service."""
    app = FastAPI()

    @app.post("/v1beta/models/{model}:generateContent")
    async def generate(model: str) -> Any:
        return ILLNESSES[illness]

    return app


if __name__ == "__main__":
    port, illness = sys.argv[1:]
    uvicorn.run(create_model(illness), host="127.0.0.1", port=int(port), log_level="warning")
