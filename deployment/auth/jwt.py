"""Signed tokens (JWT, RFC 7519) of a known issuer, whose keys are fetched from its JWKS address and kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jwt

from deployment.auth.principal import Principal, bearer, for_itself, is_plain, unauthenticated
from deployment.refusals import Refused

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""Public-key signatures only: with a shared secret (HS256) the published key could sign, and `none` signs nothing."""
LEEWAY_S = 30
FETCH_TIMEOUT_S = 5
KEYS_LIVE_S = 600


def subject(claims: Mapping[str, Any]) -> str:
    """The user id of a token: its ``sub``."""
    return str(claims["sub"])


class Tokens:
    """Tokens of one issuer for one audience, from the bearer header unless ``token`` finds them elsewhere."""

    def __init__(
        self,
        *,
        issuers: Sequence[str],
        audience: str,
        jwks_url: str,
        credential: str,
        user_id: Callable[[Mapping[str, Any]], str] = subject,
        token: Callable[[Mapping[str, str]], str | None] = bearer,
    ) -> None:
        self._issuers = list(issuers)
        self._audience = audience
        self._keys = jwt.PyJWKClient(jwks_url, lifespan=KEYS_LIVE_S, timeout=FETCH_TIMEOUT_S)
        self._credential = credential
        self._user_id = user_id
        self._token = token

    async def principal(self, headers: Mapping[str, str]) -> Principal | None:
        """See `Method`. A bearer token of another issuer is left to the next method."""
        token = self._token(headers)
        if token is None or (self._token is bearer and _issuer(token) not in self._issuers):
            return None
        claims = await asyncio.to_thread(self._claims, token)
        user_id = self._user_id(claims)
        if not is_plain(user_id):
            raise unauthenticated("The token's subject cannot be a user id: it has characters beyond @ . _ + | -")
        return for_itself(user_id, self._credential, headers)

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            return jwt.decode(
                token,
                self._keys.get_signing_key_from_jwt(token),
                algorithms=ALGORITHMS,
                audience=self._audience,
                issuer=self._issuers,
                leeway=LEEWAY_S,
                options={"require": ["exp", "iat", "sub"]},
            )
        except jwt.PyJWKClientConnectionError as error:
            raise Refused(503, "The keys of the token's issuer cannot be fetched", retry_after_s=5) from error
        except jwt.PyJWTError as error:  # which check failed helps an attacker more than a caller
            raise unauthenticated("This token is not valid, or not any more") from error


def _issuer(token: str) -> str | None:
    """Whom an unverified token claims to be from."""
    try:
        return jwt.decode(token, options={"verify_signature": False}).get("iss")
    except jwt.PyJWTError:
        return None
