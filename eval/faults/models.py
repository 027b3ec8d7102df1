"""Faults of the language model's service."""

from __future__ import annotations

from pathlib import Path

from eval.faults.seen import Seen, summary
from eval.faults.shop import Client
from eval.processes import free_port, python, started
from eval.serving import serving
from recsys_agent.settings import DEFAULT_GEMINI

TIMEOUT_S = 2
SLOW_MS = 60_000


def model_down(folder: Path) -> Seen:
    """Nobody listens where the model should be."""
    return _with_model(folder, "model away: connection refused", f"http://127.0.0.1:{free_port()}")


def model_slow(folder: Path) -> Seen:
    """The model would answer after a minute; the setting allows two seconds."""
    return _with_loopback(
        folder, f"model slow: {SLOW_MS // 1000} s, allowed {TIMEOUT_S} s", "eval.load.slow_model", str(SLOW_MS)
    )


def model_garbage(folder: Path) -> Seen:
    """The model answers with what is no answer."""
    return _with_loopback(folder, "model answers with HTML", "eval.faults.broken_model", "garbage")


def model_overloaded(folder: Path) -> Seen:
    """The model answers 503, whatever is asked."""
    return _with_loopback(folder, "model answers 503 to all tries", "eval.faults.broken_model", "overloaded")


def model_malformed(folder: Path) -> Seen:
    """The model calls the tool with arguments that no tool takes, again and again."""
    return _with_loopback(folder, "model calls the tool with nonsense", "eval.faults.broken_model", "malformed")


def model_half(folder: Path) -> Seen:
    """The connection ends in the middle of the model's answer."""
    return _with_loopback(folder, "model's answer ends in the middle", "eval.faults.broken_model", "half")


def _with_loopback(folder: Path, fault: str, module: str, how: str) -> Seen:
    port = free_port()
    with started([*python(), module, str(port), how], f"http://127.0.0.1:{port}/", {}, folder / "model.log"):
        return _with_model(folder, fault, f"http://127.0.0.1:{port}")


def _with_model(folder: Path, fault: str, url: str) -> Seen:
    """Two messages, to a server whose model is there. Either the stand-in finishes the turn, or a sentence ends it."""
    variables = {"RECSYS_MODEL": DEFAULT_GEMINI, "GOOGLE_API_KEY": "loopback", "GOOGLE_GEMINI_BASE_URL": url}
    variables |= {"RECSYS_MODEL_TIMEOUT_S": str(TIMEOUT_S), "RECSYS_MODEL_RETRY_DELAY_S": "0.05"}
    with serving(folder, variables) as served:
        client = Client(served)
        answers = [client.say(), client.say()]
        as_promised = all(answer.status == 200 and answer.body["reply"] for answer in answers)
        return Seen(fault, summary(answers), client.lost(), as_promised)
