"""What a shopper asks of a pick ("does it need batteries?"): the catalogue's own facts, or that it does not say.

Nothing is inferred: a fact is a field of the catalogue, all else is quoted from the seller's text, by the words asked
about. What stands in neither is told as not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date as Date
from datetime import timedelta
from typing import NamedTuple

from tools.enumeration import enumerated
from tools.lexicon.stems import stems, words
from tools.product import Product
from tools.receipts.reasons import age_range
from tools.receipts.template import is_quotable
from tools.request import Outcome

UNKNOWN = "The shop itself can tell you what its catalogue does not."
LONGEST_QUOTE = 240
"""Characters of a seller's sentence; of a longer one the part around what was asked about is quoted."""


class Topic(NamedTuple):
    """A field that questions ask for: how they do, what it says of a product (None: nothing), and what it is called."""

    asked: re.Pattern[str]
    told: Callable[[Product, str, Date], str | None]
    name: str


def answer_about(question: str, products: Sequence[Product], today: Date) -> str | None:
    """The answer, of each product a line; None for a question that names nothing to look up ("what of the first?")."""
    asked = question.lower()
    topic = next((topic for topic in _TOPICS if topic.asked.search(asked)), None)
    sought = _sought(asked, products)
    if topic is None and not sought:
        return None
    lines = [(product, _told(topic, asked, sought, product, today)) for product in products]
    silent = topic.name if topic else " or ".join(f'"{word}"' for word in list(sought)[:3])
    if not any(told for _, told in lines):
        of = f"**{products[0].title}**" if len(products) == 1 else "these picks"
        return f"The catalogue says nothing about {silent} of {of}. {UNKNOWN}"
    said = [f"**{product.title}**: {told or f'the catalogue says nothing about {silent}.'}" for product, told in lines]
    return said[0] if len(said) == 1 else "\n".join(f"- {line}" for line in said)


_ALL = re.compile(
    r"\b(?:total|altogether|in all|together|everything|left|(?:it|they|that) (?:all )?(?:come|add|cost))\b"
)
ONE = re.compile(r"\b(?:it|its|this|that)\b")


def sums_asked(question: str, shown: Outcome) -> str | None:
    """What a plan costs, and what is left of the budget; None where that is not asked, or there is no plan."""
    if shown.sums is None or not _ALL.search(question.lower()) or not _PRICE.search(question.lower()):
        return None
    left = f"; {shown.sums.left} of your budget is left" if shown.sums.left is not None else ""
    return f"All of it comes to {shown.sums.total}{left}."


def _told(topic: Topic | None, asked: str, sought: dict[str, frozenset[str]], product: Product, today: Date) -> str:
    field = topic.told(product, asked, today) if topic else None
    if topic and (field or topic.name in _FIELDS_ONLY):
        return field or ""
    quotes = _quotes(product, sought, _NUMBERED.search(asked) is not None)
    return f"the shop says: {' … '.join(quotes)}" if quotes else ""


def _materials(product: Product, asked: str, today: Date) -> str | None:
    return f"made of {enumerated(product.materials)}." if product.materials else None


def _maker(product: Product, asked: str, today: Date) -> str | None:
    by = f"by {product.brand}." if product.brand else ""
    sold = f"Sold by {product.seller}." if product.seller and product.seller != product.brand else ""
    return " ".join(filter(None, (by, sold))) or None


def _origin(product: Product, asked: str, today: Date) -> str | None:
    return f"from {product.origin}, says the catalogue." if product.origin else None


def _ages(product: Product, asked: str, today: Date) -> str | None:
    """The range of the feed, and whether the age that is asked about lies in it. Nobody here can say what is safe."""
    if not product.age_name:
        return None
    match = re.search(r"\b(?P<n>\d{1,3})[- ]?(?P<months>month|mo\b)?", asked)
    years = None if match is None else int(match["n"]) // 12 if match["months"] else int(match["n"])
    verdict = "" if years is None else f", so it {'suits' if product.suits_age(years) else 'does not suit'} age {years}"
    young = "".join(f" {quote}" for quote in _quotes(product, {"small parts": frozenset({"choke", "small part"})}))
    return f"the shop states it {age_range(product)}{verdict}.{young}"


def _delivery(product: Product, asked: str, today: Date) -> str | None:
    if re.search(r"\bcosts?\b|\bfree\b|\bpostage\b|\bcharge|\bhow much\b", asked):
        if product.shipping is None:
            return None
        free = f", free from {product.free_shipping_from} on" if product.free_shipping_from else ""
        return f"shipping costs {product.shipping}{free}." if product.shipping.minor else "shipping is free."
    if product.delivery_days is None:
        return None
    days = "1 day" if product.delivery_days == 1 else f"{product.delivery_days} days"
    day = today + timedelta(days=product.delivery_days)
    return f"delivered within {days}: ordered today it is there by {day.day} {day:%B %Y}."


