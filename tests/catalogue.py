"""The Polish catalogue and the texts of the program: `python -m tests.catalogue` brings the one up to the other.

It adds what is new, drops what is gone, and compiles. What is then untranslated, the tests name.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from tests.hatch_build import compile_catalogue

PACKAGE = Path(__file__).parents[1] / "pkes"
PO = PACKAGE / "locale" / "pl" / "LC_MESSAGES" / "pkes.po"
MO = PO.with_suffix(".mo")


class Text(NamedTuple):
    """A text of the program, its plural and its context where it has one, and the file that it stands in."""

    one: str
    many: str | None
    file: str
    context: str | None = None

    @property
    def id(self) -> str | tuple[str, str]:
        """What a catalogue knows the text by."""
        return self.one if self.many is None else (self.one, self.many)


def texts() -> Iterator[Text]:
    """Yield what is marked by `_`, `N_`, `ngettext` and `pgettext`.

    Babel overlooks those in f-strings and in one another.
    """
    for path in sorted(PACKAGE.rglob("*.py")):
        file = path.relative_to(PACKAGE.parent).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                literals = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
                if node.func.id in ("_", "N_") and literals:
                    yield Text(literals[0], None, file)
                elif node.func.id == "ngettext":
                    yield Text(*literals[:2], file)
                elif node.func.id == "pgettext":
                    context, literal = literals
                    yield Text(literal, None, file, context)


def template() -> Catalog:
    """Return a catalogue of all texts, each with the files that it stands in."""
    catalogue = Catalog()
    for text in texts():
        catalogue.add(text.id, locations=[(text.file, 0)], context=text.context)
    return catalogue


def load() -> Catalog:
    """Return the catalogue that stands in the file."""
    with PO.open("rb") as file:
        return read_po(file, locale="pl", domain="pkes")


def renew() -> None:
    """Bring the catalogue up to the program, and compile it."""
    catalogue = load()
    catalogue.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    with PO.open("wb") as file:
        write_po(file, catalogue, width=120, ignore_obsolete=True, include_lineno=False)
    compile_catalogue(PO)
    missing = [message.id for message in catalogue if message.id and not (message.string and all(message.string))]
    print(*missing, f"{len(catalogue)} texts, {len(missing)} of them without a translation", sep="\n")


def compile_if_older() -> None:
    """Compile the catalogue where that has not been done since it was last changed."""
    if not MO.exists() or MO.stat().st_mtime_ns < PO.stat().st_mtime_ns:
        compile_catalogue(PO)


if __name__ == "__main__":
    renew()
