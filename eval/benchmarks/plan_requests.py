"""Are plans exact? Random requests to random shops through search, planner and explanation, judged by brute force.

Run it with `python -m eval.benchmarks.plan_requests`. The shops, the requests and the judge (`plan_shops`,
`plan_judge`) import nothing of the planner.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import track
from rich.table import Table

from eval.benchmarks.plan_judge import best_value, value
from eval.benchmarks.plan_shops import TODAY, admissible, minor, possible, random_brief, random_shop, to_pay
from tools.brief import Brief
from tools.catalog.folder import FORMAT, FolderCatalog, Manifest, write_manifest
from tools.catalog.interface import Catalog
from tools.catalog.layout import INDEX, PRODUCTS
from tools.catalog.search.index import build_index
from tools.planning import retrieval
from tools.planning.candidates import Candidates, assess
from tools.planning.decision import decide, enough
from tools.planning.exhaustive import overlooked
from tools.planning.formulation import Formulation
from tools.planning.instance import Instance, Option
from tools.planning.optimiser import best_plan
from tools.product import Product
from tools.request import Outcome, Request

EACH = 4
"""Requests to each shop."""


@dataclass
class Score:
    """What the judge found."""

    feasible: int = 0
    infeasible: int = 0
    answered: int = 0
    recognised: int = 0
    kept: int = 0
    summed: int = 0
    gaps: list[float] = field(default_factory=list)
    offered: int = 0
    helped: int = 0
    clashing: int = 0
    ms: list[float] = field(default_factory=list)


def main(
    requests: Annotated[int, typer.Option(min=1, help="Plan requests.")] = 400,
    seed: Annotated[int, typer.Option(help="Of the random shops and requests.")] = 1,
) -> None:
    """Makes plan requests, answers each, and prints how exact the answers are."""
    rng, score = random.Random(seed), Score()
    with tempfile.TemporaryDirectory() as folder:
        for number in track(range(0, requests, EACH), "plan requests", console=Console(stderr=True), transient=True):
            shop = random_shop(rng)
            catalog = _opened(Path(folder) / str(number), shop)
            for _ in range(min(EACH, requests - number)):
                judge(catalog, shop, random_brief(rng, shop), score)
    Console().print(_table(score, requests))


def judge(catalog: Catalog, shop: list[dict[str, Any]], told: dict[str, Any], score: Score) -> None:
    """Answers one request and adds to the score what brute force says to it."""
    request = Request(brief=Brief.model_validate(told), today=TODAY)
    started = time.perf_counter()
    outcome, candidates = _recommend(catalog, request)
    score.ms.append((time.perf_counter() - started) * 1000)
    if possible(shop, told):
        score.feasible += 1
        score.answered += bool(outcome.picks)
    else:
        score.infeasible += 1
        score.recognised += outcome.status == "infeasible"
        for change in outcome.relaxations:
            score.offered += 1
            score.helped += possible(shop, _plain(change.apply(request.brief), told))
        score.clashing += bool(outcome.clash)
    if outcome.picks:
        by_id = {product["product_id"]: product for product in shop}
        picks = [by_id[pick.product_id] for pick in outcome.picks]
        score.kept += admissible(told, picks)
        score.summed += _adds_up(outcome, to_pay(told, picks), minor(told["budget"]["max"]) or 0)
        score.gaps.append(_gap(catalog, request, candidates))


def _opened(folder: Path, shop: list[dict[str, Any]]) -> Catalog:
    products = [Product.model_validate(product) for product in shop]
    folder.mkdir()
    (folder / PRODUCTS).write_text("".join(f"{p.model_dump_json()}\n" for p in products), "utf-8")
    build_index(products, folder / INDEX)
    write_manifest(folder, Manifest(format=FORMAT, currency="USD", products=len(products)))
    return FolderCatalog.open(folder)


def _recommend(catalog: Catalog, request: Request) -> tuple[Outcome, Candidates]:
    """The flow of the agents without them, and the candidates that were decided on."""
    while True:
        found: dict[Any, list[list[str]]] = {}
        for need in request.brief.wanted:
            sources = (retrieval.by_likeness, retrieval.by_occasion, retrieval.by_price)
            found[need.kind] = [source(catalog, request, need) for source in sources]
        candidates = assess(catalog, request, found)
        if enough(request, candidates):
            return decide(catalog, request, candidates), candidates
        request = request.model_copy(update={"widened": request.widened + 1})


def _gap(catalog: Catalog, request: Request, candidates: Candidates) -> float:
    """By how much the plan's value falls short of the best of all combinations of the candidates it was made of."""
    needs = request.brief.wanted
    plan = Formulation(request, candidates, needs, catalog.currency)
    found = best_plan(plan.instance)
    if found is None:
        plan = Formulation(request, overlooked(catalog, request, candidates), needs, catalog.currency)
        found = best_plan(plan.instance)
    assert found is not None
    told = _as_told(plan.instance)
    best = best_value(told)
    reached = value(told, [_option_told(found.chosen[need.kind]) for need in needs])
    return 1.0 if best is None else (best - reached) / max(1, abs(best))


