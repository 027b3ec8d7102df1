"""What is recalled, and in which order."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from tools.brief import BriefChanges
from tools.errors import EmbeddingError
from tools.memory import recall
from tools.memory.kinds import Episode, Fact, Source
from tools.memory.recall import WEIGHTS, is_due, ranked, shared_stems
from tools.memory.similarity import by_vectors

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


def test_the_documented_weights_are_those_in_use() -> None:
    formula = (recall.__doc__ or "").split("score = ")[1].split("\n\n")[0]
    assert {name: float(weight) for weight, name in re.findall(r"([\d.]+) (\w+)", formula)} == WEIGHTS


class Vectors:
    """Vinyl and jazz point the same way, tea another; ``down`` fails as a service that is away."""

    name = "fake"

    def __init__(self, *, down: bool = False) -> None:
        self.down, self.embedded = down, list[str]()

    def embed_documents(self, texts: list[str]) -> np.ndarray:
        self.embedded += texts
        return np.array([[1.0, 0.0] if "vinyl" in text else [0.0, 1.0] for text in texts], np.float32)

    def embed_query(self, text: str) -> np.ndarray:
        if self.down:
            raise EmbeddingError("away")
        return np.array([1.0, 0.0] if "jazz" in text else [0.0, 1.0], np.float32)


def test_with_an_embedder_what_means_the_same_is_recalled_without_a_common_word() -> None:
    best = ranked([fact("tea"), fact("vinyl")], "jazz", NOW, similarity=by_vectors(Vectors()))
    assert best[0].memory_id == "vinyl"


def test_the_very_word_counts_whatever_the_vectors_say() -> None:
    alike = by_vectors(Vectors())("jazz", ["jazz", "tea"])
    assert alike == [1.0, 0.0]


def test_an_embedder_that_is_away_leaves_the_words() -> None:
    assert by_vectors(Vectors(down=True))("green tea", ["tea", "vinyl"]) == shared_stems("green tea", ["tea", "vinyl"])


def test_a_text_is_embedded_once() -> None:
    vectors = Vectors()
    alike = by_vectors(vectors)
    for _ in range(3):
        alike("jazz", ["likes tea", "likes vinyl"])
    assert vectors.embedded == ["likes tea", "likes vinyl"]
