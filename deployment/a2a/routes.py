"""A2A: the card for everybody, and JSON-RPC at /a2a behind the guard, for versions 1.0 and 0.3 of the protocol."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from a2a.auth.user import User
from a2a.server.context import ServerCallContext
from a2a.server.events import Event
from a2a.server.request_handlers import DefaultRequestHandler
from a2a.server.request_handlers.response_helpers import agent_card_to_dict
from a2a.server.routes import DefaultServerCallContextBuilder, create_jsonrpc_routes
from a2a.types import Message, SendMessageRequest, Task
from a2a.utils.constants import AGENT_CARD_WELL_KNOWN_PATH
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from deployment.a2a.card import PATH, agent_card
from deployment.a2a.executor import TurnExecutor
from deployment.parts import Parts
from tools.guard.redaction import redact


class Shopper(User):
    """The credential's user; the guard has seen to it that there is one."""

    def __init__(self, user_id: str) -> None:
        self._user_id = user_id

    @property
    def is_authenticated(self) -> bool:
        """Always, here."""
        return True

    @property
    def user_name(self) -> str:
        """Whose tasks and conversations these are: the store of tasks keeps them apart by it."""
        return self._user_id


class _Handler(DefaultRequestHandler):
    """Takes private data out of a message before a task keeps it, as a turn does before a session does."""

    async def on_message_send(self, params: SendMessageRequest, context: ServerCallContext) -> Message | Task:
        """See `RequestHandler`."""
        return await super().on_message_send(_redacted(params), context)

    async def on_message_send_stream(
        self, params: SendMessageRequest, context: ServerCallContext
    ) -> AsyncGenerator[Event]:
        """See `RequestHandler`."""
        async for event in super().on_message_send_stream(_redacted(params), context):
            yield event


def _redacted(params: SendMessageRequest) -> SendMessageRequest:
    for part in params.message.parts:
        if part.text:
            part.text = redact(part.text)
    return params


class _Calls(DefaultServerCallContextBuilder):
    def build_user(self, request: Request) -> User:
        return Shopper(request.state.principal.user_id)


def a2a_routes(parts: Parts) -> list[BaseRoute]:
    """The two routes. A task is over when its answer is sent, a conversation is not."""
    public = parts.settings.public_url
    handler = _Handler(agent_executor=TurnExecutor(parts), task_store=parts.tasks, agent_card=agent_card(public or "/"))

    async def card(request: Request) -> JSONResponse:
        """The agent card, with the address it was asked for where none is set."""
        return JSONResponse(agent_card_to_dict(agent_card(public or str(request.base_url))))

    return [
        Route(AGENT_CARD_WELL_KNOWN_PATH, card, methods=["GET"]),
        *create_jsonrpc_routes(handler, PATH, context_builder=_Calls(), enable_v0_3_compat=True),
    ]
