"""The groups of shoppers that success is told apart by; a gap between them is what fairness asks about."""

from __future__ import annotations

from collections.abc import Callable

from eval.simulation.persona import Persona


def _age_group(persona: Persona) -> str:
    age = persona.age_years
    return (
        "age unstated"
        if age is None
        else "child"
        if age < 13
        else "teen"
        if age < 20
        else "adult"
        if age < 60
        else "60+"
    )


SLICES: dict[str, Callable[[Persona], str]] = {
    "how they talk": lambda persona: persona.style,
    "what for": lambda persona: "party" if persona.is_party else "gift",
    "for whom": lambda persona: {"he": "him", "she": "her", "they": "them"}[persona.pronoun],
    "recipient": _age_group,
    "tells at first": lambda persona: (
        "little" if persona.openness < 0.4 else "some" if persona.openness < 0.8 else "most of it"
    ),
    "refuses": lambda persona: "allergy" if persona.allergies else "avoids" if persona.avoid else "nothing",
    "picky": lambda persona: "yes" if persona.accepts_from >= 0.75 else "no",
}
