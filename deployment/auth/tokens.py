"""Signed tokens (JWT, RFC 7519) of a known issuer; its keys: deployment/auth/issuer.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jwt

from deployment.auth.issuer import IssuerKeys
from deployment.auth.principal import Principal, bearer, for_itself, is_plain, unauthenticated

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""Public-key signatures only: with a shared secret (HS256) the published key could sign, and `none` signs nothing."""
LEEWAY_S = 30


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
        self._keys = IssuerKeys(jwks_url)
        self._credential = credential
        self._user_id = user_id
        self._token = token

    async def principal(self, headers: Mapping[str, str]) -> Principal | None:
        """See `Method`. A bearer token of another issuer is left to the next method."""
        token = self._token(headers)
        if token is None or (self._token is bearer and _issuer(token) not in self._issuers):
            return None
        user_id = self._user_id(await self._claims(token))
        if not is_plain(user_id):
            raise unauthenticated("The token's subject cannot be a user id: it has characters beyond @ . _ + | -")
        return for_itself(user_id, self._credential, headers)

    async def _claims(self, token: str) -> dict[str, Any]:
        try:
            key = await self._keys.find(jwt.get_unverified_header(token).get("kid"))
            if key is None:
                raise jwt.InvalidKeyError
            return jwt.decode(
                token,
                key,
                algorithms=ALGORITHMS,
                audience=self._audience,
                issuer=self._issuers,
                leeway=LEEWAY_S,
                options={"require": ["exp", "iat", "sub"]},
            )
        except jwt.PyJWTError as error:  # which check failed helps an attacker more than a caller
            raise unauthenticated("This token is not valid, or not any more") from error


def _issuer(token: str) -> str | None:
    """Whom an unverified token claims to be from."""
    try:
        return jwt.decode(token, options={"verify_signature": False}).get("iss")
    except jwt.PyJWTError:
        return None
