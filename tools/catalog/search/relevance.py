"""How well a product answers a free query, beyond sharing words with it.

BM25 counts words; a shopper means a thing. What is looked at besides: how much of the query is met, and where; whether
the words stand together and as the shopper wrote them; whether the product is the thing or something made for it; and
whether it is of the kind that the best hits agree on (pseudo-relevance feedback after Rocchio, 1971).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tools.catalog.search.query import FreeQuery, Term
from tools.lexicon.shopping import accessory_stems, made_for_stems
from tools.lexicon.stems import stems, stems_of, words
from tools.product import Product

DESCRIPTION_WORDS = 60
"""Of a description the first words say what the thing is; the rest is small print."""

APART = 0.7
"""What the words of a phrase count where they do not stand together."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign counts beside BM25, which is scaled to 1 for the best hit.

    Fitted by coordinate ascent on nDCG@10 over the 70 development queries of Chorus, then rounded where the measure is
    flat, minding a catalogue without attributes, too. Queries left out of the fit (five folds) stand at .79, all at
    .805; without BM25 .735 remains, without `surface` .77, without `head` .78, without any other one .80.
    """

    bm25: float = 1.0
    coverage: float = 0.3
    title: float = 0.1
    surface: float = 1.2
    phrase: float = 0.1
    head: float = 0.4
    brand: float = 0.2
    feedback: float = 0.3


@dataclass(frozen=True, slots=True)
class Read:
    """A product as this module looks at it: the stems of its texts, all of them, and its surface words."""

    title: tuple[str, ...]
    lead: tuple[str, ...]
    brand: tuple[str, ...]
    labels: tuple[str, ...]
    every: frozenset[str]
    surface: frozenset[str]

    def bears(self, phrase: Sequence[str]) -> bool:
        """Whether each stem of the phrase occurs anywhere: most do not, which saves looking for the place."""
        return phrase[0] in self.every if len(phrase) == 1 else self.every.issuperset(phrase)


@lru_cache(maxsize=20_000)
def read(product: Product) -> Read:
    """Reads a product. Kept: products are immutable, and good ones are found again and again."""
    title_words = words(product.title)
    lead_words = words(" ".join(product.description.split(None, DESCRIPTION_WORDS)[:DESCRIPTION_WORDS]))
    named = (*product.tags, *product.interests, *product.themes, *product.colors, *product.materials)
    title, lead, brand = stems_of(title_words), stems_of(lead_words), stems(product.brand)
    labels = stems(" , ".join((*named, product.category)))
    every = frozenset((*title, *lead, *brand, *labels))
    return Read(title, lead, brand, labels, every, frozenset(map(singular, (*title_words, *lead_words))))


@lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """The word without a plural s (the S-stemmer of Harman, 1991): "gaming" and "games" stay two words."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 3 else word


def found_at(sequence: Sequence[str], phrase: Sequence[str]) -> int:
    """Where the phrase begins in the sequence; -1 where it does not occur."""
    size = len(phrase)
    if size == 1:
        return sequence.index(phrase[0]) if phrase[0] in sequence else -1
    wanted = tuple(phrase)
    return next((at for at in range(len(sequence) - size + 1) if tuple(sequence[at : at + size]) == wanted), -1)


def signs(query: FreeQuery, seen: Read, importance: Mapping[Term, float]) -> dict[str, float]:
    """The signs of one product, each 0 to 1, by their names in `Weights`; ``importance`` of the terms adds up to 1."""
    found = dict.fromkeys(("coverage", "title", "surface", "brand"), 0.0)
    for term, share in importance.items():
        borne = [s for s in term.spellings if seen.bears(s.stems)]
        titled = [s for s in borne if found_at(seen.title, s.stems) >= 0]
        in_title = max((s.weight for s in titled), default=0.0)
        elsewhere = max((s.weight for s in borne if s.weight > in_title and _elsewhere(seen, s.stems)), default=0.0)
        apart = APART * met_apart(term.stems, seen) if len(term.stems) > 1 else 0.0
        found["coverage"] += share * max(in_title, elsewhere, apart)
        found["title"] += share * in_title
        as_written = all(singular(word) in seen.surface for word in term.written.split())
        others = [s.weight for s in titled if s is not term.spellings[0]]
        found["surface"] += share * max([float(as_written), *others])
        found["brand"] += share * (seen.brand == term.stems)
    return found | {"phrase": together(query, seen), "head": heading(query, seen)}


def _elsewhere(seen: Read, phrase: Sequence[str]) -> bool:
    return any(found_at(text, phrase) >= 0 for text in (seen.lead, seen.brand, seen.labels))


def met_apart(phrase: Sequence[str], seen: Read) -> float:
    """The share of the phrase's words that occur anywhere."""
    return sum(stem in seen.title or stem in seen.lead or stem in seen.brand for stem in phrase) / len(phrase)


def together(query: FreeQuery, seen: Read) -> float:
    """The share of neighbouring ideas of the query that are neighbours in the title or the lead, too."""
    pairs = query.pairs
    if not pairs:
        return 0.0
    borne = [pair for pair in pairs if seen.bears(pair)]
    return sum(found_at(seen.title, p) >= 0 or found_at(seen.lead, p) >= 0 for p in borne) / len(pairs)


def heading(query: FreeQuery, seen: Read) -> float:
    """Whether the thing asked for, the query's last term, is what the product is, not what it is made for.

    It is made for what stands shortly behind "for", or right before a noun that names accessories ("laptop bag"),
    unless the query has that noun, too.
    """
    accessories, made_for = _accessories(query), made_for_stems()
    best = 0.0
    for spelling in query.terms[-1].spellings:
        if spelling.weight <= best or not seen.bears(spelling.stems):
            continue
        for text in (seen.title, seen.lead):
            at = found_at(text, spelling.stems)
            end = at + len(spelling.stems)
            if (
                at >= 0
                and made_for.isdisjoint(text[max(0, at - 4) : at])
                and accessories.isdisjoint(text[end : end + 2])
            ):
                best = max(best, spelling.weight)
    return best


@lru_cache(maxsize=128)
def _accessories(query: FreeQuery) -> frozenset[str]:
    """Stems of nouns that name accessories, without those of the query."""
    return accessory_stems() - {stem for term in query.terms for s in term.spellings for stem in s.stems}


Vector = dict[str, float]
"""The words of a product, each by its rarity, scaled to the length 1."""


def vector(seen: Read, idf_of: Callable[[str], float]) -> Vector:
    """The words of title, lead and labels."""
    words_of = {stem: idf_of(stem) for stem in {*seen.title, *seen.lead, *seen.labels}}
    norm = math.sqrt(sum(v * v for v in words_of.values())) or 1.0
    return {stem: value / norm for stem, value in words_of.items()}


def feedback(top: Sequence[tuple[Vector, float]], candidates: Sequence[Vector]) -> list[float]:
    """How alike each candidate is to the weighted centre of the best hits: the cosine of their words, 0 to 1."""
    centre: defaultdict[str, float] = defaultdict(float)
    for best, weight in top:
        for stem, value in best.items():
            centre[stem] += weight * value
    norm = math.sqrt(sum(v * v for v in centre.values())) or 1.0
    return [sum(value * centre[stem] for stem, value in one.items() if stem in centre) / norm for one in candidates]
