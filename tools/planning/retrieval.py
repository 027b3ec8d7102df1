"""The gift finder's sources: each looks into the catalogue from one side and returns product ids, best first.

A source knows nothing of the others, and can fail without them; `fuse` joins their rankings by reciprocal
rank (Cormack et al., 2009).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tools.brief import Need
from tools.catalog.embedding.embedder import Embedder
from tools.catalog.interactions.beside import behaviour_of
from tools.catalog.interface import Catalog
from tools.catalog.search.free_search import Hit
from tools.catalog.search.index import Filters
from tools.lexicon import interest_meant, interest_words
from tools.lexicon.stems import stems
from tools.planning.offers import Limits
from tools.planning.rules import Rules
from tools.planning.things import close_to, other_names_of
from tools.product import Product
from tools.request import Request

RRF_K = 60
"""The constant of reciprocal rank fusion, as published."""

SHORTLIST_DEPTH, PLAN_DEPTH = 24, 10
"""Ids a source returns for each need, when there is one need and when there are several."""

OTHER_NAME = 0.5
"""What a search by another name of the thing, "notebook" for laptops, says of how sure a product is one."""

WORTH_GIVING = 0.3
"""The share of the budget below which nothing is looked for that no wish names."""

FILTERED = 10
"""Behaviour knows no filters: so many times the wanted ids are asked of it."""


def depth(request: Request) -> int:
    """How many ids each source may return; a widened search looks three times as deep."""
    base = PLAN_DEPTH if request.brief.is_plan else SHORTLIST_DEPTH
    return base * (3 if request.widened else 1)


def wishes(request: Request, need: Need) -> list[str]:
    """What to look for by name: interests and the need's theme, and their neighbours once the search is widened."""
    brief, named = request.brief, named_wishes(request, need)
    both = [f"{must} {wish}" for must in brief.must for wish in named if wish not in brief.must]  # "blue gardening"
    near = [n for wish in named for n in close_to(wish)] if request.widened else []
    return list(dict.fromkeys([*named, *both, *near]))


def named_wishes(request: Request, need: Need) -> list[str]:
    """What the shopper named: wishes of the need, interests and themes."""
    brief = request.brief
    return [*need.wishes, *brief.interests, *(theme for theme in (need.theme, brief.theme) if theme)]


def by_text(catalog: Catalog, request: Request, need: Need, wish: str) -> list[str]:
    """Products whose text names the wish; then those that name something that belongs to it.

    A thing, "27 inch monitors", is searched for as the search command does: it knows a thing from what is made for it.
    """
    filters = _filters(catalog, request, need)
    canonical = interest_meant(wish)
    if canonical is None:
        own, *others = ([hit.product_id for hit in hits] for hits in _named(catalog, request, wish, filters))
        return list(dict.fromkeys((*own, *fuse(others)[: depth(request)])))
    own = [stems(phrase) for phrase in {wish, canonical}]
    related = [stems(word) for word in interest_words(wish)]
    limit = depth(request)
    rankings = [_ids(catalog.index.search(groups, filters, limit)) for groups in (own, related)]
    return fuse(rankings)[:limit]


def sought(catalog: Catalog, request: Request, need: Need) -> dict[str, float]:
    """How surely each product is a thing that is asked for by name, 0 to 1, as the search command ranks them.

    Scores of a search mean nothing beside those of another, so the best of each counts 1 and the last 0 (min-max).
    """
    sure: dict[str, float] = {}
    filters = _filters(catalog, request, need)
    things = [wish for wish in named_wishes(request, need) if not interest_meant(wish)]
    named = [(at, hits) for thing in things for at, hits in enumerate(_named(catalog, request, thing, filters)) if hits]
    for at, hits in named:
        best, last = hits[0].score, hits[-1].score
        for hit in hits:
            share = (hit.score - last) / (best - last) if best > last else 1.0
            share *= OTHER_NAME if at else 1.0
            sure[hit.product_id] = max(share, sure.get(hit.product_id, 0.0))
    return sure


def _named(catalog: Catalog, request: Request, thing: str, filters: Filters) -> list[list[Hit]]:
    """What the search command finds for a thing, by each of its names."""
    search = catalog.free_search().search
    return [search(name, filters, depth(request)) for name in (thing, *other_names_of(thing))]


def by_meaning(catalog: Catalog, request: Request, need: Need, embedder: Embedder) -> list[str]:
    """Products whose texts are near in meaning to a wish or an idea. Raises CatalogError, EmbeddingError."""
    filters, limit = _filters(catalog, request, need), depth(request)
    near = [catalog.nearest(wish, embedder, filters, limit) for wish in (*wishes(request, need), *request.ideas)]
    return fuse(map(_ids, near))[:limit]


