"""`python -m deployment.keys`: API keys for shoppers and for shops' servers, each printed once and kept as a hash."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Annotated

import typer

from deployment.auth.keys import OVERLAP, Keys
from deployment.command import run_command
from deployment.settings import load_server_settings
from deployment.stores import open_documents
from recsys_agent.settings import load_settings
from tools.errors import UsageError

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)

KeyId = Annotated[str, typer.Argument(metavar="ID", help="The key's id, as `list` shows it.")]


@cli.command()
def add(
    user: Annotated[str | None, typer.Option(metavar="ID", help="A shopper, who acts for nobody else.")] = None,
    server: Annotated[
        str | None, typer.Option(metavar="NAME", help="A shop's server, for the shoppers of its own namespace.")
    ] = None,
) -> None:
    """Makes a key and prints it."""
    if bool(user) == bool(server):
        raise UsageError("Give either --user ID or --server NAME")
    key = _keys().add("user", user) if user else _keys().add("server", str(server))
    _show(key)


@cli.command(name="list")
def list_keys(as_json: Annotated[bool, typer.Option("--json", help="One JSON object a key.")] = False) -> None:
    """Lists the keys: id, whose, since when. What opens is not kept and cannot be shown."""
    found = _keys().list()
    for key_id, record in found.items():
        if as_json:
            typer.echo(json.dumps({"id": key_id, **record}))
        else:
            rotated = f", rotated {record['rotated'][:10]}" if "rotated" in record else ""
            typer.echo(f"{key_id}  {record['kind']:<6}  {record['name']}  ({record['created'][:10]}{rotated})")
    if not found and not as_json:
        typer.echo("There is no key; `python -m deployment.keys add --user ID` makes one.")


@cli.command()
def rotate(
    key_id: KeyId,
    overlap_hours: Annotated[float, typer.Option(min=0, help="How long the old secret still opens.")] = (
        OVERLAP.total_seconds() / 3600
    ),
) -> None:
    """Gives a key a new secret and prints it; the old one opens for some hours more."""
    _show(_keys().rotate(key_id, timedelta(hours=overlap_hours)))


@cli.command()
def revoke(key_id: KeyId) -> None:
    """Takes a key away, at once."""
    _keys().revoke(key_id)
    typer.echo(f"{key_id} opens nothing any more.")


def _keys() -> Keys:
    return Keys(open_documents(load_settings(), load_server_settings()))


def _show(key: str) -> None:
    typer.echo(key)
    print("Keep it now: it is not shown again. Send it as `Authorization: Bearer KEY`.", file=sys.stderr)


if __name__ == "__main__":
    run_command(cli, "deployment.keys")
