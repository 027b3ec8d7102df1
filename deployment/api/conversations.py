"""POST /v1/conversations/{id}/messages: a message in, the turn out as server-sent events.

The events are `accepted` (at once), `turn` (the turn as JSON) or `error` (status and detail), and `done`; comments keep
the connection open meanwhile. With `Accept: application/json` the turn comes as one JSON object. A turn is finished and
kept also where the client has gone away.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path
from fastapi.responses import JSONResponse, Response, StreamingResponse

from deployment.api.context import TURN_PROBLEMS, IdempotencyKey, PartsOf, Shopper
from deployment.api.schemas import ConversationId, MessageRequest, TurnOut
from deployment.parts import Parts
from deployment.refusals import as_refused

router = APIRouter(tags=["conversations"])

KEEP_ALIVE_S = 10.0
AT_ONCE_S = 0.02
STREAM = {
    200: {
        "model": TurnOut,
        "description": "The turn",
        "content": {
            "text/event-stream": {
                "schema": {
                    "type": "object",
                    "description": "Of each event; data is JSON, of `turn` what application/json has",
                    "properties": {
                        "event": {"enum": ["accepted", "turn", "error", "done"]},
                        "data": {"type": "string"},
                    },
                    "required": ["event", "data"],
                },
                "example": 'event: accepted\ndata: {"conversation_id": "c1"}\n\nevent: turn\ndata: {"status": …}\n\n'
                "event: done\ndata: {}\n\n",
            }
        },
    }
}


@router.post(
    "/conversations/{conversation_id}/messages", response_class=Response, responses={**STREAM, **TURN_PROBLEMS}
)
async def send_message(
    parts: PartsOf,
    user: Shopper,
    conversation_id: Annotated[ConversationId, Path(examples=["c1"])],
    message: MessageRequest,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Says something in a conversation, which begins with its first message."""
    asked = {"conversation_id": conversation_id, "text": message.text}
    turn = asyncio.create_task(
        parts.repeats.once(user, idempotency_key, asked, lambda: parts.turn(user, conversation_id, message.text))
    )
    parts.running.add(turn)
    turn.add_done_callback(parts.running.discard)
    # A refusal, or a repeated request's answer, is there at once and still gets a status of its own.
    await asyncio.wait([turn], timeout=AT_ONCE_S)
    if turn.done() and turn.exception() is not None:
        turn.result()
    if "application/json" in accept and "text/event-stream" not in accept:
        return JSONResponse(await asyncio.shield(turn))
    headers = {"X-Accel-Buffering": "no"}  # proxies would hold the events back
    return StreamingResponse(_events(parts, conversation_id, turn), media_type="text/event-stream", headers=headers)


async def _events(parts: Parts, conversation_id: str, turn: asyncio.Task[dict[str, Any]]) -> AsyncIterator[str]:
    yield _event("accepted", {"conversation_id": conversation_id})
    while not turn.done():
        await asyncio.wait([turn], timeout=KEEP_ALIVE_S)
        if not turn.done():
            yield ": still working\n\n"
    try:
        yield _event("turn", turn.result())
    except Exception as error:  # the status line has been sent, so it is told here
        refused = as_refused(error)
        yield _event("error", {"status": refused.status, "detail": refused.detail})
    yield _event("done", {})


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"
