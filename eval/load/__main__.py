"""`make load`: locust's shoppers against the server of `make serve`, on this machine alone; a table and a picture."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from math import isnan
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.benchmarks.pictures import OUT, OutOption, by_size
from eval.command import run_command
from eval.load.measuring import Load, Measured, measure
from eval.processes import free_port, python, resident_mib, started
from eval.serving import serving
from recsys_agent.settings import DEFAULT_GEMINI
from tools.errors import UsageError

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
COUNTS = [1, 10, 50, 200]
WARM_UP_S = 5


@cli.command(help=__doc__)
def main(
    locust: Annotated[Path, typer.Option(help="The locust program; `make load` installs one.")],
    shoppers: Annotated[list[int] | None, typer.Option(min=1, max=500, help="How many at once; repeatable.")] = None,
    seconds: Annotated[int, typer.Option(min=2, max=3600, help="How long each number of them stays.")] = 20,
    pause: Annotated[float, typer.Option(min=0, help="Seconds a shopper thinks between two messages.")] = 0.0,
    workers: Annotated[int, typer.Option(min=1, max=16, help="Processes of the server.")] = 2,
    model_ms: Annotated[int, typer.Option(min=0, help="A model on loopback that takes so long; 0: keyless.")] = 0,
    out: OutOption = OUT,
) -> None:
    """Serves, and lets shoppers come in growing numbers."""
    if not locust.exists():
        raise UsageError(f"There is no locust at {locust}; `make load` installs it and calls this command")
    counts = sorted(shoppers or COUNTS)
    console = Console(stderr=True)
    with (
        tempfile.TemporaryDirectory() as name,
        _model(model_ms, folder := Path(name)) as model,
        serving(folder, model, workers=workers) as server,
        Progress(console=console, transient=True) as progress,
    ):
        idle, task = resident_mib(server.pid), progress.add_task("shoppers", total=len(counts))
        measure(locust, Load(4 * workers, WARM_UP_S), server.address, server.key, server.pid, folder)
        results = []
        for count in counts:
            load = Load(count, seconds, pause, model_ms)
            results.append(measure(locust, load, server.address, server.key, server.pid, folder))
            progress.advance(task)
    title = f"{workers} workers, " + (f"a model of {model_ms} ms" if model_ms else "keyless") + f", pause {pause:g} s"
    Console(width=max(Console().width, 110)).print(_table(title, results, server.start_s, idle))
    picture = by_size(
        out / f"load-{model_ms}ms-{pause:g}s.png",
        f"Shoppers at once: {title}",
        {
            "ms a message": {
                name: {r.load.shoppers: getattr(r, f"{name}_ms") for r in results} for name in ("p50", "p95", "p99")
            },
            "turns a second": {"served": {r.load.shoppers: r.turns_per_s for r in results}},
        },
    )
    print(f"Picture: {picture}")


def _table(title: str, results: list[Measured], start_s: float, idle_mib: float) -> Table:
    caption = (
        f"Ready {start_s:.1f} s after the start; {idle_mib:.0f} MiB before the first shopper. Refused: 429, beyond "
        "capacity. Beyond: p95 of what a turn takes beside its calls of the model. Processor time a turn is the "
        "server's; locust's own is beside it, on the same machine."
    )
    table = Table(title=title, caption=caption, box=SIMPLE, pad_edge=False)
    for name in ("shoppers", "turns/s", "p50 ms", "p95 ms", "p99 ms", "beyond", "refused", "errors"):
        table.add_column(name, justify="right")
    for name in ("CPU ms a turn", "server CPU s", "locust CPU s", "MiB"):
        table.add_column(name, justify="right")
    for r in results:
        times = [f"{value:.0f}" for value in (r.p50_ms, r.p95_ms, r.p99_ms)]
        times.append("" if isnan(r.beyond_ms) else f"{r.beyond_ms:.0f}")
        costs = [f"{r.cpu_ms_a_turn:.1f}", f"{r.server_cpu_s:.1f}", f"{r.locust_cpu_s:.1f}", f"{r.memory_mib:.0f}"]
        counted = [f"{r.load.shoppers}", f"{r.turns_per_s:.1f}", *times, f"{r.refused}", f"{r.errors}"]
        table.add_row(*counted, *costs)
    return table


@contextmanager
def _model(milliseconds: int, folder: Path) -> Iterator[dict[str, str]]:
    """The settings of the model: the stand-in, or one on loopback that takes its time."""
    if not milliseconds:
        yield {}
        return
    port = free_port()
    command = [*python(), "eval.load.slow_model", str(port), str(milliseconds)]
    with started(command, f"http://127.0.0.1:{port}/", {}, folder / "model.log"):
        yield {
            "RECSYS_MODEL": DEFAULT_GEMINI,
            "GOOGLE_API_KEY": "loopback",
            "GOOGLE_GEMINI_BASE_URL": f"http://127.0.0.1:{port}",
        }


if __name__ == "__main__":
    sys.exit(run_command(cli))
