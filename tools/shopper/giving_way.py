"""Some of the shown picks give way to others ("the second is too big"), and the rest of the list stays."""

from __future__ import annotations

from datetime import date as Date
from typing import Any

from tools.brief import Brief
from tools.catalog.interface import Catalog
from tools.request import Outcome, Replacing
from tools.shopper.continuity import still_fits
from tools.shopper.pointing import places_of, which_of
from tools.shopper.session import listed


class UnclearPick(Exception):
    """The words do not tell which pick is meant; the text asks, or says so."""


def places_given_up(replace: Any, all_but: Any, shown: Outcome, shop: Catalog) -> list[int]:
    """The 1-based places that ``replace`` names, or those that ``all_but`` does not; empty for neither.

    Raises ValueError where nothing has been shown, UnclearPick where words point at several picks, or at none.
    """
    if not listed(replace) and not listed(all_but):
        return []
    if not shown.picks:
        raise ValueError("No picks have been shown yet, so none can be replaced.")
    if given := [place_of(words, shown, shop) for words in listed(replace)]:
        return list(dict.fromkeys(given))
    stay = {place_of(words, shown, shop) for words in listed(all_but)}
    return [place for place in range(1, len(shown.picks) + 1) if place not in stay]


def place_of(words: Any, shown: Outcome, shop: Catalog) -> int:
    """The 1-based place of the one pick that the words point at. Raises UnclearPick for several, or none."""
    places = places_of(str(words), shown.picks, shop)
    if len(places) != 1:
        raise UnclearPick(which_of(str(words), places, shown.picks, shop))
    return places[0]


def replacing(
    given_up: list[int], critique: str | None, brief: Brief, shown: Outcome, shop: Catalog, today: Date
) -> Replacing | None:
    """What of the list stays, and what may come; "cheaper" and "dearer" are measured by what gives way.

    A pick that is against something said in the same message ("swap the first, and no leather") does not stay either.
    """
    if not given_up:
        return None
    ids = [pick.product_id for pick in shown.picks]
    fitting = {p.product_id for p in shop.require(ids) if still_fits(p, brief.wanted[0], brief, shop.currency, today)}
    places = ["" if at in given_up or own not in fitting else own for at, own in enumerate(ids, 1)]
    gone = shop.require([shown.picks[at - 1].product_id for at in given_up])
    prices = [product.price.amount for product in gone]
    return Replacing(
        places=places,
        under=min(prices) if critique == "cheaper" and prices else None,
        over=max(prices) if critique in ("dearer", "spend_more") and prices else None,
    )
