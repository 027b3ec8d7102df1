"""A made-up shop of any size, and what is searched in it: words as frequent as in real texts, and many low prices."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator
from pathlib import Path

VOCABULARY = 30_000
SEARCHED_RANKS = (20, 3000)
"""Queries are of words that are neither in every product nor in one only."""

_ONSETS = "b br c cl d dr f g gr h j k l m n p pr r s st t tr v w".split()
_VOWELS = "a e i o u ai ea oo".split()
_CODAS = "b d g k l m n p r t".split()


def word(rank: int) -> str:
    """The word of this rank, the same in every run: syllables by the digits of the rank."""
    syllables, rest = [], rank + 1
    while rest:
        rest, onset = divmod(rest, len(_ONSETS))
        rest, vowel = divmod(rest, len(_VOWELS))
        rest, coda = divmod(rest, len(_CODAS))
        syllables.append(_ONSETS[onset] + _VOWELS[vowel] + _CODAS[coda])
    return "".join(syllables)


def write_feed(file: Path, count: int) -> None:
    """Writes ``count`` products as JSON Lines: titles of 4 words, descriptions of 30, prices of 1 to about 500."""
    draw, words = random.Random(count), [word(rank) for rank in range(VOCABULARY)]

    def text(length: int) -> str:
        # The inverse of the Zipf distribution's cumulative function: rank r is drawn in proportion to 1 / r.
        return " ".join(words[int(VOCABULARY ** draw.random()) - 1] for _ in range(length))

    with file.open("w", encoding="utf-8") as out:
        for number in range(count):
            product = {
                "product_id": f"p{number}",
                "title": text(4),
                "description": text(30),
                "price": f"{min(499.0, math.exp(draw.gauss(3.3, 1.0)) + 1):.2f}",
                "category": f"{words[draw.randrange(20)]} > {words[draw.randrange(200)]}",
                "brand": words[draw.randrange(1000)],
                "tags": text(3).split(),
                "stock": draw.choice((0, 3, 50)) if draw.random() < 0.1 else 20,
                "age_min_years": draw.choice((0, 3, 8, 18)),
            }
            out.write(json.dumps(product) + "\n")


def queries(count: int) -> Iterator[tuple[str, int]]:
    """Words to find, and the highest price in cents."""
    draw, (low, high) = random.Random(7), SEARCHED_RANKS
    for _ in range(count):
        said = (word(int(low * (high / low) ** draw.random())) for _ in range(draw.choice((1, 1, 2, 2, 3))))
        yield " ".join(said), draw.choice((1500, 3000, 5000, 10_000))
