"""Feed files as streams of bytes: plain, gzipped, or each feed in a zip archive. Nothing is ever written to the disk.

Archives come from outside: names that leave the folder, links, passwords, archives in archives and contents that
unpack beyond any feed's ratio are refused. The ratio is checked while reading, since headers may lie.
"""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO, cast

from tools.catalog.feeds.feed import OnBytes
from tools.errors import CatalogError

MAX_RATIO = 200
"""Unpacked bytes a packed byte may give; real feeds give 5 to 40, a bomb about 1,000."""

FREE_BYTES = 20_000_000
"""Below this size any ratio will do."""

_DAMAGED = (EOFError, OSError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)
_OTHER = {
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"%PDF": "PDF",
    b"PAR1": "Parquet",
    b"SQLite format": "SQLite",
}


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A feed's bytes. ``name`` is for messages (in an archive: ``feeds.zip/one.csv``), ``packing`` in words."""

    name: str
    ending: str
    stream: io.BufferedReader
    packing: str = ""


def unpack(path: Path, is_feed: Callable[[str], bool], on_bytes: OnBytes) -> list[Unpacked]:
    """The feeds in a file; ``is_feed`` tells by its name whether a member of an archive is one. Raises CatalogError."""
    raw = counted(path, on_bytes)
    head = raw.peek(16)[:16]
    if head[:2] == b"\x1f\x8b":
        name = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
        inside = cast(BinaryIO, gzip.GzipFile(fileobj=raw))
        stream = _guarded(path.name, inside, path.stat().st_size)
        return [Unpacked(path.name, ending_of(name), _no_archive(path.name, stream), "gzipped")]
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zipped(path, raw, is_feed)
    return [Unpacked(path.name, ending_of(path.name), _no_archive(path.name, raw))]


def counted(path: Path, on_bytes: OnBytes) -> io.BufferedReader:
    """The file, open for reading; ``on_bytes`` is told how much was read of it."""
    return io.BufferedReader(_Counted(path, on_bytes), 1 << 16)


def ending_of(name: str) -> str:
    """The ending that tells the format: of ``feed.json.zip`` it is ``.json``."""
    endings = [ending.lower() for ending in PurePosixPath(name).suffixes]
    while endings and endings[-1] in (".gz", ".zip"):
        endings.pop()
    return endings[-1] if endings else ""


def _zipped(path: Path, raw: io.BufferedReader, is_feed: Callable[[str], bool]) -> list[Unpacked]:
    try:
        archive = zipfile.ZipFile(raw)
        members = [member for member in archive.infolist() if not member.is_dir()]
    except _DAMAGED as error:
        raise CatalogError(f"{path.name} is a damaged zip archive ({error})") from error
    if any(member.filename == "[Content_Types].xml" for member in members):
        raise CatalogError(f"{path.name} is an Office document; save the sheet as CSV")
    for member in members:
        _refuse_tricks(path.name, member)
    shown = [m for m in members if not m.filename.startswith("__MACOSX/") and m.filename.rpartition("/")[2][:1] != "."]
    feeds = [member for member in shown if is_feed(member.filename)]
    if not feeds:
        inside = ", ".join(repr(m.filename[:60]) for m in shown[:3]) or "nothing"
        raise CatalogError(f"There is no feed in {path.name}; it holds {inside}")
    return [_member(path.name, archive, member) for member in sorted(feeds, key=lambda m: m.filename)]


def _refuse_tricks(archive: str, member: zipfile.ZipInfo) -> None:
    # The name as it is stored: zipfile itself cuts names at a NUL and turns backslashes.
    name = member.orig_filename
    parts = PureWindowsPath(name)
    why = ""
    if parts.is_absolute() or parts.drive or parts.root or ".." in parts.parts:
        why = "a path that leads out of the archive"
    elif not name.isprintable():
        why = "a name that cannot be shown"
    elif stat.S_ISLNK(member.external_attr >> 16):
        why = "a link in place of a file"
    elif member.flag_bits & 1:
        why = "protected by a password; give the archive without one"
    elif member.file_size > FREE_BYTES and member.file_size > MAX_RATIO * member.compress_size:
        why = f"said to unpack to more than {MAX_RATIO} times its size"
    if why:
        raise CatalogError(f"{archive} is refused: {name[:80]!r} is {why}")


def _member(archive_name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Unpacked:
    name = f"{archive_name}/{member.filename}"
    try:
        inside = cast(BinaryIO, archive.open(member))
    except _DAMAGED as error:
        raise CatalogError(f"{name} cannot be unpacked ({error})") from error
    stream = _guarded(name, inside, member.compress_size)
    return Unpacked(name, ending_of(member.filename), _no_archive(name, stream), "zipped")


def _no_archive(name: str, stream: io.BufferedReader) -> io.BufferedReader:
    head = stream.peek(16)
    if head[:2] == b"\x1f\x8b" or head[:4] == b"PK\x03\x04":
        raise CatalogError(f"{name} holds an archive in an archive; unpack it once")
    kind = next((kind for magic, kind in _OTHER.items() if head.startswith(magic)), "")
    if kind:
        raise CatalogError(f"{name} is a {kind} file, which is no feed this version reads; gzip and zip are unpacked")
    return stream


def _guarded(name: str, inside: BinaryIO, packed: int) -> io.BufferedReader:
    return io.BufferedReader(_Guarded(name, inside, max(FREE_BYTES, MAX_RATIO * packed)), 1 << 16)


class _Counted(io.RawIOBase):
    """A file that tells how much of it was read."""

    def __init__(self, path: Path, on_bytes: OnBytes) -> None:
        self._file = path.open("rb", buffering=0)
        self._on_bytes = on_bytes

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: memoryview, /) -> int | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        count = self._file.readinto(buffer)
        self._on_bytes(count or 0)
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


class _Guarded(io.RawIOBase):
    """The unpacked bytes, up to ``limit`` of them; damage is a CatalogError."""

    def __init__(self, name: str, inside: BinaryIO, limit: int) -> None:
        self._name = name
        self._inside = inside
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        try:
            data = self._inside.read(len(buffer))
        except _DAMAGED as error:
            raise CatalogError(f"{self._name} is damaged or cut off: it cannot be unpacked ({error})") from error
        self._left -= len(data)
        if self._left < 0:
            raise CatalogError(f"{self._name} is refused: it unpacks to more than {MAX_RATIO} times its size")
        buffer[: len(data)] = data
        return len(data)
