"""What is recalled, and in which order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tools.brief import BriefChanges
from tools.memory.kinds import Episode, Fact, Source
from tools.memory.recall import is_due, ranked

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def fact(value: str, aspect: str = "likes", days: int = 30, *, said: bool = True) -> Fact:
    made = Source(session_id="s", turn_id="t", at=NOW - timedelta(days=days), said=said)
    return Fact.model_validate({"memory_id": value, "person_id": "p", "source": made, "aspect": aspect, "value": value})


def test_memory_is_looked_up_at_the_start_and_when_somebody_or_something_is_mentioned() -> None:
    assert is_due(BriefChanges(), begun=False)
    assert is_due(BriefChanges(relation="father"), begun=True)
    assert is_due(BriefChanges(occasion="christmas"), begun=True)
    assert is_due(BriefChanges(interests=["tea"]), begun=True)


def test_cheaper_looks_nothing_up() -> None:
    assert not is_due(BriefChanges(price_feel="low"), begun=True)
    assert not is_due(BriefChanges(options=5), begun=True)


def test_what_the_query_is_about_comes_first() -> None:
    best = ranked([fact("green tea"), fact("modern jazz"), fact("chess")], "jazz records", NOW)
    assert best[0].memory_id == "modern jazz"


def test_the_newer_and_the_said_come_before_the_older_and_the_concluded() -> None:
    assert [m.memory_id for m in ranked([fact("tea", days=900), fact("jazz", days=3)], "", NOW)] == ["jazz", "tea"]
    assert [m.memory_id for m in ranked([fact("tea", said=False), fact("jazz")], "", NOW)] == ["jazz", "tea"]


def test_an_allergy_comes_before_all_and_is_never_cut() -> None:
    many = [fact(f"hobby {n}", days=1) for n in range(50)]
    best = ranked([*many, fact("nuts", "allergy", days=2000)], "hobby", NOW, tokens=1)
    assert [m.memory_id for m in best] == ["nuts"]


@pytest.mark.parametrize("tokens", [10, 40, 200])
def test_recall_keeps_within_its_tokens(tokens: int) -> None:
    best = ranked([fact(f"hobby number {n}") for n in range(100)], "hobby", NOW, tokens=tokens)
    assert sum(len(f"likes {m.memory_id}") for m in best) <= tokens * 4


def test_an_embedder_may_say_what_is_alike() -> None:
    alike = {"likes vinyl": 1.0, "likes tea": 0.0}
    best = ranked([fact("tea"), fact("vinyl")], "jazz", NOW, similarity=lambda _, texts: [alike[t] for t in texts])
    assert best[0].memory_id == "vinyl"


def test_what_was_merely_shown_comes_last() -> None:
    shown = Episode(memory_id="shown", person_id="p", source=fact("x").source, happening="offered", title="Mug")
    assert [m.memory_id for m in ranked([shown, fact("tea")], "", NOW)] == ["tea", "shown"]
