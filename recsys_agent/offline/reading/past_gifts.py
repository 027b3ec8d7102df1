"""What became of earlier gifts, as shoppers tell it: given, returned, loved, liked, disliked, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from recsys_agent.offline.reading.memory_orders import NAME, RELATIVE
from tools.memory.calendar import FIXED

_ONE = rf"(?:he|she|they|(?P<one>{RELATIVE}|{NAME}))"
_THING = (
    r"(?P<thing>[\w'’-]+(?: (?!\d|(?:last|in|for|that|which|who|you|we|i|so|and|but|because|from|when|again|back|"
    r"to|at|on|as|this|a lot|very|really|he|she|they|it)\b)[\w'’&-]+){0,5})"
)
_SUBTITLE = r"(?:,(?-i: [A-Z])[\w'&, -]{1,40}?)?"
"""The end of a title that has a comma: "Coffee Trio, Whole Bean"."""
_OWN = r"(?:the|that|this|his|her|their|my|our|those|these)"
_TO = rf"(?:to )?(?:him|her|them|(?P<to>{RELATIVE}|{NAME}))"
_GAVE = r"(?:gave|given|got|bought|sent|made)"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_ONCE = (
    rf"(?:last (?:year|christmas|{_MONTH}|birthday|time)|in (?:{_MONTH}|20\d\d|the last year)|"
    r"for (?:his|her|their|christmas|easter|valentine)|on (?:his|her|their)|already|before|\d+ (?:years?|months?) ago|"
    r"a (?:year|month) ago|this|when|at christmas)"
)
_VERY = r"(?:(?:really|absolutely|totally|just|so|quite|too|very|that|all) )*"
_KIND_OF = r"a (?:bit of a |big |complete |total |huge |great |real )?"
_SENT_BACK = r"(?:returned|took back|taken back|brought back|sent back|exchanged|gave back|gave away|given back)"
_TOLD: tuple[tuple[str, str], ...] = (
    (
        "returned",
        rf"\b(?:{_ONE}|i|we) (?:(?:has|have|had|just|already|actually|to) )*{_SENT_BACK} {_OWN} {_THING}(?: back)?",
    ),
    ("returned", rf"\b(?:{_ONE}|i|we) (?:took|brought|sent|gave) {_OWN} {_THING} (?:back|away)\b"),
    (
        "returned",
        rf"\b{_OWN} {_THING}{_SUBTITLE} (?:was|were|got|has been|is|went|came|is going|had to (?:be|go)) "
        rf"(?:{_SENT_BACK}|back)\b",
    ),
    (
        "returned",
        rf"\b{_OWN} {_THING}{_SUBTITLE} (?:broke|fell apart|did not (?:fit|work)|was (?:broken|faulty|too \w+))"
        r"[^.;!?]{0,40}?\b(?:(?:went|sent|taken|brought) back|returned|(?:took|sent|brought) it back)\b(?: to [\w ]+)?",
    ),
    (
        "disliked",
        rf"\b{_ONE} (?:{_VERY}(?:hated|disliked)|did not {_VERY}(?:like|love|enjoy|care for)|was not {_VERY}(?:keen on|"
        rf"happy with|fond of|into)|never (?:used|wore|touched|opened|liked)) {_OWN} {_THING}",
    ),
    (
        "disliked",
        rf"\b{_OWN} {_THING}{_SUBTITLE} (?:(?:was|were) (?:{_KIND_OF}(?:flop|disaster|miss|disappointment)|not {_VERY}"
        r"(?:(?:his|her|their) (?:thing|taste|style)|a (?:hit|success)))|did not go (?:down|over) "
        r"(?:very |so |too )?well)\b",
    ),
    (
        "loved",
        rf"\b{_ONE} {_VERY}(?:loved|adored|(?:was|were|is|are) {_VERY}(?:thrilled|delighted|over the moon|happy|"
        rf"chuffed|in love) (?:with|about)) {_OWN} {_THING}",
    ),
    ("loved", rf"\b{_ONE} {_VERY}(?:loves|adores|likes) {_OWN} {_THING}{_SUBTITLE} (?:that )?(?:i|we) {_GAVE} {_TO}"),
    (
        "loved",
        rf"\b{_OWN} {_THING}{_SUBTITLE} (?:(?:was|were) (?:{_KIND_OF}(?:hit|success)|perfect|much "
        r"loved)|went (?:down|over) (?:(?:really|very|so) )?(?:well|great|a treat))\b",
    ),
    ("liked", rf"\b{_ONE} {_VERY}(?:liked|enjoyed) {_OWN} {_THING}"),
    (
        "given",
        rf"\b(?:last (?:year|christmas|{_MONTH}|birthday|time)|in the last year),? (?:i|we) (?:have )?{_GAVE} {_TO} "
        rf"(?:(?:a|an|the|some) )?{_THING}",
    ),
    (
        "given",
        rf"\b(?:i|we) (?:(?:already|have|had) )*{_GAVE} {_TO} (?:(?:a|an|the|some|this|that) )?{_THING}"
        rf"(?= {_ONCE}|[.,;!?]|$| and | but | so )",
    ),
    (
        "given",
        rf"\b(?:i|we) (?:(?:already|have|had) )*(?:gave|given|sent) (?:a|an|the|some) {_THING} to "
        rf"(?:him|her|them|(?P<to>{RELATIVE}|{NAME}))(?= {_ONCE}|[.,;!?]|$| and | but | so )",
    ),
)
_REACTIONS = tuple((happened, re.compile(pattern, re.IGNORECASE)) for happened, pattern in _TOLD)
_TIME = re.compile(
    r"[ ,]*\b(?:(?:last|in|this|back in|for|at|on) )?(?:(?P<month>january|february|march|april|may|june|july|"
    r"august|september|october|november|december)(?: (?P<year>20\d\d))?|"
    r"(?P<feast>christmas|easter|halloween|new year|valentine's day)|(?P<lastyear>last year|a year ago)|"
    r"(?P<ago>\d+) (?P<unit>years?|months?) ago|"
    r"(?:his|her|their|last) (?P<birthday>birthday))\b",
    re.IGNORECASE,
)
_MONTHS: Sequence[str] = "january february march april may june july august september october november december".split()
_NO_GIFT = re.compile(
    r"\b(?:outdoors?|beach|sea|mountains?|theatre|theater|cinema|opera|countryside|gym|arts|same|idea|ideas|picks?|"
    r"first|second|third|1st|2nd|3rd|last|"
    r"one|ones|show|shows|movies?|films?|series|trip|holiday|concert|party|weekend|\d)\b"
)


def take_past_gifts(text: str, today: date, asked: str | None) -> tuple[str, list[dict[str, Any]], str | None]:
    """The text without what it tells of earlier gifts, that in rows for the tool `memory`, and whom it is about.

    ``asked`` is the slot the assistant has just asked for: an answer about interests tells of no past gift.
    """
    past: list[dict[str, Any]] = []
    who = None
    for happened, pattern in _REACTIONS:
        while match := pattern.search(text):
            thing = re.sub(r"^(?:new|nice|lovely) ", "", match["thing"].strip(" '-")).lower()
            doubtful = happened in ("loved", "liked") and (asked in ("interests", "clarify") or _NO_GIFT.search(thing))
            if doubtful or _NO_GIFT.fullmatch(thing) or thing in ("it", "them", "that", "one"):
                break
            row: dict[str, Any] = {"thing": thing[:80], "happened": happened}
            groups = match.groupdict()
            who = who or groups.get("one") or groups.get("to")
            end = match.end()
            if time := _TIME.match(text, end) or _TIME.search(text, match.start(), end):
                row |= _when(time, today)
                end = max(end, time.end())
            past.append(row)
            text = (
                re.sub(r"[,;]? (?:and|but) *$", "", text[: match.start()])
                + ". "
                + re.sub(r"^[\s,.;]*(?:and|but|so)\b", "", text[end:])
            )
    return text, past, who


def _when(time: re.Match[str], today: date) -> dict[str, Any]:
    if month := (time["month"] or "").lower():
        number = _MONTHS.index(month) + 1
        year = int(time["year"]) if time["year"] else today.year - (number >= today.month)
        return {"on": date(year, number, 1).isoformat()}
    if feast := (time["feast"] or "").lower():
        name = feast.replace("'s", "s").replace(" ", "_")
        if name not in FIXED:
            return {"occasion": name}
        on = date(today.year, *FIXED[name])
        return {"on": (on if on < today else date(today.year - 1, *FIXED[name])).isoformat(), "occasion": name}
    if time["birthday"]:
        return {"occasion": "birthday"}
    months = 12 if time["lastyear"] else int(time["ago"]) * (12 if time["unit"].lower().startswith("year") else 1)
    total = today.year * 12 + today.month - 1 - months
    return {"on": date(total // 12, total % 12 + 1, 1).isoformat()}
