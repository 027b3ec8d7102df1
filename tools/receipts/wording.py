"""Words that the evidence does not have. General language is free, and so is praise that says nothing; every other word
of a reply names a thing, a material, a property, a wish …, and must stand in what is known of the picks it speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tools.lexicon import all_interests, canonical_interest, implied_words
from tools.lexicon.stems import contains_phrase, stems
from tools.money_text import find_amounts
from tools.planning.matching import match
from tools.receipts.evidence import Evidence, PickEvidence
from tools.receipts.facts import brief_text, pick_text, wishes
from tools.receipts.general import compounds, general_stems, without_idioms
from tools.receipts.passages import SIGN, Passage
from tools.receipts.people import KINSHIP

DENIALS = re.compile(
    r"\b(?:no|not|nothing|none|never|without|avoid\w*|steer\w*|touch\w*|exclud\w+|leav\w+ out|left out|out|aside|skip\w*|clear|free|keep\w* (?:to|away)"
    r"|kept|n't|didn't|don't|ruled|rule|unwanted)\b|-free\b",
    re.IGNORECASE,
)
ABSENT = re.compile(
    r"\b(?:contains? no|free (?:of|from)|without(?: any)?|no trace of|there is no|has no|(?:said|want\w*|wish\w*|asked for) no)\s(?P<a>[\w-]+)"
    r"|\b(?P<b>\w+)-free\b|\bno (?P<c>\w+)(?=\s(?:in|here)\b|[,.!]|$)|\bnever seen any (?P<d>\w+)|\btrace of (?P<e>\w+)",
    re.IGNORECASE,
)
NOTHING_SAID = frozenset(
    stems(
        """gimmick drama pressure doubt need reason problem fuss other others better more rush question risk obligation one wonder way exception hurry
        such trouble care worry stress hesitation less pressure secret idea limit compromise surprise thing matter pick
        further them these that saying asking spending going it a the much all"""
    )
)
"""What may be missing without being a property of a product: "no doubt", "without fuss"."""
_INTO = frozenset("minded centric loving themed related inspired mad conscious savvy focused obsessed".split())
"""What makes a word out of a wish: "jazz-loving"."""
_MARKS = re.compile(r"⟦\d+⟧|https?://\S+|\d[\d.,]*(?:st|nd|rd|th)?")


def wording_problems(passage: Passage, evidence: Evidence, shown: Sequence[PickEvidence]) -> list[str]:
    """The words of the passage that neither general language nor the evidence has."""
    about = [shown[at] for at in passage.about] or list(shown)
    denied = bool(DENIALS.search(passage.text))
    known = general_stems() | _pick_stems(about) | _brief_stems(evidence, about, denied)
    told = [stems(text) for text in (brief_text(evidence), *map(pick_text, about))]
    found = [f"{word!r} is not a wish that this answers" for word in _other_interests(passage, evidence, about)]
    for word in re.findall(r"[^\W_][\w'-]*", _plain(passage.text)):
        if word == evidence.currency or word.lower() in compounds():
            continue
        if not _is_known(word.removesuffix("'s"), known, told):
            found.append(
                f"{word!r} is not in the evidence" + (f" of {about[0].product.title!r}" if passage.about else "")
            )
    return found + _absence_problems(passage, about, evidence)


def _is_known(word: str, known: frozenset[str], told: Sequence[Sequence[str]]) -> bool:
    """Whether each part of the word is known. "Hand-painted" must be told as such: a hand and paint are not enough."""
    lone, _, last = word.lower().rpartition("-")
    if lone and last in _INTO:
        word = lone
    parts = [stem for stem in stems(word) if len(stem) > 1 and not stem.isdigit()]
    if not known.issuperset(parts):
        return False
    return len(parts) < 2 or general_stems().issuperset(parts) or any(contains_phrase(text, parts) for text in told)


def _plain(text: str) -> str:
    """Without signs, amounts, numbers and fixed phrases."""
    for amount in find_amounts(text):
        text = text.replace(amount.text, " ")
    return without_idioms(_MARKS.sub(" ", text))


def _other_interests(passage: Passage, evidence: Evidence, about: Sequence[PickEvidence]) -> list[str]:
    """Names of interests that are general words too ("reading", "magic") and that the picks do not answer."""
    said = {
        word
        for word in re.findall(r"[a-z]+(?:-[a-z]+)*", without_idioms(passage.text).lower())
        if word in interest_names()
    }
    known = " ".join(
        [*(pick_text(pick) for pick in about), *evidence.brief.rules, evidence.brief.occasion or ""]
    ).lower()
    own = [
        w
        for w in wishes(evidence.brief)
        if not passage.about or evidence.status != "recommended" or any(match(pick.product, w) for pick in about)
    ]
    known += " ".join(own).lower()
    return sorted(word for word in said if not re.search(rf"\b{word}", known))


@lru_cache(maxsize=1)
def interest_names() -> frozenset[str]:
    """The interests of the lexicon whose name is one word and would pass as general language."""
    names = {name for name in all_interests() if " " not in name}
    return frozenset(name for name in names if general_stems().issuperset(stems(name))) - {
        "home",
        "family",
        "party",
        "design",
    } | {"make-up", "magic"}


def _pick_stems(about: Sequence[PickEvidence]) -> frozenset[str]:
    return frozenset().union(*(_stems(pick_text(pick)) for pick in about))


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stems(text))


def _brief_stems(evidence: Evidence, about: Sequence[PickEvidence], denied: bool) -> frozenset[str]:
    """What the shopper said: a wish only of picks that answer it, a rule only where something is left out."""
    brief = evidence.brief
    words = set(_stems(brief_text(evidence, wishes_too=False, rules_too=denied)))
    if denied:
        words |= {stem for rule in brief.rules for word in (rule, *implied_words(rule)) for stem in stems(word)}
    relation = (brief.recipient.relation or "").replace("_", "-")
    words |= {stem for word in KINSHIP.get(relation, ()) for stem in stems(word)}
    for wish in wishes(brief):
        if (
            wish in evidence.unmatched
            or evidence.status != "recommended"
            or not about
            or any(wish in pick.answers or match(pick.product, wish) for pick in about)
        ):
            words |= set(stems(f"{wish} {canonical_interest(wish) or ''}"))
    return frozenset(words)


def _absence_problems(passage: Passage, about: Sequence[PickEvidence], evidence: Evidence) -> list[str]:
    """ "Contains no leather" of what is leather, or of what nobody asked about and the shop does not say."""
    allowed = {stem for rule in evidence.brief.rules for word in (rule, *implied_words(rule)) for stem in stems(word)}
    found = []
    for hit in ABSENT.finditer(SIGN.sub(" ", passage.text)):
        word = next(value for value in hit.groupdict().values() if value)
        thing = stems(word)
        text = " ".join(stem for pick in about for stem in stems(pick_text(pick)))
        said = any(
            f" {lead} {' '.join(thing)} " in f" {text} "
            for lead in ("no", "without", "free of", "free from", "contain no")
        )
        said = said or f" {' '.join(thing)} free " in f" {text} "
        if (
            thing
            and not said
            and not allowed.issuperset(thing)
            and not NOTHING_SAID.issuperset(thing)
            and not word.endswith("ing")
        ):
            found.append(f"nobody says that it is without {word!r}")
    return found
