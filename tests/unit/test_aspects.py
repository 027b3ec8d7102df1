"""What a product's text supports is derived with its words; what it denies, what is sensitive or stuffed never is."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.benchmarks.aspects_measures import LABELS, labelled
from recsys_agent.offline.reading.words.occasions import OCCASIONS
from tests.fakes.products import a_product
from tools.brief import Brief
from tools.catalog.aspects.admission import MOST, admitted, field_texts
from tools.catalog.aspects.rules import with_derived
from tools.catalog.aspects.vocabulary import is_sensitive, names, phrases
from tools.catalog.curated import curated_catalog
from tools.catalog.folder import FolderCatalog
from tools.catalog.intake.feed_changes import add_feed, update_feed
from tools.catalog.intake.importing import import_feed
from tools.catalog.search.index import Filters
from tools.lexicon.stems import stems
from tools.planning.matching import match
from tools.product import Derived, Product
from tools.receipts.reasons import reasons
from tools.request import Matched, Pick


def read(title: str = "Thing", description: str = "", **fields: Any) -> Product:
    return with_derived(a_product(title=title, description=description, **fields))


def named(product: Product) -> set[tuple[str, str]]:
    return {(item.kind, item.name) for item in product.derived}


@pytest.mark.parametrize(
    ("title", "description", "expected"),
    [
        ("Dinosaur Jigsaw", "", ("interest", "dinosaurs")),
        ("Forged Secateurs", "", ("interest", "gardening")),
        ("Mug", "Loose leaf tea, a teapot and a tea caddy.", ("interest", "tea")),
        ("Bowl", "Handcrafted in a small studio.", ("aspect", "hand-made")),
        ("Ukulele", "Ideal for beginners.", ("aspect", "beginner")),
        ("Chair", "It is foldable and light.", ("aspect", "compact")),
        ("Board", "An evening for two.", ("aspect", "for two")),
        ("Bracelet", "Can be personalized with a name.", ("aspect", "personalised")),
        ("Bag", "Made of recycled sails.", ("aspect", "eco")),
        ("Card", "For Mother’s Day.", ("occasion", "mothers day")),
        ("Ornament", "Not just for Christmas.", ("occasion", "christmas")),
        ("Blocks", "Made for toddlers.", ("age", "toddlers")),
    ],
)
def test_what_a_text_says_is_derived(title: str, description: str, expected: tuple[str, str]) -> None:
    assert expected in named(read(title, description))


def test_every_item_says_where_its_words_stand() -> None:
    product = read("Dinosaur Jigsaw", "A hand-painted set.", tags=["christmas"])
    assert {(i.kind, i.name, i.field, i.words) for i in product.derived} == {
        ("interest", "dinosaurs", "title", "Dinosaur"),
        ("interest", "puzzles", "title", "Jigsaw"),
        ("aspect", "hand-made", "description", "hand-painted"),
        ("occasion", "christmas", "tags", "christmas"),
    }


@pytest.mark.parametrize(
    "description",
    [
        "Not suitable for toddlers.",
        "This is not foldable.",
        "It isn’t waterproof.",
        "Without a gift box.",
        "No personalised items.",
        "Waterproof case not included.",
        "Gift box sold separately.",
        "Rather than handmade, it is cast.",
        "Never waterproof.",
        "A non-waterproof, non-foldable cover.",
        "Beginners are not the audience.",
    ],
)
def test_what_a_text_denies_is_no_support(description: str) -> None:
    assert read("Thing", description).derived == []


@pytest.mark.parametrize(
    "description",
    ["No batteries. Handmade.", "Do not iron; handmade.", "Not cheap, but handmade.", "Not only handmade."],
)
def test_a_denial_ends_with_its_clause(description: str) -> None:
    assert ("aspect", "hand-made") in named(read("Thing", description))


def test_a_warning_about_ages_is_no_recommendation() -> None:
    product = read("Beads", "Warning: not suitable for children under 3 years. Not for toddlers.")
    assert not {"toddlers", "children"} & {name for _, name in named(product)}


def test_one_mention_in_a_description_makes_no_interest() -> None:
    assert read("Shelf", "Holds a coffee grinder.").derived == []
    assert ("interest", "coffee") in named(read("Shelf", "Holds a coffee grinder and a milk frother."))


def test_words_within_a_longer_phrase_do_not_count() -> None:
    assert ("interest", "candles") not in named(read("Birthday Candles, 24"))
    assert ("aspect", "for two") not in named(read("Balm", "Keeps for two years."))


def test_a_shelf_of_several_things_does_not_say_which() -> None:
    assert read("Chalk", category="Arts & Crafts > Chalk").derived == []
    assert ("interest", "dolls") in named(read("Anna", category="Dolls & Accessories"))


def test_what_the_feed_states_wins() -> None:
    product = read("Dinosaur Jigsaw for Christmas", interests=["geology"], occasions=["birthday"])
    assert not {kind for kind, _ in named(product)} & {"interest", "occasion"}


def test_ages_in_years_win_over_stages() -> None:
    product = read("Glue", "Great for toddlers.", age_min_years=8)
    assert (product.age_min_years, product.age_max_years, product.derived) == (8, None, [])


def test_a_named_stage_becomes_the_ages() -> None:
    product = read("Blocks", "Made for toddlers and for preschoolers.")
    assert (product.age_min_years, product.age_max_years) == (1, 5)
    assert read("Game", "For kids, and fun for all ages.").age_max_years is None


@pytest.mark.parametrize(
    "words",
    [
        *("for women", "Gifts for Him", "boys", "christian", "halal", "for diabetics", "autism", "african american"),
        *("lesbian", "weight loss", "plus size", "republican", "grandma", "elderly", "seniors"),
    ],
)
def test_sensitive_words_are_no_support(words: str) -> None:
    product = a_product(title=f"Handmade {words} thing")
    assert is_sensitive(words)
    refused: Counter[str] = Counter()
    assert not admitted(product, [Derived(kind="aspect", name="hand-made", field="title", words=words)], refused)
    assert refused == {"sensitive": 1}


def test_no_name_that_can_be_derived_is_sensitive() -> None:
    assert [n for kind in names().values() for n in kind if is_sensitive(n)] == []


def test_no_phrase_of_the_lists_is_sensitive() -> None:
    found = [" ".join(p) for rest in phrases().values() for group in rest.values() for p, _ in group]
    assert [phrase for phrase in found if is_sensitive(phrase)] == []


def test_occasions_are_those_that_shoppers_name() -> None:
    assert set(names()["occasion"]) <= {name.replace("_", " ") for name in OCCASIONS}


def test_a_list_of_forty_themes_says_nothing() -> None:
    stuffed = list(names()["interest"])[:40]
    assert read("Mug", tags=stuffed).derived == []
    assert read("Mug", "Gift for " + ", ".join(names()["occasion"])).derived == []
    assert read("Dinosaur Mug", tags=stuffed).derived_as("interest") == ["dinosaurs"]


def test_invented_items_are_refused_with_their_reason() -> None:
    product = a_product(title="Oak Board", description="A board of oak. It is not waterproof.")
    items = [
        Derived(kind="aspect", name="hand-made", field="title", words="carved by hand"),
        Derived(kind="aspect", name="hand-made", field="title", words="Oa"),
        Derived(kind="aspect", name="best gift ever", field="title", words="Oak"),
        Derived(kind="aspect", name="waterproof", field="description", words="waterproof"),
        Derived(kind="age", name="toddlers", field="title", words="Oak"),
        Derived(kind="aspect", name="eco", field="title", words="Oak"),
    ]
    refused: Counter[str] = Counter()
    assert admitted(product, items, refused) == items[-1:]
    assert refused == {"not in the text": 2, "unknown name": 1, "denied by the text": 1, "unsupported age": 1}


def test_words_that_bear_everything_bear_nothing() -> None:
    product = a_product(title="Fits every interest")
    items = [Derived(kind="interest", name=n, field="title", words="every interest") for n in names()["interest"]]
    assert admitted(product, items) == []


def test_the_hand_labels_are_of_names_that_can_be_derived() -> None:
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({tuple(row.values())[:-1] for row in rows}) == len(rows) >= 150
    assert all(row["name"] in names()[row["kind"]] for row in rows)  # pyright: ignore[reportArgumentType]
    assert {row["right"] for row in rows} == {"0", "1"}


def test_most_of_what_is_derived_from_the_curated_catalogue_is_right(tmp_path: Path) -> None:
    derived, right, _, _ = labelled({"curated": curated_catalog(tmp_path)})["curated"]
    assert derived >= 30
    assert right / derived > 0.8


PIECES = [p for rest in phrases().values() for group in rest.values() for p, _ in group]
TEXTS = st.lists(
    st.sampled_from(
        [*(" ".join(p) for p in PIECES[:: max(1, len(PIECES) // 300)]), *"not no . , | & İ ß for two".split()]
    )
    | st.text(max_size=12),
    max_size=25,
).map(" ".join)


@given(title=TEXTS, description=TEXTS, tags=st.lists(TEXTS, max_size=3))
def test_the_words_of_every_item_stand_in_the_text(title: str, description: str, tags: list[str]) -> None:
    product = read(title.strip() or "Thing", description, tags=tags)
    texts = dict(field_texts(product))
    for item in product.derived:
        assert item.words in texts[item.field]
        assert not is_sensitive(item.words)
    assert all(len(product.derived_as(kind)) <= most for kind, most in MOST.items())
    assert set(admitted(product, product.derived)) == set(product.derived)
    assert with_derived(product) == product


FEED = "id,title,description,price\n1,Dinosaur Mug,For ages 4 and up.,5 USD\n2,Mug,Handmade.,5 USD\n"


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    (tmp_path / "feed.csv").write_text(FEED, "utf-8")
    return tmp_path / "feed.csv"


def stored(shop: Path, product_id: str) -> Product:
    product = FolderCatalog.open(shop).get(product_id)
    assert product is not None
    return product


def test_an_import_keeps_the_words_unless_told_not_to(feed: Path, tmp_path: Path) -> None:
    import_feed([feed], tmp_path / "shop")
    assert {(i.name, i.words) for i in stored(tmp_path / "shop", "1").derived} == {
        ("dinosaurs", "Dinosaur"),
        ("from 4", "ages 4 and up"),
    }
    import_feed([feed], tmp_path / "plain", aspects="none")
    assert stored(tmp_path / "plain", "2").derived == []


def test_a_new_text_is_read_anew_and_a_new_price_changes_nothing(feed: Path, tmp_path: Path) -> None:
    shop, news = tmp_path / "shop", tmp_path / "news.csv"
    import_feed([feed], shop)
    news.write_text("id,price\n2,6 USD\n", "utf-8")
    update_feed([news], shop)
    assert stored(shop, "2").derived_as("aspect") == ["hand-made"]
    news.write_text("id,description\n2,A foldable cup.\n", "utf-8")
    update_feed([news], shop)
    assert stored(shop, "2").derived_as("aspect") == ["compact"]
    news.write_text("id,title,price\n3,Chess Set,9 USD\n", "utf-8")
    add_feed([news], shop)
    assert "chess" in stored(shop, "3").derived_as("interest")


def test_an_export_can_be_imported_with_what_was_derived(feed: Path, tmp_path: Path) -> None:
    import_feed([feed], tmp_path / "shop")
    findings = [Derived(kind="aspect", name="small gift", field="title", words="Mug")]
    product = stored(tmp_path / "shop", "2").model_copy(update={"derived": findings})
    (tmp_path / "out.jsonl").write_text(product.model_dump_json() + "\n", "utf-8")
    import_feed([tmp_path / "out.jsonl"], tmp_path / "again", aspects="none")
    assert stored(tmp_path / "again", "2").derived == findings


def test_a_search_finds_what_was_derived(feed: Path, tmp_path: Path) -> None:
    import_feed([feed], tmp_path / "shop")
    hits = FolderCatalog.open(tmp_path / "shop").index.search([stems("hand-made")], Filters(), 5)
    assert [product.product_id for product, _ in hits] == ["2"]


def test_a_reason_quotes_the_words_it_goes_by() -> None:
    product = read("Bowl", "Handcrafted in oak. A lovely Christmas present.")
    found = match(product, "hand-made")
    assert found is not None
    assert found.field == "derived"
    pick = Pick(
        need="gift",
        product_id=product.product_id,
        quantity=1,
        units=1,
        matched=[Matched(wish=found.wish, field=found.field, word=found.word)],
    )
    said = reasons(product, product.price, pick, Brief(interests=["hand-made"], occasion="christmas"))
    assert 'fits hand-made: its description says "Handcrafted"' in said
    assert 'meant for christmas: its description says "Christmas"' in said
