"""The catalogue a server works with: reopened when it has changed, and one and the same throughout a turn."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable
from contextvars import ContextVar

from tools.catalog.interface import Catalog
from tools.errors import CatalogError

CHECK_EVERY_S = 1.0

logger = logging.getLogger(__name__)

_pinned: ContextVar[tuple[LiveCatalog, Catalog] | None] = ContextVar("pinned", default=None)


class LiveCatalog:
    """Call it for the catalogue. It looks for a change at most once in ``check_every_s`` seconds.

    A catalogue that cannot be opened any more is served on from what is open: a broken import is not an outage.
    """

    def __init__(
        self,
        opened: Callable[[], Catalog],
        *,
        check_every_s: float = CHECK_EVERY_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open = opened
        self._every = check_every_s
        self._clock = clock
        self._lock = threading.Lock()
        self._catalog: Catalog | None = None
        self._marker: Hashable = None
        self._checked = 0.0

    def __call__(self) -> Catalog:
        """The catalogue of the turn that is running, else the newest."""
        pinned = _pinned.get()
        return pinned[1] if pinned and pinned[0] is self else self.newest()

    def pin(self) -> None:
        """Keeps what is newest now for everything that runs in this context: a turn, with its tasks and threads."""
        _pinned.set((self, self.newest()))

    def newest(self) -> Catalog:
        """The catalogue as it is on disk, not older than ``check_every_s``. Raises CatalogError at the first use."""
        with self._lock:
            now = self._clock()
            if self._catalog is None:
                self._catalog = self._open()
                # Taken again at the next look: it may have changed while it was opened.
                self._marker, self._checked = None, now
            elif now - self._checked >= self._every:
                self._checked = now
                self._look(self._catalog)
            return self._catalog

    def _look(self, catalog: Catalog) -> None:
        try:
            found = catalog.marker()
            if found == self._marker:
                return
            newest = catalog.newest()
        except (OSError, CatalogError) as error:
            logger.warning("The catalogue could not be reopened, the former one serves: %s", error)
            return
        self._marker, self._catalog = found, newest
