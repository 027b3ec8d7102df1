"""GET and DELETE /v1/memory: what is remembered of the shopper, and its erasure."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import Field, StringConstraints

from deployment.api.context import PROBLEMS, PartsOf, Shopper
from deployment.api.schemas import Erased, Exact, MemoryOut

router = APIRouter(tags=["memory"])

Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Which(Exact):
    """What is erased: all where neither is named."""

    person_id: Id | None = None
    memory_id: list[Id] | None = Field(default=None, max_length=100)


@router.get("/memory", response_model=MemoryOut, responses=PROBLEMS)
async def get_memory(parts: PartsOf, user: Shopper) -> JSONResponse:
    """People and records, with where each comes from and when it ends; what was superseded too."""
    known = await asyncio.to_thread(lambda: parts.memory.recall(user, history=True, now=datetime.now(UTC)))
    return JSONResponse(known.model_dump(mode="json", exclude_none=True))


@router.delete("/memory", response_model=Erased, responses=PROBLEMS)
async def erase_memory(parts: PartsOf, user: Shopper, which: Annotated[Which, Query()]) -> JSONResponse:
    """Erases a person with all records, some records, or (neither named) everything.

    Everything: conversations and their receipts, the inbox, consent and kept answers too. What is being said at this
    moment, in a turn that still runs, is not kept either.
    """
    if which.person_id is None and which.memory_id is None:
        return JSONResponse({"erased": await parts.erasure.everything(user)})

    def erase() -> int:
        parts.memory.shut_out(user, datetime.now(UTC))
        of_person = parts.memory.forget(user, person_id=which.person_id) if which.person_id is not None else 0
        return of_person + (parts.memory.forget(user, memory_ids=which.memory_id) if which.memory_id is not None else 0)

    return JSONResponse({"erased": await asyncio.to_thread(erase)})
