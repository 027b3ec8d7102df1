"""ADK's defaults that do not suit shoppers: notices about ADK itself in terminals and logs, messages in traces."""

from __future__ import annotations

import logging
import os


def settle_adk() -> None:
    """Turns off message content in traces, and two notices that nobody running this app can act on.

    - That ADK's own classes are experimental: by ADK's own switch, unless the environment sets it otherwise.
    - That the app has no `context_cache_config`. That is on purpose: it makes Gemini's client take the instruction and
      the earlier turns out of a request, which the stand-in needs when the model then fails. Little is lost: the
      instruction holds the brief, so the cached beginning changes with nearly every turn.
    """
    os.environ.setdefault("ADK_SUPPRESS_EXPERIMENTAL_FEATURE_WARNINGS", "1")
    # What shoppers write belongs in their session and nowhere else; it also costs a tenth of a turn.
    os.environ.setdefault("ADK_CAPTURE_MESSAGE_CONTENT_IN_SPANS", "false")
    logging.getLogger("google_adk.google.adk.runners").addFilter(_worth_logging)


def _worth_logging(record: logging.LogRecord) -> bool:
    return "context_cache_config" not in str(record.msg)
