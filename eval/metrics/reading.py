"""What the metrics read out of a reply and a conversation; written apart from the code that makes replies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from google.adk.evaluation.eval_case import Invocation, get_all_tool_calls
from google.adk.evaluation.eval_metrics import EvalStatus
from google.adk.evaluation.evaluator import EvaluationResult, PerInvocationResult
from google.genai import types

from eval.metrics.unsupported_claims import NOTED
from recsys_agent.settings import load_settings
from tools.catalog.curated import curated_catalog
from tools.product import Product

LINE = re.compile(r"\*\*(?P<title>.+?)\*\*(?P<rest>[^\n]*)")
AMOUNT = re.compile(r"\$([\d,]+\.\d{2})")
TOTAL = re.compile(r"\bTotal\b[^\n$]*\*\*\$([\d,]+\.\d{2})\*\*")
RAISED = re.compile(r"\braise the budget to \$([\d,]+\.\d{2})", re.IGNORECASE)


@lru_cache(maxsize=1)
def products_by_title() -> dict[str, Product]:
    """The shipped catalogue by title."""
    return {product.title: product for product in curated_catalog(load_settings().data_dir)}


def text_of(content: types.Content | None) -> str:
    """All text of a content."""
    return "".join(part.text or "" for part in (content.parts if content else None) or [])


def named(reply: str) -> list[tuple[str, list[Decimal]]]:
    """The bold titles of a reply with the amounts on the same line. A bold amount is no title."""
    found = []
    for match in LINE.finditer(NOTED.sub("", reply)):
        if not match["title"].startswith("$"):
            found.append((match["title"], [Decimal(a.replace(",", "")) for a in AMOUNT.findall(match["rest"])]))
    return found


def recommended(reply: str) -> bool:
    """Whether the reply shows picks (and not the closest thing that does not fit)."""
    return bool(named(reply)) and "Nothing in the catalogue fits" not in reply


def said_so_far(expected: list[Invocation]) -> Iterator[dict]:
    """After each turn, the arguments of all `recommend` calls that the eval set expects up to it, merged.

    What a call takes back no longer holds, and nothing does where it starts over.

    Taken from the expected conversation: if the actual one misread the shopper, that must not excuse it. A yes to the
    first change offered counts as the budget that the reply before named.
    """
    merged: dict = {}
    before = ""
    for invocation in expected:
        for call in get_all_tool_calls(invocation.intermediate_data):
            if call.name == "recommend":
                arguments = call.args or {}
                if arguments.get("start_over"):
                    merged = {}
                lists = {k: [*merged.get(k, []), *v] for k, v in arguments.items() if isinstance(v, list)}
                merged = _without({**merged, **arguments, **lists}, arguments.get("remove", []))
                if arguments.get("accept") == 1 and (raised := RAISED.search(before)):
                    merged["budget_max"] = raised.group(1).replace(",", "")
        before = text_of(invocation.final_response)
        yield dict(merged)


def _without(merged: dict, taken_back: list[str]) -> dict:
    kept = {k: [one for one in v if one not in taken_back] if isinstance(v, list) else v for k, v in merged.items()}
    ends = ("budget_min", "budget_max") if "budget" in taken_back else ()
    return {k: v for k, v in kept.items() if k not in ends}


def result(scores: list[float], actual: list[Invocation], expected: list[Invocation] | None) -> EvaluationResult:
    """An evaluation result: the worst turn decides, for one broken rule is one too many."""
    overall = min(scores, default=1.0)
    pairs = expected or [None] * len(actual)  # type: ignore[list-item]
    return EvaluationResult(
        overall_score=overall,
        overall_eval_status=EvalStatus.PASSED if overall >= 1 else EvalStatus.FAILED,
        per_invocation_results=[
            PerInvocationResult(
                actual_invocation=a,
                expected_invocation=e,
                score=s,
                eval_status=EvalStatus.PASSED if s >= 1 else EvalStatus.FAILED,
            )
            for a, e, s in zip(actual, pairs, scores, strict=True)
        ],
    )
