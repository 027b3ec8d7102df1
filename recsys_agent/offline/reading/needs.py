"""What is to be bought: presents, party items, whole parties; how many; for how many guests; in which theme."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from recsys_agent.offline.reading.people import RELATION_WORDS
from recsys_agent.offline.reading.text import CLOSED, Message
from recsys_agent.offline.reading.words.party import GUEST_NOUNS, ITEMS, KNOWN_THEMES, NOT_THEMES, THEMES
from tools.brief import Need
from tools.product import NEED_KINDS, NeedKind

PER_GUEST: frozenset[NeedKind] = frozenset({"tableware", "favours"})
"""Needed once for each guest."""

PARTY_KINDS: tuple[NeedKind, ...] = ("cake", "decorations", "tableware", "favours", "activity")

_ITEMS: dict[NeedKind, re.Pattern[str]] = {k: re.compile(rf"(?<![\w-])(?:{w})(?!\w)") for k, w in ITEMS.items()}  # type: ignore[misc]
_GIFT = re.compile(r"(?<![\w-])(?:gifts?|presents?|gifting|pressies?)(?! (?:bags?|wrap|wrapping|receipt|box)\b)(?!\w)")
_NOUN = rf"(?:{GUEST_NOUNS})"
_GUESTS = re.compile(
    rf"(?<![\d$€£.,/-])(?P<n>\d{{1,4}})(?:-\d{{1,3}})? (?:(?!dollars|euros|pounds|bucks|quid|per\b|each|a\b|for\b|year|month|usd|eur|gbp)\w+ ){{0,2}}?(?:{_NOUN})\b|(?<![\d$€£.,/-])(?P<n2>\d{{1,4}}) (?:of us|are coming|will come|will be coming|coming|will attend|attending|are invited|invited)\b"
    rf"|\b(?:party of|group of|guests?:|kids?:|guest count(?: is|:)?|number of guests(?: is|:)?|invited|inviting|expecting|we will be|we are|there will be|there are|party for) (?:about |around |roughly )?(?P<n3>\d{{1,4}})(?! ?(?:gifts|ideas|options|[$€£]|dollars|euros|pounds|year|-|th|st|nd|rd|weeks|days|months))\b"
)
_FOR_N = re.compile(r"\bfor (?:about |around |up to )?(?P<n>[1-9]\d{0,3})(?= ?(?:$|[.,;!?)|]|please\b|and\b|with\b|under\b|in\b))")
_OWN_CHILDREN = re.compile(r"\b(?:has|have|had|with|of|got|raising|father to|mother to|and) (?:my |his |her |their |our |the )*$")
_QUANTITY_NOUN = re.compile(
    r"(?<![\d$€£.,/-])(?P<n>\d{1,4}) (?:(?!(?:year|month|of|and|for|kids|dollars|euros|pounds|guests|children|gift)\b)[a-z|-]+ ){0,3}?(?P<noun>(?:gift|present)s?(?! (?:ideas?|options?|suggestions?|choices)\b)|PLACE)\b".replace(
        "PLACE", "|".join(f"(?:{w})" for w in ITEMS.values())
    )
)
_QUANTITY_FOR = re.compile(
    rf"\b(?:gifts?|presents?|something|treats?|tokens?|surprises?|thank[- ]you gifts)(?: (?:each|small|little))? for (?:all |each of )?(?:my |our |the |his |her )?(?P<n>\d{{1,3}}) (?:\w+ )?(?P<who>(?:{RELATION_WORDS})s?|grandkids|grandchildren|employees|kids|children|people|friends|team members|women|men|ladies|guys|girls|boys|guests|nieces|nephews|bridesmaids|groomsmen)\b(?!')"
)
_PEOPLE_COUNTED = re.compile(rf"(?:\bfor |, |^)(?:all |each of )?(?:my |our |the )?(?P<n>\d{{1,3}}) (?:[a-z]+ )?(?!kids|children|boys|girls|toddlers|teens|twins|friends|guests|people)(?:{RELATION_WORDS}|bridesmaid|groomsm[ae]n|bridesman|grandkid|employee|usher)(?:s|es|men)?\b(?!')")
_PARTY = re.compile(r"\b(?:party|parties|bash|birthday celebration|celebration)\b(?! (?:bags?|favou?rs?|decorations?|decor|hats?|games?|plates?|cups?|poppers?|supplies|napkins?|animal|gift|food|balloons?|invitations?|blowers?|crackers?|tableware|kit|box|dress|outfit|lights?))")
_PLAN = re.compile(
    r"\b(?:plan|planning|organi[sz]e|organi[sz]ing|throw|throwing|host|hosting|arrange|arranging|set up|put together|prepare|preparing|have|having|help with|do|doing|celebrate with|celebrating with|need|want|everything for|all for|sort(?: out)?|make)\b"
    r"(?: (?!gift|present|cake|something|idea)[\w'-]+){0,7} (?:party|bash|celebration)\b(?! (?:bags?|favou?rs?|decorations?|decor|hats?|games?|plates?|cups?|poppers?|supplies|napkins?|animal|gift|food|balloons?|invitations?|blowers?|crackers?|tableware|kit|box|dress|outfit|lights?))|\bparty plan(?:ning|ner)?\b|\b(?:plan|planning|organi[sz]e|organi[sz]ing|throw|throwing|host|hosting) (?:the |a |an |my |our |his |her )?(?:[\w'-]+ ){0,4}(?:birthday|whole thing|everything)\b(?! (?:gift|present|cake))"
)
_GOING_TO = re.compile(r"\b(?:for|to|at|going to|invited to|attend(?:ing)?|bring to|of|from|after|before|no|not|take to)(?: (?:a|an|the|my|his|her|our|their|this|that|me|someone's|big|having a|\w+'s))*(?: [\w'-]+){0,2}? ?$")
_NOT_A_PARTY = re.compile(r"\b(?:dinner|hen|stag|political|work|leaving|office|bachelorette|bachelor|cocktail|no|not having a|not a|without a|third|retirement|farewell|engagement|christmas|new year's|housewarming|going away|to)[- ]$")
_SUPPLIES = re.compile(r"\bparty supplies\b|\bparty stuff\b")
_WORN_CAKE = re.compile(r"\b(?:cake (?:stand|pan|tin|decorating|mix|topper|pops? maker|maker|mould|mold)|baking cakes?|bakes? cakes?|(?:loves?|likes?|enjoys?|into|making|decorating|eat(?:s|ing)?)(?: to)?(?: (?:bake|baking|make|eat|eating|making|decorating))? (?:cup)?cakes?|piece of cake|board games? party|cups of|cup of|world cup|cups of tea|coffee cups|tea ?cups|decorat(?:e|ing)|home decor(?:ations?)?|interior decor|room decor|christmas decorations?|house decorations?|outdoor activit(?:y|ies)|activities like|physical activit(?:y|ies)|bathroom decor|wall decor|garden decor|loves? entertainment|license plates?|home entertainment|activity book|activity tracker|handbags?|favou?r of|in favou?r|favor and|do me a favou?r|as a favou?r|fabric games)\b")
_THEMED = re.compile(r"\b(?:(?P<a>[\w'-]+(?: [\w'-]+)?)[- ]themed?\b|theme(?: is| will be| should be|:| of| would be|d| to be| to)? (?:the |a |an |is |be |to )?(?P<b>[\w'-]+(?: (?:animals?|cars?|games?|tale|sea|the sea))?))")
_OPTIONS = re.compile(
    r"(?<![\d$€£.,/-])(?:just )?(?:top )?(?P<n>\d{1,2}|a few|few|one|a|an|several|a couple|some) (?:(?:more|good|great|different|nice|other|solid|best|gift|present|birthday|cool|unique|cheap|fun|quick|alternative|possible|new|creative|top|small|christmas) ){0,3}"
    r"(?P<noun>ideas?|options?|suggestions?|choices|picks|recommendations?|alternatives|possibilities|proposals|things to choose from)\b"
)
_SHOW = re.compile(r"\b(?:show|give|suggest|recommend|list|send|pick|find|offer)(?: me| us| him| her)? (?:just |only |about |the |up to |at least |maybe |your )?(?:top |best )?(?P<n>\d{1,2}|one)(?= ?(?:$|[.,!?;|]|for\b|of\b|more\b|please|gifts?\b|presents?\b|under|things?\b|this time|instead|now|different|items?\b|products?\b))")


@dataclass
class Wanted:
    """What the message wants bought."""

    kinds: dict[NeedKind, int | None] = field(default_factory=dict)  # None: as many as there are guests, or one
    guests: int | None = None
    theme: str | None = None
    options: int | None = None
    plan: bool = False

    def needs(self, guests: int | None, known: list[Need]) -> list[Need]:
        """The needs, in the usual order; those counted by guests follow a number of guests said later."""
        kinds = dict(self.kinds)
        if self.guests is not None:
            for need in known:
                if need.kind in PER_GUEST and need.kind not in kinds:
                    kinds[need.kind] = None
        counted = {kind: quantity or (guests if kind in PER_GUEST else None) or 1 for kind, quantity in kinds.items()}
        return [Need(kind=kind, quantity=counted[kind]) for kind in NEED_KINDS if kind in counted]


def read_options(message: Message) -> int | None:
    """How many picks to show; the words are closed."""
    for pattern in (_OPTIONS, _SHOW):
        for match in pattern.finditer(message.open):
            word = match["n"]
            noun = match.groupdict().get("noun") or ""
            if word in ("some", "several") or (word in ("a", "an", "one") and not (word == "one" and noun)):
                continue
            number = {"a few": 3, "few": 3, "a couple": 2, "one": 1}.get(word) or int(word)
            message.close(*match.span())
            if 1 <= number:
                return min(number, 10)
    return None


def read_wanted(message: Message, *, party_known: bool, asked_guests: bool) -> Wanted:
    """The party or the things wanted; their words are closed."""
    wanted = Wanted()
    hidden = _WORN_CAKE.sub(lambda m: CLOSED * len(m[0]), message.text)  # read "birthday" and ages again
    has_gift = bool(_GIFT.search(hidden))
    items = {kind: m for kind, pattern in _ITEMS.items() if (m := _first(pattern, hidden))}
    plan = _is_plan(hidden, has_gift=has_gift, has_items=bool(items))
    if _SUPPLIES.search(hidden) and not plan:
        wanted.kinds.update({"decorations": None, "tableware": None})
    wanted.theme = _theme(message, party=plan or party_known or bool(items) or bool(_PARTY.search(hidden)))
    if plan:
        wanted.kinds.update(dict.fromkeys(PARTY_KINDS))
        wanted.plan = True
    wanted.kinds.update({kind: wanted.kinds.get(kind) for kind in items})
    if has_gift:
        wanted.kinds.setdefault("gift", None)
    _quantities(message, wanted, _WORN_CAKE.sub(lambda m: CLOSED * len(m[0]), message.open))
    party = bool(set(wanted.kinds) - {"gift"}) or party_known or bool(_PARTY.search(hidden))
    wanted.guests = _guests(message, party=party, asked=asked_guests)
    for pattern in (*_ITEMS.values(), _PARTY):
        for match in pattern.finditer(hidden):
            message.close(*match.span())
    return wanted


def _first(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first mention that is wanted: not after "no", "without", "already have"."""
    for match in pattern.finditer(text):
        left = text[max(0, match.start() - 30) : match.start()]
        if re.search(r"\b(?:no|not|without|skip|drop|(?:no|not need|not want|without|skip|drop)\b[\w ,]{0,20}\b(?:or|nor)|already (?:have|got|has|ordered|bought)|forget|do not need|do not want|remove|cancel|like|love|than)(?: (?:the|a|an|any|about|need|some|need a|birthday|party))* ?$", left):
            continue
        return match
    return None


