"""Whether a catalogue has shoppers' behaviour beside it, asked in every turn: numpy is imported only where it has."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tools.catalog.layout import INTERACTIONS

if TYPE_CHECKING:
    from tools.catalog.interactions.model import Behaviour
    from tools.catalog.interface import Catalog


def behaviour_of(catalog: Catalog) -> Behaviour | None:
    """What was learned from the shop's events, as it is now; None where none were imported. Raises CatalogError."""
    if catalog.folder is None:
        return None
    try:
        stated = (catalog.folder / INTERACTIONS).stat()
    except FileNotFoundError:
        return None
    return _read(catalog.folder, stated.st_mtime_ns, stated.st_ino)


@lru_cache(maxsize=4)
def _read(folder: Path, mtime_ns: int, inode: int) -> Behaviour | None:
    """Kept until the file is replaced, which changes its time and its inode."""
    from tools.catalog.interactions.store import load_behaviour

    return load_behaviour(folder)
