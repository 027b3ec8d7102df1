"""`python -m recsys_agent chat`, which is `make run`: what a shopper sees in a terminal."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.processes import OURS, ROOT, environment, run, stop
from tests.waiting import until

PROMPT = "[user]: "
STEP_TIMEOUT_S = 300.0
CTRL_D = "\x04"


class Terminal:
    """A chat in a terminal of its own: what was shown so far, and typing."""

    def __init__(self, process: subprocess.Popen[bytes], screen: int) -> None:
        self.process, self._screen, self.shown = process, screen, ""
        self._shows = selectors.DefaultSelector()  # select(2) knows no file above 1023; a test's process may have more
        self._shows.register(screen, selectors.EVENT_READ)

    def type(self, text: str) -> None:
        os.write(self._screen, text.encode())

    def read_until(self, awaited: str) -> str:
        """What is shown up to the next appearance of a text, or to the end of the program."""
        start, deadline = len(self.shown), time.monotonic() + STEP_TIMEOUT_S
        while awaited not in self.shown[start:]:
            assert time.monotonic() < deadline, f"{awaited!r} was not shown:\n{self.shown}"
            if self._shows.select(0.2):
                try:
                    piece = os.read(self._screen, 65536)
                except OSError:  # Linux's end of a terminal
                    break
                if not piece:
                    break
                self.shown += piece.decode(errors="replace").replace("\r\n", "\n")
        return self.shown[start:]

    def waits(self) -> bool:
        """Whether the program sleeps. The prompt is shown a moment before the line is waited for, and a signal in
        between is looked at after it."""
        return Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "S"

    def end(self) -> int:
        """The exit status."""
        self.read_until("\0")
        self._shows.close()
        return self.process.wait(STEP_TIMEOUT_S)


@contextlib.contextmanager
def chat(home: Path) -> Iterator[Terminal]:
    screen, inside = os.openpty()
    process = subprocess.Popen(
        [*OURS, "chat"],
        cwd=home,
        env=environment(home, PYTHONPATH=str(ROOT), TERM="dumb"),
        stdin=inside,
        stdout=inside,
        stderr=inside,
        start_new_session=True,
    )
    os.close(inside)
    try:
        yield Terminal(process, screen)
    finally:
        stop(process)
        os.close(screen)


def test_the_first_thing_asked_for_is_a_message_and_the_first_reply_says_who_speaks(tmp_path: Path) -> None:
    with chat(tmp_path) as terminal:
        assert terminal.read_until(PROMPT) == f"Running agent recsys_agent, type exit to exit.\n{PROMPT}"
        terminal.type("my dad turns 60, he loves gardening and jazz, $40-60\n")
        first = terminal.read_until(PROMPT)
        terminal.type("cheaper\n")
        second = terminal.read_until(PROMPT)
        terminal.type(CTRL_D)
        assert terminal.end() == 0
    assert "[explainer]: (The keyless stand-in is answering" in first
    assert "stand-in" not in second
    assert first.count("[explainer]:") == second.count("[explainer]: Noted: at most ") == 1
    assert terminal.shown.endswith(f"{PROMPT}\nGoodbye!\n")
    assert not [word for word in ("WARNING", "Warning", "Traceback", "telemetry") if word in terminal.shown]
    assert {path.name for path in tmp_path.iterdir()} == {"data"}  # nothing is written elsewhere, not even at home


def test_ctrl_c_ends_the_chat_at_once(tmp_path: Path) -> None:
    with chat(tmp_path) as terminal:
        terminal.read_until(PROMPT)
        until(terminal.waits)
        os.kill(terminal.process.pid, signal.SIGINT)
        assert terminal.end() == 128 + signal.SIGINT
    assert "Traceback" not in terminal.shown


def test_a_wrong_session_uri_is_one_sentence(tmp_path: Path) -> None:
    done = run([*OURS, "chat"], tmp_path, {"RECSYS_SESSION_URI": "fire://x"})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("recsys_agent: 'fire://x' is no session URI that can be used")
    assert done.stderr.count("\n") == 1
