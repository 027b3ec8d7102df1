"""The line about what was remembered: as code words it from the records it passes, changed in anything it does not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.brief import Brief, BriefChanges, Recipient
from tools.memory.apply import Applied, apply, note
from tools.memory.kinds import AnyMemory, Episode, Fact, Person, Source
from tools.receipts.recollections import Recalled, RecalledUse, apart, is_recollection, recollection_problems, sources

NOW = datetime(2026, 12, 1, tzinfo=UTC)
DAD = Person(person_id="dad", relation="father", names=["Bob"], birth_year=1966, birthday=(6, 14))
TITLES = ("Seed Tin", "Jazz in Fifty Nights", "Mug; large, blue", "Was It Left Out?", "Tea Tin, 24 Samples")

FACTS = st.lists(
    st.tuples(
        st.sampled_from(("likes", "avoid", "allergy", "owns", "dislikes")),
        st.sampled_from(("jazz", "tea", "nuts", "leather", "crime novels", "a kindle", "salt and pepper")),
    ),
    max_size=5,
    unique_by=lambda fact: fact[1],
)
GIFTS = st.lists(
    st.tuples(
        st.sampled_from(TITLES),
        st.sampled_from(("given", "chosen", "returned", "reacted")),
        st.dates(date(2020, 1, 1), date(2027, 6, 1)),
    ),
    max_size=5,
    unique_by=lambda gift: gift[0],
)


def _fact(aspect: str, value: str) -> Fact:
    source = Source(session_id="s", turn_id="t", at=NOW - timedelta(days=9))
    told = {"memory_id": f"{aspect} {value}", "person_id": "dad", "aspect": aspect, "value": value}
    return Fact.model_validate({**told, "source": source})


def _gift(title: str, happening: str, on: date) -> Episode:
    source = Source(session_id="s", turn_id="t", at=NOW - timedelta(days=9))
    told = {"memory_id": title, "person_id": "dad", "happening": happening, "product_id": title, "title": title}
    reaction = {"reaction": "loved"} if happening == "reacted" else {}
    return Episode.model_validate({**told, "on": on, "source": source, **reaction})


def _applied(memories: list[AnyMemory]) -> Applied:
    return apply(Brief(recipient=Recipient(relation="father")), DAD, memories, NOW, changes=BriefChanges())


def _records(applied: Applied) -> list[Recalled]:
    told = [used for used in applied.used if used.use in get_args(RecalledUse)]
    return [Recalled.model_validate(used.model_dump()) for used in told]


@given(facts=FACTS, gifts=GIFTS)
def test_the_line_that_code_words_is_recognised_and_true(
    facts: list[tuple[str, str]], gifts: list[tuple[str, str, date]]
) -> None:
    applied = _applied([*(_fact(*fact) for fact in facts), *(_gift(*gift) for gift in gifts)])
    line, records = note(applied, DAD, NOW.date()), _records(applied)
    assert line is not None
    assert apart(f"These fit.\n\n{line}") == ("These fit.", [line])
    assert recollection_problems([line], records, applied.brief, ["Screen Print"]) == []
    assert all(record in records for record in sources(line, records))


LINE = (
    "I remember about your father Bob: 60 years old, no leather, likes jazz and tea. "
    "Last June you gave **Seed Tin**; **Mug; large, blue** was returned in June 2024, so I left those out."
)
RECORDS = _records(
    _applied(
        [
            _fact("likes", "jazz"),
            _fact("likes", "tea"),
            _fact("avoid", "leather"),
            _gift("Seed Tin", "given", date(2026, 6, 2)),
            _gift("Mug; large, blue", "returned", date(2024, 6, 2)),
        ]
    )
)
BRIEF = Brief(recipient=Recipient(relation="father", name="Bob"))


def test_what_the_records_say_is_true() -> None:
    assert is_recollection(LINE)
    assert recollection_problems([LINE], RECORDS, BRIEF, []) == []


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("father", "uncle"),
        ("Bob", "Rob"),
        ("60", "61"),
        ("no leather", "no plastic"),
        ("likes jazz and tea", "likes tea and leather, no jazz"),
        ("likes jazz and tea", "likes jazz, tea and golf"),
        ("likes jazz and tea. Last", "likes jazz and tea. He loves waterproof things. Last"),
        ("June you", "May you"),
        ("gave", "chose"),
        ("2024", "2023"),
        ("**Seed Tin**", "**Kindle**"),
        ("returned", "loved"),
        ("; **Mug; large, blue** was returned in June 2024", ""),
        ("2024, so", "2024 and 3 more, so"),
        ("those out", "it out"),
    ],
)
def test_a_line_changed_in_anything_is_refused(said: str, instead: str) -> None:
    changed = LINE.replace(said, instead, 1)
    assert changed != LINE
    assert not is_recollection(changed) or recollection_problems([changed], RECORDS, BRIEF, [])


def test_a_gift_that_is_said_to_be_left_out_is_no_pick() -> None:
    assert recollection_problems([LINE], RECORDS, BRIEF, ["Seed Tin"]) == ["Seed Tin is said to be left out"]


def test_the_line_is_told_once() -> None:
    assert recollection_problems([LINE, LINE], RECORDS, BRIEF, [])
