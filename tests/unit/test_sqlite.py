"""SQLite files: connections stay open, each use has one alone, and a use that fails leaves nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tools.sqlite import LOGGED, OVERWRITING, SqliteFile

SCHEMA = "CREATE TABLE IF NOT EXISTS things (name TEXT PRIMARY KEY)"


@pytest.fixture
def file(tmp_path: Path) -> SqliteFile:
    return SqliteFile(tmp_path / "things.db", schema=SCHEMA)


def names(file: SqliteFile) -> list[str]:
    with file.connection() as db:
        return [row["name"] for row in db.execute("SELECT name FROM things ORDER BY name")]


def test_a_connection_that_was_given_back_is_used_again(file: SqliteFile) -> None:
    with file.connection() as first:
        first.execute("INSERT INTO things VALUES ('mug')")
    with file.connection() as second:
        assert second is first
    assert names(file) == ["mug"]


def test_two_uses_at_once_have_a_connection_each_and_readers_do_not_wait_for_a_writer(file: SqliteFile) -> None:
    with file.connection() as writer:
        writer.execute("INSERT INTO things VALUES ('mug')")
        assert names(file) == []
    assert names(file) == ["mug"]


def test_a_use_that_fails_changes_nothing_and_its_connection_is_not_used_again(file: SqliteFile) -> None:
    with pytest.raises(sqlite3.IntegrityError), file.connection() as failed:
        failed.executescript("BEGIN; INSERT INTO things VALUES ('mug'); INSERT INTO things VALUES ('mug')")
    assert names(file) == []
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        failed.execute("SELECT 1")


def test_what_was_written_is_seen_through_another_opening_of_the_file(file: SqliteFile, tmp_path: Path) -> None:
    with file.connection() as db:
        db.execute("INSERT INTO things VALUES ('mug')")
    assert names(SqliteFile(tmp_path / "things.db", schema=SCHEMA)) == ["mug"]


def test_the_last_one_out_leaves_one_whole_file(tmp_path: Path) -> None:
    file = SqliteFile(tmp_path / "things.db", schema=SCHEMA)
    with file.connection() as db:
        db.execute("INSERT INTO things VALUES ('mug')")
    del file, db
    assert [place.name for place in tmp_path.iterdir()] == ["things.db"]


def test_a_file_that_cannot_be_opened_is_an_error_at_its_first_use(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError), SqliteFile(tmp_path / "no" / "things.db").connection():
        pass


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    with SqliteFile(tmp_path / "things.db", schema=SCHEMA).connection():
        assert (tmp_path / "things.db").stat().st_mode & 0o077 == 0


def test_nothing_is_left_of_what_was_erased_not_even_where_pages_were_split(tmp_path: Path) -> None:
    place = tmp_path / "some.db"
    file = SqliteFile(place, (*LOGGED, OVERWRITING), schema="CREATE TABLE t (k TEXT PRIMARY KEY) WITHOUT ROWID")
    names = [f"{n * 7919 % 400:03}-{('kept', 'secret')[n % 2]}-{'x' * (n % 90)}" for n in range(400)]
    for name in names:
        with file.connection() as db:
            db.execute("INSERT INTO t VALUES (?)", (name,))
    with file.connection() as db:
        db.execute("DELETE FROM t WHERE k LIKE '%secret%'")
    file.settle()
    file.scrub()
    assert b"secret" not in place.read_bytes()
    with file.connection() as db:
        assert len(db.execute("SELECT k FROM t").fetchall()) == 200
