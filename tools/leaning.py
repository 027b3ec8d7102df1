"""What a shopper's past choices, and what became of past gifts, say of a kind of product: how far it moves, and why."""

from __future__ import annotations

from pydantic import BaseModel, Field


class Leaning(BaseModel):
    """A shift of all products of a ``shelf``: up to 1 towards it, down to -1 away from it; ``why`` in words."""

    shelf: str
    shift: float = Field(ge=-1, le=1)
    why: str
    person_id: str


def shelf_of(category: str) -> str:
    """The last part of a category's path: "secateurs" of "Garden > Tools > Secateurs"."""
    return category.rpartition(">")[2].strip().lower()
