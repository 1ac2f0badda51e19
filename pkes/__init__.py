"""The registry of a cluster of organisations: `pkes.load("registry.toml").members` for scripts.

The names defined here are the public API for scripts and stay stable. Each is imported only when it is first used.
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

    The objects are the ones that the commands use: `registry.members` maps ids to members, including former ones. A
    wrong value does not stop the reading: it is returned as the file has it, and `pkes check` reports it. A date of
    which only the year or the month is known is a `PartialDate`.

    Raises `pkes.errors.Unreadable`: `NoRegistry` if there is none, `CannotRead` if the system does not let us read it,
    and `Malformed` if the file is not a registry, with the `code` of the error, the `line` and the `column`.
    """
    from pathlib import Path

    from pkes.storage import store

    return store.load(store.find(Path()) if path is None else path).registry


if not TYPE_CHECKING:  # with `__getattr__` visible, mypy would accept any name

    def __getattr__(name):
        """Import a public name on first use. Raises `AttributeError` for any other name."""
        from importlib import import_module

        if name == "errors":
            return import_module("pkes.errors")
        if name in __all__:
            return getattr(import_module("pkes.model.dates" if name == "PartialDate" else "pkes.model.records"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
