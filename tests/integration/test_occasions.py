"""The command `occasions`: whose day comes when, in the shopper's own calendar."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from recsys_agent.__main__ import main
from tests.commands import called
from tests.processes import OURS, run
from tools.memory.kinds import Episode, Occasion, Person, Source
from tools.memory.sqlite_store import SqliteMemoryStore

AT = Source(session_id="s", turn_id="t", at=datetime(2026, 1, 5, tzinfo=UTC))
DAD = Person(person_id="dad", relation="father", names=["Bob"], birth_year=1966, birthday=(6, 14))
MUM = Person(person_id="mum", relation="mother")
BEA = Person(person_id="bea", relation="niece", names=["Bea"], birth_year=2016, birthday=(2, 29))
MEMORIES = [
    Occasion(memory_id="o1", person_id="bea", source=AT, occasion="hanukkah"),
    Occasion(memory_id="o2", person_id="mum", source=AT, occasion="anniversary", month=5, day=30),
    Occasion(memory_id="o3", person_id="mum", source=AT, occasion="retirement", month=5, day=31, year=2025),
    Episode(memory_id="e1", person_id="dad", source=AT, happening="given", title="Seed Tin", on=AT.at.date()),
]


def listed(home: Path, *arguments: str, today: str, **variables: str) -> list[dict[str, object]]:
    SqliteMemoryStore(home / "data" / "memory.db").remember("eve", [DAD, MUM, BEA], MEMORIES)
    told = called(main, "occasions", "--user", "eve", "--json", *arguments, RECSYS_TODAY=today, **variables)
    assert told.returncode == 0, told.stderr
    return [json.loads(line) for line in told.stdout.splitlines()]


def test_what_is_coming_is_listed_across_recipients_nearest_first(tmp_path: Path) -> None:
    found = listed(tmp_path, "--within", "30d", today="2026-05-25")
    assert [(c["date"], c["relation"], c["occasion"]) for c in found] == [
        ("2026-05-30", "mother", "anniversary"),
        ("2026-06-14", "father", "birthday"),
        ("2026-06-21", "father", "fathers_day"),
    ]
    assert (found[1]["turns"], found[1]["last_gift"], found[1]["begin_on"]) == (60, "Seed Tin", "2026-05-31")


def test_leap_days_feasts_and_countries_are_right(tmp_path: Path) -> None:
    (leap,) = listed(tmp_path, "--within", "1m", today="2027-02-01")
    assert (leap["date"], leap["turns"]) == ("2027-02-28", 11)
    british = listed(tmp_path, "--within", "2w", today="2026-03-02", RECSYS_COUNTRY="GB")
    assert [(c["date"], c["occasion"]) for c in british] == [("2026-03-15", "mothers_day")]


def test_a_shopper_of_whom_nothing_is_known_is_told_so() -> None:
    told = called(main, "occasions", "--user", "ann")
    assert told.returncode == 0
    assert told.stdout == "Nothing that is known of is coming up for ann within 30 days.\n"


def test_without_a_memory_it_is_said_that_it_is_off() -> None:
    told = called(main, "occasions", RECSYS_MEMORY_URI="none")
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == "recsys_agent: Memory is switched off (RECSYS_MEMORY_URI=none), so nobody's days are known\n"


def test_a_span_that_is_none_is_told_in_a_sentence() -> None:
    told = called(main, "occasions", "--within", "soon")
    assert (told.returncode, told.stdout) == (2, "")
    assert "--within 'soon' is no span of time" in told.stderr


def test_the_table_fits_a_terminal(tmp_path: Path) -> None:
    SqliteMemoryStore(tmp_path / "data" / "memory.db").remember("eve", [DAD], MEMORIES)
    told = run([*OURS, "occasions", "--user", "eve"], tmp_path, {"RECSYS_TODAY": "2026-06-10"})
    assert "father Bob" in told.stdout
    assert "birthday (turns 60)" in told.stdout
    assert all(len(line) <= 80 for line in told.stdout.splitlines())
