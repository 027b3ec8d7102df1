"""Logs that hold nothing of what shoppers write, at any level.

We log kinds and counts. Libraries also log what they handle: requests with their bodies and credentials, queries with
their values, the texts of exceptions. So of others' messages only warnings and worse are told, and of those only where
in the code they come from.
"""

from __future__ import annotations

import copy
import logging
from typing import Any

OURS = ("recsys_agent", "sub_agents", "tools", "deployment", "eval", "server", "uvicorn", "__main__")
"""Whose words may be told: the project's, and those of the web server, which speaks of starting and stopping."""


def set_up_logs(
    level: str, handler: logging.Handler, form: type[logging.Formatter] = logging.Formatter, **options: Any
) -> None:
    """Makes the handler the only one. ``options`` are those of the formatter; unset, lines are as Python's own."""
    options = options or {"fmt": logging.BASIC_FORMAT}

    class Wordless(form):
        def format(self, record: logging.LogRecord) -> str:
            return super().format(without_words(record))

    handler.addFilter(is_told)
    handler.setFormatter(Wordless(**options))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # An exception that ADK logs comes to us as well.
    logging.getLogger("google_adk").setLevel(logging.CRITICAL)


def is_told(record: logging.LogRecord) -> bool:
    """Whether the record is worth telling without its words."""
    return _is_ours(record) or record.levelno >= logging.WARNING


def without_words(record: logging.LogRecord) -> logging.LogRecord:
    """The record with others' words, and the words of exceptions, replaced by what kind they are and where from."""
    ours, error = _is_ours(record), record.exc_info[1] if record.exc_info else None
    if ours and not record.exc_info and not record.stack_info:
        return record
    told = copy.copy(record)
    if not ours:
        told.msg, told.args = f"at {record.filename}:{record.lineno}", ()
    if error:
        told.msg, told.args = f"{told.getMessage()} ({kind_and_place(error)})", ()
    told.exc_info = told.exc_text = told.stack_info = None
    return told


def kind_and_place(error: BaseException) -> str:
    """The type and place of an exception; its text may hold what a shopper wrote."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}"


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in OURS
