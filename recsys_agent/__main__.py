"""`python -m recsys_agent`: `ask` for scripts, `chat` for people, `explain` for whoever debugs."""

from __future__ import annotations

import asyncio
import errno
import gc
import json
import logging
import os
import signal
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from dotenv import load_dotenv

from recsys_agent.logs import set_up_logs
from recsys_agent.ports import require_free
from recsys_agent.settings import ENV_FILE, Settings, load_settings, place_from
from tools.errors import UsageError

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)

OK, FAILED, BAD_USAGE = 0, 1, 2
DEFAULT_USER = "shopper"

GARBAGE_AFTER = 50_000
"""New objects between two looks for garbage, in place of Python's 700: most that a start makes stays, and looking for
garbage among it took a fifth of the start."""


@cli.command()
def ask(
    messages: Annotated[list[str] | None, typer.Argument(metavar="MESSAGE", help="The turns, in order.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a turn.")] = False,
    batch: Annotated[Path | None, typer.Option(help='JSON Lines of {"id": …, "turns": [ … ]}.')] = None,
    catalog: Annotated[
        str | None,
        typer.Option(
            metavar="DIR|firestore://...", help="The catalogue; default RECSYS_CATALOG, else the shipped one."
        ),
    ] = None,
    session: Annotated[str | None, typer.Option(help="Session to continue or begin.")] = None,
    user: Annotated[
        str | None, typer.Option(help="User id; without one nothing is remembered beyond the session.")
    ] = None,
    session_uri: Annotated[str | None, typer.Option(help="Session store, e.g. firestore://PROJECT.")] = None,
) -> None:
    """Runs the turns in order and prints the replies."""
    if bool(messages) == bool(batch):
        raise UsageError("Give either messages or --batch FILE.jsonl")
    settings = _settings(catalog, session_uri)
    if batch:
        conversations: Iterator[dict[str, Any]] = _read_batch(batch)
        total = sum(1 for _ in _read_batch(batch))
    else:
        conversations = iter([{"id": session, "turns": messages, "session": session, "user": user}])
        total = 0
    failed = asyncio.run(_run(settings, conversations, total, as_json or bool(batch)))
    raise typer.Exit(FAILED if failed else OK)


