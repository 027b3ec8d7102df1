"""`python -m recsys_agent occasions`: what is coming up for a shopper, across all recipients."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import typer

from recsys_agent.settings import Settings
from tools.errors import UsageError
from tools.memory.coming import Coming, coming_up

SPAN = re.compile(r"(?P<count>\d{1,4})(?P<unit>[dwmy]?)", re.IGNORECASE)
UNIT_DAYS = {"": 1, "d": 1, "w": 7, "m": 31, "y": 366}


def list_occasions(settings: Settings, user: str, within: str, *, as_json: bool) -> None:
    """Prints what comes within the span, the nearest first. Raises UsageError for a span that is none."""
    if not (span := SPAN.fullmatch(within.strip())):
        raise UsageError(f"--within {within!r} is no span of time; give a number of days, weeks or months, such as 30d")
    from recsys_agent.services import NO_MEMORY, memory_uri, open_memory_store

    if settings.memory_uri == NO_MEMORY:
        raise UsageError("Memory is switched off (RECSYS_MEMORY_URI=none), so nobody's days are known")
    today, days = settings.day(), int(span["count"]) * UNIT_DAYS[span["unit"].lower()]
    known = open_memory_store(memory_uri(settings)).recall(user, now=datetime.now(UTC))
    found = coming_up(known, today, days, country=settings.country)
    if as_json:
        for coming in found:
            typer.echo(json.dumps(_as_json(coming), ensure_ascii=False))
    else:
        _print_table(found, settings, user, days)


def _as_json(coming: Coming) -> dict[str, object]:
    return {
        "date": coming.on.isoformat(),
        "begin_on": coming.begin_on.isoformat(),
        "person_id": coming.person.person_id,
        "relation": coming.person.relation,
        "names": coming.person.names,
        "occasion": coming.occasion,
        "turns": coming.turns,
        "last_gift": coming.last_gift,
    }


def _print_table(found: list[Coming], settings: Settings, user: str, days: int) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if not found:
        console.print(f"Nothing that is known of is coming up for {user} within {days} days.", markup=False)
        return
    table = Table(title=f"Coming up for {user}", box=SIMPLE, pad_edge=False)
    for name in ("date", "days", "who", "occasion", "look from"):
        table.add_column(name, justify="right" if name == "days" else "left", no_wrap=True)
    table.add_column("last gift", overflow="fold")
    for coming in found:
        occasion = coming.occasion.replace("_", " ") + (f" (turns {coming.turns})" if coming.turns else "")
        ahead = (coming.on - settings.day()).days
        table.add_row(
            f"{coming.on:%a} {coming.on}", f"{ahead}", coming.who, occasion, f"{coming.begin_on}", coming.last_gift
        )
    console.print(table)
