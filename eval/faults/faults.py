"""What is broken on purpose, a function for each: it breaks something, lets a client speak, and tells what was seen."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.cable import Cable
from eval.emulator import start_emulator
from eval.faults.shop import Answer, Client
from eval.processes import free_port, group, python, started
from eval.serving import serving
from recsys_agent.settings import DEFAULT_GEMINI

TIMEOUT_S = 2
SLOW_MS = 60_000
DELAY_S = 0.1


@dataclass(frozen=True)
class Seen:
    """What the client saw of a fault. ``lost``: messages acknowledged and not kept exactly once."""

    fault: str
    saw: str
    lost: int
    is_as_promised: bool


Fault = Callable[[Path], Seen]


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
        served_by = Counter(_kind(answer) for answer in answers)
        as_promised = all(answer.status == 200 and answer.body["reply"] for answer in answers)
        return Seen(fault, _told(served_by, answers), client.lost(), as_promised)


def _kind(answer: Answer) -> str:
    if answer.status != 200:
        return f"{answer.status}" if answer.status else "no answer"
    warned = " by the stand-in, which says so" if any("could not be used" in w for w in answer.body["warnings"]) else ""
    return f"200 {answer.body['status']}{warned}"


def _told(kinds: Counter[str], answers: list[Answer]) -> str:
    counted = "; ".join(f"{count} x {kind}" for kind, count in kinds.items())
    return f"{counted}; longest {max(answer.seconds for answer in answers):.1f} s"


def firestore_slow(folder: Path) -> Seen:
    """Every byte to and from Firestore takes a tenth of a second longer."""
    with _firestore(DELAY_S) as (variables, _), serving(folder, variables) as served:
        client = Client(served)
        answers = client.say_many(4, at_once=2)
        as_promised = all(answer.status == 200 for answer in answers)
        told = _told(Counter(map(_kind, answers)), answers)
        return Seen(f"Firestore {DELAY_S * 1000:.0f} ms slower a packet", told, client.lost(), as_promised)


def firestore_away(folder: Path) -> Seen:
    """The connection to Firestore is cut between two messages, and mended after a third."""
    with _firestore() as (variables, cable), serving(folder, variables) as served:
        client = Client(served)
        before = client.say()
        cable.cut()
        away = client.say(conversation=before.conversation)
        cable.mend()
        after = _until_served(client, before.conversation)
        as_promised = before.status == 200 and away.status == 503 and after.status == 200
        told = f"{away.status} after {away.seconds:.1f} s: {away.body.get('detail')}"
        saw = f"before {_kind(before)}; away {told}; back {_kind(after)}"
        return Seen("Firestore cut off, then back", saw, client.lost(), as_promised)


def _until_served(client: Client, conversation: str) -> Answer:
    """Tries again as Retry-After says, for half a minute."""
    until = time.monotonic() + 30
    while (answer := client.say(conversation=conversation)).status != 200 and time.monotonic() < until:
        time.sleep(1)
    return answer


def catalog_replaced(folder: Path) -> Seen:
    """The shop's feed is imported anew, at other prices, while shoppers talk."""
    catalog = folder / "shop"
    _import(catalog, folder, 1)
    with serving(folder, {"RECSYS_CATALOG": str(catalog)}) as served:
        client = Client(served)
        importing = threading.Thread(target=lambda: _import(catalog, folder, 2))
        first = client.say("gift for my brother, he loves coffee, up to $90")
        importing.start()
        during = [client.say("gift for my brother, he loves coffee, up to $90") for _ in range(12)]
        importing.join()
        time.sleep(2)
        last = client.say("gift for my brother, he loves coffee, up to $90")
    prices = [{pick["price"]["amount"] for pick in answer.body.get("picks", [])} for answer in (first, *during, last)]
    whole = all(p <= {"11.00", "12.00", "13.00"} or p <= {"22.00", "24.00", "26.00"} for p in prices)
    as_promised = whole and all(a.status == 200 for a in (first, *during, last)) and prices[0] != prices[-1]
    saw = f"{len(during) + 2} x 200, each with the old prices or the new ones; the last with the new"
    return Seen("catalogue replaced while it serves", saw if as_promised else f"{prices}", 0, as_promised)


