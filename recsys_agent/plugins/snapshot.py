"""One turn, one catalogue: what changes while the turn runs is seen by the next."""

from __future__ import annotations

import asyncio

from google.adk.agents.invocation_context import InvocationContext
from google.adk.plugins import BasePlugin
from google.genai import types

from tools.catalog.versions.live import LiveCatalog


class SnapshotPlugin(BasePlugin):
    """Pins the catalogue at the beginning of each turn."""

    def __init__(self, catalog: LiveCatalog) -> None:
        super().__init__(name="snapshot")
        self._catalog = catalog

    async def before_run_callback(self, *, invocation_context: InvocationContext) -> types.Content | None:
        """Every agent, tool and thread of the turn runs in this context or a copy of it."""
        await asyncio.to_thread(self._catalog.newest)  # it may have to ask over the network
        self._catalog.pin()
        return None