@cli.command()
def explain(
    session: Annotated[str, typer.Argument(help="The session's id: that of `ask --session`, or of the dev UI's URL.")],
    turn: Annotated[int | None, typer.Argument(help="Which turn, 1 is the first; without it the last.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    user: Annotated[str | None, typer.Option(help="Whose session it is, where `ask --user` named somebody.")] = None,
    session_uri: Annotated[str | None, typer.Option(help="Session store, e.g. firestore://PROJECT.")] = None,
) -> None:
    """Says where a turn's time, tokens and decisions went, and what probably went wrong."""
    from recsys_agent.explaining.command import explain

    asyncio.run(explain(_settings(None, session_uri), session, turn, user, as_json=as_json))


@cli.command()
def enrich(
    catalog: Annotated[
        str | None, typer.Option(metavar="DIR", help="Catalogue folder; default RECSYS_CATALOG.")
    ] = None,
    max_calls: Annotated[int, typer.Option(min=1, help="Model calls at most; the next run goes on from there.")] = 500,
) -> None:
    """Lets the model read what product texts say; every word it goes by is looked for in the text."""
    from recsys_agent.aspects.command import enrich_with_model

    print(enrich_with_model(_settings(catalog, None), max_calls))


@cli.command()
def chat() -> None:
    """Opens a chat in this terminal, with the embedded session store. Ctrl-D or `exit` leaves."""
    settings = _settings(None, None)
    uri = _checked_session_uri(settings)
    set_up_logs(settings.log_level, logging.FileHandler(settings.data_folder() / "chat.log"))
    signal.signal(signal.SIGINT, _interrupt)
    try:
        asyncio.run(_chat(settings, uri))
    except EOFError:
        print("\nGoodbye!")


async def _chat(settings: Settings, uri: str) -> None:
    from recsys_agent.agent import build_app, catalog_provider
    from recsys_agent.services import open_session_service
    from recsys_agent.terminal import chat
    from recsys_agent.turns import Conversation, new_session_id

    catalog = catalog_provider(settings)
    app = build_app(settings, catalog=catalog)
    await chat(Conversation(app, open_session_service(uri), catalog, DEFAULT_USER, new_session_id()))


@cli.command()
def occasions(
    user: Annotated[str, typer.Option(metavar="ID", help="Whose recipients.")] = DEFAULT_USER,
    within: Annotated[str, typer.Option(metavar="SPAN", help="How far ahead: 30d, 6w, 3m or 1y.")] = "30d",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an occasion.")] = False,
) -> None:
    """Lists the birthdays and other days that are coming up, of all the people a shopper gives to."""
    from recsys_agent.occasions import list_occasions

    list_occasions(_settings(None, None), user, within, as_json=as_json)


@cli.command()
def session_uri(
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Where `adk web` is to listen; must be free.")
    ] = None,
) -> None:
    """Prints the session URI in force, for `adk web --session_service_uri`, once all settings are found usable."""
    if port is not None:
        require_free("127.0.0.1", port)
    print(_checked_session_uri(_settings(None, None)))


def _checked_session_uri(settings: Settings) -> str:
    """The session URI, after the models, the catalogue and the store it names have been tried: ADK would show a
    traceback for what is a sentence here."""
    from recsys_agent.agent import catalog_provider
    from recsys_agent.models import build_models
    from recsys_agent.services import reach_session_service, session_uri

    build_models(settings)
    catalog_provider(settings)()
    uri = session_uri(settings)
    asyncio.run(reach_session_service(uri))
    return uri


def _interrupt(*_: object) -> NoReturn:
    """Ends the program on Ctrl-C at once; asyncio's own handler would wait until input() returns."""
    raise KeyboardInterrupt


async def _run(settings: Settings, conversations: Iterator[dict[str, Any]], total: int, as_json: bool) -> bool:
    """Runs all conversations in this process; returns whether any turn failed."""
    from rich.console import Console
    from rich.progress import Progress

    from recsys_agent.adopted import close_toolsets
    from recsys_agent.agent import build_app, catalog_provider
    from recsys_agent.services import reach_session_service, session_uri
    from recsys_agent.terminal import show
    from recsys_agent.turns import Conversation, new_session_id

    service = await reach_session_service(session_uri(settings))
    catalog = catalog_provider(settings)
    catalog()  # a missing one is told before the first message
    app = build_app(settings, catalog=catalog)
    console, failed = Console(), False
    with Progress(console=Console(stderr=True), disable=not total) as progress:
        task = progress.add_task("conversations", total=total)
        for number, line in enumerate(conversations, start=1):
            session_id = line.get("session") or new_session_id()
            user = line.get("user") or (f"{DEFAULT_USER}-{session_id}" if total else DEFAULT_USER)
            known = bool(line.get("user"))  # nobody can be known again without a name: nothing outlives the session
            conversation = Conversation(app, service, catalog, str(user), str(session_id), remember=known)
            for turn, message in enumerate(line["turns"], start=1):
                account = await conversation.turn(message)
                failed |= account["status"] == "error"
                identity = line.get("id")
                if as_json:
                    record = {"id": identity if identity is not None else session_id, "turn": turn, **account}
                    print(json.dumps(record, ensure_ascii=False), flush=True)
                else:
                    show(console, account["reply"])
            progress.update(task, completed=number)
    await close_toolsets(app)
    return failed


def _settings(catalog: str | None, session_uri: str | None) -> Settings:
    # Into the environment as well: the google-genai client looks for its key there, not in our settings.
    if ENV_FILE:
        load_dotenv(ENV_FILE)
    settings = load_settings()
    given = {"catalog": catalog and place_from(catalog), "session_uri": session_uri}
    settings = settings.model_copy(update={k: v for k, v in given.items() if v})
    set_up_logs(settings.log_level, logging.StreamHandler(sys.stderr))
    warnings.filterwarnings("ignore", category=UserWarning, module="google.adk")
    return settings


def _read_batch(file: Path) -> Iterator[dict[str, Any]]:
    """The conversations of a batch file; unknown keys are ignored. Raises UsageError naming the line."""
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                except ValueError as error:
                    raise UsageError(f"{file}, line {number} is not JSON: {error}") from error
                turns = row.get("turns") if isinstance(row, dict) else None
                if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
                    raise UsageError(f'{file}, line {number} needs "turns", a list of texts')
                yield row
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The batch file {file} cannot be read: {error}") from error


def main() -> None:
    """Runs the command line; a usage error is one sentence and exit status 2."""
    os.environ.setdefault("ADK_SUPPRESS_EXPERIMENTAL_FEATURE_WARNINGS", "1")
    gc.set_threshold(GARBAGE_AFTER)
    try:
        try:
            cli()
        finally:
            sys.stdout.flush()
    except UsageError as error:
        print(f"recsys_agent: {error}", file=sys.stderr)
        sys.exit(BAD_USAGE)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        sys.exit(130)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        print("recsys_agent: No space is left where the output goes; free some and run it again", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python tries again at its end
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
