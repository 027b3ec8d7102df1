"""The composition of the server: ADK's FastAPI app cut down to what is needed, /v1 beside it, the guard before it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from google.adk.apps import App
from google.adk.cli.fast_api import get_fast_api_app
from google.adk.cli.service_registry import get_service_registry
from google.adk.cli.utils.base_agent_loader import BaseAgentLoader
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from deployment import health
from deployment.a2a.routes import a2a_routes
from deployment.api import conversations, feedback, inbox, memory, products, recommendations
from deployment.auth.google import google_tokens, iap_tokens
from deployment.auth.keys import Keys
from deployment.auth.principal import Method
from deployment.auth.tokens import Tokens
from deployment.documents import Documents
from deployment.guard import Guard, is_listed
from deployment.limits import Limits
from deployment.mcp.endpoint import McpEndpoint
from deployment.openapi import describe
from deployment.parts import Parts, build_parts
from deployment.refusals import UNEXPECTED, Refused, refusal
from deployment.settings import ServerSettings
from deployment.telemetry import Envelope
from deployment.triggers.outreach import Outreach
from deployment.triggers.receiving import build_outreach_app
from deployment.triggers.senders import Senders, admitted_by_guard
from deployment.triggers.webhook import Webhook, webhook_of
from recsys_agent.adopted import close_toolsets
from recsys_agent.agent import APP_NAME
from recsys_agent.settings import Settings

AGENTS = Path(__file__).resolve().parent.parent
V1 = (recommendations, conversations, products, feedback, memory, inbox)
HEADERS = ["Authorization", "Content-Type", "Idempotency-Key", "X-Shopper-Id"]
DELIVERY_S = 15.0
"""How often the outbox is looked into."""
BRANCHES = (recommendations.TEXT, recommendations.BRIEF, "constrained-str", "constrained-float")
"""What pydantic calls the branches of our unions: no name that a caller wrote."""
FINISH_S = 20.0
"""How long turns whose client has gone may take after the server was told to stop."""


def create_app(settings: Settings, server: ServerSettings, *, agent: App | None = None) -> FastAPI:
    """The server. Tests may bring an agent of their own. Raises SettingsError for what cannot be opened."""
    parts = build_parts(settings, server, agent=agent)
    mcp, outreach = McpEndpoint(parts), Outreach(parts, settings)
    senders = _senders(server)
    lifespan = _lifespan(parts, mcp, webhook_of(outreach))
    app = _adk_app(parts, build_outreach_app(outreach), server, lifespan, takes_events=bool(senders))
    app.state.parts, app.state.readiness = parts, health.Readiness(parts)
    _add_v1(app)
    describe(app)
    app.router.routes += [*mcp.routes, *a2a_routes(parts)]  # each describes itself: no part of the OpenAPI document
    _tell_little(app)
    app.add_middleware(Limits, settings=server, turns=parts.turns)
    app.add_middleware(
        Guard,
        methods=authentication(parts.documents, server),
        senders=senders,
        max_body_bytes=server.max_body_bytes,
        body_timeout_s=server.body_timeout_s,
    )
    if server.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=server.cors_origins,
            allow_methods=["GET", "POST", "DELETE", "PATCH"],
            allow_headers=HEADERS,
            expose_headers=["Retry-After", "X-Request-Id"],
        )
    app.add_middleware(Envelope)
    return app


def authentication(documents: Documents, server: ServerSettings) -> list[Method]:
    """The ways in: API keys always, tokens of those who are configured."""
    methods: list[Method] = [Keys(documents)]
    if server.jwt_issuer and server.jwt_audience and server.jwks_url:
        methods.append(
            Tokens(
                issuers=[server.jwt_issuer],
                audience=server.jwt_audience,
                jwks_url=server.jwks_url,
                credential="jwt",
            )
        )
    if server.google_audience:
        methods.append(google_tokens(server.google_audience, server.google_jwks_url))
    if server.iap_audience:
        methods.append(iap_tokens(server.iap_audience, server.iap_jwks_url))
    return methods


class _Apps(BaseAgentLoader):
    """The agent that was composed here, what takes events, and no other."""

    def __init__(self, agent: App, events: App) -> None:
        self._apps = {agent.name: agent, events.name: events}

    def load_agent(self, agent_name: str) -> App:
        """Raises ValueError, which ADK answers with 404, for any other name."""
        if agent_name not in self._apps:
            raise ValueError(f"The only app here is {APP_NAME!r}")
        return self._apps[agent_name]

    def list_agents(self) -> list[str]:
        return [APP_NAME]


def _senders(server: ServerSettings) -> list[Method]:
    """Who may send events: nobody until it is configured."""
    if not server.trigger_audience:
        return []
    return [Senders(server.trigger_audience, server.trigger_accounts, server.google_jwks_url)]


def _adk_app(parts: Parts, events: App, server: ServerSettings, lifespan: Any, *, takes_events: bool) -> FastAPI:
    """ADK's production routes that the guard lists: no dev UI, no eval, no builder, no debugging."""
    # ADK opens its services by URI only; one of each must know of all the turns of this process.
    get_service_registry().register_session_service("opened", lambda uri, **_: parts.sessions)
    get_service_registry().register_artifact_service("opened", lambda uri, **_: parts.artifacts)
    app = get_fast_api_app(
        agents_dir=str(AGENTS),
        agent_loader=_Apps(parts.agent, events),
        session_service_uri="opened://",
        artifact_service_uri="opened://",
        use_local_storage=False,
        allow_origins=server.cors_origins or None,
        lifespan=lifespan,
        trigger_sources=["pubsub", "eventarc"] if takes_events else None,
        trigger_auth_verifier=admitted_by_guard,
        web=False,
    )
    # Ours stands before the guard; ADK's would allow credentials, of which browsers have none here.
    app.user_middleware[:] = [one for one in app.user_middleware if one.cls is not CORSMiddleware]
    kept = [r for r in app.router.routes if is_listed(getattr(r, "path", ""), list(getattr(r, "methods", None) or ()))]
    app.router.routes[:] = kept
    return app


def _add_v1(app: FastAPI) -> None:
    v1 = APIRouter(prefix="/v1")
    for module in V1:
        v1.include_router(module.router)
    app.include_router(v1)
    app.include_router(health.router)


def _lifespan(parts: Parts, mcp: McpEndpoint, webhook: Webhook | None) -> Any:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        working = [asyncio.create_task(parts.meter.run())]
        if webhook:
            working.append(asyncio.create_task(webhook.run(DELIVERY_S)))
        async with mcp.running():
            yield
            if parts.running:
                await asyncio.wait(parts.running, timeout=FINISH_S)
        await close_toolsets(parts.agent)
        for task in working:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return lifespan


def _tell_little(app: FastAPI) -> None:
    """What a caller is told of errors: what they can mend, and nothing of the inside."""

    async def refused(_: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        return error.response()

    async def invalid(_: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return refusal(422, [_field(problem) for problem in error.errors()])

    async def failed(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        detail = UNEXPECTED if error.status_code >= 500 else error.detail
        return refusal(error.status_code, detail, error.headers)

    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, failed)


def _field(problem: Any) -> dict[str, Any]:
    """Without the input, which may be anything, a secret too."""
    loc: Sequence[Any] = problem["loc"]
    return {
        "loc": [p if isinstance(p, int) else str(p)[:100] for p in loc if p not in BRANCHES],
        "msg": problem["msg"],
        "type": problem["type"],
    }
