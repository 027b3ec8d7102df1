"""The lexicon: its data obeys its rules, and its look-ups and matching do what they say."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest
import tantivy
import yaml
from hypothesis import given
from hypothesis import strategies as st

import tools.lexicon as lexicon
from tools.lexicon import (
    all_interests,
    all_restrictions,
    canonical_interest,
    canonical_restriction,
    implied_words,
    interest_words,
    neighbours,
)
from tools.lexicon.rules import revealed
from tools.lexicon.stems import Matcher, contains_phrase, stems

FOLDER = Path(lexicon.__file__).parent
INTERESTS = yaml.safe_load((FOLDER / "interests.yaml").read_text())
RESTRICTIONS = yaml.safe_load((FOLDER / "restrictions.yaml").read_text())

SAME_STEMS = {"anime", "musical", "training", "gaming"}
"""Names whose stems another entry has too; they are found as they are written."""

CLEAR_ANYWHERE = {
    "e reader", "audiobook", "gratitude journal", "sleep headphones", "smartwatch", "power bank", "dry bag",
    "trading cards", "play tent",
}  # fmt: skip
"""Products that serve two interests which have nothing to do with each other."""

AMBIGUOUS = set(
    stems(
        "bag balance ball band bar base bat bit blade block blue board book boot bow box bridge brush card case chain"
        " chart class clay clip club collection colour cover cup design draw dress drive edge fit flat frame game"
        " gift glass guide hook hot key kit leg letter light line map mat match model nail natural net pad paint"
        " paper pen pick pin plane plate play pool post press print pump race rack read record rest ring roll rope"
        " run set shade sharp short shot slim spring stage stand star stem stick string switch table tank tool top"
        " track train tube use wheel wood"
    )
)


def names(data: dict, name: str) -> list[str]:
    return [name, *data[name].get("also", []), *data[name].get("called", [])]


# -- the data -----------------------------------------------------------------


def test_there_is_enough() -> None:
    assert len(all_interests()) >= 140
    assert len(all_restrictions()) >= 60


@pytest.mark.parametrize("name", INTERESTS)
def test_an_interest_is_complete(name: str) -> None:
    entry = INTERESTS[name]
    assert set(entry) <= {"also", "kinds", "called", "words", "near"}
    assert set(entry.get("kinds", [])) <= set(entry.get("also", []))
    assert 6 <= len(entry["words"]) <= 15
    assert 2 <= len(entry["near"]) <= 4
    assert all(near in INTERESTS and near != name for near in entry["near"])
    assert interest_words(name)


@pytest.mark.parametrize("name", RESTRICTIONS)
def test_a_restriction_is_complete(name: str) -> None:
    entry = RESTRICTIONS[name]
    assert set(entry) <= {"also", "words", "often", "claims", "includes", "except"}
    assert entry["words"] or entry.get("includes")
    assert ("often" in entry) <= ("claims" in entry)
    assert all(other in RESTRICTIONS and other != name for other in entry.get("includes", []))


@pytest.mark.parametrize("data", [INTERESTS, RESTRICTIONS])
def test_all_is_written_in_lower_case_without_repetition(data: dict) -> None:
    for name, entry in data.items():
        for key, items in entry.items():
            assert all(isinstance(item, str) and item == item.strip().lower() for item in items), (name, key)
            assert len(set(items)) == len(items), (name, key)


@pytest.mark.parametrize("data", [INTERESTS, RESTRICTIONS])
def test_a_name_means_one_entry(data: dict) -> None:
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    written: dict[str, set[str]] = defaultdict(set)
    for name in data:
        for called in names(data, name):
            written[called].add(name)
            if called not in SAME_STEMS and called not in ("musicals", "trains"):
                owners[stems(called)].add(name)
    assert {called: found for called, found in written.items() if len(found) > 1} == {}
    assert {called: found for called, found in owners.items() if len(found) > 1} == {}


def test_no_word_is_searched_for_that_means_too_much_alone() -> None:
    found = {(name, word) for name in INTERESTS for word in interest_words(name) if set(stems(word)) <= AMBIGUOUS}
    singles = {(name, word) for name, word in found if len(stems(word)) == 1}
    assert singles == {("reading", "books")}


def test_unrelated_interests_share_no_word() -> None:
    near: dict[str, set[str]] = defaultdict(set)
    for name, entry in INTERESTS.items():
        for other in entry["near"]:
            near[name].add(other)
            near[other].add(name)
    owners: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for name, entry in INTERESTS.items():
        for word in entry["words"]:
            owners[stems(word)][name] = word
    unrelated = {
        (first, second, found[first])
        for found in owners.values()
        for first, second in combinations(found, 2)
        if second not in near[first] and not near[first] & near[second] and found[first] not in CLEAR_ANYWHERE
    }
    assert unrelated == set()


def test_no_except_phrase_is_idle() -> None:
    for name in RESTRICTIONS:
        words = Matcher(implied_words(name))
        for phrase in RESTRICTIONS[name].get("except", []):
            assert words.find(stems(phrase)), (name, phrase)


# -- look-ups -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("gardening", "gardening"), ("Gardeners", "gardening"), ("  allotments ", "gardening"),
        ("bookworm", "reading"), ("jewellery", "jewelry"), ("Lego", "building blocks"), ("perfume", "fragrance"),
        ("spa", "wellness"), ("maps", "geography"), ("anime", "anime"), ("animal", "animals"),
        ("gaming", "video games"),
        ("games", "games"), ("Board Game", "board games"), ("training", "fitness"), ("train", "trains"),
        ("tax law", None), ("", None), ("!", None),
    ],
)  # fmt: skip
def test_canonical_interest(phrase: str, name: str | None) -> None:
    assert canonical_interest(phrase) == name


def test_interest_words_are_synonyms_and_product_words() -> None:
    assert {"allotment", "secateurs", "planter"} <= set(interest_words("gardener"))
    assert interest_words("tax law") == ()


def test_neighbours() -> None:
    assert "houseplants" in neighbours("gardeners")
    assert neighbours("tax law") == ()


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("nuts", "nuts"), ("Nut allergy", "nuts"), ("nut-free", "nuts"), ("anything with nuts", "nuts"),
        ("no books", "books"), ("booze", "alcohol"), ("lactose intolerant", "dairy"), ("vegan", "non-vegan"),
        ("toy guns", "weapons"), ("milk", "dairy"), ("umbrellas", None), ("free", None),
    ],
)  # fmt: skip
def test_canonical_restriction(phrase: str, name: str | None) -> None:
    assert canonical_restriction(phrase) == name


def test_implied_words() -> None:
    assert {"almond", "nut", "peanut"} <= set(implied_words("tree nuts"))
    assert {"leather", "milk", "egg", "wool", "gelatin"} <= set(implied_words("vegan"))
    assert implied_words("umbrellas") == ("umbrellas",)


# -- what is kept and what is lost ----------------------------------------------


@pytest.mark.parametrize(
    ("restriction", "text"),
    [
        ("books", "Cast iron bookends and a notebook"), ("books", "Bookshelf with book ends"),
        ("nuts", "Nut-free doughnuts"), ("nuts", "Butternut squash soup bowl in walnut wood"),
        ("dairy", "Almond milk and peanut butter"), ("dairy", "Dairy free chocolate truffles"),
        ("gluten", "Gluten-free brownies and cookies"), ("gluten", "Cake stand with cookie cutters"),
        ("eggs", "Vegan chocolate cake"), ("glass", "Magnifying glass"),
        ("alcohol", "Ginger beer brewed without alcohol"),
        ("alcohol", "Alcohol-free gin"), ("leather", "Bag in vegan leather"), ("fur", "Faux fur throw"),
        ("weapons", "Massage gun"), ("clothes", "A short story"), ("socks", "Christmas stocking filler"),
        ("video games", "Wooden board game"), ("watches", "A story to watch at night"), ("sugar", "Sweet pea seeds"),
        ("shellfish", "Crab bath toy"), ("umbrellas", "Raincoat"),
    ],
)  # fmt: skip
def test_kept(restriction: str, text: str) -> None:
    assert revealed(restriction, stems(text)) is None


@pytest.mark.parametrize(
    ("restriction", "text", "word"),
    [
        ("books", "A hardback novel", "hardback"), ("books", "Three books", "book"),
        ("nuts", "Chocolate with Almonds", "almond"), ("nuts", "Nut-free bar. Contains almonds.", "almond"),
        ("nut allergy", "May contain nuts", "nut"), ("nuts", "Peanut brittle", "peanut"),
        ("dairy", "Gluten free crackers with cheese", "cheese"), ("gluten", "Chocolate brownies", "brownie"),
        ("gluten", "Gluten-free? No: contains wheat", "wheat"), ("eggs", "Sponge cake", "sponge cake"),
        ("vegan", "Leather wallet", "leather"), ("vegan", "Beeswax candle", "beeswax"),
        ("halal", "Wine gums", "wine gums"), ("alcohol", "Rosé wine", "wine"),
        ("scents", "Eau de parfum", "eau de parfum"),
        ("umbrellas", "Red umbrella", "umbrellas"), ("seafood", "Lobster bisque", "lobster"),
    ],
)  # fmt: skip
def test_lost(restriction: str, text: str, word: str) -> None:
    assert revealed(restriction, stems(text)) == word


# -- stems and matching -----------------------------------------------------------


def test_stems_are_those_of_the_index() -> None:
    analyzer = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )
    texts = [word for name in INTERESTS for word in interest_words(name)]
    texts += [word for name in RESTRICTIONS for word in implied_words(name)]
    texts += ["Café", "Crème brûlée", "Smørrebrød", "Straße", "dying skies generously", "evening news", "women's-wear"]
    unlike = {
        text: (found, stems(text))
        for text in texts
        if (found := tuple(stem for stem in analyzer.analyze(text) if stem != "s")) != stems(text)
    }
    assert len(set(texts)) > 200
    assert unlike == {}


def test_stems() -> None:
    assert stems("The Gardener's ROSES, rosé & Crème-brûlée!") == ("the", "garden", "rose", "rose", "creme", "brule")
    assert stems("children\u2019s 3D puzzles") == ("children", "3d", "puzzl")
    assert stems(" _ -- ") == ()


@given(st.text())
def test_stems_never_raises(text: str) -> None:
    assert all(stem and stem == stem.strip() for stem in stems(text))


WORDS = st.sampled_from(["oat", "milk", "free", "cake", "butter", "dish"])
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


def naive(phrases: list[str], unless: list[str], text: tuple[str, ...]) -> str | None:
    """What `Matcher.find` is defined as, in the plainest way."""

    def places(phrase: str) -> list[tuple[int, int]]:
        wanted = stems(phrase)
        return [(at, at + len(wanted)) for at in range(len(text)) if text[at : at + len(wanted)] == wanted]

    spared = [place for phrase in unless for place in places(phrase)]
    hits = [
        (start, start - end, order, phrase)
        for order, phrase in enumerate(phrases)
        for start, end in places(phrase)
        if not any(first <= start and end <= last for first, last in spared)
    ]
    return min(hits)[3] if hits else None


@given(st.lists(PHRASES), st.lists(PHRASES), st.lists(WORDS).map(tuple))
def test_matcher_equals_a_naive_search(phrases: list[str], unless: list[str], text: tuple[str, ...]) -> None:
    text = stems(" ".join(text))
    assert Matcher(phrases, unless).find(text) == naive(phrases, unless, text)
    assert (Matcher(phrases).find(text) is not None) == any(contains_phrase(text, stems(phrase)) for phrase in phrases)


def test_an_empty_phrase_is_in_nothing() -> None:
    assert not contains_phrase(("a",), ())
    assert Matcher(["", "!"]).find(("a",)) is None


@pytest.mark.parametrize(
    ("wish", "near"),
    [
        ("ocean animals", ("animals", "ocean")),
        ("jazz piano", ("piano", "jazz")),
        ("forest animals", ("animals",)),
        ("gold watch", ("watches",)),
        ("tea towels", ()),  # what is asked for is a towel
        ("chocolate fountain", ()),
        ("remote control car", ("cars",)),
        ("dinosaur toys", ("dinosaurs",)),
        ("science kit", ("science",)),
        ("educational toys", ()),
    ],
)
def test_words_unknown_together_are_near_to_what_the_head_names_or_what_a_toy_or_kit_is_about(
    wish: str, near: tuple[str, ...]
) -> None:
    assert neighbours(wish) == near
