"""The Polish catalogue says all that the program says, and is compiled as it stands."""

import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Catalog, Message
from babel.messages.mofile import read_mo

from tests import catalogue

CATALOGUE = catalogue.load()
MESSAGES = [message for message in CATALOGUE if message.id]
FORMS = 3
"""1 członek, 2 członkowie, 5 członków."""

ALIKE = "how to bring it up to the program: python -m tests.catalogue"


def pairs(message: Message) -> list[tuple[str, str]]:
    """Return each translation of a message beside the text that it translates."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    one, many = message.id
    return [(one, message.string[0]), *((many, form) for form in message.string[1:])]


PAIRS = [pair for message in MESSAGES for pair in pairs(message)]


def test_it_has_the_texts_of_the_program_and_no_others():
    said = {(message.context, message.id) for message in catalogue.template() if message.id}
    known = {(message.context, message.id) for message in MESSAGES}
    assert (sorted(map(str, said - known)), sorted(map(str, known - said))) == ([], []), ALIKE


def test_every_text_is_translated():
    assert [message.id for message in MESSAGES if not message.string or not all(message.string)] == []


def test_every_number_has_its_form():
    assert CATALOGUE.num_plurals == FORMS
    plural = [message for message in MESSAGES if not isinstance(message.id, str)]
    assert [message.id for message in plural if len(message.string) != FORMS] == []


def test_nothing_is_fuzzy_or_left_from_before():
    assert ([message.id for message in MESSAGES if message.fuzzy], [*CATALOGUE.obsolete]) == ([], [])


def placeholders(text: str) -> list[str]:
    return sorted(name for _before, name, _form, _conversion in Formatter().parse(text) if name is not None)


def test_placeholders_match():
    assert [pair for pair in PAIRS if placeholders(pair[0]) != placeholders(pair[1])] == []


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param(lambda text: re.search(r"[.:?!]?\s*$", text)[0], id="end"),
        pytest.param(lambda text: re.match(r"\s*", text)[0], id="begin"),
        pytest.param(lambda text: re.findall(r"(?<!\w)--?[a-z][a-z-]*", text), id="options"),
        pytest.param(lambda text: "[" in text, id="markup"),
    ],
)
def test_a_translation_has_the_shape_of_its_text(shape):
    assert [pair for pair in PAIRS if shape(pair[0]) != shape(pair[1])] == []


def test_quotation_marks_are_polish():
    straight = [text for _id, text in PAIRS if '"' in text and not re.search(r'= "|--map "', text)]
    assert straight == []
    assert [text for _id, text in PAIRS if text.count("„") != text.count("”")] == []


def contents(held: Catalog) -> set[tuple[str, ...]]:
    return {
        (one.id, one.string) if isinstance(one.id, str) else (*one.id, *one.string)
        for one in held
        if one.id and one.string
    }


def assert_compiled(mo: bytes) -> None:
    compiled = read_mo(io.BytesIO(mo))
    assert compiled.plural_forms == CATALOGUE.plural_forms
    assert contents(compiled) == contents(CATALOGUE)


def test_it_is_compiled_as_it_stands():
    assert_compiled(catalogue.MO.read_bytes())


def test_it_is_compiled_anew_once_it_is_newer(tmp_path, monkeypatch):
    po = Path(shutil.copy(catalogue.PO, tmp_path))
    mo = po.with_suffix(".mo")
    monkeypatch.setattr(catalogue, "PO", po)
    monkeypatch.setattr(catalogue, "MO", mo)
    catalogue.compile_if_older()
    assert_compiled(mo.read_bytes())
    mo.write_bytes(b"kept")
    os.utime(mo, ns=(po.stat().st_mtime_ns,) * 2)
    catalogue.compile_if_older()
    assert mo.read_bytes() == b"kept"
    os.utime(po, ns=(mo.stat().st_mtime_ns + 1,) * 2)
    catalogue.compile_if_older()
    assert_compiled(mo.read_bytes())
    assert sorted(tmp_path.iterdir()) == [mo, po]


def build(folder: Path, target: str) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", "built"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return next((folder / "built").iterdir())


@pytest.fixture
def clone(tmp_path):
    """The project as a clone has it: nothing is compiled yet."""
    # What measures coverage comes and goes beside it while it is copied.
    there = shutil.ignore_patterns(".git", ".venv", "*.mo", ".*_cache", ".coverage*", "__pycache__")
    return shutil.copytree(catalogue.PACKAGE.parent, tmp_path / "clone", ignore=there)


def test_a_wheel_has_it_compiled(clone, tmp_path):
    with tarfile.open(build(clone, "sdist")) as source:
        source.extractall(tmp_path / "source", **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    (unpacked,) = (tmp_path / "source").iterdir()
    assert not [*unpacked.rglob("*.mo")]
    with zipfile.ZipFile(build(unpacked, "wheel")) as wheel:
        assert_compiled(wheel.read("pkes/locale/pl/LC_MESSAGES/pkes.mo"))


def test_texts_in_f_strings_and_in_one_another_are_found(tmp_path, monkeypatch):
    text = """f"{_('a')} b", _(known.get("c", N_("d"))), ngettext("e", "f", n), pgettext("g", "h"), _(variable)"""
    (tmp_path / "words.py").write_text(text)
    monkeypatch.setattr(catalogue, "PACKAGE", tmp_path)
    assert {(text.context, text.id) for text in catalogue.texts()} == {
        (None, "a"), (None, "d"), (None, ("e", "f")), ("g", "h"),
    }  # fmt: skip
