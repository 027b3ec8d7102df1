"""`python -m tools.receipts verify FILE`: is this receipt true? 0: yes, 1: no, with what and why, 2: it cannot be read."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from tools.catalog.curated import curated_catalog
from tools.catalog.places import open_catalog, place_of
from tools.errors import RecsysError, UsageError
from tools.receipts.checking import check_receipt

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

TRUE, REFUSED, UNREADABLE = 0, 1, 2


@app.callback()
def receipts() -> None:
    """Checks the receipts of replies."""


@app.command()
def verify(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A receipt, or a JSON turn with one; - for standard input.")
    ],
    catalog: Annotated[
        str | None, typer.Option(metavar="DIR", help="Catalogue folder or address; default the shipped one.")
    ] = None,
) -> None:
    """Reads the text of a receipt anew and looks everything in it up in the catalogue as it is now."""
    data = _read(file)
    with tempfile.TemporaryDirectory() as folder:
        shop = open_catalog(place_of(catalog)) if catalog else curated_catalog(Path(folder))
        found = check_receipt(data, shop)
    for problem in found:
        print(f"Refused: {problem}.")
    if not found:
        print("True: every claim has its evidence.")
    raise typer.Exit(REFUSED if found else TRUE)


def _read(file: Path) -> object:
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
        return json.loads(text)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file} is not JSON: {error}") from error


def main() -> None:
    """Runs the command line; what cannot be read is one sentence on the standard error and exit code 2."""
    try:
        app(prog_name="python -m tools.receipts")
    except RecsysError as error:
        print(f"Error: {error}", file=sys.stderr)
        sys.exit(UNREADABLE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
