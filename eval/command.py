"""What the evaluation kit's command lines share."""

from __future__ import annotations

import os
import sys

import typer

from tools.errors import RecsysError

BAD_USAGE = 2
CORES = min(4, os.cpu_count() or 1)
"""Processes that share long work."""


def run_command(cli: typer.Typer) -> int:
    """Runs the command line; what cannot be used is a sentence and exit status 2."""
    try:
        cli(standalone_mode=True)
    except RecsysError as error:
        print(error, file=sys.stderr)
        return BAD_USAGE
    return 0
