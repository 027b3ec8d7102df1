"""Why a product is not among the picks: not sold, against a rule, too dear, turned down, or others came first."""

from __future__ import annotations

from datetime import date as Date

from tools.brief import Brief, Need
from tools.catalog.interface import Catalog
from tools.catalog.search.index import Filters
from tools.lexicon import interest_words
from tools.lexicon.stems import stems
from tools.planning.candidates import assess
from tools.planning.offers import Limits, offers
from tools.planning.ranking import Scored
from tools.planning.stated import rules_in
from tools.product import Product
from tools.receipts.template import PART_NAMES
from tools.request import Outcome, Request
from tools.shopper.pointing import IDLE

TOLD = 3
LOOKED_AT = 60


def why_not(
    what: str, shop: Catalog, brief: Brief, shown: Outcome, seen: list[str], today: Date
) -> tuple[str, list[str]]:
    """The answer, in sentences about up to three products, and the ids of those among them that could be had."""
    found, is_named = _called(what, shop, brief)
    if not found:
        return f'This shop has nothing that is called "{what}", or that its texts link with it.', []
    told = found[:TOLD]
    barred = {product.product_id: _barred(product, shop, brief, today) for product in told}
    lines = [
        f"- **{product.title}** ({product.price}): "
        f"{barred[product.product_id] or _passed_over(product, shop, brief, shown, seen)}."
        for product in told
    ]
    more = len(found) - len(lines)
    lines += [f"- {more} more of that kind{' or more' if len(found) >= LOOKED_AT else ''}."] if more else []
    head = "" if is_named else f'Nothing here is called "{what}"; this is what belongs to it:\n\n'
    return head + "\n".join(lines), [product_id for product_id, bar in barred.items() if bar is None]


def _called(what: str, shop: Catalog, brief: Brief) -> tuple[list[Product], bool]:
    """What bears the words, in the title where there is such; else what belongs to them, and False."""
    wanted = tuple(stem for stem in stems(what) if stem not in IDLE)
    related = [stems(word) for word in interest_words(what)]
    for groups in ([wanted], related):
        if not any(groups):
            continue
        hits = [hit for need in brief.wanted for hit in _hits(shop, groups, need)]
        if hits:
            named = [p for p in hits if set(wanted) <= set(p.field_stems["title"])]
            return named or hits, groups != related
    return [], True


def _hits(shop: Catalog, groups: list[tuple[str, ...]], need: Need) -> list[Product]:
    filters = Filters(currency=shop.currency, need=need.kind, available_only=False)
    return [product for product, _ in shop.index.search(groups, filters, LOOKED_AT)]


def _barred(product: Product, shop: Catalog, brief: Brief, today: Date) -> str | None:
    """The rule or limit that it is against, in words."""
    need = _need_for(product, brief)
    if broken := rules_in(shop, brief, today).broken_by(product, need):
        return _in_words(broken)
    limits = Limits.of(brief, need, shop.currency)
    if any(map(limits.admit, offers(product, need))):
        return None
    uncapped = Limits.of(brief.model_copy(update={"price_cap": None}), need, shop.currency)
    if any(map(uncapped.admit, offers(product, need))):
        return "it is not cheaper than what was shown before"
    return "it is outside your budget" if brief.budget else "it is not to be had in that number, or at that price"


def _passed_over(product: Product, shop: Catalog, brief: Brief, shown: Outcome, seen: list[str]) -> str:
    """Why something that could be had is not, or no longer, shown; or where it is."""
    ids = [pick.product_id for pick in shown.picks]
    if product.product_id in ids:
        return f"it is number {ids.index(product.product_id) + 1} of what I showed"
    if product.product_id in seen:
        return "it was shown before, and you wanted others"
    return _outranked(product, shop, brief, _need_for(product, brief), ids)


def _need_for(product: Product, brief: Brief) -> Need:
    return next((need for need in brief.wanted if need.kind == product.need), brief.wanted[0])


def _in_words(broken: str) -> str:
    return f'it mentions what you ruled out ("{broken[6:]}")' if broken.startswith("rule: ") else f"it is {broken}"


def _outranked(product: Product, shop: Catalog, brief: Brief, need: Need, shown: list[str]) -> str:
    """Its points beside those of the last pick of its kind, and the part of the formula that made the difference."""
    ranked = assess(shop, Request(brief=brief), {need.name: [[product.product_id], shown]}).by_need[need.name]
    own = next((s for s in ranked if s.product.product_id == product.product_id), None)
    others = [s for s in ranked if s.product.product_id in shown]
    if own is None or not others:
        return "it keeps your rules; others came first"
    least = min(others, key=lambda s: s.score)
    if own.score >= least.score:
        return "it fits as well, and gave way to picks that differ more from each other"
    part = max(own.parts, key=lambda name: _behind(own, least, name))
    return f'it keeps your rules, but "{least.product.title}" comes before it, mostly by {PART_NAMES[part]}'


def _behind(own: Scored, other: Scored, name: str) -> float:
    return other.added.get(name, 0.0) - own.added.get(name, 0.0)