def _is_plan(text: str, *, has_gift: bool, has_items: bool) -> bool:
    if re.search(r"\b(?:no|not (?:having|planning|throwing|doing) (?:a|any)|without a|skip the|cancel the) (?:big |birthday )?party\b", text):
        return False
    if (match := _PLAN.search(text)) and not re.search(r"\b(?:gift|present)s? (?:for|to)\b[^|,.;]*$", match[0]):
        noun_left = match[0].rsplit(" ", 1)[0] + " "
        return not (re.search(r"\b(?:for|to|at) (?:a|an|the|my|his|her) (?:[\w'-]+ )*$", noun_left) and (has_gift or has_items) and re.match(r"need|want|have", match[0]))
    for match in _PARTY.finditer(text):
        left = text[max(0, match.start() - 60) : match.start()]
        if _NOT_A_PARTY.search(left) or (has_items and not re.search(r"\b(?:plus|also|and|with)\b", text[match.end() :])):
            continue
        if re.search(r"\b(?:the|his|her|their|my|our|whose) (?:birthday )?$", left) and re.match(r" (?:is|will|starts|takes|on|at|in|this|next)\b", text[match.end() :]):
            continue  # tells when, asks for nothing
        if match[0] in ("celebration", "parties") or (_GOING_TO.search(left) and (has_gift or has_items)):
            continue
        if not has_items or _theme_before(left):
            return not has_items
    return False


