"""How the program is built, in figures.

    python tests/structure.py [CHECKOUT]

Counts the files, lines and packages of `pkes/`, here or in another checkout, and names its longest file and function.
The rooms are what lies directly in `pkes/`, and in `cli/`; an arrow is a room that imports from another one, be it for
types only. An arrow runs upward where it breaks the order in `tests/test_imports.py`; a circle is a set of rooms each
of which leads to all the others. The same checkout gives the same figures.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

Arrows = dict[str, set[str]]


def modules(root: Path) -> dict[Path, ast.Module]:
    """Return the parsed modules below a folder by their paths in it."""
    return {path.relative_to(root): ast.parse(path.read_text("utf-8")) for path in sorted(root.rglob("*.py"))}


def functions(trees: dict[Path, ast.Module]) -> Iterator[tuple[int, str]]:
    """Yield the lines that each function takes, without its decorators, and where it stands."""
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield (node.end_lineno or node.lineno) - node.lineno + 1, f"{path}: {node.name}"


def imports(tree: ast.Module) -> Iterator[str]:
    """Yield the modules and names that a file imports, with dots; what only types need counts, too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def arrows(trees: dict[Path, ast.Module], package: str) -> Arrows:
    """Return the rooms of a package, given with dots, each with those that it imports from."""
    depth = package.count(".")
    inside = {path: tree for path, tree in trees.items() if path.parts[:depth] == tuple(package.split(".")[1:])}
    room_of = {path: path.with_suffix("").parts[depth] for path in inside}
    found: Arrows = {room: set() for room in room_of.values() if not room.startswith("__")}
    for path, tree in inside.items():
        names = {name.split(".")[depth + 1] for name in imports(tree) if name.startswith(f"{package}.")}
        if room_of[path] in found:
            found[room_of[path]] |= names & found.keys() - {room_of[path]}
    return found


def circles(found: Arrows) -> set[frozenset[str]]:
    """Return the sets of rooms that lead to one another."""
    reached: Arrows = {}
    for room in found:
        new = {room}
        reached[room] = set()
        while new:
            new = set().union(*(found[one] for one in new)) - reached[room]
            reached[room] |= new
    return {frozenset(one for one in reached[room] if room in reached[one]) for room in found if room in reached[room]}


def upward(found: Arrows, tests: Path) -> list[str]:
    """Return the arrows that break the order which the tests of a checkout lay down."""
    body = ast.parse((tests / "test_imports.py").read_text("utf-8")).body
    (order,) = [one.value for one in body if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "ROOMS"]
    row = {room: number for number, rooms in enumerate(ast.literal_eval(order)) for room in rooms}
    return [f"{room} -> {other}" for room in found for other in sorted(found[room]) if row[room] >= row[other]]


def report(root: Path) -> Iterator[str]:
    """Yield the figures of a checkout, one a line."""
    trees = modules(root / "pkes")
    lines = {path: len((root / "pkes" / path).read_text("utf-8").splitlines()) for path in trees}
    longest = max(lines, key=lines.__getitem__)
    size, function = max(functions(trees))
    yield f"files              {len(trees):6,}"
    yield f"lines              {sum(lines.values()):6,}"
    yield f"packages           {sum(path.name == '__init__.py' for path in trees):6,}"
    yield f"longest file       {lines[longest]:6,}  {longest}"
    yield f"longest function   {size:6,}  {function}"
    for package in ("pkes", "pkes.cli"):
        found = arrows(trees, package)
        loops = circles(found)
        yield f"rooms of {package:9} {len(found):6,}  {sum(map(len, found.values()))} arrows"
        named = sorted(" <-> ".join(sorted(loop)) for loop in loops)
        yield f"  in circles       {len(loops):6,}  {'; '.join(named)}".rstrip()
    up = upward(arrows(trees, "pkes"), root / "tests")
    yield f"arrows upward      {len(up):6,}  {', '.join(up)}".rstrip()


if __name__ == "__main__":
    print(*report(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1])), sep="\n")
