"""What a message says about somebody's tastes."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Tastes:
    """What a message says about the recipient's tastes."""

    interests: list[str] = field(default_factory=list)
    avoid: list[str] = field(default_factory=list)
    allergies: list[str] = field(default_factory=list)
    owned: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.interests or self.avoid or self.allergies or self.owned)
