"""What is to be bought: presents, party items, whole parties, and how many of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from recsys_agent.offline.reading.counts import read_guests
from recsys_agent.offline.reading.gatherings import is_gathering, read_gathered, wished
from recsys_agent.offline.reading.people import RELATION_WORDS
from recsys_agent.offline.reading.text import CLOSED, Message
from recsys_agent.offline.reading.themes import read_theme
from recsys_agent.offline.reading.words.party import ITEMS, THINGS
from tools.brief import Need, NeedChange
from tools.product import NEED_KINDS, NeedKind

PARTY_KINDS: tuple[NeedKind, ...] = ("cake", "decorations", "tableware", "favours", "activity")

ITEM_PATTERNS: dict[NeedKind, re.Pattern[str]] = {k: re.compile(rf"(?<![\w-])(?:{w})(?!\w)") for k, w in ITEMS.items()}

_THING_PATTERNS: dict[NeedKind, re.Pattern[str]] = {
    kind: re.compile(rf"(?<![\w-])(?:{words})(?!\w)") for kind, words in THINGS.items()
}
_BAGS = re.compile(r"(?:party|goody|goodie|loot|treat|sweet) bags")  # are what the need is
_TASTE = re.compile(
    r"\b(?:loves?|likes?|enjoys?|into|collects?|collecting|(?<!to )(?:plays?|makes?)|playing|making|fan of|mad about|"
    r"crazy about)\b[^.;:|]{0,40}$"
)

GIFT = re.compile(r"(?<![\w-])(?:gifts?|presents?|gifting|pressies?)(?! (?:bags?|wrap|wrapping|receipt|box)\b)(?!\w)")

_NO_ITEM = re.compile(
    r"\b(?:no|not|without|skip|drop|(?:no|not need|not want|without|skip|drop)\b[\w ,]{0,20}\b(?:or|nor)|"
    r"already (?:have|got|has|ordered|bought)|forget|do not need|do not want|remove|cancel)(?: (?:the|a|an|any|about|"
    r"need|some|need a|birthday|party))* ?$"
)

_QUANTITY_NOUN = re.compile(
    r"(?<![\d$€£.,/-])(?P<n>\d{1,4}) (?:(?!(?:year|month|of|and|for|with|plus|who|having|on|to|towards|at|in|kids|"
    r"dollars|euros|pounds|guests|children|gift)\b)[a-z|-]+ ){0,3}?"
    r"(?P<noun>(?:gift|present)s?(?! (?:ideas?|options?|suggestions?|choices)\b)|"
    + "|".join(f"(?:{w})" for w in ITEMS.values())
    + r")\b"
)

_QUANTITY_FOR = re.compile(
    rf"\b(?:gifts?|presents?|something|treats?|tokens?|surprises?|thank[- ]you gifts)(?: (?:each|small|"
    rf"little))? for (?:all |each of )?(?:my |our |the |his |"
    rf"her )?(?P<n>\d{{1,3}}) (?:\w+ )?(?P<who>(?:{RELATION_WORDS})s?|grandkids|grandchildren|employees|kids|"
    rf"children|people|friends|team members|women|men|ladies|guys|girls|boys|guests|nieces|nephews|bridesmaids|"
    rf"groomsmen)\b(?!')"
)

_ONE_FOR_ALL = re.compile(
    r"\b(?:engage(?:d|ment)|wedding|married|marrying|anniversary|house-?warming|couple|"
    r"new (?:home|house|flat|apartment))\b"
)
"""What people who live together are given one present for."""

_PEOPLE_COUNTED = re.compile(
    rf"(?:\bfor |, |^(?:(?:no|wait|actually|sorry|oh|oops|make (?:it|that)|it is|that is|only|just|rather|"
    rf"so|now)[ ,]+)*)(?:all |each of )?(?:my |our |the )?(?P<n>\d{{1,3}}) (?:[a-z]+ )?(?!kids|children|boys|girls|"
    rf"toddlers|teens|twins|friends|guests|people)(?:{RELATION_WORDS}|bridesmaid|groomsm[ae]n|bridesman|grandkid|"
    rf"employee|usher)(?:s|es|men)?\b(?!')"
)

_PARTY = re.compile(
    r"\b(?:party|parties|bash|birthday celebration|celebration)\b(?! (?:bags?|favou?rs?|decorations?|decor|hats?|"
    r"games?|plates?|cups?|poppers?|supplies|napkins?|animal|gift|food|balloons?|invitations?|blowers?|crackers?|"
    r"tableware|kit|box|dress|outfit|lights?))"
)

_PLAN = re.compile(
    r"\b(?:plan|planning|organi[sz]e|organi[sz]ing|throw|throwing|host|hosting|arrange|arranging|set up|"
    r"put together|prepare|preparing|have|having|help with|do|doing|celebrate with|celebrating with|need|want|"
    r"everything for|all for|sort(?: out)?|make)\b"
    r"(?: (?!gift|present|cake|something|idea)[\w'-]+){0,7} (?:party|bash|celebration)\b(?! (?:bags?|favou?rs?|"
    r"decorations?|decor|hats?|games?|plates?|cups?|poppers?|supplies|napkins?|animal|gift|food|balloons?|"
    r"invitations?|blowers?|crackers?|tableware|kit|box|dress|outfit|lights?))|\bparty plan(?:ning|ner)?\b|"
    r"\b(?:plan|planning|organi[sz]e|organi[sz]ing|throw|throwing|host|hosting) (?:the |a |an |my |our |his |"
    r"her )?(?:[\w'-]+ ){0,4}(?:birthday|whole thing|everything)\b(?! (?:gift|present|cake))"
)

_GOING_TO = re.compile(
    r"\b(?:for|to|at|going to|invited to|attend(?:ing)?|bring to|of|from|after|before|no|not|take to)(?: (?:a|an|the|"
    r"my|his|her|our|their|this|that|me|someone's|big|having a|\w+'s))*(?: [\w'-]+){0,2}? ?$"
)

_NOT_A_PARTY = re.compile(
    r"\b(?:dinner|hen|stag|political|work|leaving|office|bachelorette|bachelor|cocktail|no|not having a|not a|"
    r"without a|third|retirement|farewell|engagement|christmas|new year's|housewarming|going away|to)[- ]$"
)

_APART = re.compile(r"[,;.|]|\b(?:and|with|but|where)\b")
_OWN_BOUND = re.compile(rf" ?{re.escape(CLOSED)}{{3,}}")  # read already, and closed
_OWN_BOUND_BEFORE = re.compile(rf"{re.escape(CLOSED)}{{2,}} ?(?:(?:for|on) (?:the |a )?)?$")

_SUPPLIES = re.compile(r"\bparty supplies\b|\bparty stuff\b")

NO_NEED = re.compile(
    r"\b(?:cake (?:stand|pan|tin|decorating|mix|topper|pops? maker|maker|mould|mold)|baking cakes?|bakes? cakes?|"
    r"(?:loves?|likes?|enjoys?|into|making|decorating|eat(?:s|ing)?)(?: to)?(?: (?:bake|baking|make|eat|eating|"
    r"making|decorating))? (?:cup)?cakes?|piece of cake|board games? party|cups of|cup of|world cup|cups of tea|"
    r"coffee cups|tea ?cups|decorat(?:e|ing)|home decor(?:ations?)?|interior decor|room decor|christmas decorations?|"
    r"house decorations?|outdoor activit(?:y|ies)|activities like|physical activit(?:y|ies)|bathroom decor|"
    r"wall decor|garden decor|loves? entertainment|license plates?|home entertainment|activity book|activity tracker|"
    r"handbags?|favou?r of|in favou?r|favor and|do me a favou?r|as a favou?r|fabric games)\b"
)


@dataclass
class Wanted:
    """What the message wants bought."""

    kinds: dict[NeedKind, int | None] = field(default_factory=dict)  # None: as many as there are guests, or one
    things: dict[NeedKind, list[str]] = field(default_factory=dict)  # "balloons and hats": wishes for decorations
    guests: int | None = None
    theme: str | None = None
    options: int | None = None
    plan: bool = False

    def needs(self) -> list[NeedChange]:
        """The needs, in the usual order. What every guest gets one of is counted when the brief is changed."""
        return [
            NeedChange(kind=kind, quantity=self.kinds[kind], wishes=self.things.get(kind, []))
            for kind in NEED_KINDS
            if kind in self.kinds
        ]


def read_wanted(message: Message, *, party_known: bool, asked_guests: bool, known_guests: int | None = None) -> Wanted:
    """The party or the things wanted; their words are closed."""
    wanted = Wanted()
    hidden = NO_NEED.sub(lambda m: CLOSED * len(m[0]), message.text)  # read "birthday" and ages again
    gathered = read_gathered(message, hidden)
    for match, _ in gathered.get("favours", []):  # "little gifts for everyone" are no presents
        hidden = hidden[: match.start()] + CLOSED * len(match[0]) + hidden[match.end() :]
    has_gift = bool(GIFT.search(hidden))
    items: dict[NeedKind, re.Match[str]] = {
        kind: m for kind, pattern in ITEM_PATTERNS.items() if (m := _first(pattern, hidden))
    }
    listed = any(not _only_bounded(hidden, mention) for mention in items.values())
    plan = _is_plan(hidden, has_gift=has_gift, has_items=listed or len(gathered) > 1)
    if _SUPPLIES.search(hidden) and not plan:
        wanted.kinds.update({"decorations": None, "tableware": None})
    wanted.theme = read_theme(message, party=plan or party_known or bool(items) or bool(_PARTY.search(hidden)))
    if plan:
        wanted.kinds.update(dict.fromkeys(kind for kind in PARTY_KINDS if kind in items or not refused(kind, hidden)))
        wanted.plan = True
    for kind in items:
        wanted.kinds.setdefault(kind, None)
    things = _things(message) if items or plan or is_gathering(hidden) else {}
    if items or plan or len({*things, *gathered, *(["gift"] if has_gift else [])}) > 1:
        wanted.things = things
        for kind, said in gathered.items():
            for match, wish in said:
                wanted.things[kind] = list(dict.fromkeys([*wanted.things.get(kind, []), *wished(match[0], wish)]))
                message.close(*match.span())
    for kind in wanted.things:
        wanted.kinds.setdefault(kind, None)
    if has_gift:
        wanted.kinds.setdefault("gift", None)
    _quantities(message, wanted, NO_NEED.sub(lambda m: CLOSED * len(m[0]), message.open))
    party = bool(set(wanted.kinds) - {"gift"}) or party_known or bool(_PARTY.search(hidden))
    wanted.guests = read_guests(message, party=party, asked=asked_guests, known=known_guests)
    patterns = [_THING_PATTERNS[kind] for kind in wanted.things]
    for pattern in (*ITEM_PATTERNS.values(), _PARTY, *patterns):
        for match in pattern.finditer(hidden):
            if not _refused_thing(match[0], hidden[: match.start()]):
                message.close(*match.span())
    return wanted


def _refused_thing(said: str, left: str) -> bool:
    """Whether it is one thing that shall not be among them, for those who read refusals: "no balloons"."""
    one = any(re.fullmatch(words, said) for words in THINGS.values()) and not _BAGS.fullmatch(said)
    return one and _NO_ITEM.search(left[-60:]) is not None


def _things(message: Message) -> dict[NeedKind, list[str]]:
    """The single things that a party is to have, by the need they serve."""
    found: dict[NeedKind, list[str]] = {}
    others = [match.span() for match in NO_NEED.finditer(message.text)]
    for kind, pattern in _THING_PATTERNS.items():
        for match in pattern.finditer(message.open):
            left = message.text[max(0, match.start() - 60) : match.start()]
            part_of_another = any(start < match.start() and match.end() <= end for start, end in others)
            wanted = not part_of_another and not _NO_ITEM.search(left) and not _TASTE.search(left)
            if wanted and not _BAGS.fullmatch(match[0]):
                found.setdefault(kind, []).append(match[0])
    return found


def is_one_thing(need: Need, said: str) -> bool:
    """Whether the words name one thing among what the need may hold, as balloons are of all decorations.

    Where that thing is all that was wished for, they name the need itself.
    """
    kinds = THINGS.get(need.kind)
    named = ITEM_PATTERNS[need.kind].search(said) if kinds else None
    if named is None or not re.fullmatch(kinds or "", named[0]) or _BAGS.fullmatch(named[0]):
        return False
    return not need.wishes or any(named[0] not in wish and wish not in named[0] for wish in need.wishes)


def _only_bounded(text: str, mention: re.Match[str]) -> bool:
    """ "A unicorn party for 8, cake at most 25" bounds the cake of a whole party; it lists nothing."""
    party = _PARTY.search(text, 0, mention.start())
    apart = party and _APART.search(text[party.end() : mention.start()])
    bounded = _OWN_BOUND.match(text[mention.end() :]) or _OWN_BOUND_BEFORE.search(text[: mention.start()])
    return bool(apart and bounded)


def refused(kind: NeedKind, text: str) -> bool:
    """ "We don't need a cake" takes the cake out of a plan."""
    return any(
        _NO_ITEM.search(left := text[max(0, m.start() - 30) : m.start()]) and not _refused_thing(m[0], left)
        for m in ITEM_PATTERNS[kind].finditer(text)
    )


def _first(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first mention that is wanted: not after "no", "without", "already have"."""
    for match in pattern.finditer(text):
        left = text[max(0, match.start() - 30) : match.start()]
        if _NO_ITEM.search(left):
            continue
        return match
    return None


