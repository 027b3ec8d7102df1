"""A handful of the memory benchmark's stories, through the whole app and on both stores."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_args

import pytest

from eval.memory.backends import StoreName, fresh
from eval.memory.checks import RECALLED, REPEATED
from eval.memory.play import StoryPlayed, play
from eval.memory.run import by_hand
from tests.processes import ROOT, run
from tools.catalog.interface import Catalog

RUNNER = [sys.executable, "-m", "eval.memory.run"]
HANDFUL = ("dad_again_at_christmas", "two_daughters", "nut_allergy_holds_next_year", "yoga_is_over", "a_card_number")
ERASED = ("forget_my_dad", "stop_and_go_on")


async def played(
    name: str, store: StoreName, catalog: Catalog, folder: Path, *, remembered: bool = True
) -> StoryPlayed:
    (story,) = (s for s in by_hand() if s.name == name)
    return await play(story, fresh(store, folder), catalog, folder, remembered=remembered)


@pytest.mark.parametrize("name", HANDFUL + ERASED)
@pytest.mark.parametrize("store", get_args(StoreName))
async def test_memory_does_what_the_story_needs(
    name: str, store: StoreName, curated: Catalog, tmp_path: Path, firestore_emulator: str
) -> None:
    story = await played(name, store, curated, tmp_path)
    assert [check for check in story.checks if check.failed] == []
    assert sum(turn.traffic.writes for turn in story.turns) > 0


async def test_without_memory_the_same_story_fails(curated: Catalog, tmp_path: Path) -> None:
    story = await played("dad_again_at_christmas", "sqlite", curated, tmp_path, remembered=False)
    assert RECALLED in {check.measure for check in story.checks if check.failed}


async def test_without_memory_a_past_gift_is_offered_again(curated: Catalog, tmp_path: Path) -> None:
    story = await played("the_same_wish_a_year_later", "sqlite", curated, tmp_path, remembered=False)
    assert REPEATED in {check.measure for check in story.checks if check.failed}


def test_the_runner_prints_every_measure(tmp_path: Path) -> None:
    told = run([*RUNNER, "--limit", "4", "--control"], tmp_path, {"PYTHONPATH": str(ROOT)})
    assert "Memory over 4 stories" in told.stdout, told.stderr
    assert RECALLED in told.stdout
    assert told.returncode in (0, 1)  # 1: something happened that must not


def test_the_runner_tells_what_it_cannot_do_in_a_sentence(tmp_path: Path) -> None:
    told = run([*RUNNER, "--store", "redis"], tmp_path, {"PYTHONPATH": str(ROOT)})
    assert (told.returncode, told.stderr) == (
        2,
        "eval.memory.run: --store 'redis' is no memory store; give sqlite or firestore\n",
    )
