"""What a turn got right and wrong, judged by its JSON and the raw store alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.memory.story import Facts, Turn

UNDERSTOOD = "understood when said"
RECALLED = "needed facts recalled"
WRONG = "wrongly used facts"
SUPERSEDED = "superseded facts used"
FORBIDDEN = "forbidden things stored"
REPEATED = "past gifts repeated"
LEFT = "forgotten things left or used"
KEPT = "stored what may be kept"
TRUTHFUL = "truthful answers"
UNBROKEN = "turns without an error"

AIMS: dict[str, float] = {
    RECALLED: 0.97,
    WRONG: 0,
    SUPERSEDED: 0,
    FORBIDDEN: 0,
    REPEATED: 0,
    LEFT: 0,
    TRUTHFUL: 1,
    KEPT: 1,
    UNDERSTOOD: 1,
    UNBROKEN: 1,
}
"""Every measure and the share it aims at: the share of what should be that is, or of what should not be that is."""

LONG_NUMBER = re.compile(r"\d{9,}")


@dataclass(frozen=True)
class Check:
    """One thing looked at: ``happened`` says whether it is so, good or bad; the measure's aim knows which."""

    measure: str
    happened: bool
    what: str

    @property
    def failed(self) -> bool:
        """Whether it is not as it should be."""
        return self.happened == (AIMS[self.measure] == 0)


@dataclass(frozen=True)
class Gift:
    """A pick that was taken in a story."""

    product_id: str
    title: str


@dataclass(frozen=True)
class Seen:
    """A turn as it was: its JSON, the raw store after it, the gifts named so far, and a product's text by its id."""

    account: Mapping[str, Any]
    raw: str
    gifts: Mapping[str, Gift]
    text_of: Callable[[str], str]


def check_turn(turn: Turn, seen: Seen) -> list[Check]:
    """Everything that the story expects of the turn, looked at."""
    status = seen.account["status"]
    warned = any("memory" in str(warning).lower() for warning in seen.account["warnings"])
    found = [Check(UNBROKEN, status != "error" and not warned, f"{status} {seen.account['warnings']}")]
    for fact in turn.understands.singly() if turn.understands else ():
        found.append(Check(UNDERSTOOD, holds(fact, seen, widely=False) or _noted(fact, seen), str(fact)))
    for measure, facts, widely in (
        (RECALLED, turn.recalls, False),
        (WRONG, turn.not_used, True),
        (SUPERSEDED, turn.superseded, False),
        (LEFT, turn.unknown, True),
    ):
        for fact in facts.singly() if facts else ():
            found.append(Check(measure, holds(fact, seen, widely=widely), str(fact)))
    for name in turn.not_again:
        found.append(Check(REPEATED, _picked(seen.gifts.get(name), seen.account["picks"]), f"picked {name} again"))
    found += _in_store(turn, seen)
    reply = seen.account["reply"]
    found += [Check(TRUTHFUL, _says(p, reply), f"says {p!r}") for p in _filled(turn.answers, seen)]
    found += [Check(TRUTHFUL, not _says(p, reply), f"does not say {p!r}") for p in _filled(turn.never_answers, seen)]
    return found


def holds(fact: Facts, seen: Seen, *, widely: bool) -> bool:
    """Whether the turn works with this one fact. ``widely``: being named as used is enough.

    A rule holds where it is in the brief, or named as used, and no pick's text goes against it.
    """
    brief = seen.account["brief"]
    used = _flat((seen.account.get("memory") or {}).get("used"))
    rules = [*brief.get("avoid", []), *brief.get("allergies", []), *brief.get("owned", [])]
    checks: list[bool] = []
    if fact.relation:
        checks.append(brief["recipient"].get("relation") == fact.relation)
    if fact.name:
        named = brief["recipient"].get("name") == fact.name
        checks.append(named or (widely and _word(fact.name, f"{used} {seen.account['reply']}")))
    if fact.age:
        checks.append(brief["recipient"].get("age_years") in fact.age)
    for like in fact.likes:
        checks.append(like in brief.get("interests", []) or (widely and _word(like, used)))
    for rule in fact.rules:
        broken = any(_word(rule, seen.text_of(pick["product_id"])) for pick in seen.account["picks"])
        checks.append((rule in rules or _word(rule, used)) and (widely or not broken))
    for name in fact.gifts:
        title = seen.gifts[name].title if name in seen.gifts else "\0"
        checks.append(title.lower() in f"{seen.account['reply']} {used}".lower())
    checks += [_says(pattern, seen.account["reply"]) for pattern in _filled(fact.says, seen)]
    return all(checks)


def stored(text: str, raw: str) -> bool:
    """Whether the raw store holds a word that begins like the text; a long number also without its separators."""
    digits = re.sub(r"[ .()/-]", "", text)
    if LONG_NUMBER.fullmatch(digits.lstrip("+")):
        return digits.lstrip("+") in re.sub(r"(?<=\d)[ .()/-]+(?=\d)", "", raw)
    return re.search(rf"(?<!\w){re.escape(text)}", raw, re.IGNORECASE) is not None


def fill(text: str, gifts: Mapping[str, Gift]) -> str:
    """The text with the titles of gifts in place of their names in braces."""
    for name, gift in gifts.items():
        text = text.replace(f"{{{name}}}", gift.title)
    return text


def _noted(fact: Facts, seen: Seen) -> bool:
    """Whether the turn says it stored the like or rule: a turn that only tells something needs no brief."""
    stored_now = (seen.account.get("memory") or {}).get("stored") or []
    told = _flat([record for record in stored_now if not (isinstance(record, Mapping) and record.get("superseded"))])
    return any(_word(value, told) for value in (*fact.likes, *fact.rules))


def _in_store(turn: Turn, seen: Seen) -> Iterator[Check]:
    for measure, texts in ((KEPT, turn.kept), (FORBIDDEN, turn.never_kept), (LEFT, turn.gone)):
        for text in texts:
            text = fill(text, seen.gifts)
            yield Check(measure, stored(text, seen.raw), f"{text!r} in the raw store")


def _picked(gift: Gift | None, picks: Sequence[Mapping[str, Any]]) -> bool:
    return gift is not None and any(gift.product_id == p["product_id"] or gift.title == p["title"] for p in picks)


def _filled(patterns: Sequence[str], seen: Seen) -> list[str]:
    titles = {name: Gift(gift.product_id, re.escape(gift.title)) for name, gift in seen.gifts.items()}
    return [fill(pattern, titles) for pattern in patterns]


def _says(pattern: str, reply: str) -> bool:
    return re.search(pattern, reply, re.IGNORECASE) is not None


def _word(phrase: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(phrase)}\b", text, re.IGNORECASE) is not None


def _flat(value: Any) -> str:
    """All texts of a JSON value, one after the other."""
    if isinstance(value, Mapping):
        return " ".join(_flat(v) for v in value.values())
    if isinstance(value, list | tuple):
        return " ".join(_flat(v) for v in value)
    return "" if value is None else str(value)