def _is_plan(text: str, *, has_gift: bool, has_items: bool) -> bool:
    if re.search(
        r"\b(?:no|not (?:having|planning|throwing|doing) (?:a|any)|without a|skip the|cancel the) (?:big |"
        r"birthday )?party\b",
        text,
    ):
        return False
    if (match := _PLAN.search(text)) and not re.search(r"\b(?:gift|present)s? (?:for|to)\b[^|,.;]*$", match[0]):
        noun_left = match[0].rsplit(" ", 1)[0] + " "
        return not (
            re.search(r"\b(?:for|to|at) (?:a|an|the|my|his|her) (?:[\w'-]+ )*$", noun_left)
            and (has_gift or has_items)
            and re.match(r"need|want|have", match[0])
        )
    for match in _PARTY.finditer(text):
        left = text[max(0, match.start() - 60) : match.start()]
        if _NOT_A_PARTY.search(left) or (
            has_items and not re.search(r"\b(?:plus|also|and|with)\b", text[match.end() :])
        ):
            continue
        if re.search(r"\b(?:the|his|her|their|my|our|whose) (?:birthday )?$", left) and re.match(
            r" (?:is|will|starts|takes|on|at|in|this|next)\b", text[match.end() :]
        ):
            continue  # tells when, asks for nothing
        if match[0] in ("celebration", "parties") or (_GOING_TO.search(left) and (has_gift or has_items)):
            continue
        if not has_items or _theme_before(left):
            return not has_items
    return False


