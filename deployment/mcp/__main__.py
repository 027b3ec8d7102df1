"""`python -m deployment.mcp`: the catalogue, plans and receipts as an MCP server on standard input and output.

For an assistant on the same machine. Over HTTP the server of `make serve` has the same tools at /mcp, for credentials.
"""

from __future__ import annotations

import logging
import sys
from typing import Annotated

import typer

from deployment.command import run_command
from deployment.settings import load_server_settings
from recsys_agent.logs import set_up_logs
from recsys_agent.settings import load_settings, place_from

NOBODY = "shopper"

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@cli.command(help=__doc__)
def serve(
    user: Annotated[
        str | None, typer.Option(metavar="ID", help="The shopper; without one nothing outlives a conversation.")
    ] = None,
    catalog: Annotated[str | None, typer.Option(metavar="DIR|firestore://...", help="As of `ask`.")] = None,
) -> None:
    """Serves until standard input ends."""
    from deployment.mcp.tools import build_mcp_server
    from deployment.parts import build_parts

    settings = load_settings()
    if catalog:
        settings = settings.model_copy(update={"catalog": place_from(catalog)})
    set_up_logs(settings.log_level, logging.StreamHandler(sys.stderr))  # standard output belongs to the protocol
    parts = build_parts(settings, load_server_settings(), remember=user is not None)
    build_mcp_server(parts, lambda _: user or NOBODY).run("stdio")


if __name__ == "__main__":
    run_command(cli, "deployment.mcp")
