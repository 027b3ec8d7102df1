"""`python -m deployment.mcp`: the catalogue, plans and receipts as an MCP server on standard input and output.

For an assistant on the same machine. Over HTTP the server of `make serve` has the same tools at /mcp, for credentials.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Annotated

import typer
from dotenv import load_dotenv

from deployment.settings import load_server_settings
from recsys_agent.settings import ENV_FILE, load_settings, place_from
from tools.errors import UsageError

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
    logging.basicConfig(level=settings.log_level, stream=sys.stderr)  # standard output belongs to the protocol
    parts = build_parts(settings, load_server_settings(), remember=user is not None)
    build_mcp_server(parts, lambda _: user or NOBODY).run("stdio")


def main() -> None:
    """Runs the command line; a usage error is one sentence and exit status 2."""
    os.environ.setdefault("ADK_SUPPRESS_EXPERIMENTAL_FEATURE_WARNINGS", "1")
    if ENV_FILE:  # the google-genai client looks for its key in the environment
        load_dotenv(ENV_FILE)
    try:
        cli()
    except UsageError as error:
        print(f"deployment.mcp: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
