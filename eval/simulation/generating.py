"""Personas from a catalogue and the persona table. The same seed gives the same shoppers, however many."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from typing import Any, TypeVar

from eval.simulation.goal import gives_away, meets, pleases, table, words
from eval.simulation.persona import Fact, Persona, TasteKind
from eval.simulation.wording import paraphrases, set_phrases
from tools.errors import UsageError
from tools.product import NeedKind, Product

PARTY: tuple[NeedKind, ...] = ("cake", "decorations", "favours", "tableware")
MIN_SHARED = 3
"""A taste that fewer products share would point at the target."""
TRIES = 200

Value = TypeVar("Value")


@dataclass(frozen=True)
class Shop:
    """What personas are made of: the products that can be bought, and how many share a label."""

    gifts: list[Product]
    party: dict[str, dict[NeedKind, list[Product]]]
    shared: Counter[str]
    currency: str

    @classmethod
    def of(cls, products: Sequence[Product], currency: str) -> Shop:
        """Raises UsageError where the catalogue has no gift with a label to want it by."""
        sold = [p for p in products if p.available and p.price.currency == currency and p.price.amount > 0]
        gifts = [p for p in sold if p.need == "gift" and likes(p)]
        if not gifts:
            raise UsageError(
                f"No product priced in {currency} has interests, tags or a category to want it by; "
                "import the feed with --map category=COLUMN or --map tags=COLUMN"
            )
        party: dict[str, dict[NeedKind, list[Product]]] = {}
        for p in sold:
            for theme in p.themes if p.need in PARTY else ():
                party.setdefault(theme, {}).setdefault(p.need, []).append(p)
        shared = Counter(value for p in sold for value in {value for _, value in tastes(p)} | set(likes(p)))
        return cls(gifts, {t: k for t, k in sorted(party.items()) if len(k) > 1}, shared, currency)


def likes(product: Product) -> list[str]:
    """What somebody who would like this product likes: its interests, else its tags, else the end of its category."""
    leaf = product.category.split(">")[-1].strip().lower()
    found = product.interests or [t.lower() for t in product.tags] or ([leaf] if leaf else [])
    return [like for like in found if "&" not in like and len(like.split()) <= 3]


def tastes(product: Product) -> list[tuple[TasteKind, str]]:
    """Further traits that a shopper may want without thinking of them first."""
    tags = [t.lower() for t in product.tags if "&" not in t and len(t.split()) <= 2]
    aspects = [aspect for aspect in table()["aspects"] if meets(product, aspect)]
    kinds: dict[TasteKind, list[str]] = {
        "color": product.colors,
        "material": product.materials,
        "tag": tags,
        "aspect": aspects,
    }
    return [(kind, value) for kind, values in kinds.items() for value in values]


def personas(products: Sequence[Product], currency: str, count: int, seed: int) -> Iterator[Persona]:
    """``count`` personas. Raises UsageError where the catalogue has nothing that a persona could want."""
    shop = Shop.of(products, currency)
    for number in range(count):
        for attempt in range(TRIES):
            chance = random.Random(f"{seed}/{number}/{attempt}")
            party = chance.random() < table()["party_share"] and bool(shop.party)
            made = (_party if party else _gift)(shop, chance, f"s{number:04d}")
            if made:
                yield made
                break
        else:
            raise UsageError(f"No persona fits this catalogue after {TRIES} tries; is it very small?")


def _gift(shop: Shop, chance: random.Random, persona_id: str) -> Persona | None:
    target = chance.choice(shop.gifts)
    relation, (pronoun, low, high, _) = _weighted(chance, table()["relations"], lambda row: row[3])
    ages = [age for age in range(low, high + 1) if target.suits_age(age)]
    if not ages:
        return None
    liked = chance.sample(likes(target), k=min(len(likes(target)), chance.choice([1, 1, 2])))
    spare = [t for t in tastes(target) if t[1] not in liked and shop.shared[t[1]] >= MIN_SHARED and _fresh(t[1], liked)]
    kinds: list[TasteKind] = list(dict.fromkeys(kind for kind, _ in spare))
    kind, taste = _of_kind(chance, spare, chance.choice(kinds)) if kinds and chance.random() < 0.6 else ("tag", None)
    made = Persona(
        persona_id=persona_id,
        seed=f"{chance.random():.12f}",
        relation=relation,
        pronoun=pronoun,
        age_years=chance.choice(ages),
        occasion=_weighted(chance, table()["occasions"])[0],
        interests=liked,
        taste=taste,
        taste_kind=kind,
        target=target.product_id,
        **_refusals(chance, [target]),
        **_money(chance, target.price.amount, shop.currency),
        **_manners(chance),
    )
    roundabout = any(map(paraphrases, liked)) and chance.random() < table()["roundabout_share"]
    made = made.model_copy(
        update={
            "unknown": _unknown(chance),
            "roundabout": roundabout,
            "first_said": _first_said(made, shop, chance),
        }
    )
    return made if pleases(made, target) and not names(made, target) else None


def _of_kind(
    chance: random.Random, spare: Sequence[tuple[TasteKind, str]], kind: TasteKind
) -> tuple[TasteKind, str | None]:
    """Of one kind, so that a product's many tags do not leave its one colour out."""
    return chance.choice([taste for taste in spare if taste[0] == kind])


