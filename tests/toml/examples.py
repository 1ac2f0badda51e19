"""The editor as the examples of its rules use it: a text, some steps, and what became of them."""

import tomllib
from collections.abc import Callable
from textwrap import dedent
from typing import Any

import pytest

from pkes.errors import CannotEdit
from pkes.model.records import Member, fields
from pkes.toml.edit import Document, Edited

ORDER = tuple(fields(Member))
TABLES = ("cluster", "policy", "sectors", "members", "inquiries")

Step = Callable[[Document], None]


def text(block: str) -> str:
    """Return an indented block as the text that it shows; what begins in its first line is taken as it is."""
    return dedent(block).removeprefix("\n") if block.startswith("\n") else block


def edit(before: str, *steps: Step) -> Edited:
    """Return what steps make of a text, which is TOML before and after."""
    tomllib.loads(text(before))
    document = Document(text(before))
    for step in steps:
        step(document)
    edited = document.edited()
    tomllib.loads(edited.text)
    return edited


def refused(before: str, *steps: Step) -> tuple[int, str]:
    """Return the line at which the steps are refused, and what is named."""
    with pytest.raises(CannotEdit) as caught:
        edit(before, *steps)
    return caught.value.line, caught.value.what


def update(id: str, **values: Any) -> Step:
    """Set fields of a member."""
    return lambda document: document.update(("members", id), values, ORDER)


def add(id: str, kind: str = "members", **values: Any) -> Step:
    """Put in a record."""
    return lambda document: document.insert((kind, id), (values or {"name": id.upper()}).items(), TABLES)


def remove(id: str) -> Step:
    """Take away a member."""
    return lambda document: document.remove(("members", id))


def rename(id: str, new: str) -> Step:
    """Give a member another id."""
    return lambda document: document.rename(("members", id), ("members", new))
