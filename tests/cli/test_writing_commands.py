"""What every writing command does alike: dry runs, JSON, the second time, and what it asks.

A command that is added is missing from `CALLS` until it is entered there.
"""

import json
import secrets
import shlex
from typing import NamedTuple

import pytest

from pkes.cli.command_tree import Group, pkes_command
from pkes.cli.help import EXAMPLES
from pkes.registry.changes import Change, change_as_json, compare
from pkes.registry.parsing import parse
from tests.cli.test_examples import begin


class Call(NamedTuple):
    """How a command is tried: its status when it is run again, and arguments that make it ask.

    Where there is no such status, the second time is another change.
    """

    again: int | None
    asking: str | None = None


LIKE = 'name="Stawiamy Ślady"'
CALLS = {
    "add": Call(2, 'add "Stawiamy Ślady" -s ngo --id slady-2'),
    "edit": Call(0, "edit --sector ngo tags+=x"),
    "rename": Call(0),
    "note": Call(None),
    "leave": Call(0),
    "remove": Call(4, "remove slady"),
    "verify": Call(0, "verify bergamotka"),
    "inquiry add": Call(None),
    "inquiry edit": Call(0, "inquiry edit --status new town=Jasło"),
    "inquiry note": Call(None),
    "inquiry answer": Call(2),
    "inquiry accept": Call(2, f"inquiry accept przyklad {LIKE} --id slady-2"),
    "inquiry close": Call(2),
    "inquiry decline": Call(2),
    "inquiry withdraw": Call(2),
    "inquiry reopen": Call(2),
    "inquiry remove": Call(4, "inquiry remove przyklad"),
    "privacy erase": Call(0, "privacy erase --due"),
    "sectors add": Call(2),
    "sectors edit": Call(0),
    "sectors rename": Call(0),
    "sectors remove": Call(2),
    "cluster edit": Call(0),
    "policy edit": Call(0),
    "import": Call(0, "import members.csv"),
    "undo": Call(0, "undo HEAD"),
}
ASKING = [name for name, call in CALLS.items() if call.asking]
FORMS = ("inquiry add", "sectors add")
"""What asks on a terminal alone: for values that were not given."""
FIRST = {"undo": "undo HEAD", "sectors edit": "sectors edit ngo --en NGO"}
"""What is tried where the first of a command's examples will not do."""


@pytest.fixture
def registry(tmp_path, monkeypatch):
    path = begin(tmp_path, monkeypatch)
    monkeypatch.setattr(secrets, "choice", lambda alphabet: alphabet[0])
    return path


def arguments(command):
    """Return a call of a command that writes without a question."""
    _pkes, *words = shlex.split(f"pkes {FIRST[command]}" if command in FIRST else EXAMPLES[command][0])
    return [one for one in words if one not in ("--dry-run", "-y", "--yes")] + ["-y"] * (command in ASKING)


def commands(group, path=""):
    """Yield every command below a group, by its name."""
    for name in group.list_commands(None):
        held = group.get_command(None, name)
        if isinstance(held, Group):
            yield from commands(held, f"{name} ")
        else:
            yield f"{path}{name}", held


def test_every_writing_command_is_entered_and_no_other():
    all = dict(commands(pkes_command()))
    writing = {name for name, command in all.items() if hasattr(command.callback, "writes")}
    assert CALLS.keys() == writing
    options = {name: {one.name for one in command.params} for name, command in all.items()}
    assert {name for name in all if {"dry_run", "as_json"} <= options[name]} - writing == {"check"}
    assert {name for name in writing if "yes" in options[name]} == {*ASKING, *FORMS}


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["lines", "json"])
@pytest.mark.parametrize("command", CALLS)
def test_a_dry_run_prints_the_same_and_writes_nothing(registry, pkes, command, form):
    before, there = registry.read_bytes(), sorted(registry.parent.iterdir())
    dry = pkes(*arguments(command), *form, "--dry-run")
    assert (registry.read_bytes(), sorted(registry.parent.iterdir())) == (before, there)
    written = pkes(*arguments(command), *form)
    assert (dry.status, dry.out) == (written.status, written.out)
    assert written.status == 0, written.err
    assert registry.read_bytes() != before


@pytest.mark.parametrize("command", ASKING)
def test_a_dry_run_asks_nothing(registry, pkes, command):
    asking = shlex.split(CALLS[command].asking)
    dry = pkes(*asking, "--dry-run")
    assert (dry.status, dry.out) == pkes(*asking, "-y")[:2]
    assert dry.status == 0, dry.err


@pytest.mark.parametrize("command", CALLS)
def test_the_json_is_what_changed(registry, pkes, command):
    before = parse(registry.read_text(encoding="utf-8"))
    made = json.loads(pkes(*arguments(command), "--json").out)
    changes = compare(before, parse(registry.read_text(encoding="utf-8")))
    if command == "privacy erase":  # what was there is not shown
        changes = [change._replace(old=None) for change in changes]
    assert made == json.loads(json.dumps(list(map(change_as_json, changes)), default=str))
    assert made
    assert all(list(one) == list(Change._fields) for one in made)


@pytest.mark.parametrize("command", [name for name, call in CALLS.items() if call.again is not None])
def test_the_second_time_changes_nothing(registry, pkes, command):
    assert pkes(*arguments(command)).status == 0
    before, written = registry.read_bytes(), registry.stat().st_mtime_ns
    ran = pkes(*arguments(command), "--json")
    assert (ran.status, ran.out) == (CALLS[command].again, "" if ran.status else "[]\n")
    assert ran.err.startswith("pkes: ")
    assert (registry.read_bytes(), registry.stat().st_mtime_ns) == (before, written)


@pytest.mark.parametrize("command", ASKING)
def test_where_nobody_can_be_asked_the_option_is_named(registry, pkes, command):
    before = registry.read_bytes()
    ran = pkes(*shlex.split(CALLS[command].asking))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith("pkes: --yes is missing\n")
    assert registry.read_bytes() == before


@pytest.mark.parametrize("command", [name for name in CALLS if name not in (*ASKING, *FORMS)])
def test_what_never_asks_has_no_yes(registry, pkes, command):
    ran = pkes(*arguments(command), "-y")
    assert (ran.status, ran.out) == (2, "")
    assert '"-y"' in ran.err
