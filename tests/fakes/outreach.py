"""A shopper who may be written to, and the parts of the server that know her."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from deployment.documents import Documents
from deployment.parts import Parts, build_parts
from deployment.settings import ServerSettings
from deployment.triggers.outreach import Outreach
from recsys_agent.settings import Settings
from tools.catalog.interface import Catalog
from tools.memory.kinds import Episode, Person, Source
from tools.outreach.events import Event

TODAY = date(2026, 6, 1)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


class Eve:
    """A shopper who has told of her father, and the parts that know her."""

    def __init__(self, catalog: Catalog, documents: Documents | None = None, **server: Any) -> None:
        self.settings = Settings(catalog=str(catalog.folder), today=TODAY, timezone="UTC")
        self.parts: Parts = build_parts(self.settings, ServerSettings(**server))
        self.parts.documents = documents or self.parts.documents
        self.outreach = Outreach(self.parts, self.settings)
        self.at(NOON)

    def at(self, moment: datetime) -> None:
        """What time it is for messages; for the agent it is always the same day."""
        self.outreach.now = lambda: moment

    async def says(self, *messages: str) -> dict[str, Any]:
        session, turn = uuid4().hex, {}
        for message in messages:
            turn = await self.parts.turn("eve", session, message)
        return turn

    async def settled(self) -> None:
        """Her father's birthday is in thirteen days, and she lets us write."""
        await self.says("my dad Bob turns 60 on June 14, loves jazz, no nuts, $40-60", "I'll take the first")
        await self.says("you may message me")

    def inbox(self) -> list[dict[str, Any]]:
        return self.outreach.records.inbox("eve")

    def birthday(self) -> Event:
        (dad,) = self.parts.memory.recall("eve", now=NOON).people
        return Event(
            kind="occasion", user_id="eve", at=NOON, person_id=dad.person_id, occasion="birthday", on=date(2026, 6, 14)
        )

    def met(self, product_id: str, happening: str, price: str) -> Person:
        """She met a product for her father once."""
        (dad,) = self.parts.memory.recall("eve", now=NOON).people
        product = self.parts.catalog().get(product_id)
        assert product is not None
        episode = Episode(
            memory_id=f"{product_id}-{happening}",
            person_id=dad.person_id,
            source=Source(session_id="s", turn_id="t", at=NOON - timedelta(days=20)),
            happening=happening,  # type: ignore[arg-type]
            product_id=product_id,
            price=product.price.of(price, product.price.currency),
        )
        self.parts.memory.remember("eve", [dad], [episode])
        return dad
