"""The quarantine of a product's fields: every text of it, whatever field it came in by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any

from tools.guard.advertising import without_advertising
from tools.guard.quarantine import CUT, Trick, commands_in, hidden_in, quarantine

TEXTS = ("title", "description", "category", "brand", "origin", "seller")
NAMES = ("brand", "origin", "seller")
_NO_NAME = re.compile(
    r"^.{61}|^(?:\S+\s+){8}\S|:\s(?:\S+\s+){2}\S|^(?:\S+\s+){4}.*\w{4}[.!?]$"
    r"|\b(?:safe|suitable) for\b|\s\d{1,2}[.)]\s[A-Z]|\|"
    r"|^(?:recommended|approved|endorsed|certified|trusted|loved|chosen) by\b"
    r"|^(?=(?:\S+\s+){3}\S).*\b(?:is|are|wants?|you|your|will|must|should|buy|take|choose|previous|instructions)\b",
    re.DOTALL | re.IGNORECASE,
)
"""A name of somebody that is no name: too long, a sentence, or praise. Replies say it beside the title."""
_NO_LABEL = re.compile(r".{41}|(?:\S+\s+){5}\S|[.!?;]\s")
"""A name of an option that is no name: "size", "ring size (US)" are."""

_NO_VALUE = re.compile(r".{61}|(?:\S+\s+){9}\S|\w{3,}[.!?;]\s+\S")
"""A value of an option that is a text."""

UNNAMED_OPTION = "option"
"""What an option is called whose name is none."""

PRINTED = ("title", *NAMES, "category")
"""What replies print as it stands."""
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
    for name in PRINTED:
        clean[name] = _without_ads(clean[name], name, found)
    _cut_commands_across((*PRINTED, "description"), clean, found)
    for name in NAMES:
        if CUT in clean[name] or _NO_NAME.search(clean[name]):
            clean[name] = ""
            found.setdefault(name, set()).add("no-name")
    for name in LISTS:
        kept = (_without_ads(_one(value, name, found), name, found) for value in fields[name])
        clean[name] = list(dict.fromkeys(value for value in kept if _says_something(value)))
    clean["specs"] = {
        _one(name, "specs", found): _one(value, "specs", found) for name, value in fields["specs"].items()
    }
    for name in (*TEXTS, *LISTS):
        for value in raw.get(name, ()):
            if hidden := hidden_in(value if isinstance(value, str) else str(value)):
                found.setdefault(name, set()).update(hidden)
    lines = (told(name, tricks) for name, tricks in found.items())
    before = [line for line in stated if isinstance(line, str) and _STATED.fullmatch(line)]
    clean["neutralised"] = list(dict.fromkeys((*before, *lines)))
    if not _says_something(clean["title"]):
        clean["title"] = ""
    return clean


def options_in_quarantine(options: Mapping[str, str]) -> tuple[dict[str, str], frozenset[Trick]]:
    """The options of a variant made harmless, and what was done; they are printed beside the title.

    A value that is a text, or of which nothing is left, is left out; a name that is none gives way to `UNNAMED_OPTION`.
    """
    found: dict[str, set[Trick]] = {}
    clean: dict[str, str] = {}
    for stated, value in options.items():
        name, text = (_one(part, "options", found) for part in (stated, value))
        text = _without_ads(text, "options", found)
        if CUT in name or _without_ads(name, "options", found) != name or _NO_LABEL.search(name):
            name = UNNAMED_OPTION
            found.setdefault("options", set()).add("no-name")
        if _NO_VALUE.search(text):
            found.setdefault("options", set()).add("no-name")
        elif _says_something(text):
            clean[name] = f"{clean[name]}, {text}" if name in clean else text
    return clean, frozenset(found.get("options", ()))


def told(name: str, tricks: Iterable[Trick]) -> str:
    """The line of a product about a field of it: "description: link, order"."""
    return f"{name}: {', '.join(sorted(tricks))}"


def _one(text: str, name: str, found: dict[str, set[Trick]]) -> str:
    clean, tricks = quarantine(text) if text else (text, ())
    if tricks:
        found.setdefault(name, set()).update(tricks)
    return clean


def _without_ads(text: str, name: str, found: dict[str, set[Trick]]) -> str:
    clean, ads = without_advertising(text) if text else (text, ())
    if ads:
        found.setdefault(name, set()).update(ads)
    return clean


def _cut_commands_across(names: Iterable[str], clean: dict[str, Any], found: dict[str, set[Trick]]) -> None:
    """Cuts out commands that begin in one field and go on in the next, as they are read one after the other."""
    names = [name for name in names if clean[name]]
    places = list(accumulate((len(clean[name]) + 1 for name in names), initial=0))
    for start, end, trick in commands_in(" ".join(clean[name] for name in names)):
        spans = {name: (max(0, start - at), max(0, end - at)) for name, at in zip(names, places, strict=False)}
        touched = {name: span for name, span in spans.items() if clean[name][slice(*span)].strip()}
        if len(touched) > 1:
            for name, (low, high) in touched.items():
                clean[name] = " ".join(f"{clean[name][:low]} {CUT} {clean[name][high:]}".split())
                found.setdefault(name, set()).add(trick)
            return  # the places have moved


def _says_something(text: str) -> bool:
    return bool(text.replace(CUT, "").strip(" >.,;:-"))
