"""A seeded fallible model: the keyless stand-in, made to err at set rates. It measures structures, not a real model.

A deterministic stand-in that never errs would make all rungs of the ladder equal. This one drops a constraint, invents
a product, misreads a price or forgets a turn; each rung then shows what of that reaches the shopper. How often a real
model errs is not known here: the rates are an assumption, the same for all rungs.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from google.adk.models import BaseLlm, LlmRequest, LlmResponse
from google.genai import types

from eval.strategies.choosing import SHORTLIST, Chosen, brief_of, choose
from tools.brief import Brief, Need
from tools.planning.rules import Rules
from tools.product import Product

INVENTED = "Aurelia Heritage Keepsake"
"""A product that no shop sells."""


@dataclass(frozen=True)
class Rates:
    """How often the model errs: a constraint dropped (each, a call), a turn forgotten (a call), a product invented and
    a price misread (each pick)."""

    drop_constraint: float = 0.10
    forget_turn: float = 0.05
    invent_product: float = 0.05
    misread_price: float = 0.05


NEVER = Rates(0, 0, 0, 0)


class FallibleModel(BaseLlm):
    """Plays the rungs' JSON tasks. The same prompt always gets the same answer and the same errors."""

    model: str = "fallible"
    rates: Rates
    seed: int
    currency: str
    find: Callable[[str], Product | None]

    async def generate_content_async(
        self, llm_request: LlmRequest, stream: bool = False
    ) -> AsyncGenerator[LlmResponse, None]:
        """One complete answer."""
        prompt = (llm_request.contents[-1].parts or [types.Part(text="{}")])[0].text or "{}"
        payload = json.loads(prompt)
        player = _Player(self, payload, random.Random(f"{self.seed}/{crc32(prompt.encode())}"))
        text = json.dumps(getattr(player, payload["task"])(), ensure_ascii=False)
        yield LlmResponse(content=types.Content(role="model", parts=[types.Part(text=text)]))


class _Player:
    """One call: a method for each task."""

    def __init__(self, model: FallibleModel, payload: dict[str, Any], chance: random.Random) -> None:
        self._rates = model.rates
        self._find = model.find
        self._currency = model.currency
        self._payload = payload
        self._chance = chance

    def read(self) -> dict[str, Any]:
        """The brief, as far as it was not forgotten or dropped."""
        return _as_answer(self._brief())

    def reflect(self) -> dict[str, Any]:
        """A second reading, told that the first did not do: only what is missed twice is missed."""
        return _as_answer(_together(self._brief(), self._brief()))

    def choose(self) -> dict[str, Any]:
        """Picks from the products of the prompt."""
        return {"picks": self._picks(self._brief())}

    def reason(self) -> dict[str, Any]:
        """Spelling the constraints out is a second chance to notice one: only what is missed twice is missed."""
        once, again = self._brief(), self._brief()
        brief = _together(once, again)
        steps = [f"{key}: {value}" for key, value in brief.model_dump(mode="json", exclude_defaults=True).items()]
        steps += [f"{p['title']} at {p['price']}: checked" for p in self._payload["products"]]
        return {"steps": steps, "picks": self._picks(brief)}

    def criticise(self) -> dict[str, Any]:
        """What an independent look finds wrong; a product that is not in the prompt is noticed unless overlooked."""
        rules = Rules.of(self._brief(), self._currency)
        listed = {p["product_id"]: p["price"] for p in self._payload["products"]}
        problems = []
        for pick in self._payload["picks"]:
            product = self._find(pick["product_id"] or "")
            if self._errs("drop_constraint"):
                continue
            if product is None or pick["price"] != listed.get(pick["product_id"]):
                problems.append({"product_id": pick["product_id"], "reason": "not as listed"})
            elif broken := rules.broken_by(product, Need(kind=product.need)):
                problems.append({"product_id": pick["product_id"], "reason": broken})
        return {"problems": problems}

    def write(self) -> dict[str, Any]:
        """The picks again, copied more or less carefully."""
        return {"picks": [self._copied(pick) for pick in self._payload["picks"]]}

    def _brief(self) -> Brief:
        messages = list(self._payload["messages"])
        if len(messages) > 1 and self._errs("forget_turn"):
            del messages[self._chance.randrange(len(messages) - 1)]
        return self._dropped(brief_of(tuple(messages)))

    def _dropped(self, brief: Brief) -> Brief:
        gone: dict[str, Any] = {}
        for field in ("avoid", "allergies", "budget", "interests"):
            if getattr(brief, field) and self._errs("drop_constraint"):
                gone[field] = [] if isinstance(getattr(brief, field), list) else None
        if brief.recipient.age_years is not None and self._errs("drop_constraint"):
            gone["recipient"] = brief.recipient.model_copy(update={"age_years": None})
        return brief.model_copy(update=gone)

    def _picks(self, brief: Brief) -> list[dict[str, Any]]:
        wished = [*brief.interests, *([brief.theme] if brief.theme else [])]
        left_out = {
            *self._payload.get("shown_before", ()),
            *(p["product_id"] for p in self._payload.get("problems", ())),
        }
        there = [p for one in self._payload["products"] if (p := self._find(one["product_id"]))]
        there.sort(key=lambda p: -sum(wish in " ".join([*p.interests, *p.themes, *p.tags]) for wish in wished))
        chosen = choose(brief, there, self._currency, left_out)
        return [self._copied(_as_pick(one)) for one in chosen[: max(SHORTLIST, len(brief.wanted))]]

    def _copied(self, pick: dict[str, Any]) -> dict[str, Any]:
        if self._errs("invent_product"):
            return pick | {"product_id": None, "title": INVENTED}
        return pick | {"price": misread(pick["price"])} if self._errs("misread_price") else pick

    def _errs(self, what: str) -> bool:
        return self._chance.random() < getattr(self._rates, what)


