"""Every environment variable the project reads, once. `.env.example` lists the same."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from tools.catalog.firestore.address import is_address
from tools.errors import SettingsError

DEFAULT_GEMINI = "gemini-2.5-flash"
"""The model used where Gemini is configured and nothing else is said. No other language model is named here."""

DEFAULT_GEMINI_EMBEDDING = "gemini-embedding-001"
"""What makes vectors where RECSYS_EMBEDDER says gemini and no more."""

OFFLINE = "offline"
"""The name of the keyless stand-in, as a value of RECSYS_MODEL."""

ENV_FILE = os.environ.get("RECSYS_ENV_FILE", ".env")
"""Where settings may stand besides the environment; an empty name means nowhere."""

ROLES = ("coordinator", "preference_elicitor", "explainer")
"""The agents that call a model."""


def place_from(text: str) -> str:
    """A catalogue's place as given: an address in Firestore, else a folder, made absolute."""
    return text if is_address(text) else str(Path(text).expanduser().absolute())


class Settings(BaseSettings):
    """The settings, from the environment and `.env`."""

    model_config = SettingsConfigDict(
        env_prefix="RECSYS_", env_file=ENV_FILE or None, extra="ignore", env_ignore_empty=True
    )

    model: str | None = None
    model_coordinator: str | None = None
    model_preference_elicitor: str | None = None
    model_explainer: str | None = None
    model_aspects: str | None = None
    model_timeout_s: float = Field(default=30.0, gt=0)
    model_attempts: int = Field(default=3, ge=1, le=10)
    model_retry_delay_s: float = Field(default=0.5, gt=0)
    model_prices: dict[str, tuple[Decimal, Decimal]] = {}
    catalog: str | None = None
    voice: Path | None = None
    mcp_servers: Path | None = None
    embedder: str = "none"
    source_timeout_s: float = Field(default=2.0, gt=0)
    data_dir: Path = Path(".data")
    session_uri: str | None = None
    memory_uri: str | None = None
    timezone: str | None = None
    country: str = Field(default="US", pattern="^[A-Z]{2}$")
    today: date | None = None
    max_message_chars: int = Field(default=8000, ge=100)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"

    google_api_key: str | None = Field(default=None, validation_alias="GOOGLE_API_KEY")
    gemini_api_key: str | None = Field(default=None, validation_alias="GEMINI_API_KEY")
    use_vertexai: bool = Field(default=False, validation_alias="GOOGLE_GENAI_USE_VERTEXAI")

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return path.expanduser().absolute()

    @field_validator("embedder")
    @classmethod
    def _with_model(cls, choice: str) -> str:
        return f"{choice.strip()}:{DEFAULT_GEMINI_EMBEDDING}" if choice.strip() == "gemini" else choice

    @field_validator("catalog", mode="before")
    @classmethod
    def _place(cls, place: object) -> object:
        return place_from(str(place)) if place else None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str | None) -> str | None:
        if name is not None and name not in available_timezones():
            raise ValueError("it is no time zone's name, such as Europe/Berlin")
        return name

    def day(self) -> date:
        """Today where the shopper lives: ``today`` if it is set, else by the clock of the time zone."""
        return self.today or datetime.now(ZoneInfo(self.timezone) if self.timezone else None).date()

    def now(self) -> datetime:
        """The present time, UTC; on ``today`` where that is set."""
        now = datetime.now(UTC)
        return datetime.combine(self.today, now.timetz()) if self.today else now

    @property
    def gemini_configured(self) -> bool:
        """Whether the google-genai client will find credentials."""
        return bool(self.google_api_key or self.gemini_api_key or self.use_vertexai)

    def data_folder(self) -> Path:
        """The data folder, made where it is missing. Raises SettingsError where it cannot be."""
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(f"RECSYS_DATA_DIR={str(self.data_dir)!r} cannot be made: {error.strerror}") from error
        return self.data_dir

    def model_for(self, role: str) -> str:
        """The model that plays this agent: its own variable, else RECSYS_MODEL, else what is configured."""
        chosen = getattr(self, f"model_{role}") or self.model
        return chosen or (DEFAULT_GEMINI if self.gemini_configured else OFFLINE)

    def variable_of(self, role: str) -> str:
        """The environment variable that chose this agent's model."""
        return f"RECSYS_MODEL_{role.upper()}" if getattr(self, f"model_{role}") else "RECSYS_MODEL"


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """The settings of this process. Raises SettingsError naming the variable that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "?"
        variable = name if name.startswith(("GOOGLE", "GEMINI")) else f"RECSYS_{name}"
        raise SettingsError(f"{variable}={first.get('input')!r} cannot be used: {first['msg']}") from error
