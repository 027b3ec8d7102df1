"""Whom a reply speaks of, and which occasion: it must be the brief's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.brief import Brief, Recipient
from tools.lexicon.stems import stems
from tools.planning.ages import ADULT_AGE
from tools.receipts.passages import Passage
from tools.receipts.unclaimed import unclaimed_left_out

_SAME = """father dad daddy papa pa|mother mum mom mam mummy mommy mama ma|parents|sister sis|brother bro
son boy|daughter girl|child kid|husband hubby spouse partner|wife spouse partner|partner spouse boyfriend girlfriend
boyfriend partner|girlfriend partner|fiance fiancee|grandmother grandma granny gran nan nana
grandfather grandpa granddad grandad|grandparents|aunt auntie|uncle|niece|nephew|cousin|grandson grandchild
granddaughter grandchild|friend mate pal buddy|colleague coworker workmate|boss manager|teacher|neighbour neighbor
client customer|godson godchild|goddaughter godchild|godchild godson goddaughter|grandchild grandson granddaughter|mother-in-law|father-in-law|sister-in-law|brother-in-law
stepfather stepdad|stepmother stepmum stepmom|roommate flatmate|baby|twins"""
KINSHIP = {group.split()[0]: frozenset(group.split()) for line in _SAME.splitlines() for group in line.split("|")}
_WORDS = sorted({word for group in KINSHIP.values() for word in group} - {"pa", "ma"}, key=len, reverse=True)
PERSON = re.compile(
    rf"\b(?P<your>your\s(?:\w+\s)?)?(?P<who>{'|'.join(map(re.escape, _WORDS))})s?(?='s?\b|\b)", re.IGNORECASE
)
NO_PERSON = frozenset({"boy", "girl", "child", "kid", "baby", "twins", "customer", "partner", "mate", "manager"})
"""Words that also speak of no one in particular, unless they are said to be the shopper's."""

OCCASIONS = {
    "christmas": "christmas", "xmas": "christmas", "easter": "easter", "halloween": "halloween", "hanukkah": "hanukkah",
    "diwali": "diwali", "eid": "eid", "thanksgiving": "thanksgiving", "anniversary": "anniversary",
    "graduation": "graduation", "wedding": "wedding", "christening": "christening", "baptism": "christening",
    "mother's day": "mothers day", "mothers day": "mothers day", "father's day": "fathers day",
    "fathers day": "fathers day", "valentine's day": "valentines day", "valentine's": "valentines day",
    "new year": "new year", "housewarming": "housewarming", "retirement": "retirement", "baby shower": "baby shower",
}  # fmt: skip
_OCCASION = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, OCCASIONS), key=len, reverse=True))})\b", re.IGNORECASE)


_BIRTHDAY = re.compile(
    r"\b(?:for|on|at|turns?|her|his|their|your|\w+'s|th|st|nd|rd)\s(?:\w+\s)?birthday\b", re.IGNORECASE
)
_THEIRS = re.compile(r"\bfor (?:her|his|their|your \w+'s) birthday\b", re.IGNORECASE)
_OF_BEFORE = re.compile(r"\b(?:remember\w*|already|chose|chosen|picked)\b", re.IGNORECASE)
SAID = re.compile(
    r"\b(?:(?:you|he|she|they)(?:'ve| have|'s| has)? (?:once |also |already )?(?:said|mentioned|told (?:me|us|you))"
    r"|I(?:'ve| have)? (?:also |still )?(?:remember(?:ed)?|recall(?:ed)?)(?= (?:that )?(?:he|she|they|you|your|⟦|[A-Z])))\s(?P<what>[^,;:.!?⟦]+)",
    re.IGNORECASE,
)
"""What somebody is said to have told: the brief or a memory must have it."""
KEEN = re.compile(r"\b(?:keen|avid|passionate|devoted|ardent)\s(?P<doer>\w{3,}(?:er|ist|or))s?\b", re.IGNORECASE)
_ELSEWHEN = re.compile(r"\b(?:I (?:can|could)|again|next time|shall I|is it for)\b", re.IGNORECASE)
"""An occasion that is only spoken of as another one."""


OTHERS = re.compile(
    r"\b(?:a|any) (?:(?:baby|little|big|older|younger) )?(?:brother|sister)s? or (?:(?:brother|sister)s?)\b"
    r"|\badult (?=(?:sister|brother|son|daughter|niece|nephew|cousin|friend|child|children)\b)"
    r"|(?<!for )(?<!your )\bfriends\b(?=[^.!?;]{0,12}\b(?:are|come|over|round|around|visit|drop|stay)\b)|\b(?:couple|few|group|bunch|lot) of (?:\w+ )?friends\b"
    r"|\bany (?:\w+ )?(?:brother|sister|cousin|grandchild)(?:ren|s)?\b|\b(?:other|with the|ask the|tell the|all the) parents\b",
    re.IGNORECASE,
)
"""Relatives of the recipient or of guests, for whom the gift is not said to be."""
_AT_WORK = re.compile(r"\b(?:office|work|team|desk)[ -]mate\b", re.IGNORECASE)
_HE = (
    "father brother son husband boyfriend fiance grandfather uncle nephew grandson godson father-in-law brother-in-law"
)
_SHE = "mother sister daughter wife girlfriend grandmother aunt niece granddaughter goddaughter mother-in-law sister-in-law"
TEEN = 13


