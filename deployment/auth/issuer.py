"""The public keys of an issuer, fetched from its JWKS address (RFC 7517, section 5) and kept.

Whoever sends a token can make us look for its key, with no credential yet. So a look holds no thread, all who wait
share one, and no more than a few a minute are made.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

import httpx
import jwt

from deployment.limits import Bucket
from deployment.refusals import Refused

FETCH_TIMEOUT_S = 5.0
FRESH_S = 600.0
"""For so long a key that the issuer has withdrawn still opens, at most, while the issuer can be reached."""
KEPT_S = 3_600.0
"""For so long the keys serve on while the issuer cannot be reached."""
PAUSE_S = 5.0
"""After a look that failed."""
LOOKS_PER_MINUTE = 12
"""For keys that are not known yet, three at once: an issuer's new key opens at once, made-up ones cost it little."""
BAD_ISSUER = (httpx.HTTPError, httpx.InvalidURL, jwt.PyJWTError, ValueError, TypeError, AttributeError, RecursionError)

logger = logging.getLogger(__name__)


class IssuerKeys:
    """Keys by their id (`kid`)."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._now = clock
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched = self._failed = float("-inf")
        self._looks = Bucket(LOOKS_PER_MINUTE, clock)
        self._one = asyncio.Lock()

    async def find(self, kid: object) -> jwt.PyJWK | None:
        """The key, or None where the issuer has no such key. Raises Refused, 503, where that cannot be known."""
        if not isinstance(kid, str):
            return None
        if self._now() - self._fetched > FRESH_S:
            await self._look()
        if kid not in self._keys and not self._looks.take(self._url):
            await self._look(for_a_new_key=True)
        return self._keys.get(kid)

    async def _look(self, *, for_a_new_key: bool = False) -> None:
        """Fetches the keys unless somebody has just done so. Raises Refused where there are none to go by."""
        asked = self._now()
        async with self._one:
            done = self._fetched >= asked if for_a_new_key else self._now() - self._fetched <= FRESH_S
            if not done and self._now() - self._failed > PAUSE_S:
                await self._fetch()
        if self._now() - self._fetched > KEPT_S or (for_a_new_key and self._failed > self._fetched):
            raise Refused(503, "The keys of the token's issuer cannot be fetched", retry_after_s=int(PAUSE_S))

    async def _fetch(self) -> None:
        try:
            async with asyncio.timeout(FETCH_TIMEOUT_S), httpx.AsyncClient(timeout=FETCH_TIMEOUT_S) as client:
                answer = await client.get(self._url)
            found = jwt.PyJWKSet.from_dict(answer.raise_for_status().json()).keys
        except (*BAD_ISSUER, TimeoutError) as error:
            self._failed = self._now()
            logger.warning("the keys of an issuer cannot be fetched: %s", type(error).__name__)
            return
        self._keys = {key.key_id: key for key in found if key.key_id and key.public_key_use in ("sig", None)}
        self._fetched = self._now()
