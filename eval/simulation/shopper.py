"""A simulated shopper: says what a persona would say next, from rules. Deterministic, and never names its target.

The agenda is that of Schatzmann et al. (2007): what is still to be said stands in a queue; a question pulls an item to
the front, picks that miss the goal call for the one that tells why.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import Decimal

from eval.simulation.dialogue import Reply
from eval.simulation.goal import judge, meets, plan_pleases, pleases
from eval.simulation.persona import Fact, Persona
from eval.simulation.wording import Wording
from tools.product import Product

ASKS: dict[str, Fact] = {
    "interests": "interests",
    "budget": "budget",
    "currency": "budget",
    "age": "age",
    "guests": "guests",
    "avoid": "avoid",
    "allergies": "avoid",
    "taste": "taste",
}
"""Which fact a question's slot is about."""


class Shopper:
    """One persona in one conversation. `open`, then `react` to each reply until it returns None."""

    def __init__(self, persona: Persona, find: Callable[[str], Product | None]) -> None:
        self.persona = persona
        self.said: set[Fact] = set()
        self.misled: dict[Fact, str] = {}
        self.outcome: str | None = None
        self.taken: list[str] = []
        self._find = find
        self._repeated: set[str] = set()
        self._words = Wording(persona)
        self._chance = random.Random(f"mind/{persona.seed}")
        self._patience = persona.patience

    def open(self) -> str:
        """The first message."""
        kept_back = ("taste", "guests", "interests") if self.persona.is_party else ("taste", "guests")
        known: list[Fact] = [fact for fact in self._known() if fact not in kept_back]
        self._chance.shuffle(known)
        count = round(self.persona.openness * len(known))
        told = known[: max(count, 1)] if self.persona.is_party or self.persona.openness > 0 else []
        parts = [self._words.opening(), *(self._tell(fact, first=True) for fact in told)]
        if self.persona.is_party and self._words.opens_whole:
            self.said |= {"guests", "interests"}
        return self._send(parts)

    def react(self, reply: Reply) -> str | None:
        """The next message, or None when the shopper leaves; then `outcome` says why."""
        self.taken = self._pleasing(reply)
        if self.taken:
            self.outcome = "took"
            return None
        if reply.status == "infeasible" and self.persona.target is None and not self.persona.is_party:
            self.outcome = "told that nothing fits"
            return None
        if self._patience <= 0:
            self.outcome = "ran out of patience"
            return None
        return self._send(self._answer(reply))

    def _pleasing(self, reply: Reply) -> list[str]:
        """The ids of what is taken: the first pick that pleases, or the whole plan; empty if nothing does."""
        found = [(shown, self._find(shown.product_id or "")) for shown in reply.shown]
        known = [(product, shown.quantity) for shown, product in found if product]
        if self.persona.is_party:
            whole = known and len(known) == len(found) and plan_pleases(self.persona, known)
            return [product.product_id for product, _ in known] if whole else []
        return [product.product_id for product, _ in known if pleases(self.persona, product)][:1]

    def _answer(self, reply: Reply) -> list[str]:
        """What is said to a question, to picks that do not please, or to neither."""
        if self.misled and self.persona.style == "changing":
            return self._take_back()
        if reply.asked in ASKS and not reply.shown:
            return [self._to_question(ASKS[reply.asked])]
        if not reply.shown and not self.persona.is_party:
            # Not understood, or nothing found: more of what holds, else all of it once more.
            return self._next_facts(2) or [self._words.opening(), *map(self._words.fact, self._told())]
        answered = ASKS.get(reply.asked or "")
        parts = [self._to_question(answered)] if answered else []
        return parts + (
            self._objection(reply, answered) or ([] if parts else self._next_facts(1) or [self._words.phrase("other")])
        )

    def _objection(self, reply: Reply, answered: Fact | None) -> list[str]:
        """What else is wrong with the picks: the unsaid first; what was said is said again, but only once."""
        if self.persona.is_party and self._needs_repeated(reply):
            return [self._words.needs()]
        wrong: list[Fact] = [fact for fact in self._offended(reply) if fact != answered]
        fact: Fact | None = next((f for f in wrong if f not in self.said), None)
        if fact is None:
            fact = next((f for f in wrong if f not in self._repeated), None)
            self._repeated |= {fact} if fact else set()
        if fact is None:
            # Who cannot say what they would spend still sees when it is too much.
            unsayable = "budget" in self.persona.unknown and self._too_dear(self._found(reply), reply)
            return [self._words.phrase("dear")] if unsayable else []
        dear = [self._words.phrase("dear")] if fact == "budget" and reply.shown else []
        return [*dear, self._tell(fact)]

    def _needs_repeated(self, reply: Reply) -> bool:
        """Whether a plan has other things in it than were named, and that was not said yet."""
        if "needs" in self._repeated or {shown.need for shown in reply.shown} == set(self.persona.needs):
            return False
        self._repeated.add("needs")
        return True

    def _to_question(self, fact: Fact) -> str:
        if fact in self.said:
            self._patience -= 1
            return self._words.phrase("told", again=self._words.fact(fact))
        if fact not in self._known():
            return self._words.phrase("unknown")
        return self._tell(fact)

    def _offended(self, reply: Reply) -> list[Fact]:
        """The facts that this persona could tell and the picks offend, the gravest first."""
        products = self._found(reply)
        wishes = self.persona.interests if self.persona.wants_gift else [self.persona.theme or ""]
        offended: dict[Fact, bool] = {
            "avoid": any(not judge(self.persona, p).rules for p in products),
            "age": any(not judge(self.persona, p).age for p in products),
            "budget": self._too_dear(products, reply),
            "interests": not all(any(meets(p, wish) for wish in wishes) for p in products),
            "taste": not any(meets(p, self.persona.taste or "") for p in products),
        }
        return [fact for fact, is_so in offended.items() if is_so and fact in self._known()]

    def _found(self, reply: Reply) -> list[Product]:
        return [product for shown in reply.shown if (product := self._find(shown.product_id or ""))]

    def _too_dear(self, products: Sequence[Product], reply: Reply) -> bool:
        most = self.persona.budget_max
        if most is None:
            return False
        if self.persona.is_party:
            packs = [shown.quantity for shown in reply.shown]
            return sum((p.price.amount * n for p, n in zip(products, packs, strict=False)), Decimal(0)) > most
        return any(p.price.amount > most for p in products)

    def _take_back(self) -> list[str]:
        (fact, wrong), *_ = self.misled.items()
        self.misled = {}
        said = self._words.money(Decimal(wrong)) if fact == "budget" else wrong
        right = self._words.fact(fact)
        return [self._words.phrase(f"changed_{fact}", wrong=said, right=right)]

    def _known(self) -> list[Fact]:
        """The facts that this persona can tell, said or not."""
        persona = self.persona
        there: dict[Fact, bool] = {
            "interests": bool(persona.interests if persona.wants_gift else persona.theme),
            "budget": persona.budget_max is not None,
            "age": persona.age_years is not None,
            "avoid": bool(persona.avoid or persona.allergies),
            "guests": persona.guests is not None and persona.is_party,
            "taste": bool(persona.taste) and persona.wants_gift,
        }
        return [fact for fact, is_so in there.items() if is_so and fact not in persona.unknown]

    def _told(self) -> list[Fact]:
        return [fact for fact in self._known() if fact in self.said]

    def _next_facts(self, count: int) -> list[str]:
        unsaid: list[Fact] = [fact for fact in self._known() if fact not in self.said]
        return [self._tell(fact) for fact in unsaid[:count]]

    def _tell(self, fact: Fact, *, first: bool = False) -> str:
        self.said.add(fact)
        wrong = next((said for of, said in self.persona.first_said.items() if first and of == fact), None)
        if wrong is None:
            return self._words.fact(fact)
        if self.persona.style == "changing":
            self.misled = {fact: wrong}
            return self._words.fact(fact, wrong)
        return self._words.phrase("correction", wrong=self._words.fact(fact, wrong), right=self._words.fact(fact))

    def _send(self, parts: list[str]) -> str:
        self._patience -= 1
        return self._words.finish(self._words.join(parts))
