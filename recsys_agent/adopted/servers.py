"""The MCP servers of a file (RECSYS_MCP_SERVERS), and which of their tools the agent sees.

    delivery:                                   # its tools are called delivery_…
      command: [python, -m, my_shop.tools]      # started here, on standard input and output; or
      url: https://tools.example/mcp            # streamable HTTP
      headers: {Authorization: "Bearer ${DELIVERY_TOKEN}"}
      tools: [delivery_date]                    # the only ones the agent sees
      timeout_s: 5

What they say is untrusted data; see `recsys_agent.plugins.untrusted`. One that is away costs its tools, never a turn.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError, model_validator

from tools.errors import SettingsError

ToolName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
ServerName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,23}$")]


class McpServer(BaseModel):
    """How one server is reached, and what of it is used."""

    model_config = ConfigDict(extra="forbid")

    command: Annotated[list[str], Field(min_length=1)] | None = None
    environment: dict[str, str] = {}
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    headers: dict[str, str] = {}
    tools: Annotated[list[ToolName], Field(min_length=1)]
    timeout_s: float = Field(default=5.0, gt=0, le=60)

    @model_validator(mode="after")
    def _one_way(self) -> McpServer:
        if bool(self.command) == bool(self.url):
            raise ValueError("give either command or url")
        return self


_SERVERS: TypeAdapter[dict[str, McpServer]] = TypeAdapter(dict[ServerName, McpServer])


def read_servers(file: Path) -> dict[str, McpServer]:
    """The servers of a file by name. Raises SettingsError saying what in it cannot be used."""
    try:
        return _SERVERS.validate_python(_filled_in(yaml.safe_load(file.read_text(encoding="utf-8")) or {}))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not YAML"
        raise SettingsError(f"RECSYS_MCP_SERVERS={str(file)!r} cannot be read: {reason}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"RECSYS_MCP_SERVERS={str(file)!r}: {place}: {first['msg']}") from error


def _filled_in(value: Any) -> Any:
    """The same with `${NAME}` replaced by what the environment has. Raises SettingsError for a name it has not."""
    match value:
        case str():
            return re.sub(r"\$\{(\w+)\}", lambda m: _variable(m[1]), value)
        case dict():
            return {key: _filled_in(item) for key, item in value.items()}
        case list():
            return [_filled_in(item) for item in value]
        case _:
            return value


def _variable(name: str) -> str:
    if name not in os.environ:
        raise SettingsError(f"The file of RECSYS_MCP_SERVERS names ${{{name}}}, which the environment does not have")
    return os.environ[name]
