"""What is broken on purpose, a function for each: it breaks something, lets a client speak, and tells what was seen."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

from eval.faults import models, stores
from eval.faults.seen import Fault, Seen, kind_of
from eval.faults.shop import Client
from eval.processes import group, python
from eval.serving import serving


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
        kinds = Counter(map(kind_of, client.answers))
        lost = client.lost()
        unanswered = [answer for answer in client.answers if not answer.status]
        doubled = sum(count > 1 for count in client.kept(unanswered).values())
        after = client.say()
    as_promised = doubled == 0 and after.status == 200 and bool(unanswered)
    saw = "; ".join(f"{count} x {kind}" for kind, count in kinds.items())
    return Seen("kill -9 under load", f"{saw}; started again: {kind_of(after)}, nothing doubled", lost, as_promised)


FAULTS: tuple[Fault, ...] = (
    models.model_down,
    models.model_slow,
    models.model_garbage,
    models.model_overloaded,
    models.model_malformed,
    models.model_half,
    stores.firestore_slow,
    stores.firestore_away,
    stores.firestore_moody,
    stores.sqlite_locked,
    catalog_replaced,
    stores.disk_full,
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
