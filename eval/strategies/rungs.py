"""The rungs of the ladder below our agents: from one prompt to a single agent, and one that reflects.

Each is a plain composition of model calls over the same tools (a text search; `prompt_chain`, `single_agent` and
`reflection` also search within rules in code). All send JSON tasks to an ADK model and read JSON back, so that any
model can play them; keyless it is the seeded fallible one (`fallible.py`). None checks what the model says: that is
what they show.

chain_of_thought: Wei et al. (2022). self_refine: Madaan et al. (2023). single_agent: ReAct, Yao et al. (2023).
reflection: a critic and a reflector after picks that were not taken; Reflexion (Shinn et al., 2023), as MACRec (Wang et
al., 2024) and RAH (Shu et al., 2023) have them among their agents.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from google.adk.models import BaseLlm, LlmRequest
from google.genai import types

from eval.simulation.dialogue import Reply, Shown
from eval.strategies.choosing import choose
from tools.brief import Brief, BriefChanges
from tools.product import NEED_KINDS, Product

CONTEXT = 20
"""Products that a prompt shows the model for each kind of thing."""
CHARS_PER_TOKEN = 4
TASKS = {
    "choose": "Choose what to show: up to three gifts, or for a party one product for each thing needed. Keep the "
    'budget, the age and everything refused. Answer {"picks": [{"product_id", "title", "price", "need", "quantity"}]}.',
    "reason": 'First list under "steps" what must hold, then check each product against it, then choose as in: up to '
    'three gifts, or for a party one product a need. Answer {"steps": […], "picks": [{"product_id", "title", "price", '
    '"need", "quantity"}]}.',
    "criticise": "Find what is wrong with the picks: rules, age, budget, prices, unknown products. Answer "
    '{"problems": [{"product_id", "reason"}]}.',
    "read": "Read the messages into a brief of what holds now. Answer a JSON object with relation, age_years, "
    "interests, avoid, allergies, budget {min, max, per}, needs [{kind, quantity}], theme, guests; leave out what was "
    "not said.",
    "reflect": "The picks were not taken; the critic's problems are given. Read the messages again and say what holds "
    'now, and what the first reading missed. Answer as for "read".',
    "write": 'Put the picks to the shopper. Answer {"picks": [{"product_id", "title", "price", "need", "quantity"}]}.',
}

Search = Callable[[Sequence[str]], Iterable[Product]]


class Caller:
    """Calls the model with tasks, and counts calls, tokens (as estimated from the text) and time."""

    def __init__(self, model: BaseLlm) -> None:
        self._model = model
        self.calls = self.tokens = 0
        self.milliseconds = 0.0

    async def ask(self, task: str, **payload: Any) -> dict[str, Any]:
        """The model's answer to a task. Raises ValueError where it is no JSON object."""
        prompt = json.dumps({"task": task, "instruction": TASKS[task], **payload}, ensure_ascii=False)
        content = types.Content(role="user", parts=[types.Part(text=prompt)])
        config = types.GenerateContentConfig(response_mime_type="application/json")
        request = LlmRequest(model=self._model.model, contents=[content], config=config)
        started = time.perf_counter()
        text = ""
        async for response in self._model.generate_content_async(request):
            text += "".join(part.text or "" for part in (response.content.parts if response.content else None) or [])
        self.milliseconds += (time.perf_counter() - started) * 1000
        self.calls += 1
        self.tokens += (len(prompt) + len(text)) // CHARS_PER_TOKEN
        answer = json.loads(text[text.find("{") : text.rfind("}") + 1])  # some models fence their JSON
        if not isinstance(answer, dict):
            raise ValueError(f"the model's answer to {task!r} is no object")
        return answer


class Rung:
    """A strategy of one function: from the messages to the picks that the model named."""

    def __init__(self, name: str, model: BaseLlm, search: Search, currency: str) -> None:
        self.name = name
        self._model = model
        self._search = search
        self._currency = currency

    def open(self, shopper_id: str) -> RungTalk:
        """A talk of its own."""
        return RungTalk(self.name, self._model, self._search, self._currency)


