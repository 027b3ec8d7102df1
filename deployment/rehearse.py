"""`python -m deployment.rehearse`: plays the Dockerfile's steps on this machine, for where there is no Docker.

The image's root is a folder; paths of the image stand for places in it. Only what COPY names gets there, so a file that
the image would lack is missing here too. What needs rights of its own (USER, useradd) is told and left out.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

ROOT = Path(__file__).parents[1]
READY_S = 60
IMAGE_PATHS = re.compile(r"(?<![\w./])/(?=(?:app|home)\b)")
"""Where an absolute path of the image begins."""


def steps(dockerfile: str) -> Iterator[tuple[str, str]]:
    """The instructions and what follows them; continued lines are joined, comments left out."""
    lines = (line for line in dockerfile.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        name, _, rest = line.partition(" ")
        yield name.upper(), rest.strip()


class Rehearsal:
    """An image in a folder. ``venv``: a virtual environment to use in place of the one that the steps would make."""

    def __init__(self, image: Path, venv: Path | None = None) -> None:
        self._image, self._venv = image, venv
        self._workdir = image
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(image / "home/recsys"), "RECSYS_ENV_FILE": ""}
        self.command: list[str] = []

    def play(self, name: str, rest: str) -> str:
        """Does one step; what was done, or why it was left out. Raises CalledProcessError for a step that fails."""
        rest = IMAGE_PATHS.sub(f"{self._image}/", rest)
        if name == "WORKDIR":
            self._workdir = Path(rest)
            self._workdir.mkdir(parents=True, exist_ok=True)
        elif name == "ENV":
            for word in shlex.split(rest):
                key, _, value = word.partition("=")
                self.environment[key] = re.sub(r"\$(\w+)", lambda m: self.environment.get(m[1], ""), value)
        elif name == "COPY":
            return self._copy(shlex.split(rest))
        elif name == "RUN":
            return self._run(rest)
        elif name == "CMD":
            self.command = [word.strip(' "') for word in rest.strip("[]").split('",')]
        else:
            return "left out"
        return "done"

    def _copy(self, words: list[str]) -> str:
        if words[0].startswith("--from"):
            return "it is there: the stages share one folder"
        *sources, target = words
        for source in sources:
            place = self._workdir / target
            place = place / source if target.endswith("/") else place
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__", ".adk"))
            else:
                shutil.copy2(ROOT / source, place / source if place.is_dir() else place)
        return "done"

    def _run(self, command: str) -> str:
        if command.startswith("useradd"):
            (self._image / "home/recsys").mkdir(parents=True, exist_ok=True)  # pip may have been at home already
            return "left out: it takes root's rights"
        if self._venv and "pip install" in command:
            (self._workdir / ".venv").symlink_to(self._venv.absolute())
            return f"left out: {self._venv} is used"
        subprocess.run(["sh", "-c", command], cwd=self._workdir, env=self.environment, check=True)
        return "done"

    def serve(self) -> dict[str, int]:
        """Starts the server, asks for its health and ends it as Cloud Run does; the HTTP status of each route."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = {**self.environment, "PORT": str(port)}
        server = subprocess.Popen(self.command, cwd=self._workdir, env=environment)
        try:
            return self._answers(f"http://127.0.0.1:{port}", server)
        finally:
            server.terminate()
            server.wait(READY_S)

    def _answers(self, address: str, server: subprocess.Popen[bytes]) -> dict[str, int]:
        until = time.monotonic() + READY_S
        while status_of(f"{address}/readyz") != 200:
            if server.poll() is not None or time.monotonic() > until:
                return {"/readyz": status_of(f"{address}/readyz")}
            time.sleep(0.2)
        return {route: status_of(address + route) for route in ("/healthz", "/readyz", "/v1/memory")}


def status_of(address: str) -> int:
    """The HTTP status that the address answers with; 0 where nobody does."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def main(
    venv: Annotated[Path | None, typer.Option(help="Use this environment; without it, one is installed.")] = None,
) -> None:
    """Plays the steps in a folder of its own, starts what the image would start, and asks for its health."""
    console = Console(stderr=True, soft_wrap=True)
    expected: Mapping[str, int] = {"/healthz": 200, "/readyz": 200, "/v1/memory": 401}
    with tempfile.TemporaryDirectory() as folder:
        rehearsal = Rehearsal(Path(folder), venv)
        for name, rest in steps((ROOT / "deployment/Dockerfile").read_text(encoding="utf-8")):
            console.print(f"[bold]{name}[/] {rest}", highlight=False)
            console.print(f"  [dim]{rehearsal.play(name, rest)}[/]", highlight=False)
        answers = rehearsal.serve()
    for route, status in answers.items():
        print(f"{route}: {status}")
    sys.exit(answers != expected)


if __name__ == "__main__":
    typer.run(main)
