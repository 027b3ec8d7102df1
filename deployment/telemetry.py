"""Logs and metrics without message content: one JSON line a request, OpenTelemetry counters for turns.

Metrics and ADK's traces go where the standard OTEL_EXPORTER_OTLP_* variables say, else nowhere.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
import time
from decimal import Decimal
from typing import Any
from uuid import uuid4

import structlog
from opentelemetry import metrics, trace
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deployment.refusals import UNEXPECTED, as_refused
from recsys_agent import logs

METER = metrics.get_meter("recsys_agent.server")
TURNS = METER.create_counter("recsys.turns", description="Turns by status")
TOKENS = METER.create_counter("recsys.tokens", description="Tokens by agent, model and direction")
COST = METER.create_counter("recsys.cost", unit="USD", description="Cost by agent and model")
FALLBACKS = METER.create_counter("recsys.fallbacks", description="Turns that the stand-in had to finish")
SECONDS = METER.create_histogram("recsys.http.duration", unit="s", description="Requests by route and status")

SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-site",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

TRACES_GO_TO = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")

ADK_STREAM_ERROR = b'data: {"error":'
STREAM_ERROR = f"data: {json.dumps({'error': UNEXPECTED})}\n\n".encode()
"""ADK's stream tells an exception's text; ours tells that there was one."""

log = structlog.get_logger("server")


def set_up_logs(level: str) -> None:
    """Everything that is logged, by us or by a library, becomes a JSON line on stderr."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logs.set_up_logs(
        level,
        logging.StreamHandler(sys.stderr),
        structlog.stdlib.ProcessorFormatter,
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
    )
    logging.getLogger("server").setLevel(logging.INFO)


def set_up_traces() -> None:
    """Without an address for them no spans are made: ADK would record a hundred a turn, and drop them."""
    exported = any(os.environ.get(name) for name in TRACES_GO_TO)
    if not exported and isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
        trace.set_tracer_provider(trace.NoOpTracerProvider())


def count_turn(turn: dict[str, Any]) -> None:
    """Enters a turn's account into the metrics."""
    TURNS.add(1, {"status": turn.get("status", "error")})
    if any("could not be used" in warning for warning in turn.get("warnings") or []):
        FALLBACKS.add(1)
    for entry in turn.get("ledger") or []:
        whose = {"agent": entry["agent"], "model": entry["model"]}
        TOKENS.add(entry["prompt_tokens"], {**whose, "direction": "prompt"})
        TOKENS.add(entry["output_tokens"], {**whose, "direction": "output"})
        COST.add(float(Decimal(entry["cost_usd"] or 0)), whose)


class Envelope:
    """ASGI middleware around all others: a request id, security headers, the log line, and no traceback for anybody."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands on; an exception becomes a 500 that says nothing of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, request_id = time.perf_counter(), 0, uuid4().hex

        async def dressed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                headers["X-Request-Id"] = request_id
            elif message.get("body", b"").startswith(ADK_STREAM_ERROR):
                message = {**message, "body": STREAM_ERROR}
            await send(message)

        error: str | None = None
        try:
            await self._app(scope, receive, dressed)
        except Exception as unexpected:  # the last place where it can be kept from the caller
            refused = as_refused(unexpected)
            error = logs.kind_and_place(unexpected) if refused.status == 500 else None
            if not status:
                await refused.response()(scope, receive, dressed)
        finally:
            _log(scope, status, time.perf_counter() - began, request_id, error)


def _log(scope: Scope, status: int, seconds: float, request_id: str, error: str | None) -> None:
    state = scope.get("state", {})
    route, principal = state.get("route"), state.get("principal")
    path = route.path if route else None
    SECONDS.record(seconds, {"route": path or "none", "status": status})
    who = hashlib.sha256(principal.user_id.encode()).hexdigest()[:12] if principal and principal.user_id else None
    log.log(
        logging.ERROR if error else logging.INFO,
        "request",
        method=scope["method"],
        route=path,
        status=status,
        ms=round(seconds * 1000, 1),
        request_id=request_id,
        user=who,
        credential=principal.credential if principal else None,
        **({"error": error} if error else {}),
    )
