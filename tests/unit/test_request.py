"""What travels through the flow is small, is JSON, and comes back as it was."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tools.brief import Brief, Budget, Need
from tools.money import Money
from tools.request import Matched, Outcome, Pick, Question, Relaxation, Request, needs_by_name

REQUESTS = st.builds(
    Request,
    brief=st.builds(
        Brief,
        interests=st.lists(st.text(max_size=5), max_size=3),
        budget=st.sampled_from([None, Budget(min="5", max="10.50", currency="USD", per="each")]),
        needs=st.sampled_from([[], [Need(kind="cake"), Need(kind="favours", quantity=12)]]),
        guests=st.sampled_from([None, 12]),
    ),
    ideas=st.lists(st.text(max_size=5), max_size=3),
    seen=st.lists(st.text(max_size=5), max_size=3),
    question=st.sampled_from([None, Question(slot="age", text="How old?")]),
    widened=st.integers(0, 1),
)
OUTCOMES = st.builds(
    Outcome,
    request=REQUESTS,
    status=st.sampled_from(["recommended", "infeasible"]),
    picks=st.lists(
        st.builds(
            Pick,
            need=st.just("gift"),
            product_id=st.text(min_size=1, max_size=5),
            matched=st.just([Matched(wish="tea", field="title", word="teapot")]),
        ),
        max_size=3,
    ),
    total=st.sampled_from([None, Money.of("9.90", "USD")]),
    relaxations=st.just([Relaxation(change="raise the budget", opens=2)]),
    removed=st.dictionaries(st.sampled_from(["out of stock", "rule: tea"]), st.integers(1, 9)),
)


@given(REQUESTS)
def test_a_request_comes_back_as_it_was(request: Request) -> None:
    assert Request.model_validate(json.loads(json.dumps(request.dump()))) == request


@given(OUTCOMES)
def test_an_outcome_comes_back_as_it_was(outcome: Outcome) -> None:
    assert Outcome.model_validate(json.loads(json.dumps(outcome.dump()))) == outcome


@given(OUTCOMES)
def test_no_list_stands_within_a_list_because_firestore_refuses_those(outcome: Outcome) -> None:
    def lists_in_lists(value: Any, inside: bool = False) -> bool:
        if isinstance(value, list):
            return inside or any(lists_in_lists(v, True) for v in value)
        return isinstance(value, dict) and any(lists_in_lists(v) for v in value.values())

    assert not lists_in_lists(outcome.dump())


def test_what_is_unset_is_not_stored() -> None:
    assert Request(brief=Brief()).dump() == {"brief": {}}


def test_needs_are_found_by_their_kind() -> None:
    cake, favours = Need(kind="cake"), Need(kind="favours", quantity=12)
    assert needs_by_name(Brief(needs=[favours, cake])) == {"favours": favours, "cake": cake}
    assert list(needs_by_name(Brief())) == ["gift"]
