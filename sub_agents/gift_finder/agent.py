"""The gift finder: sources side by side, each unable to break or delay the others, then joined, ruled and scored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from typing import Any

from google.adk.agents import Context
from google.adk.workflow import START, BaseNode, JoinNode
from pydantic import PrivateAttr

from sub_agents.workflow_agent import WorkflowAgent
from tools.brief import Need
from tools.catalog.embedding.embedder import Embedder
from tools.catalog.interface import Catalog
from tools.planning import retrieval
from tools.planning.bounds import cost
from tools.planning.candidates import assess
from tools.request import Request, needs_by_name

SOURCE_TIMEOUT_S = 2.0
KEPT_FOR_SHORTLIST, KEPT_FOR_PLAN = 24, 12
"""Candidates handed on for each need: they are stored with the event, so there are no more than can matter."""

Source = Callable[[Catalog, Request, Need], list[str]]
"""A way to look into the catalogue: (catalogue, request, need) -> product ids, best first. May block; may fail."""

Found = dict[str, list[str]]
"""Product ids by need, best first."""

Look = Callable[[Request], Coroutine[Any, Any, Found]]
"""What a source finds for all needs of a request."""


def search_text(catalog: Catalog, request: Request, need: Need) -> list[str]:
    """Text search for each wish; a thing is looked for by its other names, too."""
    rankings = [retrieval.by_text(catalog, request, need, wish) for wish in retrieval.wishes(request, need)]
    return retrieval.fuse(rankings)[: 2 * retrieval.depth(request)]


def meaning_source(embedder: Embedder) -> Source:
    """The source ``by_meaning``: what is near to the wishes, whatever words its texts use."""
    return lambda catalog, request, need: retrieval.by_meaning(catalog, request, need, embedder)


SOURCES: Mapping[str, Source] = {
    "by_text": search_text,
    "by_likeness": retrieval.by_likeness,
    "by_occasion": retrieval.by_occasion,
    "by_price": retrieval.by_price,
}


def build_gift_finder(
    catalog: Callable[[], Catalog], *, sources: Mapping[str, Source] = SOURCES, timeout_s: float = SOURCE_TIMEOUT_S
) -> WorkflowAgent:
    """The gift finder over the present catalogue. Tests pass sources of their own."""

    looks = {name: _in_thread(source, catalog) for name, source in sources.items()} | {"by_ideas": _for_ideas(catalog)}
    nodes = [_Looking(name=name, look=look, timeout_s=timeout_s) for name, look in looks.items()]
    join = _Join(name="join", catalog=catalog)
    return WorkflowAgent(
        name="gift_finder",
        description="Finds candidates in the catalogue from several sides at once and keeps what the rules allow.",
        edges=[(START, tuple(nodes), join), (START, join)],  # the join gets the request itself, too
    )


class _Join(JoinNode):
    """Waits for all sources and hands on their candidates.

    A plain JoinNode would store once more what every source said, and the request as `__START__`, a name that Firestore
    refuses.
    """

    _catalog: Callable[[], Catalog] = PrivateAttr()

    def __init__(self, *, catalog: Callable[[], Catalog], **fields: Any) -> None:
        super().__init__(**fields)
        self._catalog = catalog

    async def _run_impl(self, *, ctx: Context, node_input: Any) -> AsyncGenerator[Any, None]:
        yield _joined(self._catalog(), node_input)


class _Looking(BaseNode):
    """A source's answer; a failure or a delay becomes a warning, for a raising branch would end the whole turn."""

    _look: Look = PrivateAttr()
    _timeout_s: float = PrivateAttr()

    def __init__(self, *, look: Look, timeout_s: float, **fields: Any) -> None:
        super().__init__(**fields)
        self._look = look
        self._timeout_s = timeout_s

    async def _run_impl(self, *, ctx: Context, node_input: Any) -> AsyncGenerator[Any, None]:
        request, found, warning = Request.model_validate(node_input), {}, None
        try:
            found = await asyncio.wait_for(self._look(request), self._timeout_s)
        except TimeoutError:
            warning = f"{self.name} took longer than {self._timeout_s:g} s and was left out"
        except Exception as error:
            warning = f"{self.name} failed and was left out: {error}"
        yield {"source": self.name, "found": found} | ({"warning": warning} if warning else {})


def _in_thread(source: Source, catalog: Callable[[], Catalog]) -> Look:
    """A source's look for every need."""

    def look(request: Request) -> Found:
        return {need.name: source(catalog(), request, need) for need in request.brief.wanted}

    return lambda request: asyncio.to_thread(look, request)


def _for_ideas(catalog: Callable[[], Catalog]) -> Look:
    """Searches every idea of the model, all at the same time."""

    async def look(request: Request) -> Found:
        shop, found = catalog(), {}
        for need in request.brief.wanted if request.ideas else ():
            searches = (asyncio.to_thread(retrieval.by_text, shop, request, need, idea) for idea in request.ideas)
            found[need.name] = retrieval.fuse(await asyncio.gather(*searches))[: retrieval.depth(request)]
        return found

    return look


def _joined(catalog: Catalog, branches: dict[str, Any]) -> dict[str, Any]:
    """The candidates of all sources: ids that keep the rules, and the counts of what was removed and why."""
    request = Request.model_validate(branches[START.name])
    answers = [branch for name, branch in sorted(branches.items()) if name != START.name]
    rankings: dict[str, list[list[str]]] = {need.name: [] for need in request.brief.wanted}
    for answer in answers:
        for kind, ids in answer["found"].items():
            rankings[kind].append(ids)
    candidates = assess(catalog, request, rankings)
    kept = KEPT_FOR_PLAN if request.brief.is_plan else KEPT_FOR_SHORTLIST
    needs = needs_by_name(request.brief)
    return {
        "request": branches[START.name],
        "candidates": {
            kind: _kept([s.product.product_id for s in found], [cost(s.product, needs[kind]) for s in found], kept)
            for kind, found in candidates.by_need.items()
        },
        "counts": {kind: len(found) for kind, found in candidates.by_need.items()},
        "removed": dict(candidates.removed),
        "warnings": [answer["warning"] for answer in answers if "warning" in answer],
    }


def _kept(ids: list[str], costs: list[int], kept: int) -> list[str]:
    """The best ones, and always the three cheapest: without them a plan under a tight budget might be missed."""
    cheapest = sorted(range(len(ids)), key=lambda i: costs[i])[:3]
    return [ids[i] for i in sorted({*range(min(kept, len(ids))), *cheapest})]
