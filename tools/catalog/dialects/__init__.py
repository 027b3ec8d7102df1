"""Shop systems' own ways to write a product, told by their columns and put into our field names.

A dialect keeps the original columns, so that ``--map`` can still name them, and adds ours beside them. A new one is a
module with a function from a `Feed` to a `Feed` (or None: not its kind), listed here.
"""

from __future__ import annotations

from tools.catalog.dialects.google import google
from tools.catalog.dialects.schema_org import schema_org
from tools.catalog.dialects.shopify import shopify
from tools.catalog.dialects.woocommerce import woocommerce
from tools.catalog.feeds.feed import Feed

DIALECTS = (schema_org, shopify, woocommerce, google)


def in_own_words(feed: Feed) -> Feed:
    """The feed with our field names among its columns; as it is where no dialect recognises it."""
    return next((told for dialect in DIALECTS if (told := dialect(feed)) is not None), feed)