def _import(catalog: Path, folder: Path, factor: int) -> None:
    feed = folder / f"feed{factor}.csv"
    names = ("Coffee Grinder", "Coffee Mug", "Coffee Beans")
    rows = [f"sku-{i},{name},For people who love coffee,{(11 + i) * factor}.00 USD" for i, name in enumerate(names)]
    feed.write_text("\n".join(["id,title,description,price", *rows]), encoding="utf-8")
    command = [*python(), "tools.catalog", "import", str(feed), "--to", str(catalog)]
    subprocess.run(command, capture_output=True, check=True)


def disk_full(folder: Path) -> Seen:
    """No file of the server may grow beyond a size that some messages fill; then there is room again."""
    with serving(folder, {}) as served:
        client = Client(served)
        client.say()
    largest = max(file.stat().st_size for file in (folder / "data").iterdir() if file.is_file())
    blocks = largest // 512 + 60
    with serving(folder, {}, key=served.key, before=f"ulimit -f {blocks}; trap '' XFSZ") as tight:
        client.served = tight
        answers = [client.say() for _ in range(12)]
    with serving(folder, {}, key=served.key) as again:
        client.served = again
        after = client.say()
        lost = client.lost()
    refused = [answer for answer in answers if answer.status != 200]
    as_promised = bool(refused) and all(answer.status == 503 for answer in refused) and after.status == 200
    detail = refused[0].body.get("detail") if refused else "never full"
    saw = f"{_told(Counter(map(_kind, answers)), answers)} ({detail}); with room again {_kind(after)}"
    return Seen("disk full", saw, lost, as_promised)


def killed(folder: Path) -> Seen:
    """kill -9 of the server while twelve shoppers wait for their answers; then it starts again."""
    with serving(folder, {}) as served:
        client = Client(served)
        talking = threading.Thread(target=lambda: client.say_many(60, at_once=12))
        talking.start()
        time.sleep(2.0)
        for pid in group(served.pid):
            os.kill(pid, signal.SIGKILL)
        talking.join()
    with serving(folder, {}, key=served.key) as again:
        client.served = again
        kinds = Counter(map(_kind, client.answers))
        lost = client.lost()
        unanswered = [answer for answer in client.answers if not answer.status]
        doubled = sum(count > 1 for count in client.kept(unanswered).values())
        after = client.say()
    as_promised = doubled == 0 and after.status == 200 and bool(unanswered)
    saw = "; ".join(f"{count} x {kind}" for kind, count in kinds.items())
    return Seen("kill -9 under load", f"{saw}; started again: {_kind(after)}, nothing doubled", lost, as_promised)


@contextmanager
def _firestore(delay_s: float = 0.0) -> Iterator[tuple[dict[str, str], _Reach]]:
    with start_emulator() as address:
        reach = _Reach(address, delay_s)
        try:
            yield {"RECSYS_SESSION_URI": "firestore://faults", "FIRESTORE_EMULATOR_HOST": reach.address}, reach
        finally:
            reach.close()


class _Reach:
    """A cable to the emulator, in a thread of its own."""

    def __init__(self, address: str, delay_s: float) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._cable = Cable(address, delay_s)
        self.mend()
        self.address = f"127.0.0.1:{self._cable.port}"

    def mend(self) -> None:
        """Joins the two ends."""
        self._do(self._cable.mend())

    def cut(self) -> None:
        """Ends what is connected."""

        async def cut() -> None:
            self._cable.cut()

        self._do(cut())

    def close(self) -> None:
        """Ends the thread."""
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)


FAULTS: tuple[Fault, ...] = (
    model_down,
    model_slow,
    model_garbage,
    model_overloaded,
    model_malformed,
    firestore_slow,
    firestore_away,
    catalog_replaced,
    disk_full,
    killed,
)


def in_folder(fault: Fault, folder: Path) -> Seen:
    """The fault, in a folder of its own."""
    place = folder / fault.__name__
    place.mkdir()
    try:
        return fault(place)
    finally:
        shutil.rmtree(place / "data", ignore_errors=True)
