"""Where a brief lacks what was expected of it."""

from __future__ import annotations

from typing import Any


def differences(expected: Any, got: Any, path: str = "") -> list[str]:
    """Where ``got`` lacks what is expected: only expected keys count, lists are sets, absent equals None and empty.

    An expected text may name several that are right: "cats|cat".
    """
    if isinstance(expected, dict):
        inner = got if isinstance(got, dict) else {}
        return [d for key, value in expected.items() for d in differences(value, inner.get(key), f"{path}.{key}")]
    if isinstance(expected, list) or isinstance(got, list):
        return [] if _same_set(expected or [], got or []) else [f"{path}: expected {expected}, got {got}"]
    right = got in expected.split("|") if isinstance(expected, str) else expected == got
    return [] if right else [f"{path}: expected {expected!r}, got {got!r}"]


def _same_set(expected: list[Any], got: list[Any]) -> bool:
    def found(one: Any, among: list[Any], *, turned: bool) -> bool:
        return any(not (differences(other, one) if turned else differences(one, other)) for other in among)

    return all(found(e, got, turned=False) for e in expected) and all(found(g, expected, turned=True) for g in got)
