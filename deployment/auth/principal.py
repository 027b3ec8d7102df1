"""Who is calling: the credential of a request, and the one shopper it stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from deployment.refusals import Refused

SHOPPER_HEADER = "x-shopper-id"
NAMESPACE = ":"
"""Between a shop's name and its shopper's: `toyshop:ana`. No other credential gives an id with it."""

_PLAIN = re.compile(r"(?!\.+\Z)(?!__.*__\Z)[A-Za-z0-9@._+|-]{1,128}", re.ASCII)


def is_plain(name: str) -> bool:
    """Whether this can be a shopper's or a shop's name: letters, digits and ``@ . _ + | -``."""
    return _PLAIN.fullmatch(name) is not None


@dataclass(frozen=True)
class Principal:
    """``user_id`` is the shopper whose data this request may touch; None where a shop's server named none.

    ``credential`` says how it was proven, for the log: never the credential itself.
    """

    user_id: str | None
    credential: str


def require_own(stated: Sequence[Any], principal: Principal) -> None:
    """Raises Refused, 403, where a request names a user that is not the credential's."""
    if any(user != principal.user_id for user in stated):
        whose = f"is for {principal.user_id!r}" if principal.user_id else "names no shopper"
        raise Refused(403, f"Your credential {whose}; the request names another user")


class Method(Protocol):
    """A way to prove who one is."""

    async def principal(self, headers: Mapping[str, str]) -> Principal | None:
        """Who it is; None where the request has no credential of this kind. Raises Refused for a bad one."""
        ...


async def authenticate(methods: Sequence[Method], headers: Mapping[str, str]) -> Principal:
    """The request's principal. ``headers`` have lower-case names. Raises Refused: 401 for nobody."""
    for method in methods:
        if (found := await method.principal(headers)) is not None:
            return found
    if bearer(headers):
        raise unauthenticated("This credential opens nothing here: it is unknown, mistyped or revoked")
    raise unauthenticated("Send a credential: Authorization: Bearer KEY")


def bearer(headers: Mapping[str, str]) -> str | None:
    """The token of the Authorization header, or None."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def unauthenticated(detail: str) -> Refused:
    """The refusal of somebody whom we do not know."""
    return Refused(401, detail, WWW_Authenticate="Bearer")


def for_itself(user_id: str, credential: str, headers: Mapping[str, str]) -> Principal:
    """A shopper who acts for nobody else."""
    named = headers.get(SHOPPER_HEADER)
    if named is not None and named != user_id:
        raise Refused(403, "This credential acts for its own shopper only; leave X-Shopper-Id out")
    return Principal(user_id, credential)


def for_its_shopper(shop: str, credential: str, headers: Mapping[str, str]) -> Principal:
    """A shop's server, which acts for the shopper of its namespace that X-Shopper-Id names: `ana` or `SHOP:ana`."""
    named = headers.get(SHOPPER_HEADER)
    if named is None:
        return Principal(None, credential)
    space, divided, shopper = named.replace("/", NAMESPACE).partition(NAMESPACE)
    if not divided:
        space, shopper = shop, named
    if space != shop:
        raise Refused(403, f"This key acts for shoppers of {shop!r} only; X-Shopper-Id names another's")
    if not is_plain(shopper):
        raise Refused(400, "X-Shopper-Id takes 1 to 128 letters, digits and @ . _ + | -")
    return Principal(f"{shop}{NAMESPACE}{shopper}", credential)
