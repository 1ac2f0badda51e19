"""Mutants of a Python module: one small change in each, such as a slip of the pen would make."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Add,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.LShift: ast.RShift, ast.Div: ast.Mult,
}  # fmt: skip
TYPES = ("Literal", "tuple", "dict", "list", "Callable", "str |")
"""The beginnings of what is assigned where a type is given a name."""

LONGEST = 110
"""A change is described in no more characters."""


class Mutant(NamedTuple):
    """A change: the line where it is, what it is, and the source of the whole module with it."""

    line: int
    change: str
    source: str


def places(source: str) -> list[tuple[int, int]]:
    """Return the place of each mutant of a module's source: the number of a node, and that of a change of it."""
    nodes = enumerate(_nodes(ast.parse(source)))
    return [(number, variant) for number, node in nodes for variant in range(len([*_changes(node)]))]


def mutant(source: str, place: tuple[int, int]) -> Mutant:
    """Return the mutant of a place."""
    tree = ast.parse(source)
    node = [*_nodes(tree)][place[0]]
    line, before = node.lineno, ast.unparse(node).splitlines()[0]
    what = [*_changes(node)][place[1]]()
    return Mutant(line, f"{what}: {before}"[:LONGEST], ast.unparse(ast.fix_missing_locations(tree)))


def _nodes(tree: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """Yield the statements and expressions that a mutant may change: no annotations, docstrings and types."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, (ast.expr, ast.stmt)):
            if _is_about_types(child) or _is_docstring(child):
                continue
            yield child
        yield from _without_annotations(child)


def _without_annotations(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    if isinstance(node, ast.arg):
        return
    hidden = [getattr(node, name, None) for name in ("annotation", "returns")]
    kept = [value for value in hidden if isinstance(value, ast.AST)]
    for place in _nodes(node):
        if not any(place is inner for value in kept for inner in ast.walk(value)):
            yield place


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_about_types(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return True
    if not isinstance(node, ast.Assign):
        return False
    name = re.match(r"\w+(?=\[)|str \|", ast.unparse(node.value))
    return bool(name) and name[0] in TYPES


Change = Callable[[], str]
"""Makes a change in the tree, and says which."""


def _changes(node: ast.AST) -> Iterator[Change]:
    """Yield the changes of one node."""
    match node:
        case ast.Compare():
            for number, op in enumerate(node.ops):
                if type(op) in COMPARED:
                    yield partial(_set, node.ops, number, COMPARED[type(op)](), "other comparison")
        case ast.BoolOp():
            yield partial(_put, node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And(), "and/or")
            for number, value in enumerate(node.values):
                yield partial(_take, node.values, number, f"no {ast.unparse(value)}")
        case ast.UnaryOp(op=ast.Not()):
            yield partial(_become, node, node.operand, "no not")
        case ast.UnaryOp(op=ast.USub()):
            yield partial(_become, node, node.operand, "no minus")
        case ast.BinOp() if type(node.op) in COMPUTED:
            yield partial(_put, node, "op", COMPUTED[type(node.op)](), "other operator")
        case ast.Constant():
            yield from _constant(node)
        case ast.If() | ast.While() | ast.IfExp():
            yield partial(_put, node, "test", ast.UnaryOp(ast.Not(), node.test), "condition negated")
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            for part in node.generators:
                for number in range(len(part.ifs)):
                    yield partial(_take, part.ifs, number, "filter gone")
        case ast.Slice():
            for name in ("lower", "upper"):
                if (bound := getattr(node, name)) is not None:
                    yield partial(_put, node, name, ast.BinOp(bound, ast.Add(), ast.Constant(1)), f"{name} bound + 1")
        case ast.Return() if node.value is not None and ast.unparse(node.value) != "None":
            yield partial(_put, node, "value", ast.Constant(None), "returns None")
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Continue() | ast.Break() | ast.Delete() | ast.Assert():
            yield partial(_become, node, ast.Pass(), "statement gone")
        case ast.Assign():
            if not isinstance(node.value, (ast.Constant, ast.Lambda)):
                yield partial(_put, node, "value", ast.Constant(None), "assigns None")
        case ast.Call():
            for number, keyword in enumerate(node.keywords):
                if keyword.arg:
                    yield partial(_take, node.keywords, number, f"no {keyword.arg}=")


def _constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield partial(_put, node, "value", not value, "other constant")
    elif isinstance(value, int):
        yield partial(_put, node, "value", value + 1, "constant + 1")
    elif isinstance(value, str):
        yield partial(_put, node, "value", f"{value}?" if value else "?", "other text")


def _set(items: list[Any], number: int, new: object, what: str) -> str:
    items[number] = new
    return what


def _take(items: list[Any], number: int, what: str) -> str:
    del items[number]
    return what


def _put(node: ast.AST, name: str, new: object, what: str) -> str:
    setattr(node, name, new)
    return what


def _become(node: ast.AST, new: ast.AST, what: str) -> str:
    """Make of a node another one, in its place."""
    node.__class__ = new.__class__
    node.__dict__.clear()
    node.__dict__.update(new.__dict__)
    return what
