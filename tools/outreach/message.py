"""What a message is about: the brief that the agent is given in the shopper's stead, and the sentence that says why."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from tools.brief import Brief, Budget, Recipient
from tools.memory.coming import Coming, coming_up
from tools.memory.kinds import GIVER, Episode, Fact, Person
from tools.memory.people import called
from tools.memory.store import Known
from tools.outreach.deriving import last_seen
from tools.outreach.events import Event
from tools.product import Product

PRICE_ROOM = Decimal("0.9")
"""Beside a product stand others of about its price: from this share of it on."""
AHEAD_DAYS = 60
"""For a context: the next occasion within so many days."""


def subject(event: Event, known: Known, today: date, country: str) -> tuple[Person | None, Coming | None]:
    """Whom it is about, and their occasion. Nobody where the person, or the occasion on that day, is not known."""
    coming = coming_up(known, today, AHEAD_DAYS, country=country)
    if event.kind == "occasion":
        wanted = (event.person_id, event.occasion, event.on)
        found = next((c for c in coming if (c.person.person_id, c.occasion, c.on) == wanted), None)
        return (found.person, found) if found else (None, None)
    if event.kind == "context":
        found = next((c for c in coming if event.person_id in (None, c.person.person_id)), None)
        return (found.person, found) if found else (None, None)
    person = next((p for p in known.people if p.person_id == event.person_id), None)
    return person, next((c for c in coming if person and c.person.person_id == person.person_id), None)


def brief_for(event: Event, person: Person, coming: Coming | None, known: Known, product: Product | None) -> Brief:
    """What the shopper would ask for. Likes, rules and past gifts come from memory as in any conversation.

    The budget is what was spent on this person before, at most; for a product, about its price.
    """
    brief = Brief(recipient=Recipient(relation=person.relation, name=person.names[0] if person.names else None))
    if coming:
        brief.occasion, brief.date = coming.occasion, coming.on
    if product is not None:
        price = product.price
        brief.budget = Budget(
            min=(price.amount * PRICE_ROOM).quantize(Decimal("0.01")), max=price.amount, currency=price.currency
        )
    elif spent := _spent(known, person):
        brief.budget = Budget(max=spent[0], currency=spent[1])
    if event.context:
        brief.interests = [*event.context, *likes_of(known, person)]
    return brief


def why(
    event: Event, person: Person, coming: Coming | None, known: Known, product: Product | None, now: datetime
) -> str:
    """The first sentence of the message, from memory and the catalogue alone."""
    who = "you" if person.person_id == GIVER else called(person)
    match event.kind:
        case "occasion":
            assert coming is not None
            days = (coming.on - now.date()).days
            turns = f" (turning {coming.turns})" if coming.turns else ""
            name = coming.occasion.replace("_", " ")
            return f"{_genitive(who)} {name}{turns} is on {coming.on:%A, %-d %B}, in {days} days."
        case "price_drop":
            assert product is not None
            then = last_seen(known, product.product_id, now)
            was = f" It was {then.price} when you turned it down." if then and then.price else ""
            return f"{product.title}, which you looked at for {who}, now costs {product.price}.{was}"
        case "back_in_stock":
            assert product is not None
            return f"{product.title}, which you looked at for {who}, is back in stock for {product.price}."
        case "context":
            return f"With {' and '.join(event.context)} in mind, here is something for {who}."


def _genitive(who: str) -> str:
    return f"{who[:1].upper()}{who[1:]}{'’' if who.endswith('s') else '’s'}"


def likes_of(known: Known, person: Person) -> list[str]:
    """What is known to please them."""
    return [
        m.value
        for m in known.memories
        if isinstance(m, Fact) and m.person_id == person.person_id and m.aspect == "likes"
    ]


def _spent(known: Known, person: Person) -> tuple[Decimal, str] | None:
    """The most that was paid for this person; None where nothing is known, or in several currencies."""
    paid = [
        m.price
        for m in known.memories
        if isinstance(m, Episode) and m.person_id == person.person_id and m.happening in ("chosen", "given") and m.price
    ]
    if not paid or len({price.currency for price in paid}) > 1:
        return None
    return max(price.amount for price in paid), paid[0].currency
