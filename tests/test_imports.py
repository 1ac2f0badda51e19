"""Imports run downward only, and what only one room may do stays there."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests import structure

PACKAGE = Path(__file__).parents[1] / "pkes"
ROOMS = (
    ("cli",),
    ("page",),
    ("registers",),
    ("privacy",),
    ("git",),
    ("importing",),
    ("storage",),
    ("merge",),
    ("formats",),
    ("checks",),
    ("registry",),
    ("mail",),
    ("toml",),
    ("model",),
    ("text",),
    ("errors",),
    ("i18n",),
)
"""The rooms from the top down: one may import those below it, and none of its own row."""

FLOOR = {room: len(ROOMS) - number for number, row in enumerate(ROOMS) for room in row}
FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@cache
def imports(path: Path) -> set[str]:
    return set(structure.imports(ast.parse(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_downward(path):
    own = room_of(path)
    if own.startswith("__"):
        return
    rooms = {name.split(".")[1] for name in imports(path) if name.startswith("pkes.")}
    assert [room for room in rooms - {own} if FLOOR[room] >= FLOOR[own]] == []


@pytest.mark.parametrize(
    ("library", "room"),
    [
        pytest.param("tomli_w", "toml", id="tomli_w"),
        pytest.param("toml_rs", "toml", id="toml_rs"),
        pytest.param("filelock", "storage", id="filelock"),
        pytest.param("typer", "cli", id="typer"),
        pytest.param("rich", "cli", id="rich"),
        pytest.param("phonenumbers", "model", id="phonenumbers"),
        pytest.param("stdnum", "model", id="stdnum"),
        pytest.param("htpy", "page", id="htpy"),
    ],
)
def test_a_library_is_used_in_one_room(library, room):
    rooms = {room_of(path) for path in FILES if library in {name.split(".")[0] for name in imports(path)}}
    assert rooms == {room}


@pytest.mark.parametrize("library", ["http.client", "socket", "ssl", "urllib.request"])
def test_the_network_is_used_in_one_room(library):
    # A name that is imported from a module stands behind it.
    assert {room_of(path) for path in FILES if {library, *()} & imports(path)} <= {"registers"}


LOWER = [path for path in FILES if room_of(path) not in ("cli", "__main__")]


@pytest.mark.parametrize("path", LOWER, ids=lambda path: path.stem)
def test_nothing_below_the_command_line_prints_asks_or_ends_the_process(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    used = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert called.isdisjoint({"print", "input", "exit", "quit"})
    assert used.isdisjoint({"sys.stdout", "sys.stderr", "sys.stdin", "sys.exit", "os._exit"})


def private_names_of_others(text: str) -> set[str]:
    """Return the names beginning with an underscore that a module takes from others, imported or as attributes.

    What `self`, `cls` and named tuples have is the module's own, and so is what it defines itself.
    """
    tree = ast.parse(text)
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    own |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    own |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            found |= {node.attr} - own - PUBLIC
        elif isinstance(node, ast.Import):
            found |= {part for name in node.names for part in name.name.split(".")}
        elif isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("pkes"):
            found |= {*(node.module or "").split("."), *(name.name for name in node.names)}
    return {name for name in found if name.startswith("_") and not name.startswith("__")}


PUBLIC = {"_replace", "_asdict", "_fields", "_make", "_exit"}
"""Names that are documented though they begin so: those of named tuples, and `os._exit`."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_private_of_a_dependency_is_used(path):
    assert private_names_of_others(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    "text",
    [
        "import typer._click",
        "from typer import _click",
        "from typer._click.core import Context",
        "def f(context): return context._protected_args",
        "import atexit; atexit._run_exitfuncs()",
    ],
)
def test_something_private_is_found(text):
    assert len(private_names_of_others(text)) == 1
