"""Habits and reactions move kinds of products: with enough behind them, within bounds, and not once taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.leaning import Leaning, shelf_of
from tools.memory.kinds import GIVER, Episode, Habit, Source, memory_id
from tools.memory.leanings import MOST, leanings, moved_in_words

SOURCE = Source(session_id="s", turn_id="t", at=datetime(2026, 6, 1, tzinfo=UTC))


def habit(shelf: str, taken: int = 0, refused: int = 0, *, muted: bool = False) -> Habit:
    return Habit(
        memory_id=memory_id(shelf),
        person_id=GIVER,
        source=SOURCE,
        sort="category",
        value=shelf,
        taken=taken,
        refused=refused,
        muted=muted,
    )


def gift(reaction: str | None = None, happening: str = "reacted", person: str = "dad") -> Episode:
    return Episode.model_validate(
        {
            "memory_id": f"{happening} {reaction}",
            "person_id": person,
            "source": SOURCE,
            "happening": happening,
            "reaction": reaction,
            "product_id": "mug",
            "title": "Garden Mug",
        }
    )


def categories(product_ids: Sequence[str]) -> Mapping[str, str]:
    return dict.fromkeys(product_ids, "Kitchen > Mugs")


def moved(*memories: Habit | Episode, person: str | None = "dad") -> dict[str, float]:
    return {one.shelf: one.shift for one in leanings(memories, person, categories)}


def test_one_choice_alone_moves_nothing() -> None:
    assert moved(habit("mugs", refused=1), habit("seeds", taken=1)) == {}


def test_what_was_turned_down_twice_moves_down_and_what_was_taken_twice_up() -> None:
    assert moved(habit("mugs", refused=2), habit("seeds", taken=2)) == {"mugs": -0.5, "seeds": 0.5}


def test_choices_that_speak_against_each_other_move_nothing() -> None:
    assert moved(habit("mugs", taken=3, refused=3)) == {}


def test_a_gift_that_was_loved_moves_its_kind_up_and_one_not_liked_down() -> None:
    assert moved(gift("loved"))["mugs"] > 0 > moved(gift("disliked"))["mugs"]


def test_how_a_gift_was_received_counts_for_its_recipient_alone() -> None:
    assert moved(gift("loved", person="mum")) == {}


def test_a_returned_gift_alone_moves_nothing_for_it_may_have_been_the_size() -> None:
    assert moved(gift(happening="returned")) == {}


def test_what_the_shopper_took_back_stands_still_whatever_else_is_known() -> None:
    assert moved(habit("mugs", refused=9, muted=True), gift("disliked")) == {}


def test_a_product_that_has_left_the_catalogue_moves_nothing() -> None:
    assert leanings([gift("loved")], "dad", lambda ids: {}) == []


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=8))
def test_shifts_are_bounded_and_few(counts: list[tuple[int, int]]) -> None:
    found = leanings([habit(f"shelf {n}", *both) for n, both in enumerate(counts)], None, categories)
    assert len(found) <= MOST
    assert all(-1 <= one.shift <= 1 for one in found)


def test_the_reply_says_what_moved_where_why_and_how_to_undo_it() -> None:
    line = moved_in_words(
        leanings([habit("mugs", refused=3), habit("seeds", taken=2), habit("pens", refused=3)], None, categories)
    )
    assert line == (
        "I moved mugs and pens down a little (turned down 3 times), and seeds up a little (taken twice). Say "
        "“stop doing that” and I will not."
    )


@pytest.mark.parametrize(
    ("category", "shelf"), [("Garden > Tools > Secateurs", "secateurs"), ("Mugs", "mugs"), ("", "")]
)
def test_the_shelf_is_the_end_of_the_category(category: str, shelf: str) -> None:
    assert shelf_of(category) == shelf


def test_a_leaning_beyond_its_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="less than or equal to 1"):
        Leaning(shelf="mugs", shift=1.5, why="", person_id=GIVER)
