"""What changes in the catalogue while a turn runs is seen by the next turn, not by half of this one."""

from __future__ import annotations

from pathlib import Path

from google.adk.sessions import InMemorySessionService

from recsys_agent.agent import build_app
from recsys_agent.settings import Settings
from recsys_agent.turns import Conversation
from tests.fakes.products import a_catalog, a_product
from tools.catalog.folder import FolderCatalog
from tools.catalog.interface import Catalog
from tools.catalog.versions.changes import change_catalog, upserts
from tools.catalog.versions.live import LiveCatalog


class Restless(LiveCatalog):
    """Is changed before every look at it: each product's price rises by a dollar."""

    def __init__(self, folder: Path) -> None:
        super().__init__(lambda: FolderCatalog.open(folder), check_every_s=0)
        self.folder, self.changes = folder, 0
        self.seen: list[Catalog] = []

    def __call__(self) -> Catalog:
        self.changes += 1
        change_catalog(self.folder, upserts(tea_shop(10 + self.changes)))
        self.seen.append(super().__call__())
        return self.seen[-1]


def tea_shop(price: int) -> list:
    return [a_product(f"tea{n}", f"{price}.00", title=f"Green tea {n}", interests=["tea"]) for n in range(5)]


async def test_every_look_of_a_turn_meets_the_same_catalogue_and_the_next_turn_a_newer_one(tmp_path: Path) -> None:
    shop = Restless(a_catalog(tmp_path, tea_shop(10)).folder)
    conversation = Conversation(build_app(Settings(), catalog=shop), InMemorySessionService(), shop, "ana", "s1")
    account = await conversation.turn("A birthday gift for my mum, she loves tea, under $200")
    assert account["status"] == "recommended", account
    assert len(shop.seen) > 3
    assert len({id(catalog) for catalog in shop.seen}) == 1
    prices = {pick["price"]["amount"] for pick in account["picks"]}
    assert prices == {str(product.price.amount) for product in shop.seen[0]}
    first, shop.seen = shop.seen[0], []
    assert (await conversation.turn("Something else, please"))["status"] != "error"
    assert len({id(catalog) for catalog in shop.seen}) == 1
    assert shop.seen[0] is not first
