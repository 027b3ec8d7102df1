"""What a shopper should look at themselves, because no catalogue can vouch for it: labels, and unstated deliveries."""

from __future__ import annotations

from tools.catalog.interface import Catalog
from tools.planning.clash import day
from tools.planning.stated import unstated_delivery
from tools.request import Outcome


def cautions(catalog: Catalog, outcome: Outcome) -> list[str]:
    """One sentence each, true of every pick: the rules have been checked on all that the shop says of them."""
    request = outcome.request
    if not outcome.picks:
        return []
    said = []
    if allergies := request.brief.allergies:
        said.append(
            f"The shop's texts on these do not mention {' or '.join(allergies)}; please check the label as well."
        )
    if request.brief.date and unstated_delivery(catalog, request.brief, request.today):
        said.append(
            f"This shop states no delivery times; please check that it can arrive by {day(request.brief.date)}."
        )
    return said
