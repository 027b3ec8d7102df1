"""GET and DELETE /v1/inbox: what was prepared for the shopper without being asked, for those who consented."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse

from deployment.api.context import PROBLEMS, PartsOf, Shopper
from deployment.api.schemas import Exact, InboxOut, MessagesDeleted, Problem
from deployment.refusals import Refused
from deployment.triggers.records import Records

router = APIRouter(tags=["inbox"])

NOT_FOUND = {404: {"model": Problem, "description": "There is no such message"}}


@router.get("/inbox", response_model=InboxOut, responses=PROBLEMS)
async def get_inbox(parts: PartsOf, user: Shopper) -> JSONResponse:
    """The messages, the newest first; each can be answered in its conversation. They are kept for 90 days."""
    return JSONResponse({"messages": await asyncio.to_thread(Records(parts.documents).inbox, user)})


@router.delete("/inbox", response_model=MessagesDeleted, responses=PROBLEMS)
async def empty_inbox(parts: PartsOf, user: Shopper, _: Annotated[Exact, Query()]) -> JSONResponse:
    """Deletes all messages."""
    return JSONResponse({"deleted": await asyncio.to_thread(Records(parts.documents).empty, user)})


@router.delete("/inbox/{message_id}", response_model=MessagesDeleted, responses={**PROBLEMS, **NOT_FOUND})
async def delete_message(
    parts: PartsOf, user: Shopper, message_id: Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
) -> JSONResponse:
    """Deletes a message; it will not come again."""
    if not await asyncio.to_thread(Records(parts.documents).delete, user, message_id):
        raise Refused(404, "There is no such message in the inbox")
    return JSONResponse({"deleted": 1})
