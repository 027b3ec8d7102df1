"""CrewAI's MCP adapter calling plan_gifts: URL and text in, the turn as JSON out. The key is in RECSYS_KEY."""

from __future__ import annotations

import os
import sys

from crewai_tools import MCPServerAdapter


def main(url: str, text: str) -> str:
    headers = {"Authorization": f"Bearer {os.environ['RECSYS_KEY']}"}
    with MCPServerAdapter({"url": url, "transport": "streamable-http", "headers": headers}) as tools:
        return str(tools["plan_gifts"].run(text=text))


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
