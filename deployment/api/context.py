"""What the routes of /v1 share: who asks, and how they find the parts of the server."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Header, Request

from deployment.api.schemas import Invalid, Problem
from deployment.parts import Parts


def _parts(request: Request) -> Parts:
    return request.app.state.parts


def _shopper(request: Request) -> str:
    """The credential's user; the guard has seen to it that there is one."""
    return request.state.principal.user_id


PartsOf = Annotated[Parts, Depends(_parts)]
Shopper = Annotated[str, Depends(_shopper)]
IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=200,
        description="Send the same key again after a lost answer, within 24 hours, and get that answer once more.",
    ),
]

PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The request cannot be read, or names no shopper"},
    401: {"model": Problem, "description": "No valid credential"},
    403: {"model": Problem, "description": "Not this shopper's"},
    413: {"model": Problem, "description": "The request is too long"},
    415: {"model": Problem, "description": "The body is not sent as JSON"},
    422: {"model": Invalid, "description": "A field cannot be used"},
    429: {"model": Problem, "description": "Too much; Retry-After says when to come back"},
    500: {"model": Problem, "description": "Our fault"},
}
TURN_PROBLEMS: dict[int | str, dict[str, Any]] = {
    **PROBLEMS,
    409: {"model": Problem, "description": "The conversation, or the same request, is being worked on"},
    503: {"model": Problem, "description": "The store of conversations does not answer"},
    504: {"model": Problem, "description": "The turn took too long"},
}
