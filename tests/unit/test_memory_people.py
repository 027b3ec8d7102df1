"""Who is meant: words for one person find one person, and a guess between two is none."""

from __future__ import annotations

from datetime import date

import pytest

from tools.memory.kinds import GIVER, Person
from tools.memory.people import newcomer, resolve

DAD = Person(person_id="dad", relation="father", names=["Bob"])
MIA = Person(person_id="mia", relation="daughter", names=["Mia"], birth_year=2018)
LENA = Person(person_id="lena", relation="daughter", names=["Lena"], birth_year=2014)
TOM = Person(person_id="tom", relation="friend", names=["Tom"])
SON = Person(person_id="son", relation="son")
ME = Person(person_id=GIVER, relation="self")
PEOPLE = [DAD, MIA, LENA, TOM, SON, ME]


@pytest.mark.parametrize(
    ("relation", "name", "expected"),
    [
        ("father", None, "dad"),
        (None, "Bob", "dad"),
        (None, "bob", "dad"),
        ("father", "Bob", "dad"),
        ("daughter", "Mia", "mia"),
        (None, "Lena", "lena"),
        ("child", "Lena", "lena"),  # "my child Lena"
        ("son", "Max", "son"),  # known without a name until now
        ("self", None, GIVER),
    ],
)
def test_any_words_for_a_person_find_them(relation: str | None, name: str | None, expected: str) -> None:
    found = resolve(PEOPLE, relation, name)
    assert found.person
    assert found.person.person_id == expected


@pytest.mark.parametrize(
    ("relation", "name"), [("uncle", "Bob"), ("daughter", "Zoe"), ("friend", "Ann"), (None, "Zoe"), ("mother", None)]
)
def test_somebody_new_is_nobody_known(relation: str | None, name: str | None) -> None:
    found = resolve(PEOPLE, relation, name)
    assert (found.person, found.among) == (None, [])


def test_between_two_daughters_nobody_is_guessed() -> None:
    assert resolve(PEOPLE, "daughter", None).among == [MIA, LENA]


def test_an_age_tells_siblings_apart() -> None:
    found = resolve(PEOPLE, "daughter", None, age_years=9, today=date(2027, 3, 1))
    assert found.person == MIA


def test_a_friend_need_not_be_the_friend_who_is_known() -> None:
    assert resolve(PEOPLE, "friend", None).among == [TOM]


def test_a_father_of_another_age_is_still_the_father() -> None:
    old = DAD.model_copy(update={"birth_year": 1960})
    assert resolve([old], "father", None, age_years=50, today=date(2026, 1, 1)).person == old


def test_the_same_words_make_the_same_person_in_two_tabs() -> None:
    assert newcomer("father", "Bob").person_id == newcomer("father", "bob").person_id
    assert newcomer("self", None).person_id == GIVER
