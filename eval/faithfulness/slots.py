"""What the slots of a hand-written sentence stand for: facts of a scene, and what is none (names that begin with x)."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import Decimal

from eval.faithfulness.scenes import Scene, text_of
from tools.product import Product

NUMBER_WORDS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}
OTHERS = (
    "your niece", "your nephew", "your neighbour", "your daughter", "your grandfather", "your uncle", "your teacher",
    "your cousin", "your girlfriend", "your son", "your best friend",
)  # fmt: skip
OCCASIONS = (
    "Christmas",
    "Mother's Day",
    "Valentine's Day",
    "Easter",
    "graduation",
    "Father's Day",
    "Halloween",
    "anniversary",
)
FEATURES = (
    "waterproof", "dishwasher-safe", "rechargeable", "handmade", "wireless", "foldable", "organic", "solar-powered",
    "machine-washable", "hypoallergenic", "biodegradable", "scratch-proof", "hand-painted", "personalised",
    "heat-resistant", "noise-cancelling", "cordless", "stackable", "self-cleaning", "voice-controlled", "fireproof",
    "antique", "magnetic", "scented", "gluten-free", "battery-powered", "shockproof", "adjustable", "award-winning",
)  # fmt: skip
THINGS = (
    "pen", "scarf", "candle", "notebook", "mug", "umbrella", "blanket", "puzzle", "teapot", "wallet", "football",
    "kite", "watch", "lamp", "bracelet", "camera", "cookbook", "backpack", "pair of socks", "vase", "cushion",
    "keyring", "board game", "cap", "bottle of wine", "box of chocolates", "bouquet of roses", "tent", "drone",
)  # fmt: skip
INTERESTS = (
    "jazz", "gardening", "fishing", "football", "astronomy", "yoga", "chess", "knitting", "photography", "sailing",
    "skiing", "horses", "trains", "dinosaurs", "coffee", "magic", "surfing", "woodworking", "make-up", "archery",
)  # fmt: skip
MATERIALS = (
    "leather", "oak", "silver", "cashmere", "marble", "bronze", "bamboo", "porcelain", "velvet", "titanium", "cork",
    "slate", "linen", "walnut", "wool", "silk", "glass", "steel", "cotton", "brass", "felt", "ivory", "denim",
)  # fmt: skip
COLOURS = tuple("crimson turquoise purple orange pink navy yellow silver green red black beige".split())
COUNTRIES = ("Iceland", "Peru", "Norway", "Japan", "Mexico", "Canada", "Morocco", "Finland", "Italy", "Kenya", "Chile")


class Unfillable(Exception):
    """The scene has nothing for a slot of this sentence."""


def money(amount: Decimal | int) -> str:
    """As a shopper would read it in the shop: "$40.00"."""
    return f"${Decimal(amount):,.2f}"


class Slots(dict[str, str]):
    """The values of one sentence, worked out when asked for: ``"{t} costs {p}".format_map(Slots(...))``."""

    def __init__(self, scene: Scene, pick: Product, shop: Sequence[Product], rng: random.Random) -> None:
        super().__init__()
        self._scene, self._pick, self._shop, self._rng = scene, pick, shop, rng
        self._rest = [other for other in scene.picks if other is not pick]
        self._prices = sorted(p.price.amount for p in scene.picks)

    def __missing__(self, name: str) -> str:
        found: Callable[[], str | None] | None = getattr(self, f"_{name}", None)
        value = found() if found else None
        if not value:
            raise Unfillable(name)
        self[name] = value
        return value

    # facts of the pick

    def _t(self) -> str:
        return self._pick.title

    def _p(self) -> str:
        return money(self._pick.price.amount)

    def _b(self) -> str:
        return self._pick.brand

    def _r(self) -> str:
        return str(self._pick.rating or "")

    def _n(self) -> str:
        return str(self._pick.rating_count or "")

    def _m(self) -> str | None:
        return self._one(self._pick.materials)

    def _c(self) -> str | None:
        return self._one(self._pick.colors)

    def _o(self) -> str:
        return self._pick.origin

    def _d(self) -> str | None:
        days = self._pick.delivery_days
        return str(days) if days and days > 1 else None

    def _k(self) -> str | None:
        return str(self._pick.pack_size) if self._pick.pack_size > 1 else None

    def _amin(self) -> str:
        return str(self._pick.age_min_years or "")

    def _w(self) -> str | None:
        return self._one([wish for wish in self._scene.wishes if wish in self._pick.interests])

    # facts of the reply

    def _who(self) -> str:
        return self._scene.who

    def _w1(self) -> str | None:
        wish = self._scene.wishes[0]
        return wish if any(wish in pick.interests for pick in self._scene.picks) else None

    def _rule(self) -> str:
        return self._scene.rule

    def _bmax(self) -> str:
        return money(self._scene.budget)

    def _cnt(self) -> str:
        return NUMBER_WORDS[len(self._scene.picks)]

    def _only(self, key: Callable[[Product], float], *, least: bool = False) -> Product:
        """The one pick at the end of the scale; Unfillable where several are, or a value is unknown."""
        ranked = sorted(self._scene.picks, key=key, reverse=not least)
        if key(ranked[0]) == key(ranked[1]) or any(p.rating is None or not p.rating_count for p in ranked):
            raise Unfillable
        return ranked[0]

    def _cheap(self) -> str:
        return self._only(_price, least=True).title

    def _dear(self) -> str:
        title = self._only(_price).title
        if title == self._pick.title and "t" in self:  # "{t} is cheaper than {dear}" needs two
            raise Unfillable
        return title

    def _best(self) -> str:
        return self._only(_rating).title

    def _low(self) -> str:
        return self._only(_rating, least=True).title

    def _most(self) -> str:
        return self._only(_raters).title

    def _pcheap(self) -> str:
        return money(self._prices[0])

    def _pdear(self) -> str:
        return money(self._prices[-1])

    # facts of another pick

    def _other(self, value: Callable[[Product], str | None]) -> str | None:
        """A value of another pick that nothing says of this one."""
        own, mine = text_of(self._pick).lower(), value(self._pick)
        found = [v for other in self._rest if (v := value(other)) and v != mine and v.lower() not in own]
        return self._one(found)

    def _p2(self) -> str | None:
        return self._other(lambda p: money(p.price.amount))

    def _r2(self) -> str | None:
        return self._other(lambda p: str(p.rating or ""))

    def _n2(self) -> str | None:
        return self._other(lambda p: str(p.rating_count or ""))

    def _b2(self) -> str | None:
        return self._other(lambda p: p.brand)

    def _m2(self) -> str | None:
        return self._other(
            lambda p: next((m for m in p.materials if m.lower() not in text_of(self._pick).lower()), None)
        )

    def _w2(self) -> str | None:
        return self._other(lambda p: next((w for w in self._scene.wishes if w in p.interests), None))

    # what is no fact

    def _xp(self) -> str:
        known = {*self._prices, Decimal(self._scene.budget)}
        tries = (
            self._pick.price.amount + Decimal(self._rng.choice([-400, -150, -5, -1, 1, 10, 99, 300, 1250])) / 100
            for _ in range(99)
        )
        return money(next(amount for amount in tries if amount > 1 and amount not in known))

    def _xlow(self) -> str:
        low = (self._prices[0] + self._prices[-1]) / 2
        if (
            low in self._prices
            or low.quantize(Decimal("0.01")) in self._prices
            or self._prices[-1] - self._prices[0] < 1
        ):
            raise Unfillable
        return money(low.quantize(Decimal("0.01")))

    def _xr(self) -> str:
        known = {pick.rating for pick in self._scene.picks}
        return str(self._one([str(r) for r in (4.9, 3.2, 2.7, 4.1, 4.8, 3.9, 5.0) if r not in known]))

    def _xn(self) -> str:
        count = self._pick.rating_count or 0
        known = {pick.rating_count for pick in self._scene.picks}
        return str(self._one([str(n) for n in (count * 10 + 7, count + 13, 2 * count + 101, 4812) if n not in known]))

    def _number(self, choices: Sequence[int], *known: int | None) -> str | None:
        words = self._scene.words.split()
        return self._one([str(n) for n in choices if n not in known and str(n) not in words])

    def _xd(self) -> str | None:
        return self._number((9, 11, 13, 16), *(pick.delivery_days for pick in self._scene.picks))

    def _xk(self) -> str | None:
        return self._number((7, 9, 14, 16, 36), *(pick.pack_size for pick in self._scene.picks))

    def _xa(self) -> str | None:
        ages = [age for pick in self._scene.picks for age in (pick.age_min_years, pick.age_max_years)]
        return self._number((9, 21, 67, 33), *ages)

    def _xs(self) -> str | None:
        return self._number((17, 19, 23, 37, 47))

    def _xcnt(self) -> str:
        return NUMBER_WORDS[len(self._scene.picks) + self._rng.choice([-1, 1, 2, 4])]

    def _unsaid(self, choices: Sequence[str]) -> str | None:
        words = f"{self._scene.words} {' '.join(self._scene.wishes)} {self._scene.rule}"
        return self._one([c for c in choices if not any(part.rstrip("s")[:5].lower() in words for part in c.split())])

    def _xm(self) -> str | None:
        return self._unsaid(MATERIALS)

    def _xc(self) -> str | None:
        return self._unsaid(COLOURS)

    def _xo(self) -> str | None:
        return self._unsaid(COUNTRIES)

    def _xb(self) -> str | None:
        return self._unsaid([p.brand for p in self._shop if p.brand])

    def _xf(self) -> str | None:
        return self._unsaid(FEATURES)

    def _xthing(self) -> str | None:
        return self._unsaid(THINGS)

    def _xw(self) -> str | None:
        return self._unsaid(INTERESTS)

    def _xrule(self) -> str | None:
        return self._unsaid(
            ("nuts", "alcohol", "plastic", "sugar", "gluten", "latex", "milk", "lead", "perfume", "palm oil")
        )

    def _xt(self) -> str | None:
        return self._one([p.title for p in self._shop if p.title.split()[0].lower() not in self._scene.words])

    def _xwho(self) -> str | None:
        return self._one(OTHERS)

    def _xocc(self) -> str | None:
        own = {occasion.lower() for pick in self._scene.picks for occasion in pick.occasions}
        return self._one([o for o in OCCASIONS if o.lower().replace("'", "") not in own])

    def _tw(self) -> str:
        words = self._pick.title.split()
        words[self._rng.randrange(len(words))] = self._rng.choice(["Deluxe", "Royal", "Jumbo", "Vintage", "Turbo"])
        return " ".join(words)

    def _not(self, title: str) -> str | None:
        return self._one([p.title for p in self._scene.picks if p.title != title])

    def _xcheap(self) -> str | None:
        return self._not(self._only(_price, least=True).title)

    def _xdear(self) -> str | None:
        return self._not(self._only(_price).title)

    def _xbest(self) -> str | None:
        return self._not(self._only(_rating).title)

    def _xmost(self) -> str | None:
        return self._not(self._only(_raters).title)

    def _one(self, choices: Sequence[str]) -> str | None:
        return self._rng.choice(choices) if choices else None


def _price(pick: Product) -> float:
    return float(pick.price.amount)


def _rating(pick: Product) -> float:
    return pick.rating or 0.0


def _raters(pick: Product) -> float:
    return float(pick.rating_count or 0)
