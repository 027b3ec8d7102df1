"""What an adopter's own tools return reaches the model as one text of data, made harmless and cut to length."""

from __future__ import annotations

import json
from typing import Any

from google.adk.plugins import BasePlugin
from google.adk.tools import BaseTool, ToolContext

from tools.guard.quarantine import quarantine

MAX_CHARS = 4_000


class UntrustedPlugin(BasePlugin):
    """Stands between an MCP server and the model. Needed only where there is such a server."""

    def __init__(self) -> None:
        super().__init__(name="untrusted")

    async def after_tool_callback(
        self, *, tool: BaseTool, tool_args: dict[str, Any], tool_context: ToolContext, result: dict[str, Any]
    ) -> dict[str, Any] | None:
        """In place of the result: its text, quarantined as sellers' texts are. Other tools' results stay."""
        from google.adk.tools.mcp_tool import McpTool

        if not isinstance(tool, McpTool):
            return None
        failed = bool(result.get("isError") or "error" in result)
        text = quarantine(_text_of(result))[0]
        cut = text if len(text) <= MAX_CHARS else text[:MAX_CHARS] + " […]"
        return {"status": "error" if failed else "ok", "untrusted_data": cut}


def _text_of(result: dict[str, Any]) -> str:
    """The structured content where there is one, else the texts; pictures and the like are left out."""
    if (structured := result.get("structuredContent")) is not None:
        return json.dumps(structured, ensure_ascii=False)
    content = result.get("content")
    if isinstance(content, list):
        return "\n".join(str(part["text"]) for part in content if isinstance(part, dict) and "text" in part)
    return json.dumps(result, ensure_ascii=False, default=str)