def _party(shop: Shop, chance: random.Random, persona_id: str) -> Persona | None:
    theme = chance.choice(list(shop.party))
    sold = shop.party[theme]
    kinds = sorted(chance.sample(sorted(sold), k=min(len(sold), chance.choice([2, 2, 3]))), key=PARTY.index)
    guests = chance.randint(*table()["guests"])
    chosen = [chance.choice(sold[kind]) for kind in kinds]
    relation = chance.choice(table()["children"])
    pronoun, low, high, _ = table()["relations"][relation]
    ages = [age for age in range(max(3, low), high + 1) if all(p.suits_age(age) for p in chosen)]
    if not ages:
        return None
    per_guest = {"tableware", "favours"}
    packs = [p.packs_for(guests) if p.need in per_guest else 1 for p in chosen]
    if any(p.stock is not None and p.stock < n for p, n in zip(chosen, packs, strict=True)):
        return None
    cost = sum((p.price.amount * n for p, n in zip(chosen, packs, strict=True)), Decimal(0))
    made = Persona(
        persona_id=persona_id,
        seed=f"{chance.random():.12f}",
        relation=relation,
        pronoun=pronoun,
        age_years=chance.choice(ages),
        needs=list(kinds),
        guests=guests,
        theme=theme,
        **_refusals(chance, chosen),
        **(_money(chance, cost, shop.currency) | {"budget_min": None}),
        **_manners(chance),
    )
    return made.model_copy(update={"first_said": _first_said(made, shop, chance)})


def _refusals(chance: random.Random, kept: Sequence[Product]) -> dict[str, list[str]]:
    """What the persona refuses, such that the products which would please them are still there."""
    kind, _ = _weighted(chance, table()["refusing"])
    field = {"avoid": "avoid", "allergy": "allergies"}.get(kind)
    if field is None:
        return {}
    possible = [thing for thing in table()[field] if not any(gives_away(product, thing) for product in kept)]
    return {field: [chance.choice(possible)]} if possible else {}


def _money(chance: random.Random, cost: Decimal, currency: str) -> dict[str, Any]:
    least, most = table()["budget_slack"]
    high = round_up(cost * Decimal(str(round(chance.uniform(least, most), 2))))
    low = round_up(cost * Decimal("0.4")) if chance.random() < table()["range_share"] else None
    return {"budget_min": low if low is not None and low <= cost else None, "budget_max": high, "currency": currency}


def round_up(amount: Decimal) -> Decimal:
    """To an amount that people say: the next whole one, of five, or of ten."""
    step = 1 if amount < 20 else 5 if amount < 100 else 10
    return (amount / step).to_integral_value(ROUND_CEILING) * step


def _manners(chance: random.Random) -> dict[str, Any]:
    fields = ("openness", "patience", "accepts_from")
    return {"style": _weighted(chance, table()["styles"])[0]} | {f: _weighted(chance, table()[f])[0] for f in fields}


def _unknown(chance: random.Random) -> list[Fact]:
    shares: dict[Fact, float] = {fact: table()[f"{fact}_known"] for fact in ("budget", "age", "interests")}
    return [fact for fact, share in shares.items() if chance.random() > share]


def _first_said(made: Persona, shop: Shop, chance: random.Random) -> dict[Fact, str]:
    """What is said and then taken back: another budget or another interest."""
    if made.style not in ("contradictory", "changing"):
        return {}
    if made.interests and chance.random() < 0.5:
        wrong = [like for like in likes(chance.choice(shop.gifts)) if like not in made.wishes]
        return {"interests": wrong[0]} if wrong and _fresh(wrong[0], made.wishes) else {}
    return {"budget": str(round_up((made.budget_max or Decimal(30)) * Decimal("1.7")))}


def _fresh(phrase: str, others: Sequence[str]) -> bool:
    """Whether the phrase shares no word with the others."""
    return not set(words(phrase)) & {word for other in others for word in words(other)}


def names(persona: Persona, target: Product) -> bool:
    """Whether what the persona may say would spell out the whole title, or have it as a part."""
    told = [persona.relation, persona.occasion, *persona.interests, persona.taste or "", *persona.first_said.values()]
    told += [phrase for like in persona.interests for phrase in paraphrases(like)]
    told += [*persona.avoid, *persona.allergies]
    title, (always, phrases) = words(target.title), _always_said()
    spelt = set(title) <= always.union(*map(words, told))
    return spelt or any(" ".join(title) in said for said in (*phrases, *(" ".join(words(one)) for one in told)))


@lru_cache(maxsize=1)
def _always_said() -> tuple[frozenset[str], tuple[str, ...]]:
    """The words that every shopper may say, and the phrases that they stand in."""
    phrases = [words(phrase) for phrase in set_phrases()]
    return frozenset(word for phrase in phrases for word in phrase), tuple(map(" ".join, phrases))


def _weighted(chance: random.Random, rows: dict[Any, Any], weight: Any = lambda row: row) -> tuple[Any, Any]:
    names = list(rows)
    name = chance.choices(names, weights=[weight(rows[n]) for n in names])[0]
    return name, rows[name]
