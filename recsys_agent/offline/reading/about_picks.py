"""What a message does with picks that were shown: goes back, sets them side by side, asks for one, takes several."""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

from recsys_agent.offline.reading.positions import ORDINAL, number_of
from recsys_agent.offline.reading.text import Message

Action = Literal["undo", "show", "compare", "absence", "choose", "choose_which"]


class AboutPicks(NamedTuple):
    """What is done, with the arguments of the tool that does it."""

    action: Action
    arguments: dict[str, Any]


_SOFTENERS = (
    r"(?:(?:nah|no thanks|oh|ah|hm+|er+|uh|um|wait|no|nope|ok(?:ay)?|actually|sorry|oops|whoops|please|can you|"
    r"could you|can we|"
    r"could we|would you|i want to|i would like to|let us|let me|just|hey|well|and|then|now|never ?mind|my mistake|"
    r"my bad|hold on|hang on|scratch that|on second thoughts?|damn)[ ,.!:;-]+)*"
)
_THAT = (
    r"(?: (?:that|this|it|the last (?:one|step|change|bit|thing|request|message)|my last (?:\w+)|last (?:change|step|"
    r"one)|what i (?:just )?said|the change|that change|that last (?:\w+)|your last (?:\w+)))?"
)
_TAIL = (
    r"(?:[ ,]+(?:please|thanks|thank you|once more|1 more time|again|for me|then|a step|one step|once|1 step|"
    r"back))*[ .!?]*"
)
_UNDO = re.compile(
    rf"{_SOFTENERS}(?:undo|un-do|revert|roll ?back|reverse|take (?:that |this |it )?back|go back(?: (?:a|one|1) step)?|"
    rf"back up|step back|undo the last|put (?:it|that|everything|things) back(?: (?:the way|as|how|like) (?:it|they) "
    rf"(?:was|were)(?: before)?)?|ctrl[ +-]?z|(?:restore|return to|go back to|back to) (?:what|how|the way|the state|"
    rf"where) (?:it|we|i|things|you)? ?(?:was|were|had)(?: before)?|cancel (?:that|the) (?:last )?(?:change|step)|"
    rf"(?:forget|ignore|disregard|scratch|strike|cancel) (?:that last (?:one|bit|thing|message|request|change)|"
    rf"(?:the|my) last (?:one|bit|thing|message|request|change|sentence)|what i (?:just )?said)|"
    rf"(?:that|this) was (?:a mistake|wrong|an accident)|i (?:did not|do not) mean (?:that|it)|as (?:it was|before))"
    rf"{_THAT}{_TAIL}"
)

_EARLIER = (
    r"(?:from before|from earlier|from (?:the|your|that) (?:first|previous|last|earlier|prior|original|other) "
    r"(?:list|set|batch|round|lot|shortlist|selection|suggestions?|ones?|picks)|(?:of|in|on) (?:the|your) (?:first|"
    r"previous|earlier|original|last) (?:list|set|batch|round|lot|shortlist|selection|suggestions?|ones)|before that|"
    r"(?:that )?you (?:showed|had|suggested|listed|gave)(?: me)? (?:before|earlier|first|previously|at first|"
    r"initially)|"
    r"from the start|a moment ago)"
)
_SHOW = re.compile(
    r"\b(?:show|see|give|bring|list|display|repeat|view|look at|get|have|want)(?: me| us| back| up)*(?: back)? (?:the |"
    r"those |these |your |all |my )*(?P<other>other(?: (?:2|3|4|ones|picks|options))|"
    r"others)?(?P<earlier>(?:first|previous|"
    r"earlier|original|last|old|prior|initial) (?:ones?|list|set|batch|3|picks|options|suggestions?|shortlist|ideas|"
    r"gifts|results|selection|recommendations?|plan))?(?:(?:ones|picks|options|suggestions|list|them|those|these|that|"
    r"gifts|ideas|2|3|plan|results)? ?(?P<again>again|once more|1 more time|"
    rf"{_EARLIER})|(?<=one)|(?<=ones)|(?<=list)|(?<=picks)|(?<=set)|(?<=options)|(?<=suggestions))(?: (?:again|"
    rf"please))*"
    r"[ .!?]*$|"
    r"\b(?:go )?back to (?:the |your )?(?:first|previous|earlier|original|last|old|other|initial) (?:ones?|list|set|"
    r"batch|3|picks|options|suggestions?|shortlist|ideas|gifts|results|selection|plan)\b|"
    r"\bwhat (?:were|was) (?:the|those|your) (?:other|first|previous|earlier|original) (?:ones?|2|3|picks|options|"
    r"suggestions?|ideas|gifts)(?: again)?\b|\bshow (?:me )?(?:the |those )?other (?:2|ones) again\b"
)
_PREFERRED = re.compile(
    r"\b(?:preferred|liked|loved|prefer|like) (?:the |your |those )?(?:first|previous|earlier|original|old|"
    r"initial) [a-z]+"
    r"(?: (?:better|more|best|most|much))*[ .!]*$|\b(?:previous|earlier|original|old) [a-z]+ (?:was|were|is|"
    r"are) (?:much |far |"
    r"way |a lot )?(?:better|nicer)\b"
)
_WHICH = {
    "others": re.compile(r"\bother(?:s| 2| ones| picks| options)\b"),
    "first": re.compile(r"\b(?:first|original|initial|initially)\b"),
}

