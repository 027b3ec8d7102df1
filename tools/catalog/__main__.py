"""The catalogue on the command line: ``python -m tools.catalog COMMAND``; `--help` lists the commands.

What a command needs is imported inside it, so that ``--help`` and mistakes answer at once.
"""

from __future__ import annotations

import os
import sys

import typer

from tools.catalog.commands.changing import add, remove, update
from tools.catalog.commands.embedding import embed
from tools.catalog.commands.importing import import_
from tools.catalog.commands.learning import interactions
from tools.catalog.commands.looking import export, show, stats
from tools.catalog.commands.searching import search
from tools.errors import RecsysError

app = typer.Typer(
    help="Import, look at and export a shop's catalogue.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.command("import")(import_)
for command in (add, update, remove, search, show, stats, export, interactions, embed):
    app.command()(command)


def main() -> None:
    """Runs the command line. What the user can mend is one sentence on the standard error and exit code 2."""
    try:
        app(prog_name="python -m tools.catalog")
    except RecsysError as error:
        sys.exit(_failed(str(error)))
    except BrokenPipeError:
        # The reader of a pipe has seen enough, as `head` does; Python would complain once more when closing stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        sys.exit(_failed(f"{error.filename}: {error.strerror}" if error.filename else str(error)))


def _failed(sentence: str) -> int:
    print(f"Error: {sentence}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
