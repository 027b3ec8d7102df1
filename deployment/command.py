"""What the server's command lines share."""

from __future__ import annotations

import os
import sys

import typer
from dotenv import load_dotenv

from recsys_agent.settings import ENV_FILE
from tools.errors import RecsysError

BAD_USAGE, INTERRUPTED = 2, 130


def run_command(cli: typer.Typer, name: str) -> None:
    """Runs the command line; what cannot be done is one sentence, after the command's name, and exit status 2."""
    os.environ.setdefault("ADK_SUPPRESS_EXPERIMENTAL_FEATURE_WARNINGS", "1")
    if ENV_FILE:  # the google-genai client looks for its key in the environment
        load_dotenv(ENV_FILE)
    try:
        cli()
    except RecsysError as error:
        print(f"{name}: {error}", file=sys.stderr)
        sys.exit(BAD_USAGE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
