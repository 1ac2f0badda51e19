"""The registry of a cluster of organisations: `pkes.load("registry.toml").members` for scripts.

What is named here is for scripts, and stays. Nothing of it is imported before it is used.
"""

from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkes import errors
    from pkes.model.dates import PartialDate
    from pkes.model.records import Cluster, Inquiry, Member, Policy, Registry, Sector

__all__ = [
    "Cluster",
    "Inquiry",
    "Member",
    "PartialDate",
    "Policy",
    "Registry",
    "Sector",
    "errors",
    "load",
]


def load(path: str | PathLike[str] | None = None) -> "Registry":
    """Read the registry at a path, or the nearest `registry.toml` from the working folder upward.

    The objects are those that the commands use: `registry.members` are the members by id, former ones too. What is
    wrong with a single value does not stop it: the value is what the file holds, and `pkes check` names it. A date of
    which only the year or the month is known is a `PartialDate`.

    Raises `pkes.errors.Unreadable`: `NoRegistry` where there is none, `CannotRead` where the system refuses it, and
    `Malformed` where the file is no registry, with the `code` of what is wrong, the `line` and the `column`.
    """
    from pathlib import Path

    from pkes.storage import store

    return store.load(store.find(Path()) if path is None else path).registry


if not TYPE_CHECKING:  # mypy would take any name for one of these

    def __getattr__(name):
        """Import what is asked for first. Raises `AttributeError` for a name that is not for scripts."""
        from importlib import import_module

        if name == "errors":
            return import_module("pkes.errors")
        if name in __all__:
            return getattr(import_module("pkes.model.dates" if name == "PartialDate" else "pkes.model.records"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
