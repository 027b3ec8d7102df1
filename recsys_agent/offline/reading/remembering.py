"""The shopper's words about memory itself, and what they tell of earlier gifts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel

from recsys_agent.offline.reading.people import RELATION_WORDS
from recsys_agent.offline.reading.text import canonical
from recsys_agent.offline.reading.words.people import NOT_NAMES, PERSON_ADJECTIVES
from tools.memory.calendar import FIXED

Action = Literal["about", "forget", "forget_all", "skip", "pause", "resume", "allow_messages", "stop_messages"]


class AboutMemory(BaseModel):
    """What a message says about memory. ``rest`` is the message without it, where it says more."""

    action: Action | None = None
    who: str | None = None
    wrong: list[str] = []
    correcting: bool = False  # "that's wrong", "any more": what follows is about somebody, and no request
    past: list[dict[str, Any]] = []
    rest: str = ""


_NAME = r"(?-i:[A-ZÀ-ÖØ-Þ][\w'-]+)"
_RELATIVE = rf"(?:my|our) (?:(?:{PERSON_ADJECTIVES}) )*(?:{RELATION_WORDS})(?:,? {_NAME})?"
_WHO = rf"(?P<who>{_RELATIVE}|{_NAME})"
_ONE = rf"(?:he|she|they|(?P<one>{_RELATIVE}|{_NAME}))"
_PLEASE = (
    r"(?:(?:please|ok|okay|hey|now|and|just|can you|could you|would you|you can|you may|i want you to|i would like "
    r"you to)[, ]+)*"
)
_END = r"(?:[ ,]+(?:please|thanks|thank you|now|at all|any ?more|ever|completely|entirely))*[ .!?]*"

_ACTIONS: tuple[tuple[Action, str], ...] = (
    (
        "forget_all",
        r"(?:forget|delete|erase|wipe|clear|remove|destroy) (?:me|it all|all of it|(?:(?:all|everything|every "
        r"thing|all of|"
        r"anything)(?: (?:that|of))? ?)?(?:(?:my|your|the|all|our|personal) )*(?:data|memor(?:y|ies)|records?|"
        r"information|"
        r"info|history|notes?|facts?)?(?: ?(?:that )?(?:you(?: (?:have|had|ever|still|already|might|may|all))* "
        r"?(?:know|knew|"
        r"known|remember|remembered|have|hold|keep|stored?|saved?|kept|learned|got|noted|collected)?|i (?:have "
        r")?(?:ever )?"
        r"told you))?)(?: (?:about|on|of|from) (?:me|us|everyone|everybody|all of them|my (?:people|family and "
        r"friends)))?",
    ),
    (
        "forget",
        r"(?:forget|delete|erase|wipe|remove)(?: (?:all|everything|anything|what)(?: that)?"
        rf"(?: you (?:know|remember|have|stored))?(?: (?:about|on|of))?)? {_WHO}",
    ),
    (
        "about",
        r"(?:(?:so|and) )?(?:what (?:all )?(?:do|have|did) you (?:(?:still|already|actually) )?(?:know|remember|"
        r"remembered|stored?|"
        r"saved?|kept|keep|noted|learned)|tell me (?:everything|what|all)(?: that)? you (?:know|remember|have)|"
        r"show me what you "
        rf"(?:know|remember)|do you (?:still )?(?:remember|know))(?: (?:about|of|on))?(?: (?:me|us|{_WHO}))?",
    ),
    (
        "pause",
        r"(?:stop|quit) (?:remembering|storing|saving|keeping|recording|tracking)(?: (?:things?|anything|me|stuff|"
        r"data|"
        r"everything|what i say|this|us))?(?: about (?:me|us))?|(?:do not|never) (?:remember|store|save|keep|record) "
        r"(?:anything|things|me|stuff)(?: (?:about me|i say|from now on))?|(?:turn|switch) (?:off )?(?:your |the "
        r")?memory(?: off)?",
    ),
    (
        "resume",
        r"(?:start |resume |begin )?remember(?:ing)?(?: (?:things|me|stuff|everything))? again|(?:start|resume) "
        r"remembering"
        r"(?: (?:things|me|stuff))?|(?:turn|switch) (?:on )?(?:your |the )?memory (?:back )?on|it is (?:ok|okay|"
        r"fine) to remember(?: again)?",
    ),
)
_ACTION: tuple[tuple[Action, re.Pattern[str]], ...] = tuple(
    (action, re.compile(rf"{_PLEASE}(?:{words}){_END}", re.IGNORECASE)) for action, words in _ACTIONS
)
_SKIP = re.compile(
    r"[,;. -]*(?:\b(?:and|but|please|so|also) )*(?:\b(?:you )?(?:do not|never|please do not|need not|should not) "
    r"(?:remember|store|keep|"
    r"save|note|record|memori[sz]e|write)(?: down)? (?:this|that|it|any of (?:this|that)|what i (?:just )?said|"
    r"this (?:one|conversation|chat|"
    r"search))\b(?: (?:please|though|down|one))*|\boff the record\b|\b(?:this (?:is|stays) )?(?:just )?between "
    r"(?:you and me|us)\b)[,;:. !-]*",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"^\W*(?:(?:no|well|actually|sorry|hmm|oh)[,.! ]+)*(?:that|this|it) (?:is|was) (?:wrong|not (?:right|true|"
    r"correct)(?: any ?more)?|outdated|"
    r"incorrect|(?:out of date|old news)|no longer (?:true|right|correct))\b[\s,.;:!-]*",
    re.IGNORECASE,
)
_NO_LONGER = re.compile(
    rf"\b{_ONE} (?:(?:is|are|does|do|has|have)(?: (?P<no>not|no longer))|(?P<no2>no longer)|has gone off|gave up|"
    rf"stopped)(?: (?:really|so|that|much))* "
    r"(?P<verb>into|like|likes|liking|love|loves|loving|keen on|interested in|a fan of|enjoys?|enjoying|plays?|"
    r"playing|do|does|doing|allergic to|"
    r"eats?|collects?|collecting|care for|a)? ?(?P<what>[\w' -]{2,50}?)(?P<more> any ?more| now| these "
    r"days)?(?=[.,;!?]|$| and | but )",
    re.IGNORECASE,
)
_USED_TO = re.compile(
    rf"\b{_ONE} (?:used to (?:like|love|be into|enjoy|play|do|collect)|(?:has|have) given up|gave up|(?:has |have "
    rf")?(?:stopped|"
    r"quit|gone off)|went off)(?: (?:doing|playing|liking|collecting))? (?P<what>[\w' -]{2,40}?)(?=[.,;!?]|$| and |"
    r" but | so )",
    re.IGNORECASE,
)
_FORGET_ONE = re.compile(
    rf"{_PLEASE}(?:forget|delete|erase|remove) (?:the (?:fact|note) )?that {_ONE} (?:likes?|loves?|enjoys?|is "
    rf"(?:into|allergic to|a fan of)|"
    rf"are (?:into|allergic to)|has|owns?|does not (?:like|want)|hates?|collects?|plays?) (?P<what>[\w' "
    rf"-]{{2,50}}?){_END}",
    re.IGNORECASE,
)
_DIETS = {"vegan": "non-vegan", "vegetarian": "meat", "veggie": "meat", "coeliac": "gluten", "celiac": "gluten"}
"""Rules that have another name in the shopper's words."""
_THING = (
    r"(?P<thing>[\w'’-]+(?: (?!\d|(?:last|in|for|that|which|who|you|we|i|so|and|but|because|from|when|again|back|"
    r"to|at|on|as|this|a lot|very|really|he|she|they|it)\b)[\w'’&-]+){0,5})"
)
_OWN = r"(?:the|that|his|her|their|my|our|those|these)"
_REACTIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (happened, re.compile(pattern, re.IGNORECASE))
    for happened, pattern in (
        (
            "returned",
            rf"\b{_ONE} (?:has |have )?(?:just |already |actually )?(?:returned|took back|brought back|sent back|"
            rf"exchanged|gave back|gave away) {_OWN} {_THING}(?: back)?",
        ),
        ("returned", rf"\b{_ONE} (?:took|brought|sent|gave) {_OWN} {_THING} (?:back|away)\b"),
        (
            "returned",
            rf"\b{_OWN} {_THING} (?:was|were|got|has been|went) (?:returned|sent back|exchanged|taken back|back)\b",
        ),
        (
            "disliked",
            rf"\b{_ONE} (?:(?:really |absolutely )?(?:hated|disliked)|did not (?:really )?(?:like|love|enjoy|care "
            rf"for)|was not (?:too |so |very )?(?:keen on|happy with|fond of|"
            rf"into)|never (?:used|wore|touched|opened|liked)) {_OWN} {_THING}",
        ),
        (
            "loved",
            rf"\b{_ONE} (?:(?:really|absolutely|totally|just|so) )*(?:loved|adored|was (?:thrilled|delighted|over "
            rf"the moon|so happy|very happy) with) {_OWN} {_THING}",
        ),
        (
            "loved",
            rf"\b{_OWN} {_THING} (?:was|were) (?:a (?:big |huge |great |total )?(?:hit|success)|perfect|much "
            rf"loved)\b",
        ),
        ("liked", rf"\b{_ONE} (?:(?:really|quite) )*(?:liked|enjoyed) {_OWN} {_THING}"),
        (
            "given",
            rf"\b(?:last (?:year|christmas|january|february|march|april|may|june|july|august|september|october|"
            rf"november|december|birthday|time),? )(?:i|we) (?:gave|got|bought|sent) "
            rf"(?:him|her|them|(?P<to>{_RELATIVE}|{_NAME})) (?:(?:a|an|the|some) )?{_THING}",
        ),
        (
            "given",
            rf"\b(?:i|we) (?:(?:already|have already|have|had) )*(?:gave|given|got|bought|sent) (?:him|her|them|"
            rf"(?P<to>{_RELATIVE}|{_NAME})) (?:(?:a|an|the|some|this|that) )?{_THING}"
            r"(?= (?:last|in (?:january|february|march|april|may|june|july|august|september|october|november|"
            r"december|20\d\d)|for (?:his|her|their|christmas|easter|valentine)|"
            r"on (?:his|her|their)|already|before|\d+ (?:years?|months?) ago|a (?:year|month) ago|this|when|at "
            r"christmas)|[.,;!?]|$| and | but | so )",
        ),
    )
)
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


