"""A word that shares a stem with a wish, and means something else, is no reason to show a product."""

from __future__ import annotations

import pytest

from tests.fakes.products import a_product
from tools.planning.matching import match


@pytest.mark.parametrize(
    ("wish", "title"),
    [
        ("boxing", "Sliding-Lid Fly Box in Beech"),
        ("trains", "Frisbee Fun Pet Training Set"),
        ("home decor", "Rugged Camp Mug"),
        ("fitness", "Fitted Sheet, Double"),
        ("animals", "Animated Light String"),
        ("makeup", "Beautiful Bowl of Ash"),
        ("chess", "Checkered Tablecloth"),
        ("crafts", "Hand-Crafted Walnut Tray"),
    ],
)
def test_a_word_that_only_shares_a_stem_with_a_wish_is_no_reason(wish: str, title: str) -> None:
    assert match(a_product("it", title=title, interests=[], tags=[], description=""), wish) is None


@pytest.mark.parametrize(
    ("wish", "title"),
    [
        ("boxing", "Boxing Gloves, 12 oz"),
        ("trains", "Wooden Train with Wagons"),
        ("fitness", "Fitness Journal"),
        ("animals", "Forest Animal Puzzle"),
        ("crafts", "Crafting Scissors"),
        ("chess", "Checkers and Chess Board"),
    ],
)
def test_another_form_of_the_same_word_is_one(wish: str, title: str) -> None:
    assert match(a_product("it", title=title, interests=[], tags=[], description=""), wish)


@pytest.mark.parametrize(
    ("told", "is_one"),
    [
        ("Pour, and watch a lily open.", False),
        ("Your child learns to watch birds.", False),
        ("A stand for the watch by the bed.", True),
        ("Keeps four watches apart.", True),
    ],
)
def test_a_things_name_that_is_a_verb_in_the_text_is_no_reason(told: str, is_one: bool) -> None:
    assert (
        bool(match(a_product("it", title="Glass Thing", interests=[], tags=[], description=told), "watches")) is is_one
    )


def test_prose_that_says_design_of_anything_is_no_reason() -> None:
    product = a_product("it", title="Cream Bowl", interests=[], tags=[], description="A sleek design that saves space.")
    assert match(product, "design") is None
    assert match(product, "space") is None
