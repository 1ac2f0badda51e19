"""An edit that the user interrupts: the old bytes or the new, never others, and no other file."""

import itertools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.storage.stores import NEW, OLD, edit, names

CALLS = ("open", "write", "fchown", "fstat", "fchmod", "fsync", "close", "access", "stat", "replace", "unlink")
"""What an edit asks of the system."""


def registry_in(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "registry.toml"
    path.write_bytes(OLD)
    path.chmod(0o644)
    return path


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_interrupt_at_any_call_to_the_system(tmp_path, when):
    """From the replace on, it is for `before_replace` to hold interrupts back; even so the file is whole."""
    edit(registry_in(tmp_path / "warm"))  # imports ask the system, too
    seen = set()
    for number in itertools.count():
        path = registry_in(tmp_path / f"{number}")
        call = interrupted_edit(path, number, when)
        if call is None:
            break
        replaced = "replace" in seen or (call == "replace" and when == "after")
        seen.add(call)
        assert path.read_bytes() == (NEW if replaced else OLD), (number, call)
        assert names(path) == ["registry.toml"], (number, call)
        assert edit(path).registry.members["alfa"].note == "two"
    assert path.read_bytes() == NEW
    assert seen >= {"open", "write", "fchown", "fstat", "fchmod", "fsync", "close", "access", "stat", "replace"}


def interrupted_edit(path: Path, number: int, when: str) -> str | None:
    """Interrupt an edit once, at this call to the system; return the call's name, None if there are not so many."""
    calls = []

    def counting(call: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **options: Any) -> Any:
            calls.append(call)
            if len(calls) - 1 != number:
                return real(*given, **options)
            if when == "after":
                real(*given, **options)
            raise KeyboardInterrupt

        return counted

    with pytest.MonkeyPatch.context() as patch:
        for call in CALLS:
            patch.setattr(os, call, counting(call, getattr(os, call)))
        try:
            edit(path)
        except KeyboardInterrupt:
            return calls[number]
    assert len(calls) <= number, f"the interrupt at {calls[number]} was swallowed"
    return None