_COMPARE = re.compile(
    r"\b(?:compare|comparison|side by side|head to head|versus|vs\.?|(?:what|which) (?:is|are) the (?:main |real |"
    r"biggest )?differences?|difference between|how (?:do|does|are|is) .{0,40}(?:compare|differ|different)|"
    r"stacks? (?:[\w ]{1,14} )?up|"
    r"contrast|pros and cons|which (?:one )?(?:of (?:them|these|those|the \d|the two) )?is (?:the )?(?:better|best|"
    r"cheaper|cheapest|nicer))\b"
)
_NUMBERS = re.compile(
    rf"\b(?:number |no\.? ?|option |pick |#)?(?P<n>\d{{1,2}}|{ORDINAL})\b(?! ?(?:[$€£%]|dollars))|#(?P<h>\d{{1,2}})"
)

_WHY_NOT = re.compile(
    r"\b(?:why (?:not|no|(?:is|are|was|were) not|is there no|are there no|is not there|are not there|"
    r"was not there)|why (?:did|do|have|had|"
    r"would|are|were) you not (?:show|pick|choose|suggest|recommend|include|offer|given?|propose|shown|picked|chosen|"
    r"suggested|recommended|included|offered|showing|suggesting)(?: me)?|why (?:did|do) not you (?:show|pick|choose|"
    r"suggest|recommend|include|offer|give|propose)(?: me)?|how come (?:there (?:is|are) no|no|not|you did not "
    r"(?:show|suggest|pick|include|recommend)(?: me)?)|what about|what is wrong with|why (?:is|are|was|were)) "
    r"(?P<what>[a-z][\w' -]{1,50}?)(?P<absent> (?:not |n't )?(?:in(?:cluded)?|on|among|there|shown|listed|here|"
    r"missing|suggested|picked|chosen|offered|recommended|"
    r"an option|part of (?:it|this))(?: (?:the|your) (?:list|picks|options|shortlist|them))?)?(?: too| either| instead|"
    r" then| though)?[ .!?]*$"
)
_ARTICLES = re.compile(
    r"^(?:(?:the|a|an|any|some|that|those|these|this|your|of|more|me|her|him|them|us|not)\b ?)+|\b(?:ones?|"
    r"thing|stuff)$"
)
_PICK_WORDS = re.compile(rf"\b(?:{ORDINAL}|\d{{1,2}}|number|it|that|this|them|these|those|picks?|him|her|my \w+)\b")

