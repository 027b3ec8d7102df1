"""Questions about picks on the table: "does the second need batteries?", "what's it made of?", "can I return it?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from recsys_agent.offline.reading.pick_names import marked, named_picks
from recsys_agent.offline.reading.picks_talk import SOFTENERS, AboutPicks
from recsys_agent.offline.reading.reactions import critique_of

_PICK = (
    r"(?:@|it|this|that|they|these|those|(?:this|that) (?:one|1)|(?:any|all|both|either|each|1|one|none) of (?:them|"
    "these|"
    r"those|the (?:picks|gifts|\d))|(?:the|these|those) (?!budget|price|party|total|kids|guests|shop|rest|others?|"
    "limit|list)"
    r"[a-z]{3,}(?: (?:one|1)s?)?)"
)
_START = rf"^(?!(?:can|could|would) you (?!deliver|ship|gift|wrap|engrave)){SOFTENERS}(?:and |but |so |or )?"
_NO_QUESTION = re.compile(
    r"\b(?!(?:another|other|different) (?:colou?r|size|flavou?r|material|version|scent|language)s?\b)"
    r"(?:cheaper|dearer|pricier|better|best|instead|rather|else|other|another|bigger|smaller|larger|different|"
    "similar|"
    r"more (?:like|expensive|personal|practical)|less \w+|compare|difference|versus|why|too (?:expensive|dear|"
    "pricey|much)|"
    r"most expensive|cheapest|i (?:have|get|see) (?:something|anything|more)|me (?:some|more|other)|without|"
    "you (?:show|"
    r"suggest|recommend|find)|within|budget|remember|bot|robot|human|real person|chatbot|for my|for his|for her)\b|"
    r"\b(?:that|this|it) (?:all|it|ok(?:ay)?|fine|possible|enough|right|true|everything|me)(?: you have)?[ ?.!]*$|"
    r"\b(?:faster|quicker|sooner|heavier|lighter|older|younger|longer|shorter|taller|safer|stronger|wider)\b"
)
_FORMS = tuple(
    re.compile(_START + form)
    for form in (
        rf"(?:does|do|did|is|are|was|were|will|would|has|have) {_PICK}(?: (?:all|both|really|actually|even|also|still|"
        rf"only))? (?!be (?!here|there|delivered|safe|suitable|ok|in time|on time)|you\b|we\b)\w",
        rf"(?:can|could) (?:{_PICK} (?!be (?!\w+ed\b|put\b|worn\b|taken\b|sent\b))\w|(?:i|you|we|he|she|they|my \w+|"
        "children|kids|"
        rf"people) (?:(?:also |still )?(?:return|exchange|send|wash|use|wear|eat|drink|pay|engrave|refund|refill|"
        rf"recycle|open|play|ride|put it|take it (?:outside|on|in)))\b)",
        r"(?:do|will|would) you (?:also |still )?(?:deliver|ship|gift[- ]?wrap|wrap|engrave|offer|accept|"
        "take (?:paypal|"
        r"cards?|returns)|do (?:gift wrap|returns|engraving))\b",
        r"(?:do|does|would|will|must) (?:i|we|he|she|they|you|my \w+) (?:also |still )?(?:need|require)s? (?:to |"
        r"a |an |any |extra ).*(?:@|\b(?:it|this|that|them)\b)",
        r"(?:would|will|might|does) (?:my \w+|he|she|they|an? \w+) (?:really )?(?:like|love|enjoy|use|want) "
        r"(?:@|(?:it|this|that|these|them)\b)(?! (?:in|to|as|if|more|less|better)\b)",
        r"how (?:do|can|could|should|would) (?:i|we|you) (?:pay|order|return|wash|clean|charge|use|assemble|open)\b",
        r"(?:what|how much)(?: money)? (?:is|do (?:i|we) have|have (?:i|we) got) (?:still )?left\b",
        r"how (?:big|large|tall|long|wide|heavy|loud|noisy|strong|hard|difficult|thick|fast|soon|spicy|sweet|bright|"
        "warm|"
        r"deep|old|sturdy|easy|many|much)\b(?! (?:can|could|should|do|would|may|did) (?:i|we|you)\b| (?:are|have|"
        r"did) you\b|"
        r" (?:money|time|budget|longer|more|guests|kids)\b)",
        rf"(?:what|which) (?:is|are|was) {_PICK} (?:made|like|for|suitable|about)\b",
        r"(?:what|which) (?:is|are) (?:the )?(?:sizes?|colou?rs?|materials?|brand|dimensions?|weight|age (?:range|"
        "group)|"
        r"delivery time|shipping costs?|scale|gauge|reviews?|ratings?|total|return policy|warranty|delivery|"
        r"shipping)\b",
        r"(?:what|which) (?:sizes?|colou?rs?|materials?|brand|make|scale|gauge|ages?|model|languages?|flavou?rs?|"
        "fabric|"
        r"ingredients|dimensions?|type of|year|voltage|batteries)\b(?!.*\b(?:do|would|should) (?:you|"
        "i) (?:recommend|want|"
        r"like|need|prefer)\b)",
        rf"what(?: all)? (?:does|do) {_PICK} (?:come|include|contain|weigh|cost|look|measure|do|need|hold|say|taste|"
        rf"smell)\b",
        rf"what(?: else)? (?:is in|is inside|comes with|is included (?:in|with)) {_PICK}",
        r"who (?:else )?(?:makes|made|sells|manufactures|produces|designed|wrote|buys|bought|uses)\b",
        rf"where (?:is|are|was|were|does|do) {_PICK} (?:made|from|come|produced|manufactured|sold)\b",
        rf"when (?:will|would|can|could|does|do) (?:{_PICK}|i|we|he|she|you) (?:arrive|come|get|be|have|receive|"
        "deliver|"
        rf"ship|expect)\b",
        r"(?:is|are) (?:delivery|shipping|postage|returns?|gift[- ]?wrapping|assembly|batteries) \w",
        r"(?:are there )?(?:and )?(?:any |the )?(?:reviews|ratings)\b[^.!]*\?",
        rf"(?:{_PICK}|both|all|all of them) (?:gift[- ]?)?(?:[a-z]{{3,}}(?:ed|able|proof)|new|safe|vegan)"
        r"(?: for \w+)? ?\?",
    )
)
"""How such questions begin; the picks in them are read as "@"."""
_SENTENCE = re.compile(
    r"(?<=[?!.;]) +| but (?=\w+ )|, (?:but |and |so )?(?=(?:does|do|is|are|will|can|what|how|who|where|when)\b)"
)


def read_question(text: str, shown: int, titles: Sequence[str]) -> AboutPicks | None:
    """The question about the picks; None where it asks no such thing."""
    parts = [part for part in _SENTENCE.split(text) if part]
    for part in parts:
        if _asks(part, shown, titles):
            rest = " ".join(other for other in parts if other != part)
            if critique_of(rest) in (None, "like"):
                return AboutPicks("question", {"question": part.strip(), **_which(part, rest, shown, titles)})
    return None


def _asks(part: str, shown: int, titles: Sequence[str]) -> bool:
    text = marked(part, named_picks(part, shown, titles))
    refused = _NO_QUESTION.search(text) and not re.search(r"\bleft (?:of|from) (?:my|the|our) budget\b", text)
    return not refused and any(form.search(text) for form in _FORMS)


def _which(part: str, rest: str, shown: int, titles: Sequence[str]) -> dict[str, Any]:
    """The one pick that is asked about, by place or words; nothing where it is "it", or several."""
    named = named_picks(part, shown, titles) or named_picks(rest, shown, titles)
    if len(named) == 1 and len(named[0].picks) == 1:
        pick = named[0].picks[0]
        return {"position": int(pick)} if pick.isdigit() else {"what": pick}
    if not named and (match := re.match(rf"{_START}(?:is|are|does|do|will|can) the (?P<what>[a-z]{{3,}})\b", part)):
        return {"what": match["what"]}  # "is the banner reusable?"
    return {}