def _theme_before(left: str) -> bool:
    return bool(re.search(r"\b\w+[- ]$", left))


def _quantities(message: Message, wanted: Wanted, hidden: str) -> None:
    for match in _QUANTITY_NOUN.finditer(hidden):
        noun, number = match["noun"], int(match["n"])
        kind: NeedKind | None = (
            "gift" if GIFT.fullmatch(noun) else next((k for k, p in ITEM_PATTERNS.items() if p.fullmatch(noun)), None)
        )
        if kind and 1 <= number <= 10_000 and number < 1900:
            wanted.kinds[kind] = number
            message.close(*match.span("n"))
    if (
        set(wanted.kinds) <= {"gift"}
        and wanted.kinds.get("gift") is None
        and (match := _PEOPLE_COUNTED.search(hidden))
        and 2 <= int(match["n"]) <= 500
    ):
        wanted.kinds["gift"] = int(match["n"])
        message.close(*match.span("n"))
    for match in _QUANTITY_FOR.finditer(hidden):
        if _ONE_FOR_ALL.search(message.text) and not re.match(r"\w+s\b", match[0]):
            message.close(*match.span("n"))  # "an engagement present for two friends"
            continue
        if set(wanted.kinds) <= {"gift"} and int(match["n"]) >= 1 and wanted.kinds.get("gift") is None:
            wanted.kinds["gift"] = int(match["n"])
            message.close(*match.span("n"))
