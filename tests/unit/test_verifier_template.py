"""The template is the reply of last resort, so it must always pass the check that it replaces others for."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tools.asking.answers import UNKNOWN
from tools.asking.wording import worded
from tools.brief import Brief, Budget, Need, Recipient
from tools.catalog.curated import curated_catalog
from tools.catalog.interface import Catalog
from tools.money import Money
from tools.planning.matching import match
from tools.product import NEED_KINDS
from tools.receipts.evidence import gather_evidence
from tools.receipts.template import render
from tools.receipts.verifier import problems
from tools.request import Matched, Outcome, Pick, PlanSums, Relaxation, Request


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return curated_catalog(tmp_path_factory.mktemp("shop"))


WORDS = [
    "gardening",
    "jazz",
    "tea",
    "dinosaur",
    "left-handed knitting",
    "chess",
    "5 o'clock tea",
    "nuts",
    "books",
    "café",
]
phrases = st.lists(st.sampled_from(WORDS), max_size=3)
amounts = st.one_of(st.none(), st.decimals(min_value=1, max_value=5000, places=2))
people = st.builds(
    Recipient,
    relation=st.sampled_from([None, "father", "mother_in_law", "grandparents", "self", "niece"]),
    name=st.sampled_from([None, "Ana", "Otto von Bismarck"]),
    age_years=st.one_of(st.none(), st.integers(0, 120)),
)
budgets = st.builds(Budget, min=amounts, max=amounts, per=st.sampled_from(["total", "each"]))
briefs = st.builds(
    Brief,
    recipient=people,
    occasion=st.sampled_from([None, "birthday", "mothers_day", "christmas"]),
    interests=phrases,
    avoid=phrases,
    allergies=phrases,
    owned=phrases,
    budget=st.one_of(st.none(), budgets),
    price_cap=amounts,
    needs=st.lists(
        st.builds(Need, kind=st.sampled_from(NEED_KINDS), quantity=st.integers(1, 60)),
        unique_by=lambda n: n.kind,
        max_size=4,
    ),
    theme=st.sampled_from([None, "dinosaur", "space"]),
    guests=st.one_of(st.none(), st.integers(1, 60)),
    options=st.one_of(st.none(), st.integers(1, 10)),
)


@given(data=st.data(), brief=briefs)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_template_always_passes_its_own_check(shop: Catalog, data: st.DataObject, brief: Brief) -> None:
    products = [p for p in shop if not brief.needs or p.need in {need.kind for need in brief.needs}]
    quantities = {need.kind: need.quantity for need in brief.wanted}
    picks = []
    for product in data.draw(
        st.lists(st.sampled_from(products), min_size=1, max_size=5, unique_by=lambda p: p.product_id)
    ):
        packs = product.packs_for(quantities.get(product.need, 1))
        found = [m for wish in [*brief.interests, "flowers"] if (m := match(product, wish))]
        matched = [Matched(wish=m.wish, field=m.field, word=m.word, passing=m.passing) for m in found]
        units = packs * product.pack_size
        picks.append(
            Pick(need=product.need, product_id=product.product_id, quantity=packs, units=units, matched=matched)
        )
    question = data.draw(st.sampled_from([None, *(worded(slot, brief, beside_picks=True) for slot in UNKNOWN)]))
    status = data.draw(st.sampled_from(["recommended", "infeasible"]))
    outcome = Outcome(request=Request(brief=brief, question=question), status=status)
    outcome.unmatched = data.draw(st.lists(st.sampled_from(brief.interests), max_size=2)) if brief.interests else []
    if status == "recommended":
        outcome.picks = picks
        costs = [shop.require([pick.product_id])[0].price * pick.quantity for pick in picks]
        total = sum(costs[1:], costs[0])
        outcome.sums = PlanSums(subtotal=total, total=total)
        if brief.budget and brief.budget.max is not None:  # the checker lets no plan be dearer
            highest = max(brief.budget.max, total.amount)
            brief.budget = brief.budget.model_copy(update={"max": highest})
    else:
        outcome.closest, outcome.closest_cost = picks[0], Money.of("123.45", "USD")
        outcome.relaxations = [Relaxation(change="raise the budget to $123.45 ($23.45 more)", opens=7)]
        outcome.unmet = data.draw(st.lists(st.sampled_from(NEED_KINDS), max_size=2, unique=True))
    explain = data.draw(st.sampled_from([None, 1])) if status == "recommended" else None
    evidence = gather_evidence(shop, outcome, explain)
    late = "This shop states no delivery times; please check that it can arrive by 28 November 2026."
    evidence.cautions += data.draw(st.sampled_from([[], [late]]))
    assert problems(render(evidence), evidence) == [], render(evidence)


def test_template_about_each_product_passes(shop: Catalog) -> None:
    brief = Brief(budget=Budget(max="500"))
    for product in shop:
        pick = Pick(need=product.need, product_id=product.product_id)
        outcome = Outcome(request=Request(brief=brief), status="recommended", picks=[pick])
        for explain in (None, 1):
            evidence = gather_evidence(shop, outcome, explain)
            assert problems(render(evidence), evidence) == [], render(evidence)
