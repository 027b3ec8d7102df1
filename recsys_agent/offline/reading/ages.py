"""How old the recipient is (or will be on the occasion)."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.budget_cues import MAX_LEFT, MAX_RIGHT
from recsys_agent.offline.reading.text import Message
from recsys_agent.offline.reading.words.interests import KNOWN
from recsys_agent.offline.reading.words.party import GUEST_NOUNS

_N = r"(?P<n>\d{1,3})"
_END = r"(?! (?:metres?|meters?|stone|lbs|of|or more|weeks|different|max|tops|bucks|pieces)\b)"
_NO_UNIT = (
    r"(?!\d|\s?[-/]?\s?(?:k\b|km|cm|mm|kg|m\b|ft|feet|foot|'|inch|%|st\b|th\b|nd\b|rd\b|am\b|pm\b|pieces?|pcs|"
    r"kids|children|dollars?|bucks|euros?|eur\b|usd\b|"
    r"gbp\b|pounds?|quid|[$€£¥]|guests|people|friends|minutes|hours|days|weeks|miles|times|options|ideas|gifts|"
    r"presents|o'?clock|in total|of them|degrees|/))"
)
_SUBJECT = (
    r"(?:he|she|they|who|(?:baby|son|daughter|child|kid|girl|boy|mum|mom|dad|sister|brother|wife|husband|friend|"
    r"niece|nephew|aunt|uncle|cousin|boss|colleague|partner|boyfriend|girlfriend|grandma|grandpa|mother|father|"
    r"teacher|grandmother|grandfather|grandson|granddaughter|neighbour|neighbor|roommate|twins|person|recipient|kids|"
    r"twin|gran|nan|nana|granny|man|woman|guy|lady))"
)
_AGED_OF = (
    r"(?:girl|boy|man|woman|lady|gentleman|lad|lass|lassie|chap|bloke|guy|kid|child|teen|teenager|youngster|toddler|"
    r"baby|twin|person|someone|somebody|adult|pensioner|son|daughter|niece|nephew|grandson|granddaughter|godson|"
    r"goddaughter|sister|brother|cousin)"
)
"""Of whom "of 11" says the age. Behind a parent a small number counts children: "a mother of 3"."""
_PARENT = r"(?:mother|father|mum|mom|dad|grandma|grandpa|granny|gran|grandmother|grandfather|widow|widower)"
_NAMED = (
    r"(?:,? (?!(?:budget|limit|max|price|total|cap|it|and|but|the|who|which|that|my|our|spend|"
    r"cost)\b)[a-z'-]{2,20}){0,2}?"
)
"""A name beside the relation: "my niece Bea Miller is 7"."""
_OLD = (
    r"(?:years? ?-?olds?|yrs?\.?[ -]?olds?|years? of age|y\.?/?o\.?(?![a-z])|-?yo'?s?(?![a-z])|y-o\b|yeards? old|"
    r"yera old|yar old|years? od\b)"
)

# Strong patterns say "age" by themselves; months and weeks make year 0 (18 months: 1).
_STRONG = tuple(
    re.compile(p)
    for p in (
        rf"(?<![\d$€£.,-])(?:{_N}(?: ?- ?| to | or )\d{{1,2}}[- ]?{_OLD})",
        rf"(?<![\d$€£.,]){_N}(?:\.5|-?and-a-half| and a half)?[- ]{{0,2}}{_OLD}",
        rf"(?<![\d$€£.,]){_N}[- ](?P<unit>months?|weeks?|mo\.?|mths?|wks?|days?)[- ]?olds?\b",
        r"\bbig (?P<tens>\d)[- ](?:0|oh?)\b",
        rf"\bbig {_N}(?:[- ]?oh?)?\b(?!-\d)",
        rf"\b(?:turn(?:s|ing|ed)?|turing|tuning|hits|hitting|reach(?:es|ing)|celebrat(?:es|"
        rf"ing)) (?:the )?(?:big )?{_N}{_NO_UNIT}(?!\w)",
        r"\bsweet (?P<n>16)(?:teen)?(?:th)?\b",
        rf"\b(?:aged?|ages)(?: is| of| range)? ?[:=]? ?(?<![a-z])(?:about |around |approximately |"
        rf"roughly )?{_N}{_NO_UNIT}(?![\d.])(?: ?(?:-|to|and) ?\d{{1,2}}\b)?",
        rf"\b{_N}(?:st|nd|rd|th) (?:birthday|b-?day|bday|bash|birthdays)\b",
        rf"\b{_N}(?:st|nd|rd|th) (?:surprise |dinosaur |space |unicorn |pirate |princess |[a-z]{{3,10}} )?birthday\b",
        rf"\bbirthday (?:number|no\.?|#) ?{_N}\b",
        rf"\b{_N}th b'?day\b",
        rf"(?:^|[.;!?] ?)[a-z]{{2,15}} is {_N} and (?=(?:likes|loves|is|enjoys|wants|plays|collects)\b)",
        rf"\b(?:will be|gonna be|going to be|about to be|about to turn|going to turn|will turn|becoming|becomes|"
        rf"is now|are now|just turned|has turned) (?:the big )?{_N}{_NO_UNIT}{_END}",
        rf"\b{_SUBJECT}{_NAMED}(?: will| would| soon| is)? (?:has|have|having|makes?|gets?|becomes?|turns?|"
        rf"fulfils?|fulfills?|completes?|celebrates?)(?: got)? "
        rf"(?:already |now |only |about )?{_N} years?\b(?! (?:of|in (?!jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
        rf"dec)|at|ago|together|more|left|to|working|"
        rf"married|with|behind|experience))",
        rf"\b{_SUBJECT} (?:of|with) {_N} years?\b(?! (?:of|experience))",
        rf"\b{_AGED_OF}s? of (?:just |only |nearly |almost |about |around |maybe |some )?{_N}"
        rf"(?: (?P<unit>months?|weeks?))?{_NO_UNIT}{_END}(?!\w)",
        rf"\b{_PARENT} of (?:about |around |nearly )?(?P<n>[2-9]\d){_NO_UNIT}{_END}(?!\w)",
        rf"\b(?:coming up (?:to|on|for)|going on(?: for)?|getting on for|pushing|approaching|nearing|close to|rising) "
        rf"(?:the big )?{_N}{_NO_UNIT}(?=$| ?[,.;!?|]| (?:and|who|she|he|now|soon|years)\b)",
        rf"\b(?:kids|children|boys|girls|twins|nephews|nieces|sons|daughters|grand(?:sons|daughters|children|kids)|"
        rf"cousins|siblings|brothers|sisters),?(?: who)?(?: are)?(?: aged?)? \(?{_N}(?:, \d{{1,2}})* ?(?:and|&) "
        rf"\d{{1,2}}{_NO_UNIT}(?!\w)",
        rf"\b{_N} (?:he|she|they) (?:will be|will turn|turns?|is turning|is|are)\b(?=$| ?[,.;!?|])",
        rf"\b{_SUBJECT}{_NAMED}(?: will| would| has)? (?:is|are|be|was|just|is only|is about|is around|is nearly|"
        rf"is almost|is now|is just|is already|is actually|is really|is still|"
        rf"has just turned|is like|is maybe) {_N}{_NO_UNIT}{_END}",
    )
)
_ORDINAL_ALONE = re.compile(
    rf"(?:'s|s'|\bhis|\bher|\btheir|\bmy|\bher own|\bour) (?:big |upcoming )?{_N}(?:st|nd|rd|th)(?! (?:of|"
    rf"anniversary|wedding|century|grade|place|floor|year|december|november|january|february|march|april|may|"
    rf"june|july|august|"
    r"september|october|christmas|visit|time|marathon|book|child|baby|generation|day))\b"
)
_FOR_A_ORDINAL = re.compile(rf"\bfor (?:a|an|his|her|their) {_N}(?:st|nd|rd|th)(?= ?(?:[,.;!?|]|$))")
_OF_PRICE = (
    r"(?:under|unter|below|beneath|over|above|within|inside|upto|until|till|max|maximum|mini?mum|min|most|least|than|"
    r"budget|limit|price|priced|cap|capped|ceiling|total|spend|spending|costing|for|from|tops)"
)
"""Words after which a number is money: "for my nephew under 60"."""
_AFTER_PERSON = re.compile(
    rf"(?: (?!(?:of|{_OF_PRICE})\b)[a-z]+)?(?: ?[,(.] ?|:? | - ){_N}{_NO_UNIT}(?: years?)?"
    r"(?=\)|[,.;!?|](?!\d)|$| (?:and|who|loves|likes|into|but|-|is|turning|f|m|male|female)\b| ?[fm]\b)"
)
_ORDINAL_AFTER = re.compile(
    rf",? {_N}(?:st|nd|rd|th)(?= ?(?:[,.;!?|)]|$|bash\b|party\b|coming\b|this\b|next\b|on\b|in\b))"
)
_RIGHT_AFTER_PERSON = re.compile(
    rf" {_N}{_NO_UNIT}(?=$|[ ,.;])"
    r"(?! ?(?:max|tops|or less|or so|ish|budget|limit|to spend|at most|per|each|total|top)\b)"
)
_DECADE = re.compile(
    r"\b(?:in|into|of) (?:his|her|their|the) (?P<part>early|mid|middle|late)?[- ]?(?P<decade>\d0|twent|thirt|fort|fift|"
    r"sixt|sevent|eight|ninet)(?:'?s|ies)\b|\b(?P<part2>early|mid|late)[- ](?P<decade2>\d0|twent|thirt|fort|fift|sixt|"
    r"sevent|eight|ninet)(?:'?s|ies)\b"
)
_DECADES: dict[str, int] = dict(
    zip("twent thirt fort fift sixt sevent eight ninet".split(), range(20, 100, 10), strict=True)
)
_WITHIN = {"early": 2, "mid": 5, "middle": 5, "late": 8, None: 5}
"""Years into a decade; "in her thirties" is read as the middle of it."""

_STAGES = {"toddler": 2, "preschooler": 4, "tween": 11, "teen": 15}
"""Words for an age, and the year they are read as where no other age is said."""
_STAGE = re.compile(
    r"(?:^|\b(?:for|is|my|our|a|an|this) (?:[a-z]+ )?)(?P<stage>toddler|pre-?schooler|tween|teen)(?:age[rd]?)?\b"
    r"|\b(?:is|are) (?:still )?in (?:his|her|their) (?:early |mid |late )?(?P<in>teen)s\b"
)
_YOUNGER = re.compile(
    r"\b(?:child|children|kids?|toddlers?|bab(?:y|ies)|boys?|girls?|infants?|little ones?) (?:who is |who are |"
    r"(?P<said>aged) )?(?:under|below|younger than|not yet)(?P<the> the age of)? (?P<n>\d{1,2})"
    r"(?!\d|[.,]\d| ?(?:[$€£%]|dollars?|euros?|pounds?|bucks|quid|usd|eur|gbp|cents?|in total|each|per))"
)
_SMALL_CHILD = 5
"""Up to this number "for a child under 3" is read as an age, the highest it allows; above it the number is money."""
_NOT_OF = re.compile(r"\b(?:has|have|with|of|and|to) (?:a |an |my |his |her |their )?$")

_NEWBORN = re.compile(r"\b(?:new-?born|new born|infant)s?\b")
_BETWEEN_COMMAS = re.compile(
    rf"(?:^|[.;] ?)(?:(?:birthday|christmas) )?(?:he|she|my|our|for|this|gift|present|(?:wo)?man|lady|guy|male|"
    rf"female)\b[^.;!?]{{0,80}}?[,(] ?{_N}"
    r"(?=[,.)](?!\d)|$)"
)

_BARE = re.compile(
    rf"(?<![\d$€£.,/-]){_N}(?!\d|[.,]\d|[$€£%/])(?! (?:more |other |extra )?(?:{GUEST_NOUNS})\b)"
    r"(?: ?(?P<unit>months?|weeks?|days?)\b)?"
)

# "I am 35" is the shopper's own age; "not 7" and "no longer 7" deny one.
_OWN = re.compile(r"\bi(?: just| will| have)?(?: am| are| be)?(?: only| now| about to| going to)? ?$")
_DENIED = re.compile(
    r"\b(?:not|no longer|isn't|n't|instead of|rather than|was|used to be|anniversary of|married(?: for)?) ?$"
)


def read_age(
    message: Message, relation_ends: tuple[int, ...] = (), *, own: bool = False, asked: bool = False, least: int = 1
) -> int | None:
    """The age in whole years, closed in the message.

    ``relation_ends`` are where words for the recipient end ("my cousin, 27"); ``own`` means the gift is for the
    shopper, whose age is then the recipient's; ``asked`` means a bare number answers the question for the age; below
    ``least`` a number beside the recipient is no age ("for my boss, 15").
    """
    age: int | None = None
    for pattern in _STRONG:
        for match in pattern.finditer(message.open):
            before = message.text[max(0, match.start() - 24) : match.start()]
            if (
                _DENIED.search(before)
                or (_OWN.search(before) and not own)
                or "anniversary" in message.text[match.end() : match.end() + 14]
            ):
                message.close(*match.span())
                continue
            value = _years(match)
            if value is not None and value <= 120:
                message.close(*_span(match))
                age = value if age is None else age
    if age is None:
        age = _weak(message, relation_ends, least)
    bare = _BARE.search(message.open) if age is None and asked else None
    if bare and int(bare["n"]) <= 120 and not _is_money(message.open, bare):
        message.close(*bare.span())
        age = _years(bare)
    if own and age is None and (me := re.search(rf"\bi am {_N}{_NO_UNIT}{_END}", message.open)) and int(me["n"]) <= 120:
        message.close(*me.span())
        age = int(me["n"])
    if not own:
        _close_own_age(message)
    return age


def _is_money(text: str, number: re.Match[str]) -> bool:
    """ "Make it under 25" answers no question for an age."""
    return bool(MAX_LEFT.search(text[: number.start()]) or MAX_RIGHT.match(text[number.end() :]))


def _close_own_age(message: Message) -> None:
    for match in re.finditer(rf"\bi am {_N}(?: years old)?{_NO_UNIT}(?!\w)", message.open):
        message.close(*match.span())


def _weak(message: Message, relation_ends: tuple[int, ...], least: int) -> int | None:
    """Readings that need a person, or an ordinal that nothing else explains."""
    for pattern in (_ORDINAL_ALONE, _FOR_A_ORDINAL):
        if (match := pattern.search(message.open)) and int(match["n"]) <= 110:
            message.close(*_span(match))
            return int(match["n"])
    for end in relation_ends:
        tail = message.open[end : end + 60]
        # The number may follow a name: "my friend Tom, 32, ..."
        # Terse: "dad 65 golf whisky £50".
        for pattern in (_ORDINAL_AFTER, _AFTER_PERSON, _RIGHT_AFTER_PERSON):
            if (match := pattern.match(tail)) and not _names_a_like(match[0]) and least <= int(match["n"]) < 100:
                message.close(end + match.start("n"), end + match.end("n"))
                return int(match["n"])
    if (match := _BETWEEN_COMMAS.search(message.open)) is not None and least <= int(match["n"]) <= 110:
        message.close(*match.span("n"))
        return int(match["n"])
    if _NEWBORN.search(message.open):
        return 0
    for match in _YOUNGER.finditer(message.open):
        if 0 < int(match["n"]) <= _SMALL_CHILD or match["the"] or match["said"]:
            message.close(match.end("n") - len(match["n"]), match.end("n"))
            return int(match["n"]) - 1
    if (match := _DECADE.search(message.open)) is not None:
        decade = match["decade"] or match["decade2"]
        message.close(*match.span())
        return (_DECADES.get(decade) or int(decade)) + _WITHIN[match["part"] or match["part2"]]
    for match in _STAGE.finditer(message.open):
        if not _NOT_OF.search(message.open[: match.start()]):
            return _STAGES[(match["stage"] or match["in"]).replace("-", "")]
    if (match := re.search(rf"(?:^|[,;|(] ?)(?:he|she) {_N}(?=[,.;)!?|]|$)", message.open)) is not None:
        message.close(*_span(match))
        return int(match["n"])
    return None


def _names_a_like(said: str) -> bool:
    """ "Husband golf 60": what stands between is no name, and the number no age."""
    return not KNOWN.isdisjoint(re.findall(r"[a-z]+", said))


def _years(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups.get("tens"):
        return int(groups["tens"]) * 10
    number = int(groups["n"])
    unit = groups.get("unit")
    if unit:
        return number // (12 if unit.startswith("m") else 52 if unit.startswith("w") else 365)
    return number


def _span(match: re.Match[str]) -> tuple[int, int]:
    """The number and what follows; the words before it may matter to others (a subject, "birthday")."""
    number = "n" if match.groupdict().get("n") is not None else "tens"
    return match.start(number), match.end()
