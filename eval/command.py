"""What the evaluation kit's command lines share."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import typer

from tools.errors import RecsysError, UsageError

BAD_USAGE = 2
CORES = min(4, os.cpu_count() or 1)
"""Processes that share long work."""


def folder_to_write(out: Path) -> Path:
    """The folder, made where it is missing. Raises UsageError where nothing can be written, before any long work."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            return out
    except OSError as error:
        raise UsageError(
            f"{out} is no folder to write to ({error.strerror}); name another one: OUT=… or --out"
        ) from error


def run_command(cli: typer.Typer) -> int:
    """Runs the command line; what cannot be used is a sentence and exit status 2."""
    try:
        cli(standalone_mode=True)
    except RecsysError as error:
        print(error, file=sys.stderr)
        return BAD_USAGE
    return 0
