"""The arguments of `recommend` as changes of the brief, or an error in words a model can act on."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from tools.brief import Brief, BriefChanges, Budget
from tools.lexicon.relations import canonical_relation
from tools.product import NEED_KINDS
from tools.shopper.amounts import raised_amount, said_amount


def changes_of(arguments: dict[str, Any], said: str, known: Budget | None, currency: str) -> BriefChanges:
    """The changes that the arguments state.

    ``said`` is all that the shopper wrote, ``known`` the present budget, ``currency`` that of the shop. Raises
    ValueError that names the argument and its value.
    """
    fields = {k: v for k, v in arguments.items() if k in BriefChanges.model_fields and v not in (None, [], "")}
    if relation := fields.get("relation"):
        fields["relation"] = canonical_relation(str(relation)) or relation
    fields["budget"] = _budget(arguments, said, known, currency)
    ends, worth = ("min", "max"), ("percent", "amount", "from_total")
    for field, amounts in (("needs", ends), ("joint", ends), ("vouchers", worth)):
        fields[field] = [_checked(row, amounts, said, field) for row in _rows(fields.get(field), field)]
    try:
        return BriefChanges.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}; got {first['input']!r}") from error


def check_names(changes: BriefChanges, brief: Brief) -> None:
    """Raises ValueError for a need that is neither one of the usual kinds nor called so in the brief."""
    known = {*NEED_KINDS, *(need.name for need in (*brief.needs, *changes.needs))}
    said = [("keep", changes.keep), ("swap", changes.swap), *(("joint", bound.kinds) for bound in changes.joint)]
    for field, names in said:
        if unknown := [name for name in names if name not in known]:
            raise ValueError(f"{field}: there is no need {unknown[0]!r}; it takes {', '.join(sorted(known))}")


def _budget(arguments: dict[str, Any], said: str, known: Budget | None, currency: str) -> dict[str, Any] | None:
    least, most = arguments["budget_min"], arguments["budget_max"]
    amounts = {
        "min": said_amount(least, said, "budget_min"),
        "max": raised_amount(most, said, known) or said_amount(most, said, "budget_max"),
    }
    named = arguments["budget_currency"] or None
    if any(amount is not None for amount in amounts.values()):
        return {**amounts, "currency": named, "per": "each" if arguments["budget_each"] else "total"}
    if named and (known or named != currency):  # "dollars then": the amounts stay; of a need's amount it must be asked
        return {**(known or Budget()).model_dump(), "currency": named}
    return None


def _rows(given: Any, field: str) -> list[dict[str, Any]]:
    rows = [given] if isinstance(given, dict) else given or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError(f"{field} takes a list of objects; got {given!r}")
    return rows


def _checked(row: dict[str, Any], amounts: tuple[str, ...], said: str, field: str) -> dict[str, Any]:
    """The row with its amounts as numbers that the shopper said."""
    checked = {key: said_amount(row.get(key), said, f"{field}.{key}") for key in amounts}
    return {**{k: v for k, v in row.items() if v not in (None, "")}, **{k: v for k, v in checked.items() if v}}
