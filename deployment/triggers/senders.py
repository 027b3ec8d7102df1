"""Who may send events: service accounts by name, each with an ID token for our audience that Google signed (OIDC)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.requests import Request

from deployment.auth.google import OIDC_ISSUERS
from deployment.auth.jwt import Tokens
from deployment.auth.principal import authenticate
from deployment.refusals import Refused

Verifier = Callable[[Request], Awaitable[None]]


def build_verifier(audience: str, accounts: Sequence[str], jwks_url: str) -> Verifier:
    """For ADK's trigger endpoints. It raises Refused: 401 for nobody, 403 for an account that is not listed."""
    tokens = Tokens(
        issuers=OIDC_ISSUERS, audience=audience, jwks_url=jwks_url, credential="trigger", user_id=_verified_email
    )

    async def verify(request: Request) -> None:
        principal = await authenticate([tokens], request.headers)
        if principal.user_id not in accounts:
            raise Refused(403, "This service account may not send events")

    return verify


def _verified_email(claims: Mapping[str, Any]) -> str:
    """The account's name; nothing, which is nobody's, where Google does not vouch for it."""
    return str(claims.get("email", "")) if claims.get("email_verified") is True else ""
