"""An AG2 agent with our server as its toolkit: URL and text in, the turn as JSON out. The key is in RECSYS_KEY.

Its model is AG2's own scripted one: it calls plan_gifts, then ends. What the tool returned is caught on its way.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Any

from ag2 import Agent
from ag2.events import ToolCallEvent
from ag2.testing import TestConfig
from ag2.tools import MCPServerConfig, MCPToolkit


async def main(url: str, text: str) -> str:
    caught: list[Any] = []

    async def watch(call: Any, event: Any, context: Any) -> Any:
        result = await call(event, context)
        caught.append(result)
        return result

    headers = {"Authorization": f"Bearer {os.environ['RECSYS_KEY']}"}
    toolkit = MCPToolkit(MCPServerConfig(server_url=url, headers=headers), middleware=[watch])
    wanted = ToolCallEvent(id="1", name="plan_gifts", arguments=json.dumps({"text": text}))
    agent = Agent("shopper", config=TestConfig(wanted, "done"), tools=[toolkit])
    await agent.ask("Find a gift.")
    (result,) = caught
    (part,) = result.result.parts
    return part.content


if __name__ == "__main__":
    print(asyncio.run(main(*sys.argv[1:])))