class FallibleRole(BaseLlm):
    """Plays one of our agents as the stand-in does, with the same kinds of errors at the same rates."""

    model: str = "fallible"
    inner: BaseLlm
    rates: Rates
    seed: int

    async def generate_content_async(
        self, llm_request: LlmRequest, stream: bool = False
    ) -> AsyncGenerator[LlmResponse, None]:
        """The stand-in's answer, spoilt where chance says so."""
        asked = str(llm_request.config.system_instruction) + str([c.model_dump() for c in llm_request.contents[-3:]])
        chance = random.Random(f"{self.seed}/{crc32(asked.encode())}")
        async for response in self.inner.generate_content_async(llm_request, stream):
            for part in (response.content.parts if response.content else None) or []:
                if part.function_call and part.function_call.name == "recommend":
                    part.function_call.args = self._spoilt(part.function_call.args or {}, chance)
                elif part.text and "**" in part.text:
                    part.text = self._miswritten(part.text, chance)
            yield response

    def _spoilt(self, arguments: dict[str, Any], chance: random.Random) -> dict[str, Any]:
        """The call with constraints left out, or nothing left of the message."""
        if chance.random() < self.rates.forget_turn:
            return {}
        groups = (("avoid",), ("allergies",), ("budget_min", "budget_max"), ("age_years",), ("interests",))
        gone = {name for names in groups if chance.random() < self.rates.drop_constraint for name in names}
        kept = {name: value for name, value in arguments.items() if name not in gone}
        if "budget_max" in kept and chance.random() < self.rates.misread_price:
            kept["budget_max"] = misread(str(kept["budget_max"]))
        return kept

    def _miswritten(self, text: str, chance: random.Random) -> str:
        """The reply with titles invented and prices misread, line by line."""
        lines = text.split("\n")
        for at, line in enumerate(lines):
            if line.lstrip()[:1].isdigit() and "**" in line:
                if chance.random() < self.rates.invent_product:
                    line = re.sub(r"\*\*.+?\*\*", f"**{INVENTED}**", line)
                if chance.random() < self.rates.misread_price:
                    line = re.sub(r"\d+\.\d\d", lambda m: misread(m[0]), line, count=1)
                lines[at] = line
        return "\n".join(lines)


def misread(price: str) -> str:
    """The first two digits the other way round; one that reads the same loses ten percent."""
    digits = re.sub(r"^(\d)(\d)", r"\2\1", price)
    return digits if digits != price else f"{float(price) * 0.9:.2f}"


def _together(one: Brief, other: Brief) -> Brief:
    """What either of two readings has."""
    fields = ("avoid", "allergies", "budget", "interests")
    seen = {field: getattr(one, field) or getattr(other, field) for field in fields}
    recipient = one.recipient if one.recipient.age_years is not None else other.recipient
    return one.model_copy(update=seen | {"recipient": recipient})


def _as_answer(brief: Brief) -> dict[str, Any]:
    said = brief.model_dump(mode="json", exclude_defaults=True)
    return {**said.pop("recipient", {}), **said}


def _as_pick(chosen: Chosen) -> dict[str, Any]:
    shown = chosen.shown()
    price = str(shown.price)
    return {"product_id": shown.product_id, "title": shown.title, "price": price} | {
        "need": shown.need,
        "quantity": shown.quantity,
    }


def fallible_roles(roles: Sequence[str], play: Callable[[str], BaseLlm], rates: Rates, seed: int) -> dict[str, BaseLlm]:
    """A fallible model for each of our agents, around what plays it."""
    return {role: FallibleRole(inner=play(role), rates=rates, seed=seed) for role in roles}
