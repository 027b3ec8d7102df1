"""Why a pick fits, in words: each reason is a true statement about a catalogue field and a line of the brief."""

from __future__ import annotations

from collections.abc import Sequence

from tools.brief import Brief, Need
from tools.lexicon.stems import contains_phrase, stems
from tools.money import Money
from tools.planning.ages import ADULT_AGE
from tools.planning.bounds import need_bounds
from tools.product import Product
from tools.request import Matched, Pick

HOLIDAYS = frozenset(
    {"christmas", "easter", "halloween", "hanukkah", "diwali", "eid", "thanksgiving", "new year"}
    | {"mothers day", "fathers day", "valentines day"}
)
"""Occasions that are names, and take no article."""


def reasons(product: Product, cost: Money, pick: Pick, brief: Brief) -> list[str]:
    """Why the pick at this cost fits, each a true statement about a catalogue field and a line of the brief."""
    said = _match_reasons(pick.matched[:3], brief, product)
    need = next((n for n in brief.wanted if n.name == pick.need), None)
    if need and 1 < need.quantity <= pick.units:
        said.append(_quantity_reason(product, pick, need.quantity))
    age = brief.recipient.age_years
    # To a grown-up "for ages 12 and up" is no reason worth the time.
    if age is not None and age < ADULT_AGE and _limits_age(product) and product.suits_age(age):
        said.append(f"{age_range(product)}, so it suits age {age}")
    if age is None and product.age_max_years is not None and product.age_max_years < ADULT_AGE:
        said.append(age_range(product))  # a friend who loves trains may be no child
    if brief.occasion and (meant := _occasion_reason(product, brief.occasion.replace("_", " "))):
        said.append(meant)
    if product.rating is not None:
        said.append(rating_text(product))
    if not brief.is_plan and need and (fits := _budget_reason(cost, brief, need)):
        said.append(fits)
    return list(dict.fromkeys(said))


def rating_text(product: Product) -> str:
    """The rating with its count: "rated 4.6 of 5 by 212 shoppers"."""
    raters = "shopper" if product.rating_count == 1 else "shoppers"
    count = f" by {product.rating_count} {raters}" if product.rating_count else ""
    return f"rated {product.rating} of 5{count}"


def age_range(product: Product) -> str:
    """The product's age range in words."""
    low, high = product.age_min_years, product.age_max_years
    if high is None:
        return f"for ages {low} and up"
    return f"for ages {low or 0} to {high}"


def budget_text(brief: Brief, currency: str) -> str | None:
    """The budget in words, in the catalogue's currency: "$40.00 to $60.00", "up to $50.00 each"."""
    budget = brief.budget
    if budget is None or (budget.min is None and budget.max is None):
        return None
    low, high = budget.bounds(currency)
    each = " each" if budget.per == "each" else ""
    top = Money.from_minor(high, currency) if high is not None else None
    if low and top:
        return f"{Money.from_minor(low, currency)} to {top}{each}"
    return f"up to {top}{each}" if top else f"{Money.from_minor(low, currency)} or more{each}"


def limit_text(brief: Brief, currency: str) -> str | None:
    """What picks may cost now, in words: the budget, or the lower end that "cheaper" has set since."""
    if brief.price_cap is None:
        return budget_text(brief, currency)
    cap = Money.from_minor(int(brief.price_cap // Money.from_minor(1, currency).amount), currency)
    low, high = brief.budget.bounds(currency) if brief.budget else (0, None)
    if (high is not None and brief.budget and (brief.budget.per == "each" or high < cap.minor)) or low > cap.minor:
        return budget_text(brief, currency)
    return f"{Money.from_minor(low, currency)} to {cap}" if low else f"up to {cap}"


def _match_reasons(matched: Sequence[Matched], brief: Brief, product: Product) -> list[str]:
    """What it answers; what is only close to a wish is told of a pick that answers none itself."""
    asked = (*brief.interests, brief.theme, *(wish for need in brief.needs for wish in (need.theme, *need.wishes)))
    answers = [_match_reason(match, product) for match in matched if match.wish in asked]
    if answers or not matched:
        return answers
    close = dict.fromkeys(match.wish for match in matched)
    return [f"not quite what you asked for, but close: {' and '.join(close)}"]


def _match_reason(match: Matched, product: Product) -> str:
    said = f"fits {match.wish}"
    if match.field == "derived":
        item = next((i for i in product.derived if contains_phrase(stems(i.name), stems(match.word))), None)
        return f'{said}: its {item.field} says "{item.words}"' if item else said
    if match.passing:
        return f'its description mentions "{match.word}"'
    if match.field == "description":
        return f'{said}: its description mentions "{match.word}"'
    if match.field == "specs":
        return f'{said}: its attributes mention "{match.word}"'
    if stems(match.word) == stems(match.wish):
        return said
    if match.field == "interests":  # a telescope belongs to astronomy, but not all that is astronomy is a telescope
        return f"fits {match.word}, as you asked for {match.wish}"
    return f'{said}: {"tagged" if match.field == "tags" else f"its {match.field} says"} "{match.word}"'


def _occasion_reason(product: Product, occasion: str) -> str | None:
    if occasion in product.occasions:
        return f"meant for {_one(occasion)}"
    item = next((i for i in product.derived if i.kind == "occasion" and i.name == occasion), None)
    return f'meant for {_one(occasion)}: its {item.field} says "{item.words}"' if item else None


def _one(occasion: str) -> str:
    """The occasion with its article: "a birthday", "an anniversary", "christmas"."""
    if occasion in HOLIDAYS:
        return occasion
    return f"{'an' if occasion[:1] in 'aeiou' else 'a'} {occasion}"


def _quantity_reason(product: Product, pick: Pick, wanted: int) -> str:
    if product.pack_size == 1:
        return f"{pick.quantity} of them for the {wanted} you asked for"
    packs, cover = ("pack", "covers") if pick.quantity == 1 else ("packs", "cover")
    return f"{pick.quantity} {packs} of {product.pack_size} {cover} the {wanted} you asked for"


def _budget_reason(cost: Money, brief: Brief, need: Need) -> str | None:
    """The pick may be of a time when the budget was another one, so its cost is compared again."""
    text = budget_text(brief, cost.currency)
    within = need_bounds(brief, need, cost.currency).admits(cost.minor)
    return f"costs {cost}, within your budget of {text}" if text and within else None


def _limits_age(product: Product) -> bool:
    return bool(product.age_min_years or product.age_max_years)
