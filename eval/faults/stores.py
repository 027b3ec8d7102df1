"""Faults of what keeps the conversations: Firestore, SQLite, the disk."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from grpc import StatusCode

from eval.cable import Cable
from eval.emulator import start_emulator
from eval.faults.moody_firestore import MoodyFirestore
from eval.faults.seen import Seen, kind_of, summary
from eval.faults.shop import Answer, Client
from eval.serving import serving

DELAY_S = 0.1
SHORT_LOCK_S, LONG_LOCK_S = 3, 60
ABORTED, EXHAUSTED = StatusCode.ABORTED, StatusCode.RESOURCE_EXHAUSTED


def firestore_slow(folder: Path) -> Seen:
    """Every byte to and from Firestore takes a tenth of a second longer."""
    with _firestore(DELAY_S) as (variables, _), serving(folder, variables) as served:
        client = Client(served)
        answers = client.say_many(4, at_once=2)
        as_promised = all(answer.status == 200 for answer in answers)
        return Seen(f"Firestore {DELAY_S * 1000:.0f} ms slower a packet", summary(answers), client.lost(), as_promised)


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
        saw = f"before {kind_of(before)}; away {told}; back {kind_of(after)}"
        return Seen("Firestore cut off, then back", saw, client.lost(), as_promised)


def firestore_moody(folder: Path) -> Seen:
    """Firestore aborts every seventh call of each kind, then has no resources for every seventh, then for none."""
    told: dict[str, list[Answer]] = {}
    with start_emulator() as address, _moody(address) as moody:
        variables = {"RECSYS_SESSION_URI": "firestore://faults", "FIRESTORE_EMULATOR_HOST": moody.address}
        with serving(folder, variables) as served:
            client = Client(served)
            for code, every in ((ABORTED, 7), (EXHAUSTED, 7), (EXHAUSTED, 1), (EXHAUSTED, 0)):
                moody.code, moody.every = code, every
                told[f"{code.name} 1 of {every}" if every else "well again"] = [client.say(), client.say()]
            lost = client.lost()
    as_promised = [a.status for answers in told.values() for a in answers] == [200] * 4 + [503] * 2 + [200] * 2
    saw = "; ".join(f"{what}: {summary(answers)}" for what, answers in told.items())
    return Seen("Firestore aborts, or has no resources", saw, lost, as_promised)


@contextmanager
def _moody(emulator: str) -> Iterator[MoodyFirestore]:
    moody = MoodyFirestore(emulator)
    try:
        yield moody
    finally:
        moody.close()


def sqlite_locked(folder: Path) -> Seen:
    """Another process, such as a backup, holds the sessions' file for three seconds, and then for a minute."""
    with serving(folder, {}) as served:
        client = Client(served)
        client.say()
        file = folder / "data" / "sessions.db"
        with _locked(file, seconds=SHORT_LOCK_S):
            short = client.say()
        with _locked(file, seconds=LONG_LOCK_S):
            long = client.say()
        after = client.say()
        lost = client.lost()
    as_promised = (short.status, long.status, after.status) == (200, 503, 200)
    saw = f"{SHORT_LOCK_S} s: {summary([short])}; {LONG_LOCK_S} s: {long.status} after "
    saw += f"{long.seconds:.1f} s ({long.body.get('detail')}); free again {kind_of(after)}"
    return Seen("SQLite file held by another process", saw, lost, as_promised)


@contextmanager
def _locked(file: Path, *, seconds: float) -> Iterator[None]:
    """Nobody else writes for so long, or until the block ends."""
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as db:
        db.execute("BEGIN EXCLUSIVE")
        timer = threading.Timer(seconds, lambda: db.execute("ROLLBACK"))
        timer.start()
        yield
        timer.cancel()
        timer.join()


def _until_served(client: Client, conversation: str) -> Answer:
    """Tries again as Retry-After says, for half a minute."""
    until = time.monotonic() + 30
    while (answer := client.say(conversation=conversation)).status != 200 and time.monotonic() < until:
        time.sleep(1)
    return answer


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
    saw = f"{summary(answers)} ({detail}); with room again {kind_of(after)}"
    return Seen("disk full", saw, lost, as_promised)


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
