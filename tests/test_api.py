"""What `import pkes` gives to scripts: it costs nothing, it is typed, and the README shows it."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

import pkes
from pkes import errors
from pkes.model import records
from pkes.model.dates import PartialDate
from pkes.storage.store import load
from tests.conftest import SHIPPED

README = (SHIPPED.parent / "README.md").read_text(encoding="utf-8")
TYPED = '''\
"""A program that uses what is there, and is told of what is not."""

from collections.abc import Iterable
from pathlib import Path

import pkes
from pkes import Member, PartialDate, Registry


def towns(registry: Registry) -> list[str]:
    return sorted({member.town for member in registry.members.values() if member.town})


def year(joined: PartialDate | None) -> int | None:
    return joined.first.year if joined and joined.first else None


def offers(members: Iterable[Member]) -> list[str]:
    return [offer for member in members for offer in member.offers or ()]


try:
    found = pkes.load(Path("registry.toml"))
except pkes.errors.Malformed as error:
    print(error.path, error.line, error.code)
else:
    reveal: pkes.Registry = found
    inquiries: dict[str, pkes.Inquiry] = found.inquiries
    sectors: dict[str, pkes.Sector] = found.sectors
    own: tuple[pkes.Cluster, pkes.Policy] = found.cluster, found.policy
    print(towns(found), offers(found.members.values()), [year(one.joined) for one in found.members.values()])
    found.memebrs  # type: ignore[attr-defined]
    found.members["x"].name.upper()  # type: ignore[union-attr]
    found.cluster = own[0]  # type: ignore[misc]
pkes.lod("registry.toml")  # type: ignore[attr-defined]
pkes.load(1)  # type: ignore[arg-type]
'''


def ran(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_load_gives_the_objects_that_the_commands_use(shipped):
    registry = pkes.load("registry.toml")
    assert registry == load(shipped).registry == pkes.load(shipped) == pkes.load()
    assert isinstance(registry.members["bergamotka"], pkes.Member)
    assert registry.members["bergamotka"].town == "Dębica"


def test_load_finds_the_nearest_registry(shipped, monkeypatch):
    (shipped.parent / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(shipped.parent / "a" / "b")
    assert len(pkes.load().members) == 13


def test_a_value_that_is_wrong_does_not_stop_it(write_registry):
    path = write_registry('format = 1\n[cluster]\nname = "K"\n[members.a]\nsector = "x"\nnip = "1"\ncolour = "red"\n')
    member = pkes.load(path).members["a"]
    assert (member.name, member.sector, member.nip, member.extra) == (None, "x", "1", {"colour": "red"})


@pytest.mark.parametrize(
    ("text", "error", "place"),
    [
        pytest.param(None, errors.CannotRead, None, id="missing"),
        pytest.param("format = 1\n[cluster\n", errors.Malformed, ("syntax", 2), id="not TOML"),
        pytest.param("format = 1\n", errors.Malformed, ("shape", 1), id="no cluster"),
        pytest.param("format = 9\n[cluster]\n", errors.Malformed, ("format", 1), id="newer"),
    ],
)
def test_what_it_raises(write_registry, tmp_path, text, error, place):
    if text is not None:
        write_registry(text)
    with pytest.raises(pkes.errors.Unreadable) as raised:
        pkes.load(tmp_path / "registry.toml")
    assert type(raised.value) is error
    assert Path(raised.value.path).name == "registry.toml"
    if place:
        assert (raised.value.code, raised.value.line) == place


def test_it_raises_where_there_is_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(pkes.errors.NoRegistry):
        pkes.load()


def test_all_that_is_named_is_there():
    found = {name: getattr(pkes, name) for name in pkes.__all__}
    assert {name for name, value in found.items() if getattr(records, name, None) is value} == {
        "Cluster", "Inquiry", "Member", "PartialDate", "Policy", "Registry", "Sector",
    }  # fmt: skip
    assert found["errors"] is errors
    assert found["PartialDate"] is PartialDate
    with pytest.raises(AttributeError, match="no attribute 'lod'"):
        pkes.lod  # noqa: B018


def test_the_import_alone_imports_nothing_of_it(tmp_path):
    code = "import sys, pkes; print([name for name in sys.modules if name.startswith(('pkes', 'msgspec', 'toml_rs'))])"
    assert ran("-c", code, folder=tmp_path).stdout == "['pkes']\n"
    assert ran("-c", "import pkes; pkes.errors.NoRegistry, pkes.PartialDate", folder=tmp_path).returncode == 0


@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="mypy is not installed")
def test_a_program_that_uses_it_is_checked_by_mypy(tmp_path):
    (tmp_path / "typed.py").write_text(TYPED, encoding="utf-8")
    (tmp_path / "readme.py").write_text(example()[0], encoding="utf-8")
    checked = ran("-m", "mypy", "--strict", "typed.py", "readme.py", folder=tmp_path)
    assert checked.stdout == "Success: no issues found in 2 source files\n"


def example() -> tuple[str, str]:
    """Return the example of the README, and what it says that it prints."""
    code, _, rest = README.partition("```python\n")[2].partition("```\n")
    return code, rest.partition("```text\n")[2].partition("```")[0]


def test_the_example_of_the_readme(shipped):
    code, printed = example()
    assert "pkes.load(" in code
    shown = ran("-c", code, folder=shipped.parent)
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, printed, "")
