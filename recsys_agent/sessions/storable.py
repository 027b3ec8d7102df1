"""JSON values as Firestore can hold them, and back.

Firestore refuses lists within lists, keys that are empty or ``__like_this__``, integers beyond 64 bits, more than 20
levels, and documents beyond 1 MiB (https://firebase.google.com/docs/firestore/quotas). What it would refuse is kept as
``{"$json": TEXT}`` in its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

MARK = "$json"
RESERVED_KEY = re.compile(r"__.*__", re.DOTALL)
MAX_KEY_BYTES = 1_500
MAX_LEVELS = 14
"""Below Firestore's 20: the document and the fields around the value are levels, too."""
MAX_INT = 2**63 - 1

MAX_EVENT_CHARS = 200_000
"""An event's size as JSON. Far below 1 MiB even if every character takes four bytes."""
LONG_TEXT_CHARS = 2_000
"""Texts beyond this are cut, the longest parts of an event that is too large."""


def storable(value: Any) -> Any:
    """The value as Firestore can hold it; `restored` gives it back, equal."""
    return _storable(value, MAX_LEVELS)


def _storable(value: Any, levels: int) -> Any:
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()  # a lone surrogate has no place in UTF-8
        case bool() | None | float():
            return value
        case int():
            return value if -MAX_INT <= value <= MAX_INT else _as_text(value)
        case list() | tuple():
            if levels == 0 or any(isinstance(item, list | tuple) for item in value):
                return _as_text(value)
            return [_storable(item, levels - 1) for item in value]
        case Mapping():
            if levels == 0 or not all(_is_key(key) for key in value):
                return _as_text(value)
            return {key: _storable(item, levels - 1) for key, item in value.items()}
        case _:
            return value  # dates and the like, which Firestore has types for


def restored(value: Any) -> Any:
    """What `storable` was given."""
    if isinstance(value, Mapping):
        if set(value) == {MARK}:
            return json.loads(value[MARK])
        return {key: restored(item) for key, item in value.items()}
    return [restored(item) for item in value] if isinstance(value, list) else value


def bounded(event: dict[str, Any]) -> dict[str, Any]:
    """The event, its long texts cut where it is larger than `MAX_EVENT_CHARS`; then it says so in `custom_metadata`."""
    if _size(event) <= MAX_EVENT_CHARS:
        return event
    for limit in (LONG_TEXT_CHARS, 100):
        cut = _cut(event, limit)
        cut["custom_metadata"] = {**(cut.get("custom_metadata") or {}), "cut_to_fit": True}
        if _size(cut) <= MAX_EVENT_CHARS:
            return cut
    for field in ("output", "content", "actions", "custom_metadata"):  # very many small values: the largest field goes
        cut.pop(field, None)
        if _size(cut) <= MAX_EVENT_CHARS:
            break
    return cut


def _cut(value: Any, limit: int) -> Any:
    match value:
        case str():
            left_out = len(value) - limit
            return value if left_out <= 0 else f"{value[:limit]}… [{left_out:,} characters left out]"
        case list():
            return [_cut(item, limit) for item in value]
        case dict():
            return {key: _cut(item, limit) for key, item in value.items()}
        case _:
            return value


def _size(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False, default=str))


def _as_text(value: Any) -> dict[str, str]:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return {MARK: text.encode("utf-8", "replace").decode()}


def _is_key(key: Any) -> bool:
    return (
        isinstance(key, str)
        and bool(key)
        and key != MARK
        and not RESERVED_KEY.fullmatch(key)
        and len(key.encode("utf-8", "replace")) <= MAX_KEY_BYTES
    )
