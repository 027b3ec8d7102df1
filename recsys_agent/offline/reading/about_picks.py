"""What a message does with picks that were shown: goes back, sets them side by side, asks for one, takes several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recsys_agent.offline.reading.likeness import is_attribute
from recsys_agent.offline.reading.people import RELATION_WORDS
from recsys_agent.offline.reading.pick_names import NOT_A_NAME, in_a_title, named_picks
from recsys_agent.offline.reading.pick_questions import read_question
from recsys_agent.offline.reading.picks_talk import EARLIER, SOFTENERS, AboutPicks
from recsys_agent.offline.reading.positions import ORDINAL, number_of
from recsys_agent.offline.reading.taken import read_taken
from recsys_agent.offline.reading.text import Message
from tools.lexicon.relations import relation_words

_THAT = (
    r"(?: (?:that|this|it|the last (?:one|step|change|bit|thing|request|message)|my last (?:\w+)|last (?:change|step|"
    r"one)|what i (?:just )?said|the change|that change|that last (?:\w+)|your last (?:\w+)))?"
)
_TAIL = (
    r"(?:[ ,]+(?:please|thanks|thank you|once more|1 more time|again|for me|then|a step|one step|once|1 step|"
    r"back))*[ .!?]*"
)
_REDO = re.compile(
    rf"{SOFTENERS}(?:redo|re-do|undo (?:the|that|my) undo|undo (?:that|the) again|put (?:it|that) back in|do (?:it|"
    rf"that) again|"
    rf"reapply|re-apply|ctrl[ +-]?y|i did want (?:that|it)|i meant (?:that|it) after all|(?:bring|take) (?:the "
    rf"change|that change) "
    rf"back){_TAIL}"
)
_UNDO = re.compile(
    rf"{SOFTENERS}(?:undo|un-do|revert|rewind|roll ?back|reverse|take (?:that |this |it )?back|(?:go|take me|bring "
    rf"me|get "
    rf"me) back(?: (?:a|one|1) step)?|"
    rf"back up|step back|undo the last|put (?:it|that|everything|things) back(?: (?:the way|as|how|like) (?:it|they) "
    rf"(?:was|were)(?: before)?)?|ctrl[ +-]?z|(?:restore|return to|go back to|back to) (?:what|how|the way|the state|"
    rf"where) (?:it|we|i|things|you)? ?(?:was|were|had)(?: before)?|cancel (?:that|the) (?:last )?(?:change|step)|"
    rf"(?:forget|ignore|disregard|scratch|strike|cancel) (?:that last (?:one|bit|thing|message|request|change)|"
    rf"(?:the|my) last (?:one|bit|thing|message|request|change|sentence)|what i (?:just )?said)|"
    rf"(?:that|this) was (?:a mistake|wrong|an accident)|i (?:did not|do not) mean (?:that|it)|as (?:it was|before))"
    rf"{_THAT}{_TAIL}"
)

_UNSAID = re.compile(rf"{SOFTENERS}(?:forget|ignore|disregard|scratch|strike|cancel) (?:that|this)(?: again)?{_TAIL}")
""" "Forget that" is about the last message alone, which may have changed nothing."""

_BACK_TO = re.compile(
    rf"^{SOFTENERS}(?:(?:let us |can we |i want to )?(?:go |get |come |return )?back to|return to) (?:the (?:one|gift) "
    rf"for )?my (?P<who>{RELATION_WORDS})(?:'s (?:gift|present|list))?(?: again| now| please| then)*[ .!?]*$"
)
_SHOW = re.compile(
    r"\b(?:show|see|give|bring|list|display|repeat|view|look at|get|have|want)(?: me| us| back|"
    " up)*(?: back)? (?:the |"
    r"those |these |your |all |my )*(?P<other>other(?: (?:2|3|4|ones|picks|options))|"
    r"others)?(?P<earlier>(?:first|previous|"
    r"earlier|original|last|old|prior|initial) (?:ones?|list|set|batch|3|picks|options|suggestions?|shortlist|ideas|"
    r"gifts|results|selection|recommendations?|plan))?(?:(?:ones|picks|options|suggestions|list|them|those|these|that|"
    r"gifts|ideas|2|3|plan|results)? ?(?P<again>again|once more|1 more time|"
    rf"{EARLIER})|(?<=one)|(?<=ones)|(?<=list)|(?<=picks)|(?<=set)|(?<=options)|(?<=suggestions))(?: (?:again|back|"
    rf"please))*"
    r"[ .!?]*$|"
    r"\b(?:go )?back to (?:the |your )?(?:first|previous|earlier|original|last|old|other|initial) (?:ones?|list|set|"
    r"batch|3|picks|options|suggestions?|shortlist|ideas|gifts|results|selection|plan)\b|"
    r"\bwhat (?:were|was) (?:the|those|your) (?:other|first|previous|earlier|original) (?:ones?|2|3|picks|options|"
    r"suggestions?|ideas|gifts)(?: again)?\b|\bshow (?:me )?(?:the |those )?other (?:2|ones) again\b"
)
_EARLIER_ONE = r"(?:the |that )(?P<what>[a-z][\w' ,&-]{1,70}?)(?: (?:one|1))?"
_HOW = r"(?: (?:actually|quite|really|pretty|so|that|all that|too|rather|the|just|still))*"
_WAS_FINE = tuple(
    re.compile(rf"^{SOFTENERS}{said}[ .!?]*$")
    for said in (
        rf"{_EARLIER_ONE} (?:was not|was|looked|seemed|sounded|were){_HOW} (?:fine|good|great|nice|ok|okay|lovely|"
        r"perfect|bad|better|best|right|cute|cool|alright|all right)(?: one)?(?: after all| actually| enough| for "
        r"(?:him|her|them))?",
        rf"(?:i |we )?(?:actually |really |kind of )?(?:liked|preferred|loved) {_EARLIER_ONE}"
        r"(?: better| more| most| best| after all| actually)?",
        r"(?:(?:can|could|may) (?:i|we|you) )?(?:bring|put|get|give(?: me)?|have|want|see|show(?: me)?|i want|i would "
        rf"like)(?: me)?(?: back)? {_EARLIER_ONE} (?:back|again)(?: in| on| please)*",
        rf"(?:bring|put|get) back {_EARLIER_ONE}(?: please)?",
        rf"(?:go |going |let us go |can we go )?back to {_EARLIER_ONE}(?: please)?",
    )
)
_PREFERRED = re.compile(
    r"\b(?:preferred|liked|loved) (?:the |those )?(?:ones|picks|options|list|set) (?:from )?(?:before|earlier)\b|"
    r"\b(?:preferred|liked|loved|prefer|like) (?:the |your |those )?(?:first|previous|earlier|original|old|"
    r"initial) [a-z]+"
    r"(?: (?:better|more|best|most|much))*[ .!]*$|\b(?:previous|earlier|original|old|first|initial) [a-z]+ (?:was|"
    r"were|is|"
    r"are) (?:much |far |way |a lot )?(?:better|nicer)\b|\bwhat you (?:had|showed|suggested)(?: me)? (?:before|"
    r"earlier|at first|first|initially)\b|\bback to (?:the |those |your )?(?:ones?|picks|list|set|"
    r"suggestions|options|gifts) (?:from )?(?:before|earlier|you had|you showed)\b"
)
_WHICH = {
    "others": re.compile(r"\bother(?:s| 2| ones| picks| options)\b"),
    "first": re.compile(r"\b(?:first|original|initial|initially)\b"),
}

_COMPARE = re.compile(
    r"\b(?:compare|comparison|side by side|head to head|versus|vs\.?|(?:what|which) (?:is|are) the (?:main |real |"
    r"biggest )?differences?|what is (?:so )?different|how different|difference between|how (?:do|does|are|is) "
    r".{0,40}(?:compare|differ|different)|"
    r"stacks? (?:[\w ]{1,14} )?up|"
    r"contrast|pros and cons|which (?:one |1 |of (?:them|these|those|the \w+) )?(?:would|do|should|will) (?:you|i|we) "
    r"(?:take|choose|pick|recommend|buy|get|go|prefer|suggest)|which (?:one )?(?:of (?:them|these|those|the \d|"
    "the two) )?is (?:the )?(?:better|best|"
    r"cheaper|cheapest|nicer))\b"
)
_ASKED = (
    r"\b(?:which|what|who|whose|is|are|does|do|has|have) (?:(?:received|got|1|one|ones|pick|gift|thing|of (?:them|"
    r"these|those|the "
    r"\w+)|any|is|are|has|have|costs?|would|will|be|gets?|arrives?|comes?|the|a|your|one's|looks?|takes?|up|\d|"
    r"number|it|they|"
    rf"{ORDINAL}|and|or|in|most|least) )*"
)
_BY = {
    measure: re.compile(f"{_ASKED}(?:{said})\\b")
    for measure, said in (
        (
            "price",
            r"cheap(?:er|est)|(?:more |most |less |least )?expensive|dear(?:er|est)|pric(?:ier|iest)|lowest price|"
            r"costs? (?:more|less|the most|the least|most|least)",
        ),
        (
            "rating",
            r"(?:better|best|higher|highest|top|worst|lowest|good|more|most|popular)[- ]?(?:rat(?:ed|ing|ings)|"
            r"review(?:s|ed)?|stars?|liked|popular|score)|reviews|ratings?",
        ),
        (
            "size",
            r"bigg(?:er|est)|small(?:er|est)|larg(?:er|est)|heav(?:ier|iest)|light(?:er|est)|tall(?:er|est)|"
            r"long(?:er|est)|wid(?:er|est)|compact|big|small|large|heavy|size",
        ),
        (
            "age",
            r"for (?:an? )?(?:younger|older)|(?:more |most |better |best )?(?:suitable|suited) for (?:an? )?"
            r"(?:younger|older|\d)|for what age",
        ),
        (
            "delivery",
            r"soon(?:er|est)|fast(?:er|est)|quick(?:er|est)|first(?= to arrive)|earli(?:er|est)|here first|"
            r"delivered (?:first|faster|sooner)",
        ),
    )
}
_WHICH_IS = re.compile(
    rf"^{SOFTENERS}(?:the )?((?:(?:cheap|dear|pric|small|bigg|light|larg)i?est|(?:least|most) (?:expensive|popular)|"
    r"(?:best|highest|top)[- ]rated)) (?:one )?(?:of|among|from|out of) (?:these|those|them|the (?:3|two|three|lot|"
    r"list))[ .!?]*$"
)
""" "The cheapest of these" tells which it is; no other picks are asked for."""
_ORDERS = re.compile(rf"{SOFTENERS}(?:remove|drop|swap|replace|change|leave out|take out|lose|skip|ditch)\b")
""" "Remove whatever is the most expensive" asks for no comparison."""
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
    r"an option|part of (?:it|this))(?: (?:the|your) (?:list|picks|options|shortlist|them))?)?(?: too| either|"
    " instead|"
    r" then| though)?[ .!?]*$"
)
_ARTICLES = re.compile(
    r"^(?:(?:the|a|an|any|some|that|those|these|this|your|of|more|me|her|him|them|us|not)\b ?)+|\b(?:ones?|"
    r"thing|stuff)$"
)
_PICK_WORDS = re.compile(rf"\b(?:{ORDINAL}|\d{{1,2}}|number|it|that|this|them|these|those|picks?|him|her|my \w+)\b")


def read_about_picks(
    message: Message, shown: int, compared: Sequence[int], titles: Sequence[str] = ()
) -> AboutPicks | None:
    """What is done with the picks; None where the message does something else.

    ``shown`` is how many are on the table, ``titles`` what they are called, ``compared`` the positions that were set
    side by side last.
    """
    text = message.text.strip()
    if _REDO.fullmatch(text):
        return AboutPicks("redo", {"action": "redo"})
    if _UNDO.fullmatch(text):
        return AboutPicks("undo", {"action": "undo"})
    if _UNSAID.fullmatch(text):
        return AboutPicks("undo", {"action": "undo", "last": True})
    if match := _BACK_TO.search(text):
        return AboutPicks("show", {"action": "show", "whom": relation_words()[match["who"]]})
    if not shown:
        return None
    if told := _brought_back(text) or read_taken(text, shown, compared, titles):
        return told
    if (best := _WHICH_IS.match(text)) and (
        by := next((m for m, p in _BY.items() if p.search(f"which is {best[1]}")), None)
    ):
        return AboutPicks("compare", {"by": by})
    if asked := read_question(text, shown, titles):
        return asked
    if _SHOW.search(text) or _PREFERRED.search(text):
        return AboutPicks(
            "show", {"action": "show"} | {name: True for name, said in _WHICH.items() if said.search(text)}
        )
    asked_by = (measure for measure, pattern in _BY.items() if pattern.search(text))
    by = None if _ORDERS.match(text) else next(asked_by, None)
    if by or _COMPARE.search(text):
        numbers = list(dict.fromkeys([*_numbers(text), *_titled(text, titles)]))
        return AboutPicks("compare", ({"positions": numbers} if numbers else {}) | ({"by": by} if by else {}))
    return _absent(text)


def _titled(text: str, titles: Sequence[str]) -> list[int]:
    """The places of the picks that are called by words that stand in one title only."""
    words = [pick for named in named_picks(text, len(titles), titles) for pick in named.picks if not pick.isdigit()]
    places = ([at for at, title in enumerate(titles, 1) if in_a_title(word, [title])] for word in words)
    return [found[0] for found in places if len(found) == 1]


def _brought_back(text: str) -> AboutPicks | None:
    """One earlier pick, named by what it is."""
    match = next(filter(None, (pattern.match(text) for pattern in _WAS_FINE)), None)
    if match is None or _PICK_WORDS.search(match["what"]) or NOT_A_NAME.intersection(match["what"].split()):
        return None
    return AboutPicks("show", {"action": "show", "what": match["what"]})


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
    if not what or _PICK_WORDS.search(what) or is_attribute(what.split()[0]):
        return None  # "what about the black ones?"
    if re.fullmatch(r"(?:cheap|dear|pric)i?est|(?:most|least) expensive", what):
        return AboutPicks("compare", {"by": "price"})
    return AboutPicks("absence", {"what": what})
