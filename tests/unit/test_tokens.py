"""Products as numbers are looked through as their words would be, and are found again after changes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.products import a_product
from tools.catalog.search.rarity import Counting, Rarity
from tools.catalog.search.reading import FIELDS, TELLING, Read, read
from tools.catalog.search.token_file import TokenFile, TokenWriter
from tools.catalog.search.tokens import Tokens, as_record, token
from tools.lexicon.stems import contains_phrase

WORDS = st.lists(st.sampled_from("tea cup red for bag laptop".split()), max_size=6).map(tuple)
READS = st.builds(Read, **dict.fromkeys(FIELDS, WORDS))


def tokens_of(seen: Iterable[Read]) -> Tokens:
    return Tokens.of(map(as_record, seen))


@given(st.lists(READS, min_size=1, max_size=5), WORDS.filter(bool))
def test_a_field_bears_a_phrase_where_its_words_stand_one_after_the_other(reads: list[Read], phrase: tuple) -> None:
    found = tokens_of(reads).bearing(phrase)
    assert found.tolist() == [[contains_phrase(getattr(one, name), phrase) for name in FIELDS] for one in reads]


@given(st.lists(READS, min_size=1, max_size=5))
def test_a_telling_word_counts_once_for_a_product(reads: list[Read]) -> None:
    words, of = tokens_of(reads).telling()
    for number, one in enumerate(reads):
        told = {token(word) for name in TELLING for word in getattr(one, name)}
        assert sorted(words[of == number].tolist()) == sorted(told)


@given(st.lists(READS, min_size=2, max_size=5), st.data())
def test_some_of_the_products_are_as_if_they_alone_were_there(reads: list[Read], data: st.DataObject) -> None:
    wanted = data.draw(st.permutations(range(len(reads))))[: len(reads) - 1]
    some = tokens_of(reads).some(np.array(wanted))
    alone = tokens_of([reads[number] for number in wanted])
    assert some.bearing(("tea",)).tolist() == alone.bearing(("tea",)).tolist()
    assert some.lengths.tolist() == alone.lengths.tolist()


def test_neighbours_end_where_the_field_ends() -> None:
    seen = Read(("padded", "laptop", "bag"), ("grey",), (), (), (), (), ())
    products, before, behind = tokens_of([seen]).around(("laptop",), (0, 1), 4, 2)
    assert products.tolist() == [0]
    assert before.tolist() == [[token("padded"), 0, 0, 0]]
    assert behind.tolist() == [[token("bag"), 0]]


def test_what_is_added_later_is_found_beside_what_was_imported(tmp_path: Path) -> None:
    shop = [a_product(name, "1.00", title=name) for name in ("lamp", "desk", "oak", "rug")]
    starts = []
    for part in (shop[:2], shop[2:3], shop[3:]):
        with TokenWriter(tmp_path) as writer:
            starts += [writer.add(product) for product in part]
    kept = TokenFile(tmp_path)
    order = [3, 0, 2, 1]
    seen = kept.at([starts[number] for number in order])
    expected = Tokens.of(as_record(read(shop[number])) for number in order)
    for word in ("lamp", "desk", "oak", "rug"):
        assert seen.bearing((word,)).tolist() == expected.bearing((word,)).tolist()


def test_a_rare_word_says_more_than_a_frequent_one(tmp_path: Path) -> None:
    counting = Counting()
    for number in range(40):
        counting.add(read(a_product(f"p{number}", "1.00", title="tea" if number else "tea zeppelin")))
    counting.save(tmp_path / "tokens.rarity")
    rarity = Rarity.load(tmp_path / "tokens.rarity")
    frequent, rare, unseen = rarity(np.array([token("tea"), token("zeppelin"), token("xylophone")], np.uint32))
    assert frequent < rare <= unseen