class RungTalk:
    """The messages so far, and what was shown."""

    def __init__(self, name: str, model: BaseLlm, search: Search, currency: str) -> None:
        steps = {"prompt_chain": self._chain, "single_agent": self._agent, "self_refine": self._refine}
        self._steps = (steps | {"reflection": self._reflect}).get(name)
        self._task = "reason" if name == "chain_of_thought" else "choose"
        self._model = model
        self._search = search
        self._currency = currency
        self._messages: list[str] = []
        self._seen: list[str] = []
        self._last: list[dict[str, Any]] = []

    async def say(self, message: str) -> Reply:
        """One turn: whatever calls the structure makes."""
        self._messages.append(message)
        started, caller, warnings = time.perf_counter(), Caller(self._model), ()
        try:
            picks = await self._steps(caller) if self._steps else await self._choose(caller, self._task)
            shown = tuple(map(_shown, picks))
            self._last = picks
        except Exception as error:  # whatever a model says or its client raises ends the turn, not the report
            shown, warnings = (), (f"{type(error).__name__}: {error}"[:200],)
        self._seen += [one.product_id for one in shown if one.product_id]
        text = "\n".join(f"**{one.title}**: {one.price} {self._currency}" for one in shown)
        status = "recommended" if shown else "error" if warnings else "infeasible"
        took = round((time.perf_counter() - started) * 1000, 2)
        model_ms = round(caller.milliseconds, 2)
        return Reply(text, status, shown, None, caller.calls, caller.tokens, took, model_ms, warnings)

    async def _choose(self, caller: Caller, task: str = "choose", **more: Any) -> list[dict[str, Any]]:
        """One call over what the search finds for everything that was said."""
        return (await caller.ask(task, **self._asked(), **more, products=self._found()))["picks"]

    async def _refine(self, caller: Caller) -> list[dict[str, Any]]:
        """A draft, a critique of it, and where there is something to mend another draft."""
        picks = await self._choose(caller)
        criticism = await caller.ask("criticise", **self._asked(), picks=picks, products=self._found())
        return await self._choose(caller, problems=criticism["problems"]) if criticism["problems"] else picks

    async def _chain(self, caller: Caller) -> list[dict[str, Any]]:
        """The brief is read, searched within its rules in code, chosen from, and written up."""
        brief = _brief(await caller.ask("read", messages=self._messages))
        picks = await self._choose_within(caller, brief)
        return (await caller.ask("write", picks=picks))["picks"] if picks else []

    async def _agent(self, caller: Caller) -> list[dict[str, Any]]:
        """The model calls the search with the rules it has read, then answers from what came back."""
        return await self._choose_within(caller, _brief(await caller.ask("read", messages=self._messages)))

    async def _reflect(self, caller: Caller) -> list[dict[str, Any]]:
        """As the single agent; picks that were not taken are criticised first, and the brief is read with that."""
        if not self._last:
            return await self._agent(caller)
        criticism = await caller.ask("criticise", **self._asked(), picks=self._last, products=self._found())
        reread = await caller.ask("reflect", messages=self._messages, problems=criticism["problems"])
        return await self._choose_within(caller, _brief(reread))

    async def _choose_within(self, caller: Caller, brief: Brief) -> list[dict[str, Any]]:
        fitting: list[Product] = []
        ordered = list(self._search(self._messages))
        for _ in range(CONTEXT // 3):
            taken = {*self._seen, *(p.product_id for p in fitting)}
            fitting += [one.product for one in choose(brief, ordered, self._currency, taken)]
        products = [record(product) for product in fitting]
        return (await caller.ask("choose", **self._asked(), products=products))["picks"] if products else []

    def _asked(self) -> dict[str, Any]:
        return {"messages": self._messages, "shown_before": self._seen}

    def _found(self) -> list[dict[str, Any]]:
        ordered = list(self._search(self._messages))
        return [record(p) for kind in NEED_KINDS for p in islice((p for p in ordered if p.need == kind), CONTEXT // 2)]


def record(product: Product) -> dict[str, Any]:
    """What a prompt says of a product."""
    ages = [product.age_min_years, product.age_max_years]
    labels = [*product.interests, *product.themes, *product.tags]
    plain = {"product_id": product.product_id, "title": product.title, "price": str(product.price.amount)}
    more = {"kind": product.need, "ages": ages, "labels": labels, "contains": [*product.contains, *product.materials]}
    return plain | more | {"pack_size": product.pack_size}


def _shown(pick: dict[str, Any]) -> Shown:
    identity, need = pick.get("product_id"), pick.get("need") or "gift"
    packs = int(pick.get("quantity") or 1)
    return Shown(identity, str(pick["title"]), Decimal(str(pick["price"])), need, packs)


def _brief(answer: dict[str, Any]) -> Brief:
    """The brief that a model's reading describes; fields it does not know are left out."""
    known = {key: value for key, value in answer.items() if key in BriefChanges.model_fields}
    return BriefChanges.model_validate(known).apply(Brief())
