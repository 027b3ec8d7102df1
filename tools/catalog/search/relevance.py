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

from tools.catalog.search.query import FreeQuery, Spelling, Term
from tools.lexicon.measures import is_measure, spaced
from tools.lexicon.shopping import accessory_stems, colours, made_for_stems
from tools.lexicon.stems import padded, singular, stems, stems_of, words
from tools.product import Product

DESCRIPTION_WORDS = 60
"""Of a description the first words say what the thing is; the rest is small print."""

SPEC_WORDS = 60
"""Of the specs, which may go on for pages, as many."""

UNSURE_COLOUR = 0.5
"""What a colour counts that only the title names: "black ink" is not what a printer looks like."""

APART = 0.7
"""What the words of a phrase count where they do not stand together."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign counts beside BM25, which is scaled to 1 for the best hit.

    Fitted by coordinate ascent on nDCG@10 over the 70 development queries of Chorus, then rounded where the measure is
    flat, minding a catalogue without attributes, too. Queries left out of the fit (five folds) stood at .79, all at
    .805; without BM25 .735 remained, without `surface` .77, without `head` .78, without any other one .80. `brand` and
    `colour` are chosen by judgement: these queries name few brands and no colours, and stay at .806 with any value.
    """

    bm25: float = 1.0
    coverage: float = 0.3
    title: float = 0.1
    surface: float = 1.2
    phrase: float = 0.1
    head: float = 0.4
    brand: float = 0.8
    colour: float = 0.2
    feedback: float = 0.3


@dataclass(frozen=True, slots=True)
class Read:
    """A product as this module looks at it: the stems of its texts, and its words but for the plural.

    Each is one text with the words between blanks: a phrase is looked for in it at the speed of `str.find`, and the
    whole is kept in the index, so that a search neither parses nor stems what it only compares.
    """

    title: str
    lead: str
    brand: str
    labels: str
    specs: str
    colors: str
    surface: str

    @classmethod
    def of(cls, stored: str) -> Read:
        """What `stored` gave."""
        return cls(*stored.split("\n"))

    @property
    def stored(self) -> str:
        """As one text, for the index."""
        return "\n".join(getattr(self, name) for name in self.__slots__)


def read(product: Product) -> Read:
    """Reads a product."""
    title = words(spaced(product.title))
    lead = words(spaced(" ".join(product.description.split(None, DESCRIPTION_WORDS)[:DESCRIPTION_WORDS])))
    specs = words(spaced(" ".join(product.spec_text.split(None, SPEC_WORDS)[:SPEC_WORDS])))
    options = (value for variant in product.variants for value in variant.options.values())
    named = (*product.tags, *product.interests, *product.themes, *product.colors, *product.materials)
    return Read(
        padded(stems_of(title)),
        padded(stems_of(lead)),
        padded(stems(product.brand)),
        padded(stems(" , ".join((*named, product.category)))),
        padded(stems_of(specs)),
        padded(stems(" , ".join((*product.colors, *options)))),
        padded(dict.fromkeys(map(singular, (*title, *words(product.brand), *lead, *specs)))),
    )


def signs(query: FreeQuery, seen: Read, importance: Mapping[Term, float]) -> dict[str, float]:
    """The signs of one product, each 0 to 1, by their names in `Weights`; ``importance`` of the terms adds up to 1."""
    coverage = title = surface = 0.0
    for term, share in importance.items():
        own = term.spellings[0]
        titled = [spelling for spelling in term.spellings if spelling.text in seen.title]
        in_title = max((spelling.weight for spelling in titled), default=0.0)
        elsewhere = max((s.weight for s in term.spellings if s.weight > in_title and _elsewhere(seen, s)), default=0.0)
        apart = APART * met_apart(term, seen) if len(term.each) > 1 else 0.0
        coverage += share * max(in_title, elsewhere, apart)
        title += share * in_title
        as_written = all(word in seen.surface for word in term.surface)
        told = term.written.split()
        if len(told) == 2 and is_measure(told[0], told[1]):  # 27 and inch, apart, are two other things
            as_written = max(in_title, elsewhere) == 1.0
        surface += share * (1.0 if as_written else max((s.weight for s in titled if s is not own), default=0.0))
    brand = float(bool(query.brand) and seen.brand == padded(query.brand))
    found = {"coverage": coverage, "title": title, "surface": surface, "brand": brand, "colour": coloured(query, seen)}
    return found | {"phrase": together(query, seen), "head": heading(query, seen)}


def coloured(query: FreeQuery, seen: Read) -> float:
    """The share of the colours asked for that the product has; half where only its title says so."""
    asked = [term for term in query.terms if term.stems in colours()]
    if not asked:
        return 0.0
    where, sure = (seen.colors, 1.0) if seen.colors.strip() else (seen.title, UNSURE_COLOUR)
    met = (max((s.weight for s in term.spellings if s.text in where), default=0.0) for term in asked)
    return sure * sum(met) / len(asked)


def _elsewhere(seen: Read, spelling: Spelling) -> bool:
    return any(spelling.text in text for text in (seen.lead, seen.brand, seen.labels, seen.specs))


def met_apart(term: Term, seen: Read) -> float:
    """The share of the words of a phrase that occur anywhere."""
    texts = (seen.title, seen.lead, seen.brand, seen.specs)
    return sum(any(stem in text for text in texts) for stem in term.each) / len(term.each)


def together(query: FreeQuery, seen: Read) -> float:
    """The share of neighbouring ideas of the query that are neighbours in the title or the lead, too."""
    pairs = query.pairs
    return sum(pair in seen.title or pair in seen.lead for pair in pairs) / len(pairs) if pairs else 0.0


def heading(query: FreeQuery, seen: Read) -> float:
    """Whether the thing asked for, the query's last term, is what the product is, not what it is made for.

    It is made for what stands shortly behind "for", or right before a noun that names accessories ("laptop bag"),
    unless the query has that noun, too. A sentence does not end with the thing.
    """
    best = 0.0
    for spelling in () if query.is_sentence else query.terms[-1].spellings:
        if spelling.weight > best and any(_is_meant(query, spelling.text, text) for text in (seen.title, seen.lead)):
            best = spelling.weight
    return best


def _is_meant(query: FreeQuery, phrase: str, text: str) -> bool:
    at = text.find(phrase)
    if at < 0:
        return False
    before, behind = text[:at].rsplit(None, 4)[-4:], text[at + len(phrase) :].split(None, 2)[:2]
    return made_for_stems().isdisjoint(before) and _accessories(query).isdisjoint(behind)


def _accessories(query: FreeQuery) -> frozenset[str]:
    """Stems of nouns that name accessories, without those of the query."""
    return accessory_stems() - query.stems


Vector = dict[str, float]
"""The words of a product, each by its rarity, scaled to the length 1."""


def vector(seen: Read, idf_of: Callable[[str], float]) -> Vector:
    """The words of title, lead, labels and specs."""
    texts = (seen.title, seen.lead, seen.labels, seen.specs)
    words_of = {stem: idf_of(stem) for stem in {stem for text in texts for stem in text.split()}}
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
