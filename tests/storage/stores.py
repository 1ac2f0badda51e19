"""A registry of one member, its note to be edited, for the tests of what may go wrong meanwhile."""

import os
from pathlib import Path
from typing import Any

import msgspec

from pkes.model.records import Registry
from pkes.storage import store

TEXT = """\
format = 1

[cluster]
name = "Klaster"
coordinator = "alfa"

[members.alfa]
name = "Alfa"
sector = "ngo"
note = "one"
"""
OLD, NEW = TEXT.encode(), TEXT.replace("one", "two").encode()


def edit(path: Path, **options: Any) -> store.Written:
    def command(registry: Registry) -> Registry:
        alfa = msgspec.structs.replace(registry.members["alfa"], note="two")
        return msgspec.structs.replace(registry, members={"alfa": alfa})

    return store.edit(path, command, guard=lambda *given: None, **options)


def names(path: Path) -> list[str]:
    return sorted(name for name in os.listdir(path.parent) if name != ".registry.toml.lock")