def _stock(product: Product, asked: str, today: Date) -> str | None:
    if product.stock is None:
        return None
    return f"{product.stock} in stock." if product.stock else "out of stock."


def _rating(product: Product, asked: str, today: Date) -> str | None:
    if product.rating is None:
        return None
    if not product.rating_count:
        return f"rated {product.rating:.1f} of 5."
    return f"rated {product.rating:.1f} of 5 by {product.rating_count} shopper{'s' * (product.rating_count != 1)}."


def _price(product: Product, asked: str, today: Date) -> str | None:
    return f"{product.price}{f' for a pack of {product.pack_size}' if product.pack_size > 1 else ''}."


def _colours(product: Product, asked: str, today: Date) -> str | None:
    stated = [*product.colors, *_options(product, r"colou?r")]
    return f"in {enumerated(list(dict.fromkeys(stated)))}." if stated else None


def _sizes(product: Product, asked: str, today: Date) -> str | None:
    measured = [fact for fact in product.facts if re.search(r"size|dimension|weigh|length|height|width|diameter", fact)]
    stated = [*_options(product, r"size"), *measured]
    if stated:
        return f"{enumerated(list(dict.fromkeys(stated)))}."
    quotes = [said for said in _sentences(product) if _MEASURE.search(said)]
    return f"the shop says: {_quoted(quotes[0], ())}" if quotes else None


_MEASURE = re.compile(r"\d ?(?:x \d|(?:mm|cm|m|inch(?:es)?|in|ft|g|kg|ml|l|oz|litres?)\b)")


def _pack(product: Product, asked: str, today: Date) -> str | None:
    return f"{product.pack_size} in a pack." if product.pack_size > 1 else None


def _contents(product: Product, asked: str, today: Date) -> str | None:
    return f"the shop lists: {enumerated(product.contains)}." if product.contains else None


def _options(product: Product, name: str) -> list[str]:
    options = (option for variant in product.variants for option in variant.options.items())
    return [value for key, value in options if re.search(name, key.lower())]


_PRICE = re.compile(
    r"\bhow much (?:is|are|does|do|would|will|for)\b|\bcosts?\b|\bprices?\b|\btotal\b|\baltogether\b|\bleft (?:of|"
    r"from)\b"
)
_TOPICS = tuple(
    Topic(re.compile(asked), told, name)
    for asked, told, name in (
        (r"\bmade (?:of|out of|from|with)\b|\bmaterials?\b|\bfabric\b|\b(?:real|genuine|solid|pure) \w+", _materials,
         "the material"),
        (r"\bwho (?:makes?|made|manufactures|sells|produces|is (?:it|the \w+) by)\b|\bbrand\b|\bmanufacturer\b|"
         r"\b(?:what|which) (?:make|company)\b", _maker, "the maker"),
        (r"\bwhere (?:is|are|was|were|does|do)\b.*\b(?:made|from|produced|manufactured)\b|\bmade in\b|\bcountry\b|"
         r"\bimported\b", _origin, "the origin"),
        (r"\b(?:safe|suitable|ok|okay|fine|good|right|appropriate|too (?:young|old|hard|difficult)) for (?:an? )?(?:"
         r"\d|\w+ year|baby|babies|toddlers?|child|children|kids?)|\bwhat age|\bages?\b|\bold enough\b|\bhow old\b|"
         r"\bsmall (?:parts|pieces)\b|\bchok", _ages, "the age it is for"),
        (r"\bdeliver|\barrives?\b|\bship(?:s|ped|ping)?\b|\bpostage\b|\bget here\b|\bhow soon\b|\bdispatch|"
         r"\bin time\b|\bwhen (?:will|would|can|could|do|does)\b", _delivery, "delivery"),
        (r"\bin stock\b|\bavailab|\bsold out\b|\bhow many (?:are )?left\b", _stock, "the stock"),
        (r"\breviews?\b|\brating|\brated\b|\bany good\b|\bpopular\b|\bstars\b|\bpeople (?:like|say|think)\b", _rating,
         "ratings"),
        (_PRICE.pattern, _price, "the price"),
        (r"\bcolou?rs?\b", _colours, "colours"),
        (r"\bsizes?\b|\bhow (?:big|large|tall|long|wide|heavy|small|thick) (?:is|are|was)\b|\bdimensions?\b|"
         r"\bmeasures?\b|\bweighs?\b", _sizes, "the size"),
        (r"\bhow many (?:\w+ )?(?:are |is |come |do i get )?(?:there )?(?:in|per) ", _pack, "what a pack holds"),
        (r"\bcontains?\b|\bingredients?\b|\ballerg|\bvegan\b|\bvegetarian\b|\bgluten|\bdairy\b|\bnuts?\b", _contents,
         "what is in it"),
    )
)  # fmt: skip
_FIELDS_ONLY = frozenset({"the maker", "the stock", "ratings", "the price", "delivery"})
"""Of these a sentence with the same word ("reviews", "total") says nothing."""