def _as_told(instance: Instance) -> dict[str, Any]:
    """An instance as the judge's JSON."""
    return {
        "needs": [
            {
                "kind": kind,
                "importance": choice.importance,
                "low": choice.low,
                "high": choice.high,
                "keep": choice.keep,
                "options": [_option_told(option) for option in choice.options],
            }
            for kind, choice in instance.choices.items()
        ],
        "joint": [{"kinds": sorted(j.needs), "low": j.low, "high": j.high} for j in instance.joint],
        "vouchers": [
            {
                "share": list(v.share.as_integer_ratio()) if v.share is not None else None,
                "amount": v.amount,
                "from_total": v.from_total,
                "kind": v.kind,
                "combinable": v.combinable,
                "free_shipping": v.free_shipping,
            }
            for v in instance.vouchers
        ],
        "low": instance.low,
        "high": instance.high,
        "reference": instance.reference,
        "money": instance.money,
    }


def _option_told(option: Option) -> dict[str, Any]:
    line = option.line
    return {
        "id": option.product_id,
        "goods": line.goods,
        "tax": line.tax,
        "seller": line.seller,
        "shipping": line.shipping,
        "free_from": line.free_from,
        "fit": option.fit,
        "demerit": option.demerit,
        "answers": sorted(option.answers),
        "themes": sorted(option.themes),
        "look": sorted(option.look),
    }


def _adds_up(outcome: Outcome, paid: int, budget: int) -> bool:
    """Goods − discounts + shipping + tax = total, budget − total = left, and the total is the judge's."""
    sums = outcome.sums
    if sums is None or sums.left is None:
        return False
    extra = sum(amount.minor for amount in (sums.shipping, sums.tax) if amount)
    off = sum(discount.amount.minor for discount in sums.discounts)
    total = sums.total.minor
    return sums.subtotal.minor - off + extra == total == paid and budget - total == sums.left.minor


def _plain(brief: Brief, told: dict[str, Any]) -> dict[str, Any]:
    """A changed brief as the judge reads it."""
    plain = brief.model_dump(mode="json")
    fields = {"min": None, "max": None, "keep": None, "importance": 2}
    plain["needs"] = [{**fields, **need} for need in plain["needs"]]
    plain["budget"] = plain["budget"] or {"min": None, "max": None}
    return {**told, **{name: plain[name] for name in told}}


def _table(score: Score, requests: int) -> Table:
    table = Table(
        title=f"{requests} plan requests: {score.feasible} feasible, {score.infeasible} not", box=SIMPLE, pad_edge=False
    )
    table.add_column("judged by brute force", no_wrap=True)
    for name in ("of", "share", "aim"):
        table.add_column(name, justify="right", no_wrap=True)
    plans = len(score.gaps)
    for name, count, of in (
        ("feasible: a plan found", score.answered, score.feasible),
        ("plans: all rules kept", score.kept, plans),
        ("plans: all sums right", score.summed, plans),
        ("infeasible: recognised", score.recognised, score.infeasible),
        ("infeasible: clash named", score.clashing, score.infeasible),
        ("changes offered that help", score.helped, score.offered),
    ):
        table.add_row(name, f"{of}", f"{count / max(1, of):.3f}", "1.000")
    table.add_row("largest optimality gap", f"{plans}", f"{max(score.gaps, default=0):.3f}", "0", end_section=True)
    p95 = statistics.quantiles([*score.ms, *score.ms], n=20, method="inclusive")[-1]
    table.add_row("ms a request, p50 / p95", f"{requests}", f"{statistics.median(score.ms):.1f} / {p95:.1f}", "")
    return table


if __name__ == "__main__":
    typer.run(main)
