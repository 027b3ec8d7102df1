"""A wish for a thing is met by the thing, in whatever order its words stand, and hardly by what is made for it."""

from __future__ import annotations

import pytest

from tests.fakes.products import a_product
from tools.planning.matching import match
from tools.planning.things import close_to


def strength(title: str, wish: str) -> float:
    found = match(a_product("p", "9.00", title=title), wish)
    return found.strength if found else 0.0


@pytest.mark.parametrize(
    ("wish", "thing", "made_for_it"),
    [
        ("wireless mice", "Acme Wireless Notebook Mouse", "Pouch for Wireless Mouse"),
        ("27 inch monitors", 'Acme A27 computer monitor 68.6 cm (27")', "Privacy Screen for 27 inch Monitor"),
        ("laptops", "Acme A15 Laptop Grey", "Acme Laptop Bag"),
        ("laptops", "Zeta notebook 17 inch", "Laptop Sleeve Grey"),
        ("laptops", "Zeta notebook 17 inch", "Acme Laptop Backpack"),
        ("gaming laptops", "Zeta Gaming G63 Notebook", "Acme Gaming Laptop Backpack"),
        ("usb c chargers", "Acme USB-C Wall Charger", "Holder for USB C Charger"),
    ],
)
def test_the_thing_is_a_better_answer_than_what_is_made_for_it(wish: str, thing: str, made_for_it: str) -> None:
    assert strength(thing, wish) > strength(made_for_it, wish) > 0


@pytest.mark.parametrize(
    ("wish", "title"),
    [
        ("27 inch monitors", 'Acme 225/27 monitor 22"'),
        ("wireless mice", "Wireless Keyboard"),
        ("usb c chargers", "Charger"),
    ],
)
def test_a_part_of_the_thing_is_no_answer(wish: str, title: str) -> None:
    assert strength(title, wish) == 0


def test_what_is_made_for_a_hobby_is_a_good_answer_to_it() -> None:
    assert strength("Strap for Guitar", "guitar") == strength("Small Guitar", "guitar")


def test_the_evidence_of_words_that_stand_apart_is_what_the_thing_is() -> None:
    mouse = a_product("p", "9.00", title="Acme Wireless Notebook Mouse")
    found = match(mouse, "wireless mice")
    assert found
    assert (found.field, found.word) == ("title", "mouse")


@pytest.mark.parametrize(
    ("wish", "other"),
    [("earrings", "Bracelet for jewelry lovers"), ("ukulele", "Guitar Strap"), ("harry potter", "Fantasy Figure")],
)
def test_another_kind_of_the_same_interest_is_no_answer_to_a_kind_of_it(wish: str, other: str) -> None:
    assert strength(f"Acme {wish.title()}", wish) > 0
    assert strength(other, wish) == 0
    assert close_to(wish)[0] in ("jewelry", "guitar", "fantasy")


def test_what_a_thing_of_two_words_is_is_close_to_it() -> None:
    assert close_to("bike helmets") == ("helmet",)
