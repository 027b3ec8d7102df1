"""Which picks the shopper takes: "the first, thanks", "both", "I'll take the wooden one", "go with the teapot"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from recsys_agent.offline.reading.pick_names import NOT_A_NAME, in_a_title
from recsys_agent.offline.reading.picks_talk import EARLIER, SOFTENERS, AboutPicks
from recsys_agent.offline.reading.positions import ORDINAL, number_of

_TAKE = (
    r"(?:i|we)? ?(?:will|would|'ll|want to|am going to|think i will|guess)? ?(?:rather |prefer(?: to)? |like to |like "
    r"|love )?(?:take|have|go with|go for|buy|get|order|choose|pick|want|keep|prefer|rather)"
)
_FROM_BEFORE = re.compile(
    rf"\b(?P<n>{ORDINAL}|\d{{1,2}})\b[\w ]{{0,20}}{EARLIER}|\b(?:earlier|original|previous|old|"
    rf"initial) (?P<n2>{ORDINAL})\b"
)
_BOTH = re.compile(
    rf"^{SOFTENERS}(?:{_TAKE} )?(?:them )?both(?: of (?:them|those|these))?(?: of)?(?:[ ,]+(?:please|thanks|thank "
    rf"you|then|it is|sound "
    r"good|are (?:great|perfect|good|lovely)|look good|work))*[ .!]*$"
)
_SEVERAL = re.compile(
    rf"^{SOFTENERS}(?:{_TAKE} |(?=both ))(?:the |both the |both |number |numbers |options? )?"
    rf"(?P<one>{ORDINAL}|\d{{1,2}}) "
    rf"?(?:,|and|&|plus|as well "
    rf"as|\+)+ ?(?:the |number |also )?(?P<two>{ORDINAL}|\d{{1,2}})\b(?:[\w ]{{0,14}})[ .!]*$"
)
_POLITE = (
    r"(?:[ ,.!]*(?:please|thanks|thank you|thx|cheers|ta|great|perfect|lovely|is (?:perfect|great|lovely|fine|good)|"
    r"it is|then|will do|for me|that is it|sold|deal|i think|i guess|it'll be|(?:and )?(?:gift[- ]?)?wrap(?:ped)?"
    r"(?: it| them)?(?: up)?))+"
)
_THE_ONE = re.compile(
    rf"^{SOFTENERS}(?:{_TAKE} )?(?:the |number |option |no\.? ?|#)?(?P<n>{ORDINAL}|\d{{1,2}})(?: (?:one|pick|"
    rf"option|gift))?{_POLITE}[ .!]*$"
)
_MARKED = r"(?:(?:the )?(?:number|option|pick|no\.?|nr\.?) ?#?|#)"
_FEW = r"(?:(?:both|all)(?: of)? )?(?:the |my )?(?P<few>first|1st|last|top) (?P<count>[2-5])(?: ones?| picks| gifts)?"
_SURE = (
    r"(?:(?:(?:i|we) )?(?:will |would |am going to |are going to |shall |think i will |would like to |want to )?"
    r"(?:take|do|grab|go with|go for|choose|pick|settle on|opt for|buy|order|get)|(?:i am |we are )?(?:going with|"
    r"going for|taking|buying|getting|choosing)|(?:i|we) (?:choose|pick|decided on|have decided on)|my (?:choice|pick) "
    r"is|it is|gimme|give me|decision:|decided:|sold on)"
)
_THE_NAMED = (
    r"(?:the |that |this |your )?(?P<what>[a-z0-9$€£][\w'&.,$€£-]*(?: (?!(?:is|are|was|but|and|or|with|for|if|to|"
    r"because|"
    r"instead|under|over|in|by|as|from|not|theme)\b)[\w'&-]+){0,5}?)"
)
_WITH = (
    r"(?:the |that )?(?:one|1) (?:with|in|for|from|by|made (?:of|from)|about|that is|which is|at) (?:the |an? )?"
    r"(?P<what>[\w'$€£-]+(?: [\w'-]+){0,3}?)"
)
_SUPERLATIVE = re.compile(
    rf"^{SOFTENERS}(?P<verb>(?:{_SURE}|{_TAKE}) )?(?:the |your )?(?P<what>cheapest|dearest|priciest|(?:least|most) "
    r"(?:expensive|popular|reviewed)|(?:best|highest|top)[- ]rated)(?: (?:one|1|pick|option|of (?:them|these|those|"
    r"the \d|all)|"
    rf"gift))*(?P<polite>{_POLITE})?[ ,.!]*$"
)
_LIKED = (
    r"(?:(?:is|looks|sounds|seems) (?:\w+ )?(?:perfect|great|lovely|ideal|spot on|brilliant|the one|a winner|it)\b)"
)
_LIKED_ONE = re.compile(
    rf"^{SOFTENERS}(?:the |number )?(?P<n>{ORDINAL}|\d{{1,2}})(?: (?:one|1|pick|option))? (?:is|looks|sounds|seems) "
    r"[\w ]{2,30}[ ,.!;-]+(?:(?:and|so|then|please) )*(?:(?:i|we) (?:will |would like to |shall )?)?(?:take|get|have|"
    r"buy|order|choose|want|go (?:for|with)) (?:it|that|that 1|that one|this one)[ ,.!]*(?:please|thanks|then)?[ .!]*$"
)
""" "The last one is cool, take it"."""
_BY_NUMBER = tuple(
    re.compile(rf"^{SOFTENERS}(?:(?:yes|yep|yeah)[ ,]+)?{said}[ ,.!]*$")
    for said in (
        rf"(?:{_SURE}|i will have|we will have) (?:the )?(?:{_MARKED}|#)?(?P<n>{ORDINAL}|\d{{1,2}})(?: (?:one|1|pick|"
        rf"option|"
        rf"gift))?(?:{_POLITE})?",
        rf"{_MARKED}(?P<n>\d{{1,2}}|one|two|three)",
    )
)
_FIRST_FEW = re.compile(rf"^{SOFTENERS}(?:(?:{_SURE}|{_TAKE}) |(?=both)){_FEW}(?:{_POLITE})?[ ,.!]*$")
_BY_NAME = tuple(
    re.compile(rf"^{SOFTENERS}{said}[ ,.!]*$")
    for said in (
        rf"{_SURE} {_THE_NAMED}(?: (?:one|1))?(?:{_POLITE})?",
        rf"(?:{_SURE} |{_TAKE} )?{_WITH}(?:{_POLITE})?",
        rf"(?:{_TAKE} )?(?:the |that |this )?(?P<what>[\w'&-]+(?: [\w'&-]+){{0,3}}?) (?:one|1)(?:{_POLITE})?",
        rf"(?:{_TAKE} )?{_THE_NAMED}(?:{_POLITE})",
        rf"{_TAKE} {_THE_NAMED}",
        rf"{_THE_NAMED}(?: (?:one|1))? {_LIKED}(?:{_POLITE})?(?:[ ,.!]*(?:i will take it|take it|that one|done|sold))?",
    )
)
"""A name in it is sure where the verb is, where it is "the … one", or where a title has its words."""
_UNSURE_FROM = 3
_NO_NAME = re.compile(
    rf"\b(?:{ORDINAL}|it|that|them|these|those|both|all|none|any|more|less|others?|another|else|different|ideas?|"
    r"options?|budget|limit|price|prices|theme|party|cake|decorations|favours|list|rest|some|something|anything|me|you|"
    r"your|him|her|my|his|their|our|a|an|new|same|help|start|back|down|up|off|out|number|one|cheaper|dearer|better|"
    r"nicer|bigger|smaller|undo|than|like|no|not|yes|hi|hello|whatever|looking|need)\b"
    r"|^(?:\d+|fine|good|great|ok|okay|sure|nice|cool|thanks|perfect)$"
)


_COUNTED = (
    rf"^{SOFTENERS}(?:(?:{_SURE}|{_TAKE}|add|put in|i need|make it) )?(?P<count>[2-9]|1\d) (?:x |times )?(?:of )?"
    rf"(?:the |number |#)(?P<n>{ORDINAL}|\d{{1,2}})(?: (?:one|1|pick|option))?(?: in)?(?:{_POLITE})?[ .!]*$",
    rf"^(?:.{{0,60}}?\b)?(?:the )(?P<n>{ORDINAL})\b(?: (?:one|1|pick))?[^.;!?]{{0,40}}?[,.;!] ?(?:please,? )?(?:and )?"
    rf"(?:(?:put|add|take|i will take|give me|i need|get) )?(?P<count>[2-9]|1\d) (?:of (?:them|those|it|these)|x|times)"
    rf"(?: (?:in|please))*[ .!]*$",
    rf"^{SOFTENERS}(?:{_SURE} |{_TAKE} )?(?:the )(?P<n>{ORDINAL})(?: (?:one|1|pick))?,? (?P<count>[2-9]|1\d) "
    rf"(?:times|x|of (?:them|those|it|these))(?:{_POLITE})?[ .!]*$",
)
_SEVERAL_OF = tuple(map(re.compile, _COUNTED))
""" "Two of the first", "the second please, two of them"."""
_NOT_TAKEN = re.compile(
    rf"^{SOFTENERS}(?:(?:i|we) )?(?:changed my mind[ ,.:;-]+)?(?:(?:i|we) )?"
    r"(?:(?:do|will|would) not |am not |are not |not )"
    r"(?:want to |going to )?(?:take|taking|want|buy|buying|order|get|getting|keep) (?:it|that|that 1|that one|them)"
    r"(?: (?:any ?more|after all|now|then|either))*[ .!]*$|"
    rf"^{SOFTENERS}(?:put (?:it|that) back|cancel (?:it|my choice)|un-?choose (?:it|that))(?: please)?[ .!]*$"
)
"""What was taken last is put back."""
_PUT_BACK = re.compile(
    rf"^{SOFTENERS}(?:(?:take|put) back (?:the )?(?P<n>{ORDINAL})|(?:take|put) the (?P<n2>{ORDINAL})(?: one| 1)? back|"
    rf"(?:un-?choose|cancel) (?:the )?(?P<n3>{ORDINAL}))(?: one| 1| pick)?(?: please| then| after all)*[ .!]*$"
)


def read_taken(text: str, shown: int, compared: Sequence[int], titles: Sequence[str] = ()) -> AboutPicks | None:
    """The picks that are taken, where it is not just "it".

    ``shown`` is how many are on the table, ``titles`` what they are called, ``compared`` the places of those that were
    set side by side last.
    """
    if match := _PUT_BACK.match(text):
        at = next(filter(None, match.group("n", "n2", "n3")))
        return AboutPicks("choose", {"position": number_of(at), "put_back": True})
    if _NOT_TAKEN.match(text):
        return AboutPicks("choose", {"put_back": True})
    if match := _LIKED_ONE.match(text):
        return AboutPicks("choose", {"position": number_of(match["n"])})
    if match := next(filter(None, (pattern.match(text) for pattern in _SEVERAL_OF)), None):
        return AboutPicks("choose", {"position": number_of(match["n"]), "packs": int(match["count"])})
    if match := _FROM_BEFORE.search(text):
        if re.search(r"\b(?:show|see|like the|more|similar|why|compare)\b", text):
            return None
        return AboutPicks("choose", {"position": number_of(match["n"] or match["n2"]), "earlier": True})
    if match := _SEVERAL.match(text):
        return AboutPicks("choose", {"position": number_of(match["one"]), "also": [number_of(match["two"])]})
    if _BOTH.match(text):
        pair = [1, 2] if shown == 2 else compared if len(compared) == 2 else []
        return AboutPicks("choose", {"position": pair[0], "also": pair[1:]}) if pair else AboutPicks("choose_which", {})
    if (match := _THE_ONE.match(text)) and (number_of(match["n"]) <= shown or re.search(rf"the {match['n']}", text)):
        return AboutPicks("choose", {"position": number_of(match["n"])})
    if match := next(filter(None, (pattern.match(text) for pattern in _BY_NUMBER)), None):
        return AboutPicks("choose", {"position": number_of(match["n"])})
    if match := _FIRST_FEW.match(text):
        return AboutPicks("choose", _several(match, shown))
    if (match := _SUPERLATIVE.match(text)) and (match["verb"] or match["polite"]):
        return AboutPicks("choose", {"what": match["what"]})
    what = None if "?" in text else _named(text, titles)
    return AboutPicks("choose", {"what": what}) if what else None


def _several(match: re.Match[str], shown: int) -> dict[str, Any]:
    """The places of "the first 2" or "the last 2"."""
    count = min(int(match["count"]), shown)
    first, *others = range(shown - count + 1, shown + 1) if match["few"] == "last" else range(1, count + 1)
    return {"position": first, "also": others}


def _named(text: str, titles: Sequence[str]) -> str | None:
    """The words by which a pick is taken; which it is, the catalogue tells."""
    for index, pattern in enumerate(_BY_NAME):
        if not (match := pattern.match(text)):
            continue
        what = match["what"].strip(" ,.")
        if _NO_NAME.search(what) or NOT_A_NAME.intersection(what.split()):
            continue
        if index < _UNSURE_FROM or in_a_title(what, titles):
            return what
    return None
