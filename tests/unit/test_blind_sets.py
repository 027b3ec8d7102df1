"""Messages written down with their briefs before the reader had seen them; see tests/data/README.md."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from recsys_agent.offline.reading import Reading, read
from recsys_agent.offline.reading.numbers import number_words_to_digits
from tests.unit.brief_differences import differences
from tools.brief import Brief
from tools.shopper.amounts import said_amount

TODAY = date(2026, 11, 23)  # a Monday
SETS = (1, 2, 3)
DATA = Path(__file__).parents[1] / "data"


def cases(number: int) -> list[Any]:
    """The cases of a set; those that are still misread are expected to fail."""
    rows = [json.loads(line) for line in (DATA / f"blind_{number}.jsonl").read_text(encoding="utf-8").splitlines()]
    misread = pytest.mark.xfail(strict=True, reason="still misread")
    return [
        pytest.param(row, id=f"{number}-{row['id']}", marks=[misread] if row.get("misread") else []) for row in rows
    ]


def conversation(turns: list[str], asked: str | None = None) -> tuple[Brief, Reading]:
    """The brief after all turns and the last reading; ``asked`` is the slot that the last turn answers."""
    brief, reading = Brief(), Reading(intent="unclear")
    for number, turn in enumerate(turns):
        answers = asked if number == len(turns) - 1 else None
        reading = read(turn, today=TODAY, brief=brief, asked=answers, shown=3 if number and not answers else 0)
        brief = reading.changes.apply(brief)
    return brief, reading


def check(case: dict[str, Any]) -> None:
    brief, reading = conversation(case["turns"], case.get("asked"))
    got = brief.model_dump(mode="json")
    if case["expect"].get("needs"):
        got["needs"] = [need.model_dump(mode="json") for need in brief.wanted]
    assert differences(case["expect"], got) == []
    assert case.get("intent") in (None, reading.intent)
    assert case.get("no_preference") in (None, reading.no_preference)


@pytest.mark.parametrize("case", [case for number in SETS for case in cases(number)])
def test_the_blind_sets_are_read_as_they_were_meant(case: dict[str, Any]) -> None:
    check(case)


def spoiled(text: str, others: list[str], chance: random.Random) -> str:
    """The text after one to four accidents."""
    for _ in range(chance.randint(1, 4)):
        words, place = text.split(" "), chance.randrange(len(text) + 1)
        word = chance.randrange(len(words))
        text = chance.choice((
            text[:place] + text[place + 1 :],
            text[:place] + chance.choice("aeiou,.;!?$€£0123456789'\"()-–\n|@%😀") + text[place:],
            text[: place - 1] + text[place : place + 1] + text[place - 1 : place] + text[place + 1 :],
            " ".join(words[:word] + words[word + 1 :]),
            " ".join([*words[:word], words[word], *words[word:]]),
            " ".join(chance.sample(words, len(words))),
            text.upper(),
            f"{text} {chance.choice(others)}",
            text[place:] + text[:place],
        )) or "x"  # fmt: skip
    return text


def test_no_spoiled_message_makes_the_reader_fail_or_invent_an_amount() -> None:
    chance = random.Random(7)
    rows = [case.values[0] for number in SETS for case in cases(number)]
    messages = [turn for row in rows for turn in row["turns"]]
    for _ in range(2_000):
        row = chance.choice(rows)
        turns = [spoiled(turn, messages, chance) for turn in row["turns"]]
        brief, _ = conversation(turns, row.get("asked"))
        ends = [brief.budget, *brief.needs] if brief.budget else brief.needs
        for amount in [value for bound in ends for value in (bound.min, bound.max) if value is not None]:
            each = {amount, *(amount / need.quantity for need in brief.needs), amount / (brief.guests or 1)}
            assert any(_said(value, " ".join(turns)) for value in each), (turns, amount)


def _said(amount: Any, text: str) -> bool:
    try:
        return said_amount(amount, f"{text} {number_words_to_digits(text)}", "budget") is not None
    except ValueError:
        return False
