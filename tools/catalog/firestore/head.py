"""The head of a catalogue in Firestore: one document, whose replacement is the step from the old state to the new."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any

from google.cloud import firestore
from pydantic import Field, ValidationError

from tools.catalog.firestore.connection import Connection
from tools.catalog.folder import Manifest, main_currency
from tools.errors import CatalogError

FORMAT = 1
"""Version of the documents."""


class Head(Manifest):
    """The manifest, and what a reader must know before it reads products.

    ``shelves`` counts the products by shelf; ``words`` names the state of the words, so that a reader need not read
    them again; ``next_position`` is the place of the product that is added next; ``embedder`` made the vectors.
    """

    shelves: dict[str, int] = Field(default_factory=dict)
    words: str = ""
    next_position: int = 0
    state: str = ""
    embedder: str = ""

    def counted(self, shelves: Counter[str]) -> Head:
        """This head after its products were counted. The shop's currency stays on a tie."""
        currencies: Counter[str] = Counter()
        for shelf, count in shelves.items():
            currencies[shelf.partition("|")[0]] += count
        most = max(currencies.values(), default=0)
        keeps = self.currency and currencies[self.currency] == most
        update = {
            "products": currencies.total(),
            "currencies": dict(currencies),
            "currency": self.currency if keeps else main_currency(currencies),
            "shelves": dict(shelves),
        }
        return self.model_copy(update=update)


def write_head(transaction: firestore.Transaction, connection: Connection, head: Head) -> None:
    """Makes this the head, as a new state."""
    transaction.set(connection.head, head.model_copy(update={"state": uuid.uuid4().hex[:12]}).model_dump())


def read_head(connection: Connection) -> tuple[Head, Any]:
    """The head, and the snapshot it was read from. Raises CatalogError where there is none, or of another format."""
    hint = f"make one with: python -m tools.catalog import FEED --to {connection.address}"
    snapshot = connection.get(connection.head)
    if not snapshot.exists:
        raise CatalogError(f"There is no catalogue {connection.address}; {hint}")
    try:
        head = Head.model_validate(snapshot.to_dict())
    except ValidationError as error:
        raise CatalogError(f"{connection.address} is not a catalogue; {hint}") from error
    if head.format != FORMAT:
        raise CatalogError(
            f"{connection.address} has catalogue format {head.format}, this version reads {FORMAT}; {hint}"
        )
    return head, snapshot
