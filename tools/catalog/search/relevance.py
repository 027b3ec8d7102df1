"""How well a product answers a free query, beyond sharing words with it.

BM25 counts words; a shopper means a thing. What is looked at besides: how much of the query is met, and where; whether
the words stand together and as the shopper wrote them; whether the product is the thing or something made for it; and
whether it is of the kind that the best hits agree on (pseudo-relevance feedback after Rocchio, 1971).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tools.catalog.search.query import FreeQuery, Term
from tools.catalog.search.rarity import Rarity
from tools.catalog.search.tokens import AT, Tokens, token
from tools.lexicon.measures import is_measure
from tools.lexicon.shopping import accessory_stems, colours, made_for_stems

UNSURE_COLOUR = 0.5
"""What a colour counts that only the title names: "black ink" is not what a printer looks like."""

APART = 0.7
"""What the words of a phrase count where they do not stand together."""

TITLE, LEAD, BRAND, COLORS, SURFACE = (AT[name] for name in ("title", "lead", "brand", "colors", "surface"))
ELSEWHERE = [AT[name] for name in ("lead", "brand", "labels", "specs")]
NAMED = [AT[name] for name in ("title", "brand", "labels", "colors")]
ANYWHERE = [AT[name] for name in ("title", "lead", "brand", "specs")]

WORDS_BEFORE, WORDS_BEHIND = 4, 2
"""Neighbours of a name that tell whether it is what the product is."""

BUCKETS = 1 << 16
"""In which the words of the best hits are gathered; of the few hundred one in thirty shares its bucket."""


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


Signs = dict[str, np.ndarray]
"""The signs of n products by their names in `Weights`: each of shape (n,), 0 to 1."""


def signs(query: FreeQuery, seen: Tokens, importance: Mapping[Term, float]) -> Signs:
    """What speaks for each product; ``importance`` of the terms adds up to 1."""
    coverage, title, surface = np.zeros((3, len(seen)))
    for term, share in importance.items():
        in_title, anywhere = _met(term, seen)
        coverage += (
            share * np.maximum(anywhere, APART * met_apart(term, seen)) if len(term.stems) > 1 else share * anywhere
        )
        title += share * in_title
        surface += share * _as_written(term, seen, anywhere)
    found = {"coverage": coverage, "title": title, "surface": surface, "brand": branded(query, seen)}
    found |= {"colour": coloured(query, seen), "phrase": together(query, seen), "head": heading(query, seen)}
    return found


def _met(term: Term, seen: Tokens) -> tuple[np.ndarray, np.ndarray]:
    """How surely the term is met in the title, and anywhere."""
    in_title, anywhere = np.zeros((2, len(seen)))
    for spelling in term.spellings:
        bearing = seen.bearing(spelling.stems)
        titled = bearing[:, TITLE]
        np.maximum(in_title, spelling.weight * titled, out=in_title)
        np.maximum(anywhere, spelling.weight * (titled | bearing[:, ELSEWHERE].any(axis=1)), out=anywhere)
    return in_title, anywhere


def _as_written(term: Term, seen: Tokens, anywhere: np.ndarray) -> np.ndarray:
    """1 where the words stand as the shopper wrote them, else how sure another name is that the title has."""
    others = np.zeros(len(seen))
    for spelling in term.spellings[1:]:
        np.maximum(others, spelling.weight * seen.bearing(spelling.stems)[:, TITLE], out=others)
    told = term.written.split()
    if len(told) == 2 and is_measure(told[0], told[1]):  # 27 and inch, apart, are two other things
        return np.where(anywhere == 1.0, 1.0, others)
    written = np.ones(len(seen), bool)
    for word in term.surface:
        written &= seen.bearing((word,))[:, SURFACE]
    return np.where(written, 1.0, others)


def met_apart(term: Term, seen: Tokens) -> np.ndarray:
    """The share of the words of a phrase that occur anywhere."""
    return np.mean([seen.bearing((stem,))[:, ANYWHERE].any(axis=1) for stem in term.stems], axis=0)


def branded(query: FreeQuery, seen: Tokens) -> np.ndarray:
    """1 where the brand is the one that the query names."""
    if not query.brand:
        return np.zeros(len(seen))
    return seen.bearing(query.brand)[:, BRAND] * (seen.lengths[:, BRAND] == len(query.brand)) * 1.0


def coloured(query: FreeQuery, seen: Tokens) -> np.ndarray:
    """The share of the colours asked for that the product has; half where only its title says so."""
    asked = [term for term in query.terms if term.stems in colours()]
    met = np.zeros(len(seen))
    if not asked:
        return met
    stated = seen.lengths[:, COLORS] > 0
    for term in asked:
        each = [spelling.weight * seen.bearing(spelling.stems) for spelling in term.spellings]
        best = np.max(each, axis=0)
        met += np.where(stated, best[:, COLORS], UNSURE_COLOUR * best[:, TITLE])
    return met / len(asked)


def together(query: FreeQuery, seen: Tokens) -> np.ndarray:
    """The share of neighbouring ideas of the query that are neighbours in the title or the lead, too."""
    if not query.pairs:
        return np.zeros(len(seen))
    return np.mean([seen.bearing(pair)[:, [TITLE, LEAD]].any(axis=1) for pair in query.pairs], axis=0)


def heading(query: FreeQuery, seen: Tokens) -> np.ndarray:
    """Whether the thing asked for, the last term of its name, is what the product is, not what it is made for.

    It is made for what stands shortly behind "for", or right before a noun that names accessories ("laptop bag"),
    unless the query has that noun, too. A sentence does not end with the thing.
    """
    best = np.zeros(len(seen))
    if query.is_sentence:
        return best
    made_for, accessories = _numbers(made_for_stems()), _numbers(accessory_stems() - query.stems)
    for spelling in query.thing.spellings:
        products, before, behind = seen.around(spelling.stems, (TITLE, LEAD), WORDS_BEFORE, WORDS_BEHIND)
        meant = ~_among(before, made_for).any(axis=1)
        is_model = any(map(str.isdigit, "".join(spelling.stems)))  # behind a model's number stands what it is
        if not is_model and query.before_for is None:  # "ink for a pixma": an ink cartridge will do
            meant &= ~_among(behind, accessories).any(axis=1)
        np.maximum.at(best, products[meant], spelling.weight)
    return best


def unwanted(query: FreeQuery, seen: Tokens) -> np.ndarray:
    """Which products are named, branded, labelled or coloured as the query says it shall not be."""
    found = np.zeros(len(seen), bool)
    for phrase in query.unwanted:
        found |= seen.bearing(phrase)[:, NAMED].any(axis=1)
    return found


def _numbers(stems: frozenset[str]) -> np.ndarray:
    return np.sort(np.array([token(stem) for stem in stems], np.uint32))


def _among(words: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Which words are among the ``known``, which are sorted."""
    places = np.minimum(np.searchsorted(known, words), len(known) - 1)
    return known[places] == words


def feedback(seen: Tokens, weights: Sequence[float], rarity: Rarity) -> np.ndarray:
    """How alike each product is to the weighted centre of the best hits, about 0 to 1: the cosine of their words.

    The best hits are the first of ``seen``, as many as there are ``weights``. A word counts once, by its rarity.
    """
    words, of = seen.telling()
    worth = rarity(words)
    lengths = np.sqrt(np.bincount(of, worth * worth, len(seen)))
    worth /= np.maximum(lengths, 1e-9)[of]
    share = np.zeros(len(seen))
    share[: len(weights)] = weights
    buckets = words & (BUCKETS - 1)
    centre = np.bincount(buckets, worth * share[of], BUCKETS)
    return np.bincount(of, worth * centre[buckets], len(seen)) / max(float(np.sqrt((centre * centre).sum())), 1e-9)
