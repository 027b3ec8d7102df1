"""What a free reply says beside titles and prices: short names, its own sums, what it supposes, what things do."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.fakes.evidence import can, evidence, picked, poster, seeds
from tools.brief import Brief, Budget, Recipient
from tools.receipts.evidence import Evidence
from tools.receipts.kin import family, has_kin
from tools.receipts.references import References
from tools.receipts.unclaimed import unclaimed_left_out
from tools.receipts.verifier import problems

BRIEF = Brief(
    recipient=Recipient(relation="father", age_years=60),
    occasion="birthday",
    interests=["gardening", "jazz"],
    budget=Budget(max=Decimal(60), currency="USD"),
)
NAMED = (
    "Here are **Copper Watering Can** ($42.50), **Blue Note Jazz Poster** ($19.00) and **Seed Starter Set** ($8.25)."
)


@pytest.fixture
def shortlist() -> Evidence:
    return evidence(BRIEF, picked(1, can()), picked(2, poster()), picked(3, seeds()))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("I would start with the watering can.", [0]),
        ("The poster is the cheaper of the two.", [1]),
        ("The can outdoes the poster.", [0, 1]),
        ("Copper can: $42.50.", [0]),
        ("He can choose.", []),
        ("He loves gardening and jazz.", []),
    ],
)
def test_a_short_name_means_the_pick_whose_title_has_it(shortlist: Evidence, said: str, meant: list[int]) -> None:
    assert [place for _, place in References(shortlist).find(said)] == meant


@pytest.mark.parametrize(
    "said",
    [
        "The poster leaves $41.00 of your sixty dollars.",
        "The poster costs $23.50 less than the can.",
        "Together the poster and the seed set come to $27.25.",
        "The can leaves about eighteen dollars.",
        "On a rainy afternoon in the kitchen he may well look at the poster.",
        "If he has a greenhouse, the seed set would do.",
        "Needles are not mentioned.",
        "All three are under $45.00.",
        "The poster leaves you $41.00 for flowers.",
        "Take the can, but please ask the other parents about it.",
        "The can and the poster: these two come to $61.50.",
    ],
)
def test_true_sentences_about_short_names_pass(shortlist: Evidence, said: str) -> None:
    assert problems(f"{NAMED}\n\n{said}", shortlist) == []


@pytest.mark.parametrize(
    "said",
    [
        "The poster leaves $31.00 of your sixty dollars.",
        "The poster costs $22.50 less than the can.",
        "Together the poster and the seed set come to $29.25.",
        "The can leaves about twelve dollars.",
        "The poster costs $42.50.",
        "The poster is made of copper.",
        "The poster is the dearest of the three.",
        "You save $23.50.",
        "The can has a shelf.",
        "The can withstands frost.",
        "The can doubles as a lamp.",
        "The can empties itself; it cleans itself.",
        "The poster won a design prize.",
        "The can was made by Thornby.",
        "All three are under $42.00.",
        "A part of the price goes back to growers.",
        "Jazz posters were invented in Paris.",
        "He no longer likes the poster.",
        "You said he is an avid reader.",
        "You told me he grows seeds in copper.",
        "There are no small parts on the can.",
        "The can comes with the saw.",
    ],
)
def test_false_sentences_about_short_names_are_refused(shortlist: Evidence, said: str) -> None:
    assert problems(f"{NAMED}\n\n{said}", shortlist)


def test_who_does_a_thing_is_kin_of_doing_it() -> None:
    told = frozenset(map(family, ["hiking", "photography", "cycling"]))
    assert all(has_kin(word, told) for word in ("hiker", "photographer", "cyclist"))
    assert not any(has_kin(word, told) for word in ("hike-proof", "graph", "motorist"))


def test_what_is_supposed_advised_or_unknown_claims_nothing() -> None:
    assert "greenhouse" not in unclaimed_left_out("If he has a greenhouse, take it.")
    assert "ribbon" not in unclaimed_left_out("You could add a ribbon.")
    assert "needles" not in unclaimed_left_out("It is wool, but needles aren't mentioned.")
    assert "steel" in unclaimed_left_out("It is steel, and the lid isn't mentioned.")
