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
        ("nature", "Natural Almond Delight"),
        ("watercolours", "Hand-Painted Bowl"),
        ("science", "Shamanic Drum Experience Kit"),
        ("science", "Science Fiction Figure"),
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
    ("told", "wish"),
    [
        ("Pour, and watch a lily open.", "watches"),
        ("Made for train rides and long waits on the train.", "trains"),
        ("Charges a phone and a watch.", "watches"),
        ("A sleek design that saves space.", "design"),
        ("A sleek design that saves space.", "space"),
    ],
)
def test_what_prose_says_of_anything_is_no_reason(told: str, wish: str) -> None:
    assert match(a_product("it", title="Glass Thing", interests=[], tags=[], description=told), wish) is None


@pytest.mark.parametrize(
    ("title", "wish", "is_one"),
    [
        ("Battery Tea Lights, Six", "tea", False),
        ("Tea Lights and a Tin of Tea", "tea", True),
        ("Brass Pendant Lamp", "jewelry", False),
        ("Brass Pendant", "jewelry", True),
        ("Craft Beer Flight", "crafts", False),
        ("Coffee Table Book", "coffee", False),
    ],
)
def test_the_first_word_of_a_compound_is_not_what_it_is_alone(title: str, wish: str, is_one: bool) -> None:
    assert bool(match(a_product("it", title=title, interests=[], tags=[], description=""), wish)) is is_one
