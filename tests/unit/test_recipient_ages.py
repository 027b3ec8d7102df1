"""What a relation tells of an age nobody said, and what that makes of products for children."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.products import a_product
from tools.brief import Brief
from tools.lexicon.relations import RELATIONS
from tools.planning.ages import age_groups, expected_fit, likely_unsuited
from tools.planning.ranking import Wishes, score
from tools.product import Product

RATTLE = a_product("rattle", "20.00", age_min_years=0, age_max_years=2)
POSTER = a_product("poster", "20.00")
WHISKY = a_product("whisky", "20.00", age_min_years=18)


def worth(product: Product, **recipient: Any) -> float:
    return score(product, Brief.model_validate({"recipient": recipient}), Wishes(())).score


@pytest.mark.parametrize("relation", [None, *RELATIONS])
def test_the_ages_of_every_relation_are_all_of_them(relation: str | None) -> None:
    assert sum(group.share for group in age_groups(relation)) == pytest.approx(1)
    for product in (RATTLE, POSTER, WHISKY):
        assert 0 <= expected_fit(product, relation) <= 1
        assert 0 <= likely_unsuited(product, relation) <= 1


@pytest.mark.parametrize("relation", ["friend", "neighbour", "sister", None])
def test_who_need_not_be_a_child_is_rather_shown_what_is_not_for_babies(relation: str | None) -> None:
    assert worth(POSTER, relation=relation) > worth(RATTLE, relation=relation) + 1


def test_for_a_niece_a_rattle_loses_nothing_and_what_is_for_adults_does() -> None:
    assert likely_unsuited(RATTLE, "niece") == 0
    assert worth(WHISKY, relation="niece") < worth(POSTER, relation="niece")


def test_a_said_age_leaves_nothing_to_guess() -> None:
    assert worth(RATTLE, relation="friend", age_years=1) > worth(POSTER, relation="friend", age_years=1)
