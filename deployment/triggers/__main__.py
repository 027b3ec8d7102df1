"""`python -m deployment.triggers tick`: what has come up for the shoppers who consented to messages.

For Cloud Scheduler or cron, once a day or an hour, beside the server or without one: it looks for occasions that come
up, for what was turned down and costs less now, for what is back in stock, and sends what waits for the webhook.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections import Counter
from typing import Annotated

import typer

from deployment.command import run_command
from deployment.settings import load_server_settings
from recsys_agent.logs import set_up_logs
from recsys_agent.settings import load_settings

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)


@cli.callback()
def triggers() -> None:
    """Messages unasked, for shoppers who consented."""


@cli.command()
def tick(
    user: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only this shopper; repeatable.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an event.")] = False,
) -> None:
    """Looks once, and prints what was decided. A second look finds nothing new."""
    counts, delivered = asyncio.run(_tick(user, as_json))
    if not as_json:
        told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())) or "nothing has come up"
        typer.echo(f"Events: {told}. Sent to the webhook: {delivered}.")


async def _tick(users: list[str] | None, as_json: bool) -> tuple[Counter[str], int]:
    from rich.console import Console
    from rich.status import Status

    from deployment.parts import build_parts
    from deployment.triggers.outreach import Outreach
    from deployment.triggers.tick import tick as look
    from deployment.triggers.webhook import webhook_of
    from recsys_agent.adopted import close_toolsets
    from tools.outreach.events import Event
    from tools.outreach.worth import Verdict

    settings = load_settings()
    set_up_logs(settings.log_level, logging.StreamHandler(sys.stderr))
    parts = build_parts(settings, load_server_settings())
    outreach, handled = Outreach(parts, settings), 0
    with Status("Looking ...", console=Console(stderr=True)) as status:

        def tell(event: Event, verdict: Verdict) -> None:
            nonlocal handled
            handled += 1
            status.update(f"Looking ... {handled} events")
            if as_json:
                record = {"event_id": event.event_id, "kind": event.kind, "user_id": event.user_id}
                typer.echo(json.dumps(record | {"outcome": verdict.outcome, "why": verdict.why}))

        counts = await look(outreach, tell, users)
        webhook = webhook_of(outreach)
        delivered = await webhook.deliver_due() if webhook else 0
    await parts.meter.flush()
    await close_toolsets(parts.agent)
    return counts, delivered


if __name__ == "__main__":
    run_command(cli, "deployment.triggers")
