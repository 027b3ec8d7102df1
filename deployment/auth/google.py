"""People Google vouches for: ID tokens (OIDC) as bearer, and the header of the Identity-Aware Proxy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deployment.auth.principal import NAMESPACE
from deployment.auth.tokens import Tokens

IAP_HEADER = "x-goog-iap-jwt-assertion"
OIDC_ISSUERS = ("https://accounts.google.com", "accounts.google.com")
IAP_ISSUERS = ("https://cloud.google.com/iap",)


def google_user(claims: Mapping[str, Any]) -> str:
    """One id for a Google account, whether it came by OIDC (`1234`) or by IAP (`accounts.google.com:1234`)."""
    return f"google-{str(claims['sub']).rpartition(NAMESPACE)[2]}"


def google_tokens(audience: str, jwks_url: str) -> Tokens:
    """ID tokens for this audience, as `gcloud auth print-identity-token --audiences=…` makes them."""
    return Tokens(issuers=OIDC_ISSUERS, audience=audience, jwks_url=jwks_url, credential="google", user_id=google_user)


def iap_tokens(audience: str, jwks_url: str) -> Tokens:
    """The assertion that the Identity-Aware Proxy adds; ``audience`` is /projects/NUMBER/… of the backend."""
    return Tokens(
        issuers=IAP_ISSUERS,
        audience=audience,
        jwks_url=jwks_url,
        credential="iap",
        user_id=google_user,
        token=lambda headers: headers.get(IAP_HEADER),
    )
