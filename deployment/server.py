"""`python -m deployment.server`: serves the agent and /v1; ends with the running turns finished."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI

from deployment.app import create_app
from deployment.command import run_command
from deployment.patience import PatientProtocol
from deployment.settings import load_server_settings
from deployment.stores import open_documents
from deployment.telemetry import set_up_logs, set_up_traces
from recsys_agent.ports import require_free
from recsys_agent.settings import load_settings

KEEP_ALIVE_S = 75
"""Longer than load balancers keep idle connections, so that none is closed under a request."""
BACKLOG = 512
START_S = 60
"""How long a worker may be silent, as it is while it starts; with uvicorn's own five, slow ones never came up."""

GARBAGE = (20_000, 5, 5)
"""A turn makes thousands of objects that go by themselves; at Python's own 700 it is interrupted to look for others.
Those that are looked for less often must not be rare: what a turn leaves behind then piles up, and holds the turn up in
which it is found."""

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def app() -> FastAPI:
    """The app of one worker process."""
    settings = load_settings()
    set_up_logs(settings.log_level)
    set_up_traces()
    created = create_app(settings, load_server_settings())
    # What is loaded now stays; looking through it again at each full collection would hold a turn up for 0.3 s.
    gc.collect()
    gc.freeze()
    gc.collect()  # Python looks everywhere only once a quarter of what it last found has come anew
    gc.set_threshold(*GARBAGE)
    return created


@cli.command(help=__doc__)
def serve(
    host: Annotated[str, typer.Option(help="Address to listen at; 0.0.0.0 in a container.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen at.")] = 8080,
    workers: Annotated[int, typer.Option(min=1, help="Processes; one for each core is a good number.")] = 1,
) -> None:
    """Checks the settings, says where the server is, and serves."""
    settings, server = load_settings(), load_server_settings()
    documents = open_documents(settings, server)
    require_free(host, port)
    print(f"Serving at http://{host}:{port}/v1; Ctrl-C ends it once the running turns are finished.", file=sys.stderr)
    if not documents.all("keys"):
        print("There is no API key yet: python -m deployment.keys add --user ID makes one.", file=sys.stderr)
    uvicorn.run(
        "deployment.server:app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        http=PatientProtocol,
        loop="deployment.accepting:SharingLoop",
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_worker_healthcheck=START_S,
        timeout_graceful_shutdown=int(server.turn_timeout_s),
    )


if __name__ == "__main__":
    run_command(cli, "deployment.server")
