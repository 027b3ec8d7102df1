"""Who may send events: service accounts by name, each with an ID token for our audience that Google signed (OIDC)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request

from deployment.auth.google import OIDC_ISSUERS
from deployment.auth.principal import Principal
from deployment.auth.tokens import Tokens
from deployment.refusals import Refused


class Senders:
    """A `Method` of the guard, for the routes that take events. Its principal stands for no shopper."""

    def __init__(self, audience: str, accounts: Sequence[str], jwks_url: str) -> None:
        self._accounts = frozenset(accounts)
        self._tokens = Tokens(
            issuers=OIDC_ISSUERS, audience=audience, jwks_url=jwks_url, credential="events", user_id=_verified_email
        )

    async def principal(self, headers: Mapping[str, str]) -> Principal | None:
        """See `Method`. Raises Refused, 403, for an account that is not listed."""
        found = await self._tokens.principal(headers)
        if found is not None and found.user_id not in self._accounts:
            raise Refused(403, "This service account may not send events")
        return found and Principal(None, f"events {found.user_id}")


async def admitted_by_guard(request: Request) -> None:
    """ADK wants a verifier of its own; the guard before it has done the work."""
    if getattr(request.state, "principal", None) is None:
        raise Refused(401, "Send a credential: Authorization: Bearer TOKEN")


def _verified_email(claims: Mapping[str, Any]) -> str:
    """The account's name; nothing, which is nobody's, where Google does not vouch for it."""
    return str(claims.get("email", "")) if claims.get("email_verified") is True else ""