def _theme_before(left: str) -> bool:
    return bool(re.search(r"\b\w+[- ]$", left))


def _theme(message: Message, *, party: bool) -> str | None:
    text = message.open
    if match := _THEMED.search(text):
        start, end = match.span("a" if match["a"] else "b")
        phrase = text[start:end]
        # Of two words before "-themed" the first may be an article or a verb: "throw a space-themed".
        words = [w for w in phrase.split() if w not in NOT_THEMES]
        candidate = " ".join(words)
        message.close(end - len(candidate) if match["a"] else start, match.end())
        if candidate:
            return _canonical_theme(candidate)
    if not party:
        return None
    nouns = r"(?:(?:kids'?|birthday|children's|bday) )?(?:party|bash|parties|(?:birthday )?cup-?cakes?|(?:birthday )?cakes?|decorations|balloons|tableware|plates|napkins|favou?rs|party bags|birthday|birthday party|cups|activities|banner|bunting|theme|supplies)\b"
    for match in re.finditer(rf"(?<![\w'-])((?:[\w'-]+ )?[\w'-]+)[ ,]+(?={nouns})", text):
        words = [w for w in match[1].split() if w not in NOT_THEMES]
        for candidate in (" ".join(words), words[-1]) if words else ():
            if candidate in KNOWN_THEMES or _canonical_theme(candidate) in KNOWN_THEMES:
                start = text.find(candidate, match.start(1))
                message.close(start, start + len(candidate))
                return _canonical_theme(candidate)
        words = match[1].split()
        if re.match(r"(?:(?:kids'?|birthday|children's) )?(?:party|bash)\b(?! bags?| favou?rs?| games?| supplies| decorations)", text[match.end() :]) and words[-1] not in NOT_THEMES and not words[-1].isdigit() and words[-1].isalpha() and not re.search(r"(?:s'|'s|ing|ed)$", words[-1]) and not _RELATION.fullmatch(words[-1]) and len(words[-1]) > 2:
            message.close(match.end(1) - len(words[-1]), match.end(1))
            return _canonical_theme(words[-1])
    for match in re.finditer(r"\b(?:make it|do|go for|switch to|change (?:it )?to|want|prefer|rather have|rather|with|theme) (?:a |an |the |it )?([\w-]+) (?:instead|theme|one)\b", text):
        if _canonical_theme(match[1]) in KNOWN_THEMES:
            message.close(*match.span(1))
            return _canonical_theme(match[1])
    return None