_TAKE = (
    r"(?:i|we)? ?(?:will|would|'ll|want to|am going to|think i will|guess)? ?(?:rather |prefer(?: to)? |like to |like "
    r"|love )?(?:take|have|go with|go for|buy|get|order|choose|pick|want|keep|prefer|rather)"
)
_FROM_BEFORE = re.compile(rf"\b(?P<n>{ORDINAL}|\d{{1,2}})\b[\w ]{{0,20}}{_EARLIER}|\bearlier (?P<n2>{ORDINAL})\b")
_BOTH = re.compile(
    rf"^{_SOFTENERS}(?:{_TAKE} )?(?:them )?both(?: of (?:them|those|these))?(?: of)?(?:[ ,]+(?:please|thanks|thank "
    rf"you|then|it is|sound "
    r"good|are (?:great|perfect|good|lovely)|look good|work))*[ .!]*$"
)
_SEVERAL = re.compile(
    rf"^{_SOFTENERS}{_TAKE} (?:the |both the |both |number |numbers |options? )?(?P<one>{ORDINAL}|\d{{1,2}}) "
    rf"?(?:,|and|&|plus|as well "
    rf"as|\+)+ ?(?:the |number |also )?(?P<two>{ORDINAL}|\d{{1,2}})\b(?:[\w ]{{0,14}})[ .!]*$"
)
_POLITE = (
    r"(?:[ ,.!]*(?:please|thanks|thank you|thx|cheers|ta|great|perfect|lovely|is (?:perfect|great|lovely|fine|good)|"
    r"it is|then|will do|for me|that is it))+"
)
_THE_ONE = re.compile(
    rf"^{_SOFTENERS}(?:{_TAKE} )?(?:the |number |option |no\.? ?|#)?(?P<n>{ORDINAL}|\d{{1,2}})(?: (?:one|pick|"
    rf"option|gift))?{_POLITE}[ .!]*$"
)


def read_about_picks(message: Message, shown: int, compared: list[int]) -> AboutPicks | None:
    """What is done with the picks; None where the message does something else.

    ``shown`` is how many are on the table, ``compared`` the positions that were set side by side last.
    """
    text = message.text.strip()
    if _UNDO.fullmatch(text):
        return AboutPicks("undo", {"action": "undo"})
    if not shown:
        return None
    if told := _taken(text, shown, compared):
        return told
    if _SHOW.search(text) or _PREFERRED.search(text):
        return AboutPicks(
            "show", {"action": "show"} | {name: True for name, said in _WHICH.items() if said.search(text)}
        )
    if _COMPARE.search(text):
        numbers = _numbers(text)
        return AboutPicks("compare", {"positions": numbers} if numbers else {})
    return _absent(text)


def _taken(text: str, shown: int, compared: list[int]) -> AboutPicks | None:
    """Picks that are taken, where it is not just one of those on the table."""
    if match := _FROM_BEFORE.search(text):
        if re.search(r"\b(?:show|see|like the|more|similar|why|compare)\b", text):
            return None
        return AboutPicks("choose", {"position": number_of(match["n"] or match["n2"]), "earlier": True})
    if match := _SEVERAL.match(text):
        return AboutPicks("choose", {"position": number_of(match["one"]), "also": [number_of(match["two"])]})
    if _BOTH.match(text):
        pair = [1, 2] if shown == 2 else compared if len(compared) == 2 else []
        return AboutPicks("choose", {"position": pair[0], "also": pair[1:]}) if pair else AboutPicks("choose_which", {})
    if (match := _THE_ONE.match(text)) and number_of(match["n"]) <= shown:
        return AboutPicks("choose", {"position": number_of(match["n"])})
    return None


def _numbers(text: str) -> list[int]:
    found = [number_of(match["n"] or match["h"]) for match in _NUMBERS.finditer(text)]
    return list(dict.fromkeys(number for number in found if number == -1 or 1 <= number <= 20))


def _absent(text: str) -> AboutPicks | None:
    """ "Why not the Lego one?", and no question about a pick that is there, nor a plain suggestion ("why not?")."""
    match = _WHY_NOT.search(text)
    if match is None or re.search(r"\bwhat about (?:my|our|a|an|under|over|around|\$|\d|for)\b|[$€£]|\bunder\b", text):
        return None
    if re.match(r".*\bwhy (?:is|are|was|were) ", text) and not (
        match["absent"] and re.search(r"\bnot\b|missing", text)
    ):
        return None
    what = match["what"].removesuffix(" not")
    for _ in range(2):
        what = _ARTICLES.sub("", what).strip()
    if not what or _PICK_WORDS.search(what):
        return None
    return AboutPicks("absence", {"what": what})
