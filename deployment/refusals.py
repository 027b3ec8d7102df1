"""How a request is refused: one sentence under ``detail``, as FastAPI and ADK say it, and never more than that."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Mapping

from google.adk.errors.input_validation_error import InputValidationError
from google.adk.errors.session_not_found_error import SessionNotFoundError
from google.api_core.exceptions import RetryError
from starlette.responses import Response

from recsys_agent.sessions.reaching import PASSING
from tools.errors import SessionBusyError, StoreUnreachableError


class Refused(Exception):
    """A request that is not carried out. ``detail`` may be shown to the caller; ``retry_after_s`` is whole seconds."""

    def __init__(self, status: int, detail: str, *, retry_after_s: int | None = None, **headers: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers: Mapping[str, str] = {
            **{name.replace("_", "-"): value for name, value in headers.items()},
            **({"Retry-After": str(retry_after_s)} if retry_after_s is not None else {}),
        }

    def response(self) -> Response:
        """As it is sent."""
        return refusal(self.status, self.detail, self.headers)


def refusal(status: int, detail: object, headers: Mapping[str, str] | None = None) -> Response:
    """A response with ``detail``; text that is no valid Unicode is escaped."""
    body = json.dumps({"detail": detail})
    return Response(body, status, dict(headers or {}), "application/json")


UNEXPECTED = "Something went wrong on our side. What was sent before is kept; please try again."

NO_ROOM = (
    "The server cannot write at the moment; this message is not kept, what was answered before is. Try again later."
)


def as_refused(error: BaseException) -> Refused:
    """What the caller is told of an exception, also where ADK has wrapped it."""
    cause: BaseException | None = error
    while cause is not None:
        match cause:
            case Refused():
                return cause
            case SessionBusyError():
                return Refused(409, str(cause), retry_after_s=1)
            case StoreUnreachableError():
                return Refused(503, str(cause), retry_after_s=5)
            case _ if isinstance(cause, (*PASSING, RetryError)):  # of ADK's own calls
                return Refused(503, str(StoreUnreachableError()), retry_after_s=5)
            case sqlite3.OperationalError() | OSError(errno=errno.ENOSPC | errno.EFBIG | errno.EDQUOT):
                return Refused(503, NO_ROOM, retry_after_s=30)
            case InputValidationError():
                return Refused(400, "A name in this request cannot be used: it leads out of its place, or is reserved")
            case SessionNotFoundError():
                return Refused(404, "There is no such session")
            case TimeoutError():
                return Refused(504, "The answer took too long; your message is kept, please try again")
            case _:
                cause = cause.__cause__
    return Refused(500, UNEXPECTED)
