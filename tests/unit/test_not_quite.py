"""A verdict on what was shown names nothing to avoid."""

from __future__ import annotations

from datetime import date

import pytest

from recsys_agent.offline.reading import read
from tools.brief import Brief


@pytest.mark.parametrize(
    "message",
    [
        "Not quite. Do you have other ideas?",
        "Not quite, something else?",
        "not quite right",
        "not exactly, do you have anything else?",
        "Not really. Other ideas?",
    ],
)
def test_not_quite_asks_for_others_and_avoids_nothing(message: str) -> None:
    reading = read(message, today=date(2026, 11, 23), brief=Brief(interests=["tea"]), shown=3)
    assert (reading.critique, reading.changes.avoid) == ("different", [])


def test_what_is_not_wanted_is_still_avoided() -> None:
    assert read("not chocolate please", today=date(2026, 11, 23), shown=3).changes.avoid == ["chocolate"]