def by_likeness(catalog: Catalog, request: Request, need: Need) -> list[str]:
    """Products of the same attributes as a pick the shopper liked, else as the best text hit of each wish.

    Where the shop has told what its shoppers do, also what is often bought with the liked pick, or after it.
    """
    filters = _filters(catalog, request, need)
    liked = catalog.get(request.brief.like) if request.brief.like else None
    seeds = [liked] if liked else [s for wish in wishes(request, need)[:6] if (s := _best(catalog, wish, filters))]
    rankings = [_ids(catalog.index.search(_labels(seed), filters, depth(request))) for seed in seeds]
    if liked:
        rankings.append(_bought_with(catalog, liked, filters, depth(request)))
    return fuse(rankings)[: depth(request)]


def by_occasion(catalog: Catalog, request: Request, need: Need) -> list[str]:
    """Products for the occasion and theme with the best rated of all that are admissible.

    Where the shop has told what its shoppers do, also what is popular now among the admissible, age included.
    """
    filters = _filters(catalog, request, need)
    brief = request.brief
    labels = [stems(label.replace("_", " ")) for label in (need.theme or brief.theme, brief.occasion) if label]
    limit = depth(request)
    fitting = catalog.index.search(labels, filters, limit) if labels else []
    popular = catalog.index.best_rated(_worth_giving(filters, request), limit)
    return fuse([_ids(fitting), _ids(popular), _sought_after(catalog, filters, limit)])[:limit]


def _worth_giving(filters: Filters, request: Request) -> Filters:
    """Of what nobody named, only what uses the budget is a present; a plan, and who wants it cheap, sees all."""
    if filters.price_max is None or request.brief.is_plan or request.brief.price_feel == "low":
        return filters
    return replace(filters, price_min=max(filters.price_min, round(WORTH_GIVING * filters.price_max)))


def by_price(catalog: Catalog, request: Request, need: Need) -> list[str]:
    """The cheapest admissible products, so that a tight budget is met whenever it can be."""
    return _ids(catalog.index.cheapest(_filters(catalog, request, need), 8))


def fuse(rankings: Iterable[Sequence[str]]) -> list[str]:
    """Joins rankings by reciprocal rank fusion: the sum of 1 / (60 + rank)."""
    return list(fused_scores(rankings))


def fused_scores(rankings: Iterable[Sequence[str]]) -> dict[str, float]:
    """The fusion score of each id, best first."""
    scores: dict[str, float] = defaultdict(float)
    for ranking in rankings:
        for rank, product_id in enumerate(ranking, start=1):
            scores[product_id] += 1 / (RRF_K + rank)
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def _filters(catalog: Catalog, request: Request, need: Need) -> Filters:
    brief = request.brief
    limits = Limits.of(brief, need, catalog.currency)
    # A pack may serve many units, so the lower end cannot be applied to a pack's price; the checker applies it.
    low = limits.budget.low if need.quantity == 1 and not brief.is_plan else 0
    return Rules.of(brief, catalog.currency).filters(need.kind, low, limits.dearest)


def _best(catalog: Catalog, wish: str, filters: Filters) -> Product | None:
    hits = catalog.index.search([stems(wish)], filters, 1)
    return hits[0][0] if hits else None


def _bought_with(catalog: Catalog, liked: Product, filters: Filters, limit: int) -> list[str]:
    """What shoppers buy with a product, then what they turn to after it."""
    behaviour = behaviour_of(catalog)
    if behaviour is None:
        return []
    found = [
        *behaviour.bought_with(liked.product_id, FILTERED * limit),
        *behaviour.next_items([liked.product_id], FILTERED * limit),
    ]
    ids = [i for i, _ in found if i != liked.product_id]
    return catalog.index.among(list(dict.fromkeys(ids)), filters)[:limit]


def _sought_after(catalog: Catalog, filters: Filters, limit: int) -> list[str]:
    """What shoppers view and buy most."""
    behaviour = behaviour_of(catalog)
    found = behaviour.popular(FILTERED * limit) if behaviour else []
    return catalog.index.among([i for i, _ in found], filters)[:limit]


def _labels(product: Product) -> list[tuple[str, ...]]:
    return [stems(label) for label in (*product.interests, *product.themes, *product.tags)]


def _ids(hits: Iterable[tuple[Product, float]]) -> list[str]:
    return [product.product_id for product, _ in hits]
