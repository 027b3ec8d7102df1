"""`python -m eval.benchmarks.autonomous`: a simulated year of messages unasked: useful, late, repeated, unwanted.

The whole server but HTTP: the tick looks every day, twice, so that each event arrives again; the shop adds an event of
the season for everybody. Beside ours stand the same without limits on how many, and a shop that reminds everybody every
week. The judge below knows the shoppers and is written apart from the rules it judges.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import tempfile
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import track
from rich.table import Table

from deployment.parts import build_parts
from deployment.settings import ServerSettings
from deployment.triggers.outreach import Outreach
from deployment.triggers.tick import tick
from eval.benchmarks.autonomous_world import (
    BEGIN,
    DAYS,
    Shopper,
    change_shop,
    move_in,
    noon,
    shoppers,
    write_consents,
)
from eval.benchmarks.pictures import OUT, OutOption, bars
from recsys_agent.settings import OFFLINE, Settings
from tools.catalog.curated import FEED, curated_catalog
from tools.catalog.intake.importing import import_feed
from tools.memory.kinds import Episode
from tools.outreach.deriving import occasions
from tools.outreach.events import Event
from tools.outreach.worth import Policy
from tools.product import Product

SEED = 20260101
SEASONS = {(3, 20): "spring", (6, 21): "summer", (9, 22): "autumn", (12, 1): "winter"}
PARCEL_DAYS = 3
OURS, UNLIMITED, ALWAYS = "ours", "no limits on how many", "a reminder every week"


@dataclass(frozen=True)
class Message:
    """What reached a shopper. ``picks`` is None where nobody looked for any."""

    user_id: str
    at: datetime
    kind: str
    person_id: str | None
    occasion: str | None
    on: date | None
    product_id: str | None
    picks: tuple[str, ...] | None


@dataclass
class Figures:
    """Of a year. ``served``: occasions told in time with a pick that is liked and allowed; the rest are messages."""

    occasions: int = 0
    served: int = 0
    messages: int = 0
    useful: int = 0
    useless: int = 0
    late: int = 0
    repeated: int = 0
    unwanted: int = 0


def judge(messages: Sequence[Message], everybody: Sequence[Shopper], shelf: dict[str, Product]) -> Figures:
    """Counts each message once, as the worst it is: unwanted, repeated, late, else useful if its picks are."""
    by_id = {shopper.user_id: shopper for shopper in everybody}
    found, told, served = Figures(messages=len(messages)), set(), set()
    last: dict[str, list[datetime]] = {}
    for message in sorted(messages, key=lambda m: m.at):
        shopper, times = by_id[message.user_id], last.setdefault(message.user_id, [])
        happened = message.on or message.product_id or message.at.date()
        about = (message.user_id, message.kind, message.person_id, message.occasion, happened)
        week = sum(message.at - t < timedelta(days=7) for t in times)
        month = sum(message.at - t < timedelta(days=30) for t in times)
        times.append(message.at)
        if not shopper.lets_us(message.at.date()) or week >= 1 or month >= 3:
            found.unwanted += 1
        elif about in told:
            found.repeated += 1
        elif message.on and (message.on - message.at.date()).days < PARCEL_DAYS:
            found.late += 1
        elif _fits(message, shopper, shelf):
            found.useful += 1
            served.add((message.user_id, message.person_id, message.occasion, message.on))
        else:
            found.useless += 1
        told.add(about)
    for shopper in everybody:
        due = [c for c in shopper.occasions() if shopper.lets_us(c.on - timedelta(days=7)) and c.begin_on >= BEGIN]
        found.occasions += len(due)
        found.served += sum((shopper.user_id, c.person.person_id, c.occasion, c.on) in served for c in due)
    return found


def _fits(message: Message, shopper: Shopper, shelf: dict[str, Product]) -> bool:
    """Whether a pick is liked, none is avoided, and none was given before. Unknown picks are taken as fitting."""
    if message.picks is None:
        return True
    people = [message.person_id] if message.person_id else list(shopper.likes)
    given = {
        m.product_id
        for m in shopper.known.memories
        if isinstance(m, Episode) and m.happening == "given" and m.person_id in people
    }
    likes = {like for person in people for like in shopper.likes.get(person, ())}
    avoid = [word for person in people for word in shopper.avoid.get(person, ())]
    picks = [shelf[i] for i in message.picks]
    allowed = not any(word.rstrip("s") in f"{p.title} {p.description}".lower() for p in picks for word in avoid)
    return allowed and bool(picks) and any(likes & set(p.interests) for p in picks) and not set(message.picks) & given


async def live_through(count: int, folder: Path, per_week: int, per_month: int, name: str) -> tuple[list[Message], Any]:
    """The year under these limits; the messages and the shoppers."""
    settings = Settings(model=OFFLINE, data_dir=folder, catalog=str(folder / "shop"), timezone="UTC")
    import_feed([FEED], folder / "shop", currency="USD")
    server = ServerSettings(messages_per_week=per_week, messages_per_month=per_month, turns_per_minute=1_000_000)
    parts = build_parts(settings, server)
    outreach = Outreach(parts, settings)
    gifts = [product for product in parts.catalog() if product.need == "gift"]
    everybody = shoppers(count, gifts, random.Random(SEED))
    move_in(everybody, parts.memory)
    for number in track(range(DAYS), name, console=Console(stderr=True), transient=True):
        day = BEGIN + timedelta(days=number)
        settings.today = day
        outreach.now = lambda day=day: noon(day)
        write_consents(everybody, parts.memory, day)
        if day.day == 15:
            change_shop(folder / "shop", gifts, everybody, day.month, folder / "changes.jsonl")
        for _ in range(2):
            if season := SEASONS.get((day.month, day.day)):
                for shopper in everybody:
                    await outreach.handle(
                        Event(kind="context", user_id=shopper.user_id, at=noon(day), context=[season])
                    )
            await tick(outreach)
    records = outreach.records
    return [_read(s.user_id, m) for s in everybody for m in records.inbox(s.user_id)], everybody


def _read(user_id: str, message: dict[str, Any]) -> Message:
    about = message["about"]
    dated = message["kind"] == "occasion"
    return Message(
        user_id=user_id,
        at=datetime.fromisoformat(message["created"]),
        kind=message["kind"],
        person_id=about["person_id"],
        occasion=about["occasion"] if dated else None,
        on=date.fromisoformat(about["on"]) if dated else None,
        product_id=about["product_id"],
        picks=tuple(pick["product_id"] for pick in message["picks"]),
    )


def whenever(everybody: Sequence[Shopper]) -> list[Message]:
    """A message a week while an occasion is ahead, to everybody; no agent is asked, and picks are not judged."""
    told: list[Message] = []
    policy = Policy(parcel_days=0)
    for number in range(0, DAYS, 7):
        now = noon(BEGIN + timedelta(days=number))
        for shopper in everybody:
            user = shopper.user_id
            events = occasions(user, shopper.known, now, "US", policy)
            told += [Message(user, now, e.kind, e.person_id, e.occasion, e.on, e.product_id, None) for e in events]
    return told


def show(rows: dict[str, Figures], count: int, out: Path) -> None:
    """The table and the picture."""
    table = Table(title=f"A year of messages unasked to {count} simulated shoppers", box=SIMPLE)
    for name in (
        "strategy",
        "occasions told in time",
        "messages",
        "useful",
        "of no use",
        "late",
        "repeated",
        "unwanted",
    ):
        table.add_column(name, justify="left" if name == "strategy" else "right")
    for name, f in rows.items():
        share = f"{f.served} of {f.occasions} ({f.served / max(1, f.occasions):.3f})"
        table.add_row(name, share, *(str(n) for n in (f.messages, f.useful, f.useless, f.late, f.repeated, f.unwanted)))
    Console().print(table)
    useful = {name: f.useful / max(1, f.messages) for name, f in rows.items()}
    print(bars(out / "autonomous.png", "Share of the messages that were useful", useful, ours=[OURS]))


def main(
    count: Annotated[int, typer.Option("--shoppers", min=4, help="How many shoppers live through the year.")] = 24,
    out: OutOption = OUT,
) -> None:
    """Lives through a year of occasions, prices and seasons, and judges every message."""
    os.environ.setdefault("ADK_SUPPRESS_EXPERIMENTAL_FEATURE_WARNINGS", "1")
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    rows: dict[str, Figures] = {}
    kinds: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        shelf = {product.product_id: product for product in curated_catalog(Path(folder))}
        everybody: list[Shopper] = []
        for name, limits in ((OURS, (1, 3)), (UNLIMITED, (1_000, 1_000))):
            home = Path(folder) / name.replace(" ", "-")
            home.mkdir()
            messages, everybody = asyncio.run(live_through(count, home, *limits, name))
            rows[name], kinds[name] = judge(messages, everybody, shelf), Counter(m.kind for m in messages)
        messages = whenever(everybody)
        rows[ALWAYS], kinds[ALWAYS] = judge(messages, everybody, shelf), Counter(m.kind for m in messages)
    show(rows, count, out)
    for name, counted in kinds.items():
        print(f"{name}: {', '.join(f'{n} {kind}' for kind, n in counted.most_common())}")


if __name__ == "__main__":
    typer.run(main)