def read_memory(message: str, today: date, *, asked: str | None = None) -> AboutMemory | None:
    """What the message says about memory or earlier gifts; None for a message that says nothing of it.

    ``asked`` is the slot the assistant has just asked for: an answer about interests tells of no past gift.
    """
    text = canonical(message)
    for action, pattern in _ACTION:
        if match := pattern.fullmatch(text.strip(" .!?")):
            who = match.groupdict().get("who")
            if who is None or _is_name(who):
                return AboutMemory(action=action, who=who)
    if match := _FORGET_ONE.fullmatch(text.strip(" .!?")):
        return AboutMemory(action="forget", who=match["one"], wrong=_ended(match["what"]))
    found = AboutMemory()
    if match := _SKIP.search(text):
        found.action = "skip"
        text = f"{text[: match.start()]}. {text[match.end() :]}".strip(" .")
    if match := _CORRECTS.match(text):
        found.correcting, text = True, text[match.end() :]
    text = _past(text, today, asked, found)
    while match := _USED_TO.search(text):
        found.wrong += _ended(match["what"])
        found.correcting, found.who = True, found.who or match["one"]
        text = f"{text[: match.start()]}{match['one'] or ''}{text[match.end() :]}"
    found.wrong += _no_longer(text, found)
    found.rest = text.strip(" ,.;!-")
    return found if found.action or found.correcting or found.past or found.wrong else None


