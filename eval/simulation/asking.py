"""`python -m eval.simulation asking`: questions chosen by their value against a fixed list, with the same shoppers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from eval.metrics.questions import questions, redundant_questions
from eval.metrics.success import success
from eval.ranking_metrics import bootstrap
from eval.simulation.dialogue import Dialogue
from eval.simulation.persona import Persona
from eval.simulation.running import run
from eval.simulation.workers import Workers
from eval.strategies.ladder import ERRORLESS, FIXED_LIST, Conditions

NAMES = {ERRORLESS: "by value", FIXED_LIST: "fixed list"}

MEASURES: dict[str, Callable[[Dialogue], float]] = {
    "served": success,
    "questions": questions,
    "redundant": redundant_questions,
    "messages": lambda dialogue: len(dialogue.exchanges),
}


def compare_asking(people: Sequence[Persona], conditions: Conditions, workers: int, console: Console) -> None:
    """Prints both ways to ask and the difference, each mean with its 95% bootstrap interval over the shoppers."""
    with Workers(workers) as processes, Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("conversations", total=len(people) * len(NAMES))
        talked = run(people, list(NAMES), conditions, processes, lambda done: progress.advance(task, done))
    rows = {
        name: {m: [measure(d) for d in talked[key]] for m, measure in MEASURES.items()} for key, name in NAMES.items()
    }
    first, second = rows.values()
    rows["difference"] = {m: [a - b for a, b in zip(first[m], second[m], strict=True)] for m in MEASURES}
    table = Table(title=f"{len(people)} simulated shoppers, seed {conditions.seed}", title_justify="left")
    for column in ("asking", *MEASURES):
        table.add_column(column)
    for name, values in rows.items():
        table.add_row(name, *map(_told, values.values()))
    console.print(table)


def _told(values: list[float]) -> str:
    low, high = bootstrap(values)
    return f"{sum(values) / len(values):.3f} ({low:.3f} to {high:.3f})"
