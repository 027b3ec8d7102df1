"""Words that the evidence does not have. General language is free, and so is praise that says nothing; every other word
of a reply names a thing, a material, a property, a wish …, and must stand in what is known of the picks it speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from tools.lexicon import all_interests
from tools.lexicon.stems import contains_phrase, stems
from tools.money_text import find_amounts
from tools.receipts.denials import denied_left_out
from tools.receipts.facts import wishes
from tools.receipts.general import compounds, general_stems, household_stems, without_idioms
from tools.receipts.kin import has_kin
from tools.receipts.passages import SIGN, Passage
from tools.receipts.people import KEEN, OTHERS, SAID
from tools.receipts.scenes import scenes_left_out
from tools.receipts.scope import Scope, Scopes
from tools.receipts.sizes import SIZE
from tools.receipts.unclaimed import NOT_LISTED, unclaimed_left_out

DENIALS = re.compile(
    r"\b(?:no|not|nothing|none|never|without|avoid\w*|steer\w*|touch\w*|exclud\w+|leav\w+ out|left out|out|aside|skip\w*|clear|free|remember\w*|already|chose\w*|keep\w* (?:to|away)"
    r"|kept|ruled|rule|unwanted)\b|n't\b|-free\b",
    re.IGNORECASE,
)
ABSENT = re.compile(
    r"\b(?:contains? no|free (?:of|from)|without(?: any)?|no trace of|there is no|has no|(?:said|want\w*|wish\w*|asked for) no)\s(?P<a>[\w-]+)"
    r"|\b(?P<b>\w+)-free\b|\bno (?P<c>\w+)(?=\s(?:in|here)\b|[,.!]|$)|\bnever seen any (?P<d>\w+)|\btrace of (?P<e>\w+)"
    r"|\b(?:needs?|requires?) no (?P<g>\w+)|\bno (?P<h>\w+) (?:is |are )?(?:needed|required|necessary)\b"
    r"|\b(?:there (?:is|are)|has|have|with|needs?) no (?P<f>(?:small|loose|sharp|tiny|added|artificial|harsh) \w+)",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"\b(?:you|your)\s(?:\w+\s)?(?:asked|told|said|mentioned|wanted|wished|named|wrote|list\w*|wish\w*|request|brief)\b",
    re.IGNORECASE,
)
"""Where the shopper's own wishes are repeated, whichever pick is spoken of."""
NOT_ABOUT = re.compile(
    r"\b(?:isn't|aren't|is not|are not)\s(?:(?:really|quite|exactly|strictly|so much)\s)?(?:about|for|made for|to do with|\w+ at all\b|\w+ing\b|\w+y\b)|\b(?:rather than|instead of|nothing to do with)\b|,\s\w+ (?:it|this|that) (?:is|certainly is) not\b|\w+ it is not\W*$",
    re.IGNORECASE,
)
"""What a pick is said not to answer."""
NOTHING_SAID = frozenset(
    stems(
        """gimmick drama pressure doubt need reason problem fuss other others better more rush question risk obligation one wonder way exception hurry
        such trouble care worry stress hesitation less pressure secret idea limit compromise surprise thing matter pick
        explanation introduction wrapping effort skill experience words practice description rating ratings review reviews photo picture age clutter obstacle mess waste trace
        further them these that saying asking spending going it a the much all"""
    )
)
"""What may be missing without being a property of a product: "no doubt", "without fuss"."""
FOOD = frozenset(stems("food foods edible"))
"""What a thing that is not for eating may be said to be without."""
EATEN = frozenset(stems("food drink grocery groceries sweets tea coffee cakes snacks party"))
"""What the category of a thing has that may be eaten."""
HEEDED = re.compile(
    r"\b(?:check|ask|make sure|careful|aware|mind|matters?|question|issue|whether|in case|if|kept|keeps?|left out|because of|come up)\b",
    re.IGNORECASE,
)
SAFE = re.compile(r"\b(?:safe\w*|suit\w*|fine|harmless|friendly|proof|free|without|approved|ok|okay)\b", re.IGNORECASE)
"""An allergy is heeded, and a pick is not said to be for those who have one."""
OFFERED = re.compile(
    r"\b(?:too|as well)\W*$|\b(?:I would|I'd|could|might) (?:also )?(?:add|like|take|have)\b|\b(?:there (?:is|are)|there's|here is) also\b|^\W*(?:and )?an? nice\b",
    re.IGNORECASE,
)
"""Where a thing may be offered that is no pick: "a nice camera too"."""
THINGS = re.compile(
    r"(?:\b(?:an?|the|of|in|from|with|its)\s(?:\w+ing\s|hand\s|soft\s|thick\s)?|\()(?P<what>saw|felt)\b", re.IGNORECASE
)
"""A tool and a material that are verbs of general language elsewhere."""
_INTO = frozenset("minded centric loving themed related inspired mad conscious savvy focused obsessed".split())
"""What makes a word out of a wish: "jazz-loving"."""
_WORD = re.compile(r"[^\W_][\w'-]*")
_COMPOUND = re.compile(r"[a-z]+(?:-[a-z]+)*")
_MARKS = re.compile(
    r"\b(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|half a)[\s-](?:(?:kilo|milli|centi)?(?:litre|liter|metre|meter|gram)|inch(?:e)?|ounce|pound|foot|feet|minute|hour)s?\b|"  # checked as sizes
    r"\ba dozen (?=(?:shoppers|people|buyers|ratings|reviews)\b)|⟦\d+⟧|https?://\S+|(?<!\w)\d[\d.,]*(?:st|nd|rd|th)?"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence says: its words but fixed phrases, names of interests among them, and whether it leaves out."""

    words: tuple[str, ...]
    interests: frozenset[str]
    denies: bool


@lru_cache(maxsize=4096)  # a sentence of a template, and many a model's, is said to many shoppers
def _said(text: str) -> _Said:
    interests = interest_names().intersection(_COMPOUND.findall(without_idioms(text).lower()))
    return _Said(
        tuple(_WORD.findall(_plain(scenes_left_out(unclaimed_left_out(OTHERS.sub(" ", text)))))),
        interests,
        bool(DENIALS.search(text)),
    )


def wording_problems(passage: Passage, scopes: Scopes) -> list[str]:
    """The words of the passage that neither general language nor the evidence has."""
    scope = scopes.of(passage.about)
    said = _said(denied_left_out(passage.text, scope.stems))
    repeated = bool(NOT_ABOUT.search(passage.text)) or (not passage.named and bool(ASKED.search(passage.text)))
    allergic = bool(scopes.evidence.brief.allergies or (scopes.evidence.brief.rules and HEEDED.search(passage.text)))
    heeded = allergic and not SAFE.search(passage.text)
    known = (
        general_stems(),
        frozenset[str]() if OFFERED.search(passage.text) else household_stems() | scope.topic_stems,
        frozenset(stems("allergy allergies allergic")) if heeded else frozenset[str](),
        scope.stems,
        scopes.brief_words(passage.about, said.denies, repeated),
    )
    of_whom = f" of {scope.picks[0].product.title!r}" if passage.about else ""
    found = [f"{word!r} is not a wish that this answers" for word in _other_interests(said, passage, scopes, scope)]
    told = [scopes.brief_stems, *scope.pick_stems]
    for word in said.words:
        if word == scopes.evidence.currency or word.lower() in compounds():
            continue
        own = word.removesuffix("'s")
        if not (_is_known(own, known, told) or has_kin(own, scope.words_told)):
            found.append(f"{word!r} is not in the evidence{of_whom}")
    for match in THINGS.finditer(passage.text):
        if not scope.stems.union(scopes.brief_stems).issuperset(stems(match["what"])):
            found.append(f"{match['what']!r} is not in the evidence{of_whom}")
    return found + _unsaid_problems(passage, scopes) + _absence_problems(passage, scopes, scope)


def _is_known(word: str, known: Sequence[AbstractSet[str]], told: Sequence[Sequence[str]]) -> bool:
    """Whether each part of the word is known. "Hand-painted" must be told as such: a hand and paint are not enough."""
    parts = _parts(word)
    if not all(any(stem in some for some in known) for stem in parts):
        return len(parts) == 1 and any(base in general_stems() for base in _of_degree(word.lower()))
    return len(parts) < 2 or general_stems().issuperset(parts) or any(contains_phrase(text, parts) for text in told)


def _of_degree(word: str) -> frozenset[str]:
    """The stems of what "riskiest" and "livelier" are degrees of."""
    bases = {f"{word.removesuffix(end)}y" for end in ("iest", "ier") if word.endswith(end)}
    if word.endswith("est"):
        bases |= {word.removesuffix("est"), word.removesuffix("st"), word.removesuffix("est")[:-1]}
    return frozenset(stems(" ".join(sorted(bases))))


@lru_cache(maxsize=1 << 14)
def _parts(word: str) -> tuple[str, ...]:
    """The stems that make the word what it is."""
    lone, _, last = word.lower().rpartition("-")
    told = lone if lone and last in _INTO else word
    return tuple(stem for stem in stems(told) if len(stem) > 1 and not stem.isdigit())


def _plain(text: str) -> str:
    """Without signs, amounts, numbers and fixed phrases."""
    for amount in find_amounts(text):
        text = text.replace(amount.text, " ")
    text = SIZE.sub(" ", text)
    return without_idioms(_MARKS.sub(" ", text))


def _other_interests(said: _Said, passage: Passage, scopes: Scopes, scope: Scope) -> list[str]:
    """Names of interests that are general words too ("reading", "magic") and that the picks do not answer."""
    if not said.interests:
        return []
    brief = scopes.evidence.brief
    free = not passage.about or scopes.evidence.status != "recommended"
    labels = (offer.label for offer in scopes.evidence.alternatives if offer.label.lower() in passage.text.lower())
    told = [*scope.texts, *labels, *brief.rules, brief.occasion or "", *(wishes(brief) if free else scope.answered)]
    known = " ".join(told).lower()
    return sorted(word for word in said.interests if not re.search(rf"\b{word}", known))


@lru_cache(maxsize=1)
def interest_names() -> frozenset[str]:
    """The interests of the lexicon whose name is one word and would pass as general language."""
    names = {name for name in all_interests() if " " not in name}
    return frozenset(name for name in names if general_stems().issuperset(stems(name))) - {
        "home",
        "space",
        "theatre",
        "family",
        "party",
        "design",
    } | {"make-up", "magic"}


def _unsaid_problems(passage: Passage, scopes: Scopes) -> list[str]:
    """What the shopper is said to have said and did not: an entry is no proof of that, only the brief is."""
    found = []
    for match in SAID.finditer(SIGN.sub(" ", passage.text)):
        brief = scopes.brief_words((), denied=True, repeated=True) | frozenset(scopes.brief_stems)
        told = set(_WORD.findall(_plain(match["what"])))
        doers = {doer["doer"] for doer in KEEN.finditer(match["what"])}
        free = (general_stems(), brief)
        unknown = doers | {word for word in told if not all(any(s in some for some in free) for s in _parts(word))}
        found += [f"nobody said {word!r}" for word in sorted(unknown) if not has_kin(word, scopes.brief_families)]
    return found


def _absence_problems(passage: Passage, scopes: Scopes, scope: Scope) -> list[str]:
    """ "Contains no leather" of what is leather, or of what nobody asked about and the shop does not say."""
    denied = (word for match in NOT_LISTED.finditer(passage.text) for word in _WORD.findall(match["what"]))
    found = [
        f"{word!r} is listed"
        for word in denied
        if scope.stems.issuperset(stems(word)) and not general_stems().issuperset(stems(word))
    ]
    for hit in ABSENT.finditer(scenes_left_out(unclaimed_left_out(SIGN.sub(" ", passage.text)))):
        word = next(value for value in hit.groupdict().values() if value)
        thing = stems(word)
        text = " ".join(stem for told in scope.pick_stems for stem in told)
        said = any(
            f" {lead} {' '.join(thing)} " in f" {text} "
            for lead in ("no", "without", "free of", "free from", "contain no")
        )
        said = said or f" {' '.join(thing)} free " in f" {text} "
        if (
            thing
            and not said
            and not scopes.rule_stems.issuperset(thing)
            and not NOTHING_SAID.issuperset(thing)
            and not word.endswith("ing")
            and not (
                FOOD.issuperset(thing)
                and not any(p.product.contains or EATEN.intersection(stems(p.product.category)) for p in scope.picks)
            )
        ):
            found.append(f"nobody says that it is without {word!r}")
    return found
