"""API keys: `rk_ID_SECRET`. Only a hash of the secret is kept, so a key can be shown once and never again.

A secret is 256 random bits, so a plain SHA-256 is as good as a slow hash: there is nothing to guess from.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from deployment.auth.principal import Principal, bearer, for_its_shopper, for_itself, is_plain, unauthenticated
from deployment.documents import Documents
from tools.errors import UsageError

COLLECTION = "keys"
PREFIX = "rk"
OVERLAP = timedelta(hours=24)
"""How long the old secret of a rotated key still opens."""

Kind = Literal["user", "server"]


class Keys:
    """The keys in a store. All calls block but `principal`."""

    def __init__(self, documents: Documents, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._documents = documents
        self._now = clock

    def add(self, kind: Kind, name: str) -> str:
        """A new key for a shopper (``user``) or a shop's server (``server``). Raises UsageError for an unfit name."""
        if not is_plain(name):
            raise UsageError(f"{name!r} cannot be used: give 1 to 128 letters, digits and @ . _ + | -")
        while True:
            key_id, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
            record = {"kind": kind, "name": name, "hash": _hash(secret), "created": self._now().isoformat()}
            if self._documents.create(COLLECTION, key_id, record):
                return f"{PREFIX}_{key_id}_{secret}"

    def list(self) -> dict[str, dict[str, Any]]:
        """Every key's record by id, without what could open anything."""
        shown = ("kind", "name", "created", "rotated")
        return {i: {k: r[k] for k in shown if k in r} for i, r in self._documents.all(COLLECTION).items()}

    def rotate(self, key_id: str, overlap: timedelta = OVERLAP) -> str:
        """A new secret for the key; the old one still opens for ``overlap``. Raises UsageError for an unknown id."""
        record, secret = self._require(key_id), secrets.token_urlsafe(32)
        until = self._now() + overlap
        record |= {"hash": _hash(secret), "old_hash": record["hash"], "old_until": until.isoformat()}
        if not self._documents.replace(COLLECTION, key_id, record | {"rotated": self._now().isoformat()}):
            raise _unknown(key_id)  # it was revoked meanwhile
        return f"{PREFIX}_{key_id}_{secret}"

    def revoke(self, key_id: str) -> None:
        """The key opens nothing from now on. Raises UsageError for an unknown id."""
        self._require(key_id)
        self._documents.delete(COLLECTION, key_id)

    async def principal(self, headers: Mapping[str, str]) -> Principal | None:
        """See `Method`."""
        token = bearer(headers)
        if token is None or not token.startswith(f"{PREFIX}_"):
            return None
        _, key_id, secret = [*token.split("_", 2), "", ""][:3]
        record = await asyncio.to_thread(self._documents.get, COLLECTION, key_id) if is_plain(key_id) else None
        if record is None or not self._opens(record, secret):
            raise unauthenticated("This key is not valid, or not any more")
        acts = for_itself if record["kind"] == "user" else for_its_shopper
        return acts(record["name"], f"key {key_id}", headers)

    def _opens(self, record: dict[str, Any], secret: str) -> bool:
        given = _hash(secret)
        fits = hmac.compare_digest(given, record["hash"])
        old = record.get("old_hash")
        if old and self._now() < datetime.fromisoformat(record["old_until"]):
            fits |= hmac.compare_digest(given, old)
        return fits

    def _require(self, key_id: str) -> dict[str, Any]:
        record = self._documents.get(COLLECTION, key_id)
        if record is None:
            raise _unknown(key_id)
        return record


def _unknown(key_id: str) -> UsageError:
    return UsageError(f"There is no key {key_id!r}; `python -m deployment.keys list` shows all ids")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
