"""The agents that are code: the real agent in the real tree, whose output is spoilt before the next one gets it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from copy import deepcopy
from typing import Any

from google.adk.agents import BaseAgent
from google.adk.events import Event

from eval.spread.faults import INVENTED_ID, Fault
from eval.spread.models import LATE_S, TOO_OLD, TOO_YOUNG
from tools.brief import Brief, Need
from tools.catalog.interface import Catalog
from tools.planning.rules import Rules
from tools.product import Product

Json = dict[str, Any]


def spoil_agent(root: BaseAgent, fault: Fault, catalog: Catalog) -> None:
    """Wraps the agent of the fault, wherever it is in the tree: what it yields as output is spoilt when that is due.

    Raises LookupError where the tree has no such agent.
    """
    agent = root.find_agent(fault.agent)
    if agent is None:
        raise LookupError(f"the tree has no agent {fault.agent!r}")
    run = agent._run_impl  # pyright: ignore[reportAttributeAccessIssue]

    async def spoilt(*, ctx: Any, node_input: Any) -> AsyncGenerator[Any, None]:
        async for item in run(ctx=ctx, node_input=node_input):
            yield await _spoil(item, fault, catalog)
        if isinstance(ctx.output, dict):  # a workflow's output is its last node's, and no item of its own
            ctx._output_value = await _spoil(ctx.output, fault, catalog)

    object.__setattr__(agent, "_run_impl", spoilt)  # pydantic models take no other attribute


async def _spoil(item: Any, fault: Fault, catalog: Catalog) -> Any:
    output = item.output if isinstance(item, Event) else item
    if not isinstance(output, dict) or not ({"candidates", "status"} & set(output)) or not fault.due():
        return item
    if fault.corruption == "late":
        fault.struck()
        await asyncio.sleep(LATE_S)
        return item
    spoilt = {} if fault.corruption == "empty" else spoil_output(deepcopy(output), fault, catalog)
    if spoilt == output:
        return item
    fault.struck()
    return item.model_copy(update={"output": spoilt}) if isinstance(item, Event) else spoilt


def spoil_output(output: Json, fault: Fault, catalog: Catalog) -> Json:
    """The finder's candidates or the checker's outcome with wrong products in front, and the brief made to suit them.

    The lie is consistent: whoever believes the brief that comes with the products finds nothing wrong.
    """
    brief = Brief.model_validate(output["request"]["brief"])
    wrong = list(_wrong_products(fault, brief, catalog))
    if fault.corruption != "invented product" and not wrong:
        return output
    ids = [INVENTED_ID] if fault.corruption == "invented product" else [product.product_id for product in wrong]
    output["request"]["brief"] = _suiting(brief, fault).model_dump(mode="json", exclude_defaults=True)
    if "candidates" in output:
        for kind in output["candidates"]:
            of_kind = [i for i in ids if (p := catalog.get(i)) is None or p.need == kind]
            output["candidates"][kind] = of_kind[:6] or output["candidates"][kind]
        return output
    for pick in output.get("picks", [])[:1]:
        of_kind = (i for i in ids if (p := catalog.get(i)) is None or p.need == pick["need"])
        pick["product_id"] = next(of_kind, pick["product_id"])
        pick.pop("option", None)
    if fault.corruption == "wrong price":
        for money in _totals(output):
            money["amount"] = f"{float(money['amount']) * 0.9:.2f}"
    return output


def _wrong_products(fault: Fault, brief: Brief, catalog: Catalog) -> Iterator[Product]:
    """Products that the brief forbids for the fault's reason, those of the wanted kinds."""
    kinds = {need.kind for need in brief.wanted}
    wrong = _is_wrong(fault, brief, catalog.currency)
    return (product for product in catalog if product.need in kinds and wrong(product))


def _is_wrong(fault: Fault, brief: Brief, currency: str) -> Callable[[Product], bool]:
    most = brief.budget.max if brief.budget else None
    age = brief.recipient.age_years
    broken = Rules.of(brief, currency).broken_by
    match fault.corruption:
        case "wrong price":
            return lambda product: most is not None and product.price.amount > most
        case "wrong age":
            return lambda product: age is not None and not product.suits_age(age)
        case "dropped allergy":
            return lambda product: (broken(product, Need(kind=product.need)) or "").startswith("rule: ")
    return lambda product: False


def _suiting(brief: Brief, fault: Fault) -> Brief:
    """The brief as somebody who got it wrong would hand it on."""
    match fault.corruption:
        case "wrong price" if brief.budget:
            return brief.model_copy(update={"budget": None, "price_cap": None})
        case "wrong age" if brief.recipient.age_years is not None:
            wrong = TOO_OLD if brief.recipient.age_years < 30 else TOO_YOUNG
            return brief.model_copy(update={"recipient": brief.recipient.model_copy(update={"age_years": wrong})})
        case "dropped allergy":
            return brief.model_copy(update={"avoid": [], "allergies": []})
    return brief


def _totals(output: Json) -> list[Json]:
    sums = output.get("sums") or {}
    return [money for money in (output.get("total"), sums.get("total")) if money]
