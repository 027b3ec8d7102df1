"""Catalogue coverage: the share of the products that anybody was shown (Ge, Delgado-Battenfeld and Jannach, 2010)."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def coverage(shown: Iterable[str], catalog: Collection[str]) -> float:
    """0 to 1; ids that are not in the catalogue cover nothing."""
    known = set(catalog)
    return len(known & set(shown)) / len(known) if known else 0.0
