"""Any small shelf and any filter of it (hypothesis), with what the filters mean, said in plain Python."""

from __future__ import annotations

from hypothesis import strategies as st

from tools.catalog.search.index import Filters
from tools.product import Product

AGES = st.none() | st.integers(0, 9)
PRODUCTS = st.lists(
    st.builds(
        dict,
        price=st.integers(1, 20).map(str),
        currency=st.sampled_from(["USD", "USD", "EUR"]),
        title=st.sampled_from(["Green Tea", "Jazz Tea", "Jazz"]),
        need=st.sampled_from(["gift", "gift", "cake"]),
        stock=st.sampled_from([None, 0, 2]),
        age_min_years=AGES,
        age_max_years=AGES,
    ),
    min_size=1,
    max_size=12,
)
FILTERS = st.builds(
    Filters,
    currency=st.sampled_from([None, "USD"]),
    price_min=st.integers(0, 2000),
    price_max=st.none() | st.integers(0, 2000),
    age_years=AGES,
    need=st.sampled_from([None, "gift", "cake"]),
    available_only=st.booleans(),
    exclude_stems=st.sampled_from([frozenset(), frozenset({"green"})]),
)


def passes(product: Product, filters: Filters) -> bool:
    return (
        filters.currency in (None, product.price.currency)
        and filters.price_min <= product.price.minor
        and (filters.price_max is None or product.price.minor <= filters.price_max)
        and (filters.age_years is None or product.suits_age(filters.age_years))
        and filters.need in (None, product.need)
        and (product.available or not filters.available_only)
        and not (filters.exclude_stems and "Green" in product.title)
    )
