"""Slips in the reader's own words are mended; names, titles, numbers and right words never change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recsys_agent.offline.reading.spelling import mended, nearest_word
from recsys_agent.offline.reading.text import canonical
from recsys_agent.offline.reading.words.interests import KNOWN
from recsys_agent.offline.reading.words.names import FIRST_NAMES

FEEDS = Path(__file__).parents[2] / "tools" / "catalog" / "curated_feed"


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("alergic", "allergic"), ("turnning", "turning"), ("guetss", "guests"),
        ("patry", "party"),
        ("udner", "under"), ("dsco", "disco"), ("spcae", "space"), ("pzuzles", "puzzles"), ("sohuld", "should"),
        ("quuite", "quite"), ("thsee", "these"), ("dinosuars", "dinosaurs"), ("enojys", "enjoys"), ("buget", "budget"),
        ("grandmohter", "grandmother"), ("photografy", "photography"), ("annivesary", "anniversary"),
        ("cheapr", "cheaper"),
        ("glutin", "gluten"), ("vegitarian", "vegetarian"), ("dolars", "dollars"), ("nephw", "nephew"),
        ("wisky", "whisky"),
    ],
)  # fmt: skip
def test_a_slip_in_a_word_we_look_for_is_read_as_the_word(slip: str, meant: str) -> None:
    assert nearest_word(slip) == meant


@pytest.mark.parametrize(
    "text",
    [
        "I would like the Umberfield Grafitti Lammp, please",
        'the one called "gardning in the dsco"',
        "my friend called lovise",
        "gift for Anika, she turns 8",
        "fivety, 40.50, 3rd, PS5, 12kids, $40-60, http://gardning.example",
        "nespresso, spotify, fortnite and roblox",
    ],
)
def test_names_titles_quotations_numbers_and_unknown_words_stay_as_written(text: str) -> None:
    assert mended(text) == text


def test_no_word_of_a_product_title_is_changed_in_its_own_spelling() -> None:
    rows = [
        json.loads(line) for feed in FEEDS.glob("*.jsonl") for line in feed.read_text(encoding="utf-8").splitlines()
    ]
    said = [f"i take the {form}" for row in rows for form in (row["title"], row["title"].lower())]
    assert said
    assert [text for text in said if mended(text) != text] == []


def test_the_first_word_of_a_sentence_is_mended_only_to_a_word_of_ours() -> None:
    assert mended("Alergic to nuts. Tarkan loves it") == "Allergic to nuts. Tarkan loves it"


def test_a_slip_beside_a_hyphen_or_in_capitals_is_mended() -> None:
    assert mended("a dinosuar-themed patry") == "a dinosaur-themed party"
    assert mended("MY BORTHER LIEKS TEA") == "MY BROTHER LIKES TEA"


@given(
    st.lists(st.sampled_from(sorted({*FIRST_NAMES, *(word for known in KNOWN for word in known.split())})), max_size=8)
)
def test_our_own_words_and_first_names_are_right(words: list[str]) -> None:
    assert mended(" ".join(words)) == " ".join(words)


@given(st.text(max_size=80))
def test_mending_never_touches_a_digit(text: str) -> None:
    assert [c for c in mended(text) if c.isdigit()] == [c for c in text if c.isdigit()]


@given(st.text(max_size=60))
def test_what_was_mended_once_stays(text: str) -> None:
    assert mended(mended(text)) == mended(text)
    assert canonical(text) is not None
