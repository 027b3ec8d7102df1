"""The shipped catalogue, imported once a test session: whoever would import it anew gets a copy, in no time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tools.catalog import curated
from tools.catalog.layout import GENERATIONS, MANIFEST, REJECTED


@pytest.fixture(scope="session", autouse=True)
def shipped_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Importing it takes a second, and most tests have a data folder of their own. test_curated.py imports it."""
    imported = curated.build

    @cache
    def original(name: str) -> Path:
        folder = tmp_path_factory.mktemp("shipped") / name
        imported(folder)
        return folder

    def copied(folder: Path) -> None:
        source = original(folder.name)
        shutil.copytree(source / GENERATIONS, folder / GENERATIONS)
        for name in (REJECTED, MANIFEST):  # the manifest last: readers look for it first
            shutil.copy2(source / name, folder / name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(curated, "build", copied)
        yield
