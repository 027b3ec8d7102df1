"""Generations: how a catalogue folder is changed while others read it.

``catalog.json`` names the generation that serves, a folder under ``generations/``. A change writes a new one and then
replaces ``catalog.json``, which is atomic (rename(2)): a reader sees the old or the new catalogue, and a crash leaves
the old one. A reader holds a shared lock (flock(2)) on its generation for as long as it has it open, so what a killed
writer left and what nobody reads any more is told apart from what is in use, and removed by the next writer.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tools.catalog.layout import (
    GENERATIONS,
    IN_USE,
    INDEX,
    LOCK,
    MANIFEST,
    NOT_DATA,
    OWN_ENTRIES,
    PRODUCTS,
    REJECTED,
    VECTORS,
)
from tools.errors import CatalogError

WAIT_S = 10.0
"""How long a writer waits for another one before it is refused."""

_held = threading.local()


@contextmanager
def new_generation(to: Path, wait_s: float = WAIT_S) -> Iterator[Path]:
    """A new folder that becomes the catalogue ``to`` when the block ends well, and is removed when it does not.

    The block writes the products, the index and a manifest there. Raises CatalogError where ``to`` is no place for a
    catalogue or another process is changing it.
    """
    target = to.resolve()
    _refuse_foreign(target)
    is_ours = not target.exists()
    with write_lock(target, wait_s):
        new = target / GENERATIONS / uuid.uuid4().hex[:12]
        try:
            _sweep(target)
            new.mkdir(parents=True)
            (new / IN_USE).touch()
            yield new
            _publish(target, new)
        except BaseException:
            if not (target / MANIFEST).exists() and is_ours:
                shutil.rmtree(target, ignore_errors=True)
            elif _serving(target) != new:
                shutil.rmtree(new, ignore_errors=True)
            raise
        _sweep(target)


@contextmanager
def write_lock(folder: Path, wait_s: float = WAIT_S, name: str = LOCK) -> Iterator[None]:
    """Keeps other writers out of the folder; who holds it may take it again in the same thread.

    ``name`` is the lock's: who writes something else beside the catalogue keeps out only its own kind.
    Raises CatalogError when another writer does not finish within ``wait_s`` seconds.
    """
    folder = folder.resolve()
    mine: set[Path] = _held.__dict__.setdefault("folders", set())
    lock = folder / name
    if lock in mine:
        yield
        return
    descriptor = _lock_file(lock, time.monotonic() + wait_s)
    mine.add(lock)
    try:
        yield
    finally:
        mine.discard(lock)
        os.close(descriptor)


def hold(snapshot: Path) -> int | None:
    """Marks a generation as being read until the returned descriptor is closed; None where it is gone."""
    try:
        descriptor = os.open(_mark_of(snapshot), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:  # a writer is removing it
        os.close(descriptor)
        return None
    except OSError:  # a file system without locks, as some network ones: readable, only not protected
        return descriptor
    if os.fstat(descriptor).st_nlink:
        return descriptor
    os.close(descriptor)  # a writer has removed it between opening and locking
    return None


def marker(folder: Path) -> bytes:
    """Changes with every change of the catalogue, and costs one look at a file. Raises OSError where none is there.

    It is what the manifest says, which names the generation: a file system may give a new file the number of an old
    one, and two changes the same time.
    """
    return (folder / MANIFEST).read_bytes()


def link_files(old: Path, new: Path) -> None:
    """The files of ``old`` in ``new`` too, as hard links where the file system has them: for files never edited."""
    for file in (path for path in old.rglob("*") if path.is_file()):
        place = file.relative_to(old)
        if place.parts[0] in NOT_DATA or file.name.startswith(".tantivy"):  # the latter are tantivy's locks
            continue
        target = new / place
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            if file.suffix == ".json":  # the index's own lists, small, and the only ones it replaces
                raise OSError
            os.link(file, target)
        except OSError:
            shutil.copy2(file, target)


def _lock_file(lock: Path, deadline: float) -> int:
    folder = lock.parent
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # a failed first import takes its folder away with the lock in it
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.fstat(descriptor).st_ino == lock.stat().st_ino:
                    return descriptor
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    os.close(descriptor)
                    raise CatalogError(
                        f"Another import or update is changing the catalogue {folder}; try again when it is done"
                    ) from None
            except FileNotFoundError:
                pass
            os.close(descriptor)
        time.sleep(0.05)


def _publish(target: Path, new: Path) -> None:
    """The one step at which readers go from the old to the new: the manifest is replaced by one that names it."""
    manifest = json.loads((new / MANIFEST).read_text("utf-8"))
    manifest["generation"] = new.relative_to(target).as_posix()
    for file in (*new.iterdir(), *(new / VECTORS).glob("*")):  # the index has done so for its own
        if file.is_file():
            _sync(file)
    written = target / f".{MANIFEST}"
    written.write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    _sync(written)
    os.replace(written, target / MANIFEST)
    if (new / REJECTED).exists():
        os.replace(new / REJECTED, target / REJECTED)


def _sync(file: Path) -> None:
    """Brings what was written onto the disk, so that a power cut cannot leave a new manifest without its products."""
    descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _serving(target: Path) -> Path | None:
    """The generation that serves; the folder itself for a catalogue of an import before there were any."""
    try:
        manifest: Any = json.loads((target / MANIFEST).read_text("utf-8"))
        return target / str(manifest.get("generation", ""))
    except (OSError, ValueError, AttributeError):
        return None


def _sweep(target: Path) -> None:
    """Removes what killed writers left and what has been replaced, as far as nobody is reading it."""
    serving = _serving(target)
    for folder in [*(target / GENERATIONS).glob("*")]:
        if folder != serving and not _is_read(folder):
            shutil.rmtree(folder, ignore_errors=True)
    if serving not in (None, target) and not _is_read(target):  # of an import before there were generations
        shutil.rmtree(target / INDEX, ignore_errors=True)
        (target / PRODUCTS).unlink(missing_ok=True)


def _mark_of(snapshot: Path) -> Path:
    """The file readers lock. A catalogue that was made before there were generations has its products only."""
    return snapshot / (IN_USE if (snapshot / IN_USE).exists() else PRODUCTS)


def _is_read(folder: Path) -> bool:
    """Whether a reader holds the generation. One that begins to at this moment finds it gone and opens the next."""
    try:
        descriptor = os.open(mark := _mark_of(folder), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        mark.unlink(missing_ok=True)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def _refuse_foreign(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise CatalogError(f"{target} is a file; --to takes a folder")
    foreign = sorted(entry.name for entry in target.iterdir() if entry.name not in OWN_ENTRIES)
    if foreign:
        raise CatalogError(
            f"{target} holds {foreign[0]!r}, which no import wrote, and would be replaced; give --to a new folder"
        )
