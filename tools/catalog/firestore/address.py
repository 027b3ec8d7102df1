"""``firestore://PROJECT[/DATABASE]/NAME``: where a catalogue in Firestore is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.errors import CatalogError

SCHEME = "firestore://"
FORM = "firestore://PROJECT[/DATABASE]/NAME"
_PATTERN = re.compile(
    r"firestore://(?P<project>[\w.:-]+)(/(?P<database>[\w()-]+))?/(?P<name>(?!__)[\w-]{1,100})/?",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Address:
    """A catalogue in Firestore; without a database, in the project's default one."""

    project: str
    name: str
    database: str | None = None

    @classmethod
    def parse(cls, text: str) -> Address:
        """Reads an address. Raises CatalogError, naming the form."""
        if not (form := _PATTERN.fullmatch(text.strip())):
            raise CatalogError(f"{text!r} is no catalogue in Firestore; its form is {FORM}")
        return cls(form["project"], form["name"], form["database"])

    def __str__(self) -> str:
        """The address as it is written."""
        return SCHEME + "/".join(part for part in (self.project, self.database, self.name) if part)


def is_address(text: str) -> bool:
    """Whether this names a place in Firestore rather than a folder."""
    return text.strip().lower().startswith(SCHEME)