def called(recipient: Recipient) -> list[str]:
    """What else the recipient may be called, by relation and age: "the boy" of a nephew of seven, "a man" of a father."""
    relation, age = (recipient.relation or "").replace("_", "-"), recipient.age_years
    young, grown = age is not None and age < ADULT_AGE, age is None or age >= ADULT_AGE
    found = ["child", "kid", "children", "kids"] if young or relation in ("child", "baby", "grandchild") else []
    found += ["teen", "teenager", "teenagers"] if age is not None and TEEN <= age < ADULT_AGE else []
    found += ["adult", "adults", "grown-up"] if grown and age is not None else []
    if relation in _HE.split():
        found += ["boy", "lad", *(["man", "men", "gentleman", "chap"] if grown else [])]
    if relation in _SHE.split():
        found += ["girl", "lass", *(["woman", "women", "lady"] if grown else [])]
    return found


def person_problems(passage: Passage, brief: Brief, said: str) -> list[str]:
    """Relatives, friends and others that are not the recipient; ``said`` is what the evidence says, in lower case."""
    relation = (brief.recipient.relation or "").replace("_", "-")
    own = KINSHIP.get(relation, frozenset({relation})) | {relation.split("-")[0]}
    found = []
    text = _AT_WORK.sub("colleague", _OCCASION.sub(" ", passage.text))
    for match in PERSON.finditer(unclaimed_left_out(OTHERS.sub(" ", text))):
        who = match["who"].lower()
        known = who in own or (not match["your"] and (who in NO_PERSON or re.search(rf"\b{who}", said)))
        if not known:
            found.append(f"the gift is not said to be for {match[0].strip()!r}")
    return found


_LIKES = r"(?:loves?|likes?|enjoys?|adores?|wants?|is (?:fond of|into|keen on))"
_DISLIKES = (
    r"(?:hates?|dislikes?|loathes?|detests?|can't stand|cannot stand|avoids?|isn't into|is not into|is allergic to|is tired of"
    r"|(?:doesn't|does not|don't|do not) (?:like|enjoy|love|want|care for))"
)
_SOMEBODY = r"\b(?:he|she|they|who|your [\w-]+)\s(?:really |also |simply |always )?"
_TURNED = tuple(
    re.compile(rf"{_SOMEBODY}{verb}\s(?P<what>(?:[\w'-]+\s?){{1,3}})", re.IGNORECASE) for verb in (_DISLIKES, _LIKES)
)
"""What somebody is said to dislike, and to like."""


def polarity_problems(passage: Passage, brief: Brief, wished: Sequence[str]) -> list[str]:
    """A wish that the recipient is said to dislike, and something to avoid that they are said to like."""
    text = unclaimed_left_out(passage.text)
    found = []
    for pattern, wrong in zip(_TURNED, (wished, brief.rules), strict=True):
        for match in pattern.finditer(text):
            told = stems(match["what"])
            found += [f"nobody said {match[0].strip()!r}" for word in wrong if told[: len(stems(word))] == stems(word)]
    return found


_NAMED_DAY = re.compile(r"\b[A-Z]\w+(?:['’]s|s['’]) Day\b")
""" "Teachers' Day": a day of its own, which no list of occasions need have."""


def occasion_problems(passage: Passage, brief: Brief, occasions: list[str]) -> list[str]:
    """Occasions that are neither the brief's nor, in a sentence about picks, those the catalogue has for them."""
    if _ELSEWHEN.search(passage.text) and not passage.about:
        return []
    own = (brief.occasion or "").replace("_", " ")
    known = {own, *(occasions if passage.about else [])}
    found = [
        f"{match[0]!r} is not the occasion"
        for match in _OCCASION.finditer(passage.text)
        if OCCASIONS[match[0].lower()] not in known and not (own and own in match[0].lower())
    ]
    found += [
        f"{match[0]!r} is not the occasion"
        for match in _NAMED_DAY.finditer(passage.text)
        if re.sub(r"['’]", "", match[0].lower()) not in known
    ]
    if own and own != "birthday" and _THEIRS.search(passage.text) and not _OF_BEFORE.search(passage.text):
        found.append("'birthday' is not the occasion")
    other = own and own != "birthday" and "birthday" not in known and not _OF_BEFORE.search(passage.text)
    return found + (["'birthday' is not the occasion"] if other and _BIRTHDAY.search(passage.text) else [])
