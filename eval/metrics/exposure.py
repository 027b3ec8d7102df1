"""How evenly products are shown: the Gini index of their exposure, with the position's discount.

Exposure by position as in Singh and Joachims (2018), 1 / log2(rank + 1); its Gini index over the whole catalogue as in
Fleder and Hosanagar (2009). 0: all products get the same; near 1: a few get everything.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence


def exposure_gini(shortlists: Iterable[Sequence[str]], catalog: Collection[str]) -> float:
    """The Gini index; 0 where nothing was shown."""
    got: Counter[str] = Counter()
    for shortlist in shortlists:
        for rank, product_id in enumerate(shortlist, start=1):
            got[product_id] += 1 / math.log2(rank + 1)  # type: ignore[assignment]
    values = sorted(float(got[product_id]) for product_id in set(catalog))
    total, count = sum(values), len(values)
    if not total:
        return 0.0
    return sum((2 * place - count - 1) * value for place, value in enumerate(values, start=1)) / (count * total)
