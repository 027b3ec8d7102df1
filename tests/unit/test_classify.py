"""What a product serves is read from its words; when in doubt it is a gift."""

from __future__ import annotations

import pytest

from tools.catalog.intake.classify import classify_need, is_for_adults, units_in_pack

PARTY = ["Party Supplies"]


@pytest.mark.parametrize(
    ("title", "steps", "need"),
    [
        ("Toy Story Latex Balloons pack of 8", ["Toy Story"], "decorations"),
        ("Contented Cow 32 inch Foil Balloon", [*PARTY, "Balloons"], "decorations"),
        ("12ft Football Happy Birthday Banner", [*PARTY, "Banners"], "decorations"),
        ("Unicorn Cake Topper", [], "decorations"),
        ("Dinosaur Paper Plates", [], "tableware"),
        ("Rainbow Napkins", [], "tableware"),
        ("Three Tier Cake Stand", ["Party"], "tableware"),
        ("12 Rubber Lizards - Party Loot Bag Fillers", PARTY, "favours"),
        ("Pirate Slide Puzzles - Party Bag Fillers", PARTY, "favours"),
        ("Penguin Playground", [*PARTY, "Party Favours"], "favours"),
        ("Football Piñata", [], "activity"),
        ("Pass the Parcel Game", [], "activity"),
        ("Chocolate Birthday Cake", ["Food", "Cakes"], "cake"),
    ],
)
def test_party_products_are_known_by_title_or_shelf(title: str, steps: list[str], need: str) -> None:
    assert classify_need(title, steps) == need


@pytest.mark.parametrize(
    "title",
    [
        "Wooden Toy Birthday Cake",
        "Chocolate cupcake eraser",
        "Cup Cake Dice High Score",
        "Janod Confetti Ukulele",
        "Hot Air Balloon Jigsaw",
        "Dolls House Miniature Paper Plates",
        "Bigjigs Ball and Cup",
        "Batman Messenger Bag",
        "Bruce Banner Action Figure",
    ],
)
def test_toys_that_only_sound_like_party_goods_are_gifts(title: str) -> None:
    assert classify_need(title, ["Toys"], "For ages 3 and up") == "gift"


def test_a_cake_must_be_called_edible_somewhere() -> None:
    assert classify_need("Rainbow Cake", ["Soft furnishing"]) == "gift"
    assert classify_need("Rainbow Cake", ["Soft furnishing"], "Six layers of vanilla sponge") == "cake"


@pytest.mark.parametrize(
    ("title", "units"),
    [
        ("Balloons pack of 8", 8),
        ("Invitations (Pack Of 08)", 8),
        ("Finger Puppets Set of 12pcs", 12),
        ("Ghost Rings 12 pcs", 12),
        ("Lizards 20pcs", 20),
        ("Party Invitations x 8", 8),
        ('Latex Balloons 11" x 5', 5),
        ("10 x 10 inch Gold Balloons", 10),
        ("20 Mermaid Party Invitations with Envelopes", 20),
        ("9ft Birthday Banner (2.7m length)", 1),
        ("40 Birthday Balloons", 1),
        ("BIRTHDAY BANNER (EXP HOL) X7", 1),
        ("Table Cover 120 x 180 cm", 1),
        ("Pack of 0 plates", 1),
    ],
)
def test_packs_are_counted_for_party_needs_and_sizes_are_not(title: str, units: int) -> None:
    assert units_in_pack(title, "tableware") == units


def test_a_gift_of_many_pieces_is_one_gift() -> None:
    assert units_in_pack("20pcs Model Street Lights", "gift") == 1


@pytest.mark.parametrize(
    ("title", "steps"),
    [
        ("Vamp Costume", ["Fancy Dress", "Costumes", "Adults"]),
        ("Vampiress", ["Sex & Sensuality", "Erotic Clothing"]),
        ("French Maid Fishnet Thigh High", ["Costumes"]),
        ("Zombie Dress Costume Adult Medium", []),
        ("hen party banner", ["Banners"]),
        ("Pint Opener", ["Games", "Drinking Games"]),
    ],
)
def test_adult_products_are_known(title: str, steps: list[str]) -> None:
    assert is_for_adults(title, steps)


def test_alcohol_is_for_adults_whatever_the_seller_claims() -> None:
    assert is_for_adults("Craft Beer Tasting Set", ["Food"])
    assert is_for_adults("Garden Party Set for kids from 3", [], "Merlot, 75 cl, 13.5% vol.")
    assert not is_for_adults("Ginger Beer Sweets", ["Food"])
    assert not is_for_adults("Alcohol-free Beer", ["Food"])


@pytest.mark.parametrize(
    "title",
    ["Kids Adults Knitted Mask", "Science kit, adult supervision needed", "Rag Doll Bridesmaid", "Drinking Straws"],
)
def test_products_for_adults_and_children_are_not_adult_products(title: str) -> None:
    assert not is_for_adults(title, ["Toys"])


@pytest.mark.parametrize("title", ["Blue Thank You Cards with Envelopes - Pack of 8", "Dinosaur Thank-You Notes, 10"])
def test_what_is_written_on_and_sent_decorates_nothing(title: str) -> None:
    assert classify_need(title, ["Party Supplies", "Invitations"]) == "gift"
