"""A LangGraph graph whose tool node calls plan_gifts: URL and text in, the turn as JSON out; the key in RECSYS_KEY."""

from __future__ import annotations

import asyncio
import os
import sys

from langchain_core.messages import AIMessage
from langchain_mcp_adapters.client import MultiServerMCPClient
from langgraph.graph import END, START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode


async def main(url: str, text: str) -> str:
    headers = {"Authorization": f"Bearer {os.environ['RECSYS_KEY']}"}
    client = MultiServerMCPClient({"gifts": {"transport": "streamable_http", "url": url, "headers": headers}})
    graph = StateGraph(MessagesState)
    graph.add_node("tools", ToolNode(await client.get_tools()))
    graph.add_edge(START, "tools")
    graph.add_edge("tools", END)
    wanted = {"name": "plan_gifts", "args": {"text": text}, "id": "1", "type": "tool_call"}
    state = await graph.compile().ainvoke({"messages": [AIMessage(content="", tool_calls=[wanted])]})
    (said,) = [part["text"] for part in state["messages"][-1].content if part["type"] == "text"]
    return said


if __name__ == "__main__":
    print(asyncio.run(main(*sys.argv[1:])))
