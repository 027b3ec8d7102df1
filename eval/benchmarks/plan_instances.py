"""The judge's JSON instances as the planner's."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tools.planning.accounting import Line, Terms
from tools.planning.instance import Choice, Instance, Joint, Option


def instance_of(told: dict[str, Any]) -> Instance:
    """The planner's instance of a JSON one; see `plan_judge`."""
    return Instance(
        choices={need["kind"]: _choice(need) for need in told["needs"]},
        vouchers=tuple(
            Terms(**{**v, "share": Fraction(*v["share"]) if v["share"] else None}) for v in told["vouchers"]
        ),
        joint=tuple(Joint(frozenset(j["kinds"]), j["low"], j["high"]) for j in told["joint"]),
        low=told["low"],
        high=told["high"],
        reference=told["reference"],
        money=told["money"],
    )


def _choice(need: dict[str, Any]) -> Choice:
    options = tuple(
        Option(
            product_id=o["id"],
            line=Line(need["kind"], o["goods"], o["tax"], o["seller"], o["shipping"], o["free_from"]),
            fit=o["fit"],
            demerit=o["demerit"],
            answers=frozenset(o["answers"]),
            themes=frozenset(o["themes"]),
            look=frozenset(o["look"]),
        )
        for o in need["options"]
    )
    return Choice(options, need["importance"], need["low"], need["high"], need["keep"])
