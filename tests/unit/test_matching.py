"""A match names the field and the word that prove it, and what a product is outweighs what its text mentions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.products import a_product
from tools.lexicon import all_interests
from tools.planning.matching import FIELD_STRENGTH, match

FIELDS = ("title", "description", "category")
LISTS = ("tags", "interests", "themes")


def strength(wish: str = "gardening", **fields: Any) -> float:
    found = match(a_product(**{"title": "Thing", **fields}), wish)
    return found.strength if found else 0.0


@pytest.mark.parametrize("fields", [*({f: "For Gardening"} for f in FIELDS), *({f: ["gardening"]} for f in LISTS)])
def test_a_wish_is_found_in_every_field_that_describes_a_product(fields: dict[str, Any]) -> None:
    assert strength(**fields) > 0


def test_a_match_names_the_field_and_the_word_that_prove_it() -> None:
    found = match(a_product(title="Bypass Secateurs"), "gardening")
    assert found is not None
    assert (found.wish, found.field, found.word) == ("gardening", "title", "secateurs")


def test_what_a_product_is_outweighs_what_its_text_mentions() -> None:
    assert strength(interests=["gardening"]) > strength(title="Gardening") > strength(description="Gardening")


def test_the_interests_own_name_outweighs_a_related_word() -> None:
    assert strength(title="Gardening Box") > strength(title="Secateurs")


def test_several_fields_that_agree_are_surer_than_one() -> None:
    assert strength(title="Gardening", tags=["gardening"]) > strength(title="Gardening")


@pytest.mark.parametrize(
    ("wish", "told", "passing"),
    [
        ("model cars", "Stickers for scrapbooks, model cars, cards and more.", True),
        ("tools", "Beautiful tools for your make-up.", True),
        ("baking", "This set features a bowl, perfect for baking and mixing.", True),
        ("nature", "Perfect for nature lovers.", False),
        ("gardening", "Made for keen gardeners.", False),
        ("soft toys", "This adorable teddy bear has pink wings.", False),
        ("dinosaurs", "Great for a dinosaur party.", False),
    ],
)
def test_what_a_description_merely_mentions_is_told_from_what_the_product_is(
    wish: str, told: str, passing: bool
) -> None:
    found = match(a_product(title="Thing", description=told, interests=[], tags=[]), wish)
    assert found is not None
    assert found.passing is passing
    titled = match(a_product(title=f"{found.word} thing", description=told), wish)
    assert titled is not None
    assert not titled.passing


def test_a_neighbour_counts_by_its_name_only() -> None:
    product = a_product(title="Bypass Secateurs")
    assert match(product, "gardening", by_name_only=True) is None


def test_a_word_that_only_begins_like_the_wish_is_no_match() -> None:
    assert match(a_product(title="Teak Team Teapot Stand"), "tea time") is None
    assert match(a_product(title="Teak Tray"), "tea") is None


def test_a_wish_nobody_knows_is_looked_for_as_it_is_written() -> None:
    assert match(a_product(title="Quokka Mug"), "quokkas")
    assert match(a_product(title="Mug"), "quokkas") is None


@given(
    st.sampled_from(["tea", "jazz", "gardening", "chess set", "xyz"]),
    st.lists(st.sampled_from(["tea", "jazz poster", "chess set", "garden", "secateurs", "mug", "set"]), max_size=5),
)
def test_strength_lies_between_nothing_and_one(wish: str, words: list[str]) -> None:
    product = a_product(title=" ".join(["Mug", *words]), tags=words, interests=words[:2], description=" ".join(words))
    found = match(product, wish)
    assert found is None or (0 < found.strength <= 1 and found.field in FIELD_STRENGTH)


def test_a_title_stuffed_with_interests_says_only_what_it_begins_with() -> None:
    stuffed = f"Secateurs and Gloves {' '.join(all_interests()[:60])}"
    assert strength("tea", title=stuffed) == strength("cheese", title=stuffed) == 0
    assert strength(title=stuffed) > 0


def test_a_sentence_of_keywords_says_nothing_and_spoils_no_other() -> None:
    text = f"Secateurs for gardening. Perfect for {', '.join(all_interests())}."
    assert strength("cheese", title="Tool", description=text) == 0
    assert strength(title="Tool", description=text) == strength(title="Tool", description="Secateurs for gardening.")


@pytest.mark.parametrize("mark", [", ", " ", "/", " and ", ". "])
def test_keywords_say_nothing_however_they_are_joined(mark: str) -> None:
    assert strength("knights", title="Mug", description=mark.join(all_interests())) == 0


def test_of_too_many_labels_those_count_that_the_text_bears_out() -> None:
    labels = [*all_interests()[:40], "gardening"]
    told = a_product(title="Gardening Mug", interests=labels, tags=labels)
    assert strength("cheese", title="Gardening Mug", interests=labels, tags=labels) == 0
    found = match(told, "gardening")
    assert found is not None
    assert found.strength > 0.8


def test_who_claims_circles_that_have_nothing_in_common_is_believed_in_none() -> None:
    claimed = ["cats", "jazz", "chess", "baking", "surfing", "gardening"]
    assert strength(title="Mug", interests=claimed) == 0
    assert strength(title="Mug", interests=["gardening", "houseplants", "nature", "birdwatching", "beekeeping"]) > 0.7


def test_a_description_that_only_repeats_the_labels_bears_none_of_them_out() -> None:
    fields = {
        "title": "Sailing Logbook Baking Piano",
        "description": "Waterproof pages for boats. Made for baking and science. Loved by who likes piano or podcasts.",
        "interests": ["sailing", "travel", "baking", "science", "piano", "podcasts"],
    }
    assert [strength(wish, **fields) for wish in ("baking", "science", "piano", "podcasts")] == [0] * 4
    assert strength("sailing", **fields) > 0.8


@pytest.mark.parametrize("field", ["category", "colors", "materials", "specs"])
def test_no_other_field_can_be_stuffed_instead(field: str) -> None:
    claimed = all_interests()[:40]
    stuffed = {"category": " > ".join(claimed), "specs": {"use": ", ".join(claimed)}}.get(field, list(claimed))
    assert strength("cheese", title="Mug", **{field: stuffed}) == 0
