"""Asking a Firestore that may be away, and knowing that it is."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

from google.api_core.exceptions import (
    Aborted,
    DeadlineExceeded,
    InternalServerError,
    ResourceExhausted,
    RetryError,
    ServiceUnavailable,
)

from tools.errors import StoreUnreachableError

POLL_S = (0.05, 0.4)
"""Between two looks at a session that another process works in."""
REACH_S = 10.0
"""How long a commit may take, retries included, before the shopper is told."""

REFUSED = (Aborted, ResourceExhausted)
"""Firestore has done nothing, and may do it a moment later."""
PASSING = (*REFUSED, DeadlineExceeded, InternalServerError, ServiceUnavailable)
"""Whether it was done is not known."""
UNREACHABLE = (*PASSING, RetryError, TimeoutError, ConnectionError)


def is_away(error: BaseException | None) -> bool:
    """Whether the store did not answer."""
    return isinstance(behind(error), (*UNREACHABLE, asyncio.CancelledError))


def behind(error: BaseException | None) -> BaseException | None:
    """What the store said. The client hides that behind a ValueError: what never began cannot be rolled back."""
    while isinstance(error, ValueError) and "cannot be rolled back" in str(error):
        error = error.__context__
    return error


async def reached(ask: Callable[[], Awaitable[Any]], again_after: tuple[type[Exception], ...] = PASSING) -> Any:
    """The answer; where the store has none for longer than `REACH_S`, StoreUnreachableError."""
    try:
        async with asyncio.timeout(REACH_S):
            while True:
                try:
                    return await ask()
                except (*again_after, ValueError) as error:
                    if not isinstance(behind(error), again_after):
                        raise
                await asyncio.sleep(random.uniform(*POLL_S))
    except (*UNREACHABLE, ValueError) as error:
        if not is_away(error):
            raise
        raise StoreUnreachableError from error
