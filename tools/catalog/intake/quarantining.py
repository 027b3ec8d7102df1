"""The quarantine of a product's fields: every text of it, whatever field it came in by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tools.guard.quarantine import CUT, Trick, hidden_in, quarantine

TEXTS = ("title", "description", "category", "brand", "origin", "seller")
NAMES = ("brand", "origin", "seller")
_NO_NAME = re.compile(r"^.{61}|^(?:\S+\s+){8}\S|:\s(?:\S+\s+){2}\S|^(?:\S+\s+){4}.*\w{4}[.!?]$", re.DOTALL)
"""A name of somebody that is no name: too long, or a sentence. Replies say it beside the title."""
LISTS = ("tags", "interests", "themes", "occasions", "materials", "colors", "contains")
_STATED = re.compile(r"[a-z_]+: [a-z-]+(?:, [a-z-]+)*")


def in_quarantine(fields: dict[str, Any], raw: Mapping[str, list[Any]], stated: Iterable[Any] = ()) -> dict[str, Any]:
    """The fields made harmless, with ``neutralised``: "description: link, order", one line a field.

    ``raw`` are the feed's own values by field, which still have what cleaning took out; ``stated`` is what an export of
    ours said was neutralised before.
    """
    found: dict[str, set[Trick]] = {}
    clean = dict(fields)
    for name in TEXTS:
        clean[name] = _one(fields[name], name, found)
    for name in NAMES:
        if CUT in clean[name] or _NO_NAME.search(clean[name]):
            clean[name] = ""
            found.setdefault(name, set()).add("no-name")
    for name in LISTS:
        kept = (_one(value, name, found) for value in fields[name])
        clean[name] = list(dict.fromkeys(value for value in kept if _says_something(value)))
    clean["specs"] = {
        _one(name, "specs", found): _one(value, "specs", found) for name, value in fields["specs"].items()
    }
    for name in (*TEXTS, *LISTS):
        for value in raw.get(name, ()):
            if hidden := hidden_in(value if isinstance(value, str) else str(value)):
                found.setdefault(name, set()).update(hidden)
    lines = [f"{name}: {', '.join(sorted(tricks))}" for name, tricks in found.items()]
    before = [line for line in stated if isinstance(line, str) and _STATED.fullmatch(line)]
    clean["neutralised"] = list(dict.fromkeys((*before, *lines)))
    if not _says_something(clean["title"]):
        clean["title"] = ""
    return clean


def options_in_quarantine(options: Mapping[str, str]) -> dict[str, str]:
    """The names and values of a variant's options made harmless."""
    return {quarantine(name)[0]: quarantine(value)[0] for name, value in options.items()}


def _one(text: str, name: str, found: dict[str, set[Trick]]) -> str:
    clean, tricks = quarantine(text) if text else (text, ())
    if tricks:
        found.setdefault(name, set()).update(tricks)
    return clean


def _says_something(text: str) -> bool:
    return bool(text.replace(CUT, "").strip(" >.,;:-"))
