"""What Firestore refuses is kept in another form and comes back equal; what is too large is cut, and says so."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from recsys_agent.sessions.storable import MARK, MAX_EVENT_CHARS, bounded, restored, storable

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(codec="utf-8"))
keys = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(["", "__x__", "____", MARK, "ok"])
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=30)


@given(values)
@example([[1]])
@example({"__name__": {"": [[[]]]}})
@example({MARK: "x"})
@example(2**70)
def test_whatever_json_can_say_comes_back_equal_and_nothing_is_left_that_firestore_refuses(value: Any) -> None:
    kept = storable(value)
    assert restored(kept) == value
    assert_accepted(kept)


def test_deep_nesting_comes_back_equal_and_is_stored_shallow() -> None:
    value: Any = "deep"
    for _ in range(40):
        value = {"in": [value]}
    kept = storable(value)
    assert restored(kept) == value
    assert levels(kept) <= 16


def test_a_lone_surrogate_does_not_stop_a_message_from_being_kept() -> None:
    json.dumps(storable({"text": "a\ud800b"}), ensure_ascii=False).encode()


@given(st.integers(0, 40))
def test_an_event_of_many_large_texts_is_cut_below_the_bound_and_says_so(count: int) -> None:
    event = {"id": "e", "author": "gift_finder", "output": {"found": ["x" * 50_000] * count}}
    cut = bounded(event)
    assert len(json.dumps(cut, ensure_ascii=False)) <= MAX_EVENT_CHARS
    assert cut["id"] == "e"
    assert (cut == event) is ("cut_to_fit" not in cut.get("custom_metadata", {}))


def test_an_event_of_very_many_small_values_keeps_who_and_when() -> None:
    event = {"id": "e", "author": "x", "timestamp": 1.5, "output": {str(n): n for n in range(100_000)}}
    cut = bounded(event)
    assert (cut["id"], cut["author"], cut["timestamp"]) == ("e", "x", 1.5)
    assert len(json.dumps(cut)) <= MAX_EVENT_CHARS


def assert_accepted(value: Any) -> None:
    if isinstance(value, dict):
        assert all(key and not (key.startswith("__") and key.endswith("__") and len(key) >= 4) for key in value)
        for inner in value.values():
            assert_accepted(inner)
    elif isinstance(value, list):
        assert not any(isinstance(inner, list) for inner in value)
        for inner in value:
            assert_accepted(inner)
    elif isinstance(value, int) and not isinstance(value, bool):
        assert abs(value) < 2**63


def levels(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max((levels(v) for v in inner), default=0)
