"""What may become of an inquiry, from the day it comes in."""

import datetime
import secrets
from collections.abc import Mapping
from typing import Any

import msgspec

from pkes.model import Inquiry, Registry

ALPHABET = "abcdefghijklmnopqrstuvwxyz23456789"
"""What ids are drawn from: 0 and 1 are left out, being too like o and l."""


def draw_id(received: datetime.date, taken: Mapping[str, object]) -> str:
    """Return a new id of an inquiry: the day it was received and three random characters.

    It sorts by day, carries no personal data, and two branches do not draw the same.
    """
    while True:
        id = f"{received}-{''.join(secrets.choice(ALPHABET) for _ in range(3))}"
        if id not in taken:
            return id


def receive(registry: Registry, id: str, values: Mapping[str, Any]) -> Registry:
    """Return the registry with a new inquiry; its status is `new`."""
    inquiry = Inquiry(**{"id": id, "status": "new", **values})
    return msgspec.structs.replace(registry, inquiries={**registry.inquiries, id: inquiry})


def alike(registry: Registry, inquiry: Inquiry) -> list[str]:
    """Return the ids of the other open inquiries with the same e-mail or phone."""
    return [
        other.id
        for other in registry.inquiries.values()
        if other.id != inquiry.id
        and other.status in ("new", "answered")
        and (_same(other.email, inquiry.email) or _same(other.phone, inquiry.phone))
    ]


def _same(one: str | None, other: str | None) -> bool:
    return bool(one and other) and str(one).casefold() == str(other).casefold()
