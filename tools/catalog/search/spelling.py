"""The shop's word nearest to a misspelt one."""

from __future__ import annotations

import json

import tantivy
from tantivy import Query

from tools.catalog.search.index import schema
from tools.lexicon.stems import stems

SHORTEST = 4
"""A shorter word is as near to many words as to the one that was meant."""

LOOKED_AT = 30


def nearest_word(searcher: tantivy.Searcher, word: str) -> str | None:
    """The stem of the shop's titles within one edit of the word's stem (two from eight letters on), else None.

    Of several the nearest counts, then the one that more products bear. Model numbers are left alone.
    """
    wanted = stems(word)[0]
    if len(wanted) < SHORTEST or any(char.isdigit() for char in wanted):
        return None
    furthest = 2 if len(wanted) >= 8 else 1
    query = Query.fuzzy_term_query(schema(), "title", wanted, distance=furthest, transposition_cost_one=True)
    counts: dict[str, int] = {}
    for _, address in searcher.search(query, LOOKED_AT, count=False).hits:
        title = _title(searcher, address)
        for stem in set(stems(title)):
            if stem not in counts and edits(stem, wanted) <= furthest:
                counts[stem] = searcher.doc_freq("title", stem)
    return min(counts, key=lambda stem: (edits(stem, wanted), -counts[stem], stem), default=None)


def edits(one: str, other: str) -> int:
    """How many letters to add, drop, change or swap with their neighbour (optimal string alignment distance)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b)))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], earlier[j - 2] + 1)
    return row[-1]


def _title(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> str:
    return json.loads(searcher.doc(address)["product"][0])["title"]