_NUMBERED = re.compile(
    r"\bhow (?:many|long|far|loud|strong|heavy|big|old)\b|\b(?:what|which) (?:scale|gauge|size|age)\b"
)
_IDLE = frozenset(stems(
    "does do did is are was were will would can could has have had be been it its this that these those they them the "
    "a an any all both each either one ones of for in on at to with from by and or but if so there here what which who "
    "whose where when how why many much long need needs require come comes work works use used using get gets fit fits "
    "take takes make makes go goes include included includes i you we he she him her his my your our me us please "
    "actually really even also still already too very first second third last number option pick item gift present "
    "thing product shop thanks ok okay well just sure know like kind sort type about good someone somebody anyone "
    "anything something person people possible not no yes else give given look looks hold holds want"
))  # fmt: skip
_SAME_AS: tuple[frozenset[str], ...] = tuple(
    frozenset(" ".join(stems(name)) for name in names.split("|"))
    for names in (
        "battery|batteries|rechargeable|usb|wind up", "waterproof|water resistant|splash proof|weatherproof|rainproof",
        "assemble|assembly|put together|build", "wash|washable|washing machine|dishwasher", "engrave|engraved|"
        "engraving",
        "plug|mains|socket|charger", "return|refund|money back", "pay|paypal|payment", "warranty|guarantee",
        "wrapped|gift wrap|gift box|wrapping", "player|players", "loud|noise|noisy|sound|quiet", "laptop|"
        "notebook computer",
        "strong|abv|alcohol", "scale|1 12|1 24", "gauge", "round|game lasts|minutes|hours", "edible|eat", "sleep|"
        "berth",
        "reusable|reuse|re use",
    )
)  # fmt: skip
"""Other words, as stems, in which a seller may say what is asked about."""


def _sought(asked: str, products: Iterable[Product]) -> dict[str, frozenset[str]]:
    """The words of the question that could be looked up, each with its other names; none of a title's own."""
    titled = {stem for product in products for stem in stems(product.title)}
    if re.search(r"\bhow many\b.*\bplay", asked):
        return {"players": frozenset({"player"})}
    found: dict[str, frozenset[str]] = {}
    for word in words(asked):
        stem = stems(word)[0]
        if stem not in _IDLE and stem not in titled and word.isalpha() and len(word) > 2:
            found[word] = next((names for names in _SAME_AS if stem in names), frozenset({stem}))
    return found


def _quotes(product: Product, sought: dict[str, frozenset[str]], numbered: bool = False) -> list[str]:
    """The sentences of the seller that have the words, those with the most of them first; two at most."""
    ranked: list[tuple[int, str]] = []
    for sentence in _sentences(product):
        told = f" {' '.join(stems(sentence))} "
        hits = sum(any(f" {name} " in told for name in names) for names in sought.values())
        if hits and (not numbered or re.search(r"\d|\b(?:one|two|three|four|five|six|eight|ten)\b", sentence)):
            ranked.append((-hits, sentence))
    best = min((hits for hits, _ in ranked), default=0)
    names = [name for several in sought.values() for name in several]
    return [_quoted(sentence, names) for hits, sentence in ranked if hits == best][:2]


def _sentences(product: Product) -> list[str]:
    """What the feed says, in parts that may be quoted: no amounts of money, no links."""
    said = [product.title, *re.split(r"(?<=[.!?]) +|\s*[\n•|]\s*", product.description), *product.facts]
    return [part.strip() for part in said if is_quotable(part.strip())]


def _quoted(sentence: str, names: Sequence[str]) -> str:
    if len(sentence) <= LONGEST_QUOTE:
        return f'"{sentence}"'
    places = (match.start() for match in re.finditer(r"[^\W_]+", sentence) if stems(match[0])[0] in names)
    start = max(0, next(places, 0) - LONGEST_QUOTE // 2)
    return f'"…{sentence[start : start + LONGEST_QUOTE].strip()}…"'
