"""The server's own environment variables; what the agent reads is in `recsys_agent.settings`."""

from __future__ import annotations

import base64
import binascii
from functools import lru_cache

import httpx
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from recsys_agent.settings import ENV_FILE
from tools.errors import SettingsError

PREFIX = "RECSYS_SERVER_"


class ServerSettings(BaseSettings):
    """Who may call the server, and how much."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE or None, extra="ignore", env_ignore_empty=True
    )

    store_uri: str | None = None
    artifact_uri: str | None = None
    public_url: str | None = None
    jwt_issuer: str | None = None
    jwt_audience: str | None = None
    jwks_url: str | None = None
    google_audience: str | None = None
    google_jwks_url: str = "https://www.googleapis.com/oauth2/v3/certs"
    iap_audience: str | None = None
    iap_jwks_url: str = "https://www.gstatic.com/iap/verify/public_key-jwk"
    trigger_audience: str | None = None
    trigger_accounts: list[str] = []
    messages_per_week: int = Field(default=1, ge=0)
    messages_per_month: int = Field(default=3, ge=0)
    quiet_hours: str = Field(default="21-8", pattern=r"^([01]?\d|2[0-3])-([01]?\d|2[0-3])$")
    webhook_url: str | None = Field(default=None, pattern=r"^https?://\S+$")
    webhook_secret: str | None = Field(default=None, pattern=r"^whsec_[A-Za-z0-9+/]{32,}={0,2}$")
    cors_origins: list[str] = []
    max_body_bytes: int = Field(default=262_144, ge=1_024)
    body_timeout_s: float = Field(default=10.0, gt=0)
    requests_per_minute: int = Field(default=600, ge=1)
    turns_per_minute: int = Field(default=120, ge=1)
    concurrent_turns: int = Field(default=64, ge=1)
    turn_timeout_s: float = Field(default=90.0, gt=0)
    daily_model_calls: int = Field(default=2_000, ge=0)
    daily_tokens: int = Field(default=4_000_000, ge=0)
    daily_usd: float = Field(default=50.0, ge=0)


@lru_cache(maxsize=1)
def load_server_settings() -> ServerSettings:
    """The server's settings. Raises SettingsError naming the variable that cannot be used."""
    try:
        settings = ServerSettings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{PREFIX}{first['loc'][0]}".upper() if first["loc"] else "?"
        said = "" if name.endswith("_SECRET") else f"={first.get('input')!r}"
        raise SettingsError(f"{name}{said} cannot be used: {first['msg']}") from error
    jwt = (settings.jwt_issuer, settings.jwt_audience, settings.jwks_url)
    if any(jwt) and not all(jwt):
        raise SettingsError(
            "RECSYS_SERVER_JWT_ISSUER, RECSYS_SERVER_JWT_AUDIENCE and RECSYS_SERVER_JWKS_URL belong together: "
            "set all three, or none"
        )
    if bool(settings.trigger_audience) != bool(settings.trigger_accounts):
        raise SettingsError(
            "RECSYS_SERVER_TRIGGER_AUDIENCE and RECSYS_SERVER_TRIGGER_ACCOUNTS belong together: with an audience alone "
            "any Google account could send events"
        )
    if bool(settings.webhook_url) != bool(settings.webhook_secret):
        raise SettingsError(
            "RECSYS_SERVER_WEBHOOK_URL and RECSYS_SERVER_WEBHOOK_SECRET belong together; "
            "echo whsec_$(openssl rand -base64 32) makes a secret"
        )
    if settings.webhook_url and settings.webhook_secret:
        _require_usable(settings.webhook_url, settings.webhook_secret)
    return settings


def _require_usable(webhook_url: str, webhook_secret: str) -> None:
    """Raises SettingsError for what would fail at every delivery, hours later."""
    try:
        if not httpx.URL(webhook_url).host:
            raise httpx.InvalidURL("it names no host")
    except httpx.InvalidURL as error:
        raise SettingsError(f"RECSYS_SERVER_WEBHOOK_URL={webhook_url!r} cannot be used: {error}") from error
    try:
        base64.b64decode(webhook_secret.removeprefix("whsec_"), validate=True)
    except binascii.Error as error:
        raise SettingsError(
            "RECSYS_SERVER_WEBHOOK_SECRET cannot be used: what follows whsec_ is not base64; "
            "echo whsec_$(openssl rand -base64 32) makes one"
        ) from error
