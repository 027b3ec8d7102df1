"""Parties, dinners, picnics: what is named for them becomes the need it serves, and nothing is lost in silence."""

from __future__ import annotations

from datetime import date

import pytest

from recsys_agent.offline.reading import Reading, read
from tools.brief import Brief
from tools.shopper.others import further

TODAY = date(2026, 11, 23)


def reading(message: str, brief: Brief | None = None) -> Reading:
    return read(message, today=TODAY, brief=brief)


def planned(message: str, brief: Brief | None = None) -> dict[str, tuple[int, list[str]]]:
    """The needs of the brief after a message: their number and wishes."""
    after = reading(message, brief).changes.apply(brief or Brief())
    return {need.name: (need.quantity, need.wishes) for need in after.needs}


@pytest.mark.parametrize(
    ("message", "needs"),
    [
        ("games and a cake for a party of 8 kids aged 6, $80", {"activity": (1, ["games"]), "cake": (1, [])}),
        (
            "birthday dinner: candles, a game and a cake for eight, $150",
            {"decorations": (1, ["candles"]), "activity": (1, ["games"]), "cake": (1, [])},
        ),
        (
            "a kids sleepover for five 8-year-olds: something to play together, a craft for the evening, and something "
            "small for each to take home, 90 dollars",
            {"activity": (1, ["games", "crafts"]), "favours": (5, [])},
        ),
        (
            "dinner party for my wife's 40th: a gift for her (she loves pottery), candles for the table, and a game "
            "for eight guests",
            {"gift": (1, []), "decorations": (1, ["candles"]), "activity": (1, ["games"])},
        ),
        (
            "picnic for four: a blanket and something to drink from and a small game, $120",
            {"tableware": (4, ["cups"]), "activity": (1, ["games"]), "blanket": (1, ["blankets"])},
        ),
        (
            "sleepover for 6 girls turning 9: board games, crafts and little gifts for everyone to take home, max $99",
            {"activity": (1, ["crafts", "board games"]), "favours": (6, [])},
        ),
        (
            "brunch for ten: flowers for the table, plates and a quiz, $90",
            {"decorations": (1, ["flowers"]), "tableware": (10, ["plates"]), "activity": (1, ["quizzes"])},
        ),
        (
            "For a party of 10 kids: tableware, bunting, a cake topper, favours. $110 in all.",
            {"tableware": (10, []), "decorations": (1, ["bunting", "cake topper"]), "favours": (10, [])},
        ),
        (
            "an adults' picnic for 8: a cake stand, bunting and a game, $150",
            {"tableware": (8, ["cake stand"]), "decorations": (1, ["bunting"]), "activity": (1, ["games"])},
        ),
        (
            "housewarming for 8: candles, glasses, a board game, no cake, $100",
            {"decorations": (1, ["candles"]), "tableware": (8, ["cups"]), "activity": (1, ["board games"])},
        ),
        ("plan a party for 8 kids, $150, just a cake and a game", {"cake": (1, []), "activity": (1, ["games"])}),
    ],
)
def test_what_is_named_for_a_gathering_is_the_need_it_serves(
    message: str, needs: dict[str, tuple[int, list[str]]]
) -> None:
    assert planned(message) == needs


@pytest.mark.parametrize(
    ("message", "interests"),
    [
        ("my wife loves picnics and board games, birthday gift up to $60", ["picnics", "board games"]),
        ("A present for my friend who hosts dinner parties and loves board games, $50", ["board games"]),
        ("a board game for a picnic, $40", ["board games"]),
        ("board games or candles for a dinner party host, $40", ["board games", "candles"]),
    ],
)
def test_tastes_and_single_things_stay_what_they_are(message: str, interests: list[str]) -> None:
    assert reading(message).changes.interests == interests
    assert set(planned(message)) <= {"gift"}


def test_a_game_is_added_to_a_plan_that_is_known() -> None:
    plan = reading("a party for 8: cake and plates, $90").changes.apply(Brief())
    assert planned("add a board game", plan)["activity"] == (1, ["board games"])
    assert planned("and something small for each child to take home", plan)["favours"] == (8, [])


@pytest.mark.parametrize(
    ("message", "named"),
    [
        (
            "dinner party for six: a gift for the host, candles for the table, a tablet and a photographer",
            ["photographer", "tablet"],
        ),
        ("potluck for 10, need tableware, a game, a cake and drinks, $90", ["drinks"]),
    ],
)
def test_what_serves_none_of_the_needs_is_named(message: str, named: list[str]) -> None:
    assert reading(message).extras == named


@pytest.mark.parametrize(
    ("message", "age", "later"),
    [
        ("gifts for Mia, 7, and Leo, 10, $40 each", 7, ["Leo, 10"]),
        ("For my kids Tim (4) and Zoe (9): gifts up to 30 dollars each", 4, ["Zoe, 9"]),
        ("birthday presents for Ann and Bob, $80 together", None, ["Bob"]),
        ("a gift for Ann and Bob, they love hiking, $60", None, []),
    ],
)
def test_a_second_child_comes_next_with_the_age(message: str, age: int | None, later: list[str]) -> None:
    found = reading(message)
    assert (found.changes.age_years, found.later) == (age, later)
    assert further(found.later, None) == later