def _is_name(who: str) -> bool:
    return " " in who or who.lower() not in NOT_NAMES


def _no_longer(text: str, found: AboutMemory) -> Iterator[str]:
    """What somebody no longer likes; a bare "is not into" is a refusal of the request, read elsewhere."""
    for match in _NO_LONGER.finditer(text):
        ended = match["more"] or "no longer" in (match["no"] or match["no2"] or "") or found.correcting
        if ended and (match["verb"] or match["no2"] is None) and not match["what"].startswith("any"):
            found.who = found.who or match["one"]
            found.correcting = True
            yield from _ended(match["what"])


def _ended(what: str) -> list[str]:
    """The words for what no longer holds, also as a rule would name it."""
    plain = re.sub(r"^(?:to|the|a|an) ", "", what.strip().lower())
    return [plain, *([_DIETS[plain]] if plain in _DIETS else [])]


def _past(text: str, today: date, asked: str | None, found: AboutMemory) -> str:
    """Takes what is told of earlier gifts out of the text."""
    for happened, pattern in _REACTIONS:
        while match := pattern.search(text):
            thing = re.sub(r"^(?:new|nice|lovely) ", "", match["thing"].strip(" '-")).lower()
            doubtful = happened in ("loved", "liked") and (asked in ("interests", "clarify") or _NO_GIFT.search(thing))
            if doubtful or _NO_GIFT.fullmatch(thing) or thing in ("it", "them", "that", "one"):
                break
            row: dict[str, Any] = {"thing": thing[:80], "happened": happened}
            groups = match.groupdict()
            found.who = found.who or groups.get("one") or groups.get("to")
            end = match.end()
            if time := _TIME.match(text, end) or _TIME.search(text, match.start(), end):
                row |= _when(time, today)
                end = max(end, time.end())
            found.past.append(row)
            text = (
                re.sub(r"[,;]? (?:and|but) *$", "", text[: match.start()])
                + ". "
                + re.sub(r"^[\s,.;]*(?:and|but|so)\b", "", text[end:])
            )
    return text


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
