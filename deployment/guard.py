"""Who may do what: nothing without a credential but health, only routes that are listed here, only one's own data.

The user id comes from the credential. Wherever a request says one of its own, in path, query or body, it must be the
same. A route that is not in `ROUTES` does not exist, whatever the framework below would answer.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deployment.auth.google import IAP_HEADER
from deployment.auth.principal import SHOPPER_HEADER, Method, Principal, authenticate, require_own
from deployment.bodies import USER_KEYS, check_body
from deployment.refusals import Refused
from recsys_agent.agent import APP_NAME

ONCE = ("authorization", SHOPPER_HEADER, IAP_HEADER)
"""Headers that say who one is: where two say it, whoever reads the other one would see somebody else."""


@dataclass(frozen=True)
class Route:
    """What a path is for. ``open`` to everybody; ``owned`` by a shopper; ``turn``: the agent works; which ``app``."""

    methods: frozenset[str]
    path: str
    open: bool = False
    owned: bool = True
    turn: bool = False
    app: str = APP_NAME

    @property
    def pattern(self) -> re.Pattern[str]:
        """Matches the paths of this route, as the framework below does."""
        return compile_path(self.path)[0]


def _route(methods: str, path: str, **kind: Any) -> Route:
    return Route(frozenset(methods.split()), path, **kind)


EVENTS_APP = "outreach"
"""What takes events; see deployment/triggers/receiving.py."""

SESSIONS = "/apps/{app_name}/users/{user_id}/sessions"
SESSION = SESSIONS + "/{session_id}"

ROUTES: tuple[Route, ...] = (
    _route("GET", "/healthz", open=True, owned=False),
    _route("GET", "/readyz", open=True, owned=False),
    _route("GET", "/health", open=True, owned=False),
    _route("GET", "/openapi.json", owned=False),
    _route("GET", "/v1/openapi.json", owned=False),
    _route("GET", "/version", owned=False),
    _route("GET", "/list-apps", owned=False),
    _route("GET", "/apps/{app_name}/app-info", owned=False),
    _route("GET POST", SESSIONS),
    _route("GET POST DELETE PATCH", SESSION),
    _route("GET POST", SESSION + "/artifacts"),
    _route("GET DELETE", SESSION + "/artifacts/{artifact_name:path}"),
    _route("POST", "/run", turn=True),
    _route("POST", "/run_sse", turn=True),
    _route("POST", "/v1/recommendations", turn=True),
    _route("POST", "/v1/conversations/{conversation_id}/messages", turn=True),
    _route("GET", "/v1/products/{product_id:path}", owned=False),
    _route("GET POST", "/v1/feedback"),
    _route("DELETE", "/v1/feedback/{product_id:path}"),
    _route("GET DELETE", "/v1/memory"),
    _route("GET DELETE", "/v1/inbox"),
    _route("DELETE", "/v1/inbox/{message_id}"),
    _route("POST", "/apps/{app_name}/trigger/pubsub", owned=False, app=EVENTS_APP),
    _route("POST", "/apps/{app_name}/trigger/eventarc", owned=False, app=EVENTS_APP),
    _route("POST", "/mcp"),  # the tools and messages that are turns take a turn's place themselves
    _route("POST", "/a2a"),
    _route("GET", "/.well-known/agent-card.json", open=True, owned=False),  # where agents learn what to bring
)
_PATTERNS = [(route.pattern, route) for route in ROUTES]


def routes_at(path: str) -> list[tuple[Route, dict[str, str]]]:
    """The routes at a path, with the values of its parameters."""
    return [(route, found.groupdict()) for pattern, route in _PATTERNS if (found := pattern.match(path))]


def is_listed(path: str, methods: Sequence[str]) -> bool:
    """Whether a route of the framework, by its template, is one of ours."""
    return any(route.methods & set(methods) for route, _ in routes_at(path))


class Guard:
    """ASGI middleware. Puts ``principal`` and ``route`` into the request's state."""

    def __init__(
        self,
        app: ASGIApp,
        methods: Sequence[Method],
        senders: Sequence[Method],
        max_body_bytes: int,
        body_timeout_s: float,
    ) -> None:
        """``methods`` prove shoppers and shops, ``senders`` who sends events: neither opens what is the other's."""
        self._app = app
        self._methods = methods
        self._senders = senders
        self._max_bytes = max_body_bytes
        self._timeout_s = body_timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses, or hands on with the body read."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # no websocket is served
            await send({"type": "websocket.close", "code": 1008})
            return
        try:
            receive = await self._admitted(scope, receive)
        except Refused as refused:
            await refused.response()(scope, receive, send)
            return
        if scope["method"] == "HEAD":  # as GET; the server below leaves the body out
            scope = {**scope, "method": "GET"}
        await self._app(scope, receive, send)

    async def _admitted(self, scope: Scope, receive: Receive) -> Receive:
        headers = Headers(scope=scope)
        if twice := next((name for name in ONCE if len(headers.getlist(name)) > 1), None):
            raise Refused(400, f"Send the header {twice.title()} once")
        found = routes_at(scope["path"])
        wanted = "GET" if scope["method"] == "HEAD" else scope["method"]
        route, parameters = next((f for f in found if wanted in f[0].methods), (None, {}))
        if route is None or not route.open:
            ways = self._senders if route and route.app == EVENTS_APP else self._methods
            principal = await authenticate(ways, headers)
            scope.setdefault("state", {})["principal"] = principal
        else:
            principal = Principal(None, "nobody")
        if route is None:
            raise _no_such(found)
        scope.setdefault("state", {})["route"] = route
        if parameters.get("app_name", route.app) != route.app:
            raise Refused(404, f"The only app here is {APP_NAME!r}")
        if route.owned and principal.user_id is None:
            raise Refused(400, "Name the shopper this is for in the header X-Shopper-Id")
        stated = [parameters["user_id"]] if "user_id" in parameters else []
        stated += [v for k, v in parse_qsl(scope["query_string"].decode("latin-1")) if k in USER_KEYS]
        require_own(stated, principal)
        if wanted not in ("POST", "PUT", "PATCH"):
            return receive
        body = await self._body(headers, receive)
        if route.app == APP_NAME:  # an event is about shoppers; its sender is none
            check_body(body, headers.get("content-type", ""), principal, parameters)
        return _replayed(body, receive)

    async def _body(self, headers: Headers, receive: Receive) -> bytes:
        stated = headers.get("content-length", "")
        if stated.isdecimal() and int(stated) > self._max_bytes:
            raise self._too_long()
        body = bytearray()
        try:
            async with asyncio.timeout(self._timeout_s):
                while (message := await receive())["type"] == "http.request":
                    body += message.get("body", b"")
                    if len(body) > self._max_bytes:
                        raise self._too_long()
                    if not message.get("more_body", False):
                        return bytes(body)
        except TimeoutError as error:
            late = f"The request did not arrive within {self._timeout_s:g} s"
            raise Refused(408, late, Connection="close") from error
        raise Refused(400, "The connection was closed before the request was complete")

    def _too_long(self) -> Refused:
        return Refused(413, f"A request may have {self._max_bytes:,} bytes; this one is longer", Connection="close")


def _no_such(found: list[tuple[Route, dict[str, str]]]) -> Refused:
    if found:
        allowed = sorted(set().union(*(route.methods for route, _ in found)))
        return Refused(405, f"This path takes {' and '.join(allowed)}", Allow=", ".join(allowed))
    return Refused(404, "There is nothing at this path; /openapi.json lists what there is")


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body once more, then whatever comes: the route below waits for the end of the connection."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again