_RELATION = re.compile(rf"(?:{RELATION_WORDS})s?")


def _canonical_theme(phrase: str) -> str:
    """Singular, synonyms joined: "dinos" and "dinosaurs" are dinosaur."""
    phrase = phrase.strip("'- ")
    if phrase in THEMES:
        return THEMES[phrase]
    if phrase in KNOWN_THEMES:
        return phrase
    if phrase.endswith("s") and not phrase.endswith(("ss", "us", "is")):
        single = phrase[:-3] + "y" if phrase.endswith("ies") else phrase[:-1]
        return THEMES.get(single, single)
    return phrase


def _quantities(message: Message, wanted: Wanted, hidden: str) -> None:
    for match in _QUANTITY_NOUN.finditer(hidden):
        noun, number = match["noun"], int(match["n"])
        kind: NeedKind | None = "gift" if _GIFT.fullmatch(noun) else next((k for k, p in _ITEMS.items() if p.fullmatch(noun)), None)
        if kind and 1 <= number <= 10_000 and number < 1900:
            wanted.kinds[kind] = number
            message.close(*match.span("n"))
    if set(wanted.kinds) <= {"gift"} and wanted.kinds.get("gift") is None and (match := _PEOPLE_COUNTED.search(hidden)) and 2 <= int(match["n"]) <= 500:
        wanted.kinds["gift"] = int(match["n"])
        message.close(*match.span("n"))
    for match in _QUANTITY_FOR.finditer(hidden):
        if set(wanted.kinds) <= {"gift"} and 1 <= int(match["n"]) and wanted.kinds.get("gift") is None:
            wanted.kinds["gift"] = int(match["n"])
            message.close(*match.span("n"))


def _guests(message: Message, *, party: bool, asked: bool) -> int | None:
    text = message.open
    for match in _GUESTS.finditer(text):
        group = next(g for g in ("n", "n2", "n3") if match[g])
        number = int(match[group])
        left = text[max(0, match.start() - 20) : match.start()]
        if _OWN_CHILDREN.search(left) and not party or re.search(r"\b(?:has|have|mother of|mum of|mom of|father of|dad of|with my|married with|raising|has got) $", left):
            message.close(*match.span(group))
            continue
        if not (party or asked) and not re.search(r"\bguests?\b", match[0]):
            message.close(*match.span(group))  # counted people, no budget and no age
            continue
        if 1 <= number <= 10_000:
            message.close(*match.span())
            return number
    if party and (for_n := _FOR_N.search(text)):
        message.close(*for_n.span())
        return int(for_n["n"])
    if asked and (bare := re.search(r"(?<![\d$€£.,/-])(\d{1,4})(?![\d.,]\d|[$€£%/])", text)) and 1 <= int(bare[1]) <= 10_000:
        message.close(*bare.span())
        return int(bare[1])
    return None
