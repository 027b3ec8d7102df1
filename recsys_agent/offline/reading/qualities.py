"""Which qualities the next picks shall have more or less of: "not so childish", "less boring", "more personal"."""

from __future__ import annotations

import re

from recsys_agent.offline.reading.text import Message
from tools.lexicon.qualities import canonical_quality
from tools.lexicon.shopping import is_colour

_FAR = r"(?:a bit|a little|a little bit|slightly|much|way|far|somewhat|rather|even|really|quite|kind of|lot|a lot)"
_WORD = r"(?P<{}>[a-z][a-z'-]*(?: (?:up|on|school|friendly))?)"
_MORE = re.compile(
    rf"\b(?:{_FAR} )?more (?!than\b|like\b|of\b|to\b|ideas?\b|options?\b|please\b)(?:{_FAR} )*{_WORD.format('more')}"
    rf"|\b(?:not|n't|nothing|(?:feels?|looks?|seems?|are|is) not) (?:quite |really |very |all that "
    rf")?{_WORD.format('short')} enough"
    rf"|\b(?:something|anything|ones?|options?|ideas?) (?:with )?(?:more |really |a bit |truly |very "
    rf")*{_WORD.format('thing')}(?= instead| please|$|[.!,])"
)
_LESS = re.compile(
    rf"\b(?:less|not (?:as|so|too|that|quite so|quite as|all that|overly|such)|n't (?:so|too|that)|nothing "
    rf"(?:so|too|as|"
    rf"that)?|(?:way |far |a bit |a little |rather |much |still |just |really |kind of |all )*too|a bit|kind of|"
    "rather|"
    rf"pretty|so|looks?|feels?|seems?|are (?:all )?|they are|it is|those are|these are|that is|very)"
    rf" (?:{_FAR} )*(?!(?:too|so|not|more|less)\b){_WORD.format('less')}"
)
_BARE = re.compile(
    rf"^(?:how about |what about |make it |something |anything )?{_WORD.format('bare')}(?:er|ier)?(?: (?:looking|"
    "ones?))? ?(?:please|"
    rf"thanks)?[ .!?]*$"
)
_IN_TWO_WORDS = re.compile(r"\b(grown|high|old|hands|down) (up|end|tech|fashioned|on|to[ -]earth)\b")
_NO_QUALITY = frozenset(
    "expensive pricey dear costly cheap cheaper affordable like than more less much many money please good bad nice "
    "sure options ideas of to right what it that this these those them fancy special upscale premium "
    "impressive generous modest reasonable economical time kids guests people things details info "
    "information keen fond happy interested into".split()
)
"""Words behind "more" and "too" that are about money, or about nothing a product could be."""
_COMPARED = re.compile(
    r"\b(?:an?|some|any|something|anything|bit|little|much|lot|make (?:it|them)|go|rather|ones?|but|just|only|even) "
    r"(?P<more>[a-z]{3,12}er)\b"
    r"(?! (?:budget|price|range|family|group|party|brother|sister|kid|child|one for)\b)"
)
""" "Something smaller", "a classier one"; of listed qualities only."""
_JUST_TOO = re.compile(
    r"^(?:(?:hm+|ugh|no|nah|still|that|those|they|these|it|all|is|are|looks?|feels?|bit|way|far|just|really|a|,) )*"
    r"too (?P<less>[a-z]{3,})[.! ]*$"
)
_SIZES = frozenset({"big", "small"})
"""They are said of homes, families and brothers as well: only what is too big, or not so big, is about the picks."""


def read_qualities(message: Message) -> tuple[list[str], list[str]]:
    """The qualities wanted more of, and those wanted less of, by their listed names, else in the shopper's words."""
    text = _IN_TWO_WORDS.sub(r"\1-\2", message.text.strip())
    more: list[str] = []
    less: list[str] = []
    for match in _LESS.finditer(text):
        word = match["less"]
        stated = re.match(r"less|not|nothing|n't", match[0]) or "too" in match[0]
        listed = canonical_quality(word)
        if not listed and (lacks := re.match(r"(?:un|im|in|non-?)(?P<of>.+)", word)) and canonical_quality(lacks["of"]):
            more.append(canonical_quality(lacks["of"]) or word)  # "a bit impersonal"
            continue
        if listed in _SIZES and not (stated or re.match(r"looks?|they|those|these", match[0])):
            continue
        if word not in _NO_QUALITY and (listed or (stated and (_is_adjective(word) or is_colour(word)))):
            less.append(listed or word)
    if (match := _JUST_TOO.match(text)) and match["less"] not in _NO_QUALITY and not less:
        less.append(match["less"])
    for match in _MORE.finditer(text):
        word = match["more"] or match["short"] or match["thing"]
        listed = canonical_quality(word)
        if listed in _SIZES and not match["short"]:
            continue  # "something for a small flat"; "something smaller" is read below
        if word not in _NO_QUALITY and (listed or (match["more"] and (_is_adjective(word) or is_colour(word)))):
            more.append(listed or word)
    more += [listed for match in _COMPARED.finditer(text) if (listed := _compared(match["more"]))]
    if not (more or less) and (match := _BARE.match(text)) and (listed := _compared(match["bare"])):
        more.append(listed)
    less = list(dict.fromkeys(less))
    return [word for word in dict.fromkeys(more) if word not in less], less


_WANTED = re.compile(
    r"\b(?:something|anything|(?:an?|some)(?= (?:[a-z-]+,? (?:and |but )?){1,3}(?:gifts?|presents?|surprises?|things?|"
    r"bits|stuff|treat|token)\b))(?P<words>(?:,? (?:and |but |also )?(?:really |very |quite |truly |a bit |properly )?"
    r"[a-z-]+){1,3})"
)
_NO_WISH = frozenset(
    "sweet safe cool young green natural standard different interesting exciting common basic plain".split()
)
"""Names of qualities that in a first request mostly say something else: "something sweet", "a different gift"."""


def read_wished_qualities(message: Message) -> list[str]:
    """The listed qualities that a request asks for: "something cosy", "a practical and elegant gift"."""
    found: list[str] = []
    for match in _WANTED.finditer(message.text):
        for word in re.findall(r"[a-z-]+", match["words"]):
            named = None if word in _NO_QUALITY | _NO_WISH else canonical_quality(word)
            if named:
                found.append(named)
            elif word not in (
                "and",
                "but",
                "also",
                "really",
                "very",
                "quite",
                "truly",
                "a",
                "bit",
                "properly",
                *_NO_QUALITY,
            ):
                break  # "something for her", "something blue"
    return list(dict.fromkeys(found))


def _is_adjective(word: str) -> bool:
    """By its ending; a quality that no list knows is looked for by its own word."""
    return bool(re.search(r"(?:y|ful|ish|al|ive|ous|able|ible|ic|less|ant|ent|some|ed|ing|ary|an)$", word))


def _compared(word: str) -> str | None:
    """The listed quality of "funnier", "classier" or "funny"; None for any other word."""
    bases = [word, word.removesuffix("ier") + "y", word.removesuffix("er"), word.removesuffix("r"), word[:-3]]
    return (
        next((listed for base in bases if (listed := canonical_quality(base))), None) if word.endswith("er") else None
    )
