"""The drivers that git is given, on real repositories."""

import os
import re
from pathlib import Path

import pytest

from pkes.errors import CannotExtend, CannotWrite
from pkes.git import drivers
from pkes.git.drivers import Setting, SetUp, is_set_up, merge_command, pattern, set_up
from pkes.git.repository import Repository
from tests.git.repositories import Git, new_repository

ROOT = Path(__file__).parents[2]
LINE = "/registry.toml merge=pkes diff=pkes"
PYTHON = "/usr/bin/python3"
NAME, DRIVER, HEADER = "merge.pkes.name", "merge.pkes.driver", "diff.pkes.xfuncname"


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    return new_repository(tmp_path / "repository", monkeypatch)


def repository(path: Path) -> Repository:
    found = Repository.find(path)
    assert found
    return found


def set_up_in(git: Git, python: str = PYTHON) -> SetUp:
    return set_up(repository(git.registry), python)


def attributes(git: Git, path: str = "registry.toml") -> list[str]:
    """Return the values of merge and diff that git finds for a file."""
    return [line.rpartition(": ")[2] for line in git("check-attr", "merge", "diff", "--", path).splitlines()]


def configuration(git: Git) -> str:
    return (git.folder / ".git" / "config").read_text()


def test_a_clone_is_set_up(git):
    assert not is_set_up(repository(git.registry))
    done = set_up_in(git)
    assert [(one.name, one.old) for one in done.settings] == [(NAME, None), (DRIVER, None), (HEADER, None)]
    assert [git("config", "--local", one.name) for one in done.settings] == [one.new for one in done.settings]
    assert done[1:] == (git.folder / ".gitattributes", LINE, git.folder / ".git/info/exclude", {})
    assert attributes(git) == ["pkes", "pkes"]
    assert is_set_up(repository(git.registry))


def test_twice_is_once(git):
    set_up_in(git)
    before = (git.folder / ".gitattributes").stat().st_mtime_ns, configuration(git)
    assert set_up_in(git) == ((), git.folder / ".gitattributes", None, None, {})
    assert ((git.folder / ".gitattributes").stat().st_mtime_ns, configuration(git)) == before


@pytest.mark.parametrize("name", ["registry.toml", "[a]*b?.toml", "zażółć gęślą.toml"])
def test_git_ignores_what_stands_beside_the_registry_in_this_clone(git, name):
    path = git.write(f"folder/{name}", "")
    assert set_up(repository(path), PYTHON).excluded == git.folder / ".git/info/exclude"
    for end in ("lock", "pkes-edit-x.toml"):
        git.write(f"folder/.{name}.{end}", "")
    assert git("status", "--short", "--untracked-files=all").count("folder/") == 2  # the registry, and .gitattributes
    assert set_up(repository(path), PYTHON).excluded is None


def test_git_ignores_the_rest_where_it_ignores_the_lock_alone(git):
    git.write(".gitignore", ".*.lock\n")
    assert set_up_in(git).excluded == git.folder / ".git/info/exclude"


def test_what_git_ignores_already_is_left_so(git):
    git.write(".gitignore", ".*.toml.*\n")
    assert set_up_in(git).excluded is None


def test_a_python_that_has_moved_is_replaced(git):
    set_up_in(git, "/old/bin/python")
    done = set_up_in(git, "/new/bin/python")
    assert done.settings == (Setting(DRIVER, merge_command("/old/bin/python"), merge_command("/new/bin/python")),)
    assert "/old/" not in configuration(git)


def test_a_setting_made_twice_becomes_one(git):
    for value in ("one", "two"):
        git("config", "--local", "--add", DRIVER, value)
    assert set_up_in(git).settings[1] == Setting(DRIVER, "two", merge_command(PYTHON))
    assert git("config", "--get-all", DRIVER) == merge_command(PYTHON)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(None, f"{LINE}\n", id="no file"),
        pytest.param("", f"{LINE}\n", id="an empty file"),
        pytest.param("* text=auto\n", f"* text=auto\n{LINE}\n", id="other lines"),
        pytest.param("* text=auto", f"* text=auto\n{LINE}\n", id="no final line end"),
        pytest.param("* text=auto\r\n\r\n", f"* text=auto\r\n\r\n{LINE}\r\n", id="CRLF"),
        pytest.param("\ufeff", f"\ufeff{LINE}\n", id="a BOM alone"),
        pytest.param("\ufeff* text", f"\ufeff* text\n{LINE}\n", id="a BOM"),
        pytest.param("*.toml diff=toml\n", f"*.toml diff=toml\n{LINE}\n", id="many files"),
        pytest.param("#/registry.toml diff\n", f"#/registry.toml diff\n{LINE}\n", id="a comment"),
        pytest.param("registry.toml.x diff\n", f"registry.toml.x diff\n{LINE}\n", id="a longer name"),
        pytest.param("registry.toml\n", f"registry.toml\n{LINE}\n", id="nothing said"),
        pytest.param(
            "registry.toml merge=pkes\n", "registry.toml merge=pkes\n/registry.toml diff=pkes\n", id="half of it"
        ),
    ],
)
def test_the_line_joins_what_is_there(git, before, after):
    file = git.folder / ".gitattributes"
    if before is not None:
        file.write_bytes(before.encode())
    assert set_up_in(git).line == after.removeprefix("\ufeff").splitlines()[-1]
    assert file.read_bytes() == after.encode()
    assert attributes(git) == ["pkes", "pkes"]
    assert set_up_in(git).line is None


@pytest.mark.parametrize(
    ("text", "others"),
    [
        pytest.param(f"{LINE}\n", {}, id="the same line"),
        pytest.param("registry.toml\tdiff=pkes  merge=pkes", {}, id="the same said otherwise"),
        pytest.param("*.toml merge=pkes diff=pkes\n", {}, id="the same of many files"),
        pytest.param("  registry.toml merge=union -diff\r\n", {"merge": "union", "diff": "unset"}, id="other values"),
        pytest.param("/registry.toml binary\n", {"merge": "unset", "diff": "unset"}, id="binary"),
        pytest.param(
            "registry.toml !merge diff\n", {"merge": "unspecified", "diff": "set"}, id="no driver by decision"
        ),
        pytest.param(f"{LINE}\n*.toml -diff\n", {"diff": "unset"}, id="a line below"),
    ],
)
def test_what_is_said_of_the_file_alone_is_respected(git, text, others):
    file = git.write(".gitattributes", text)
    done = set_up_in(git)
    assert (done.line, done.others) == (None, others)
    assert file.read_bytes() == text.encode()
    assert is_set_up(repository(git.registry)) == ("merge" not in others)


def test_a_line_that_only_this_clone_has_wins_and_is_told(git):
    git.write(".git/info/attributes", "*.toml merge=union\n")
    done = set_up_in(git)
    assert (done.line, done.others) == (LINE, {"merge": "union"})
    assert set_up_in(git)[2:] == (None, None, {"merge": "union"})


def test_the_line_stands_beside_the_registry_and_is_for_it_alone(git):
    top = git.write(".gitattributes", "*.toml diff=toml\n")
    path = git.write("sub/folder/registry.toml", "")
    done = set_up(repository(path), PYTHON)
    assert done.attributes == path.with_name(".gitattributes")
    assert done.attributes.read_text() == f"{LINE}\n"
    assert top.read_text() == "*.toml diff=toml\n"
    assert attributes(git, "sub/folder/registry.toml") == ["pkes", "pkes"]
    assert attributes(git, "sub/folder/x/registry.toml") == ["unspecified", "toml"]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("rejestr łąki.toml", "rejestr"),
        ("[x]*?.toml", "xab.toml"),
        ('"q".toml', "q.toml"),
        ('"q"*.toml', '"q"a.toml'),
        ("back\\slash", "backslash"),
        ("!x", "x"),
        ("#x", "x"),
        ("[attr]x", "x"),
        ("-x", "x"),
        (" x ", "x"),
        ("tab\tline\nend", "tab"),
        (os.fsdecode(b"latin\xb9 *"), "latin"),
        (os.fsdecode(b"\xb9"), "latin"),
    ],
)
def test_a_file_of_any_name(git, name, other):
    path = git.folder / name
    path.touch()
    assert set_up(repository(path), PYTHON).line == f"{pattern(name)} merge=pkes diff=pkes"
    assert set_up(repository(path), PYTHON).line is None
    assert attributes(git, name) == ["pkes", "pkes"]
    assert attributes(git, other) == ["unspecified", "unspecified"]
    (git.folder / ".gitattributes").read_bytes().decode()


def _link(file: Path) -> None:
    file.with_name("elsewhere").write_text("* text\n")
    file.symlink_to("elsewhere")


@pytest.mark.parametrize(
    ("make", "error"),
    [
        pytest.param(_link, CannotExtend, id="a link"),
        pytest.param(lambda file: file.symlink_to("nothing"), CannotExtend, id="a link to nothing"),
        pytest.param(lambda file: file.write_bytes("* text\n".encode("utf-16")), CannotExtend, id="UTF-16"),
        pytest.param(Path.mkdir, CannotWrite, id="a folder"),
    ],
)
def test_what_cannot_be_added_to_is_refused_before_anything_is_written(git, make, error):
    make(git.folder / ".gitattributes")
    before = configuration(git)
    with pytest.raises(error) as caught:
        set_up_in(git)
    assert caught.value.path == str(git.folder / ".gitattributes")
    assert configuration(git) == before
    assert not list(git.folder.glob("**/*.tmp"))
    if (elsewhere := git.folder / "elsewhere").exists():
        assert elsewhere.read_text() == "* text\n"


def test_it_is_not_set_up_without_a_driver(git):
    set_up_in(git)
    git("config", "--unset", DRIVER)
    assert not is_set_up(repository(git.registry))


def test_work_trees_share_it(git, tmp_path):
    set_up_in(git)
    git.commit("one")
    git("worktree", "add", "-q", "../other")
    other = repository(tmp_path / "other" / "registry.toml")
    assert is_set_up(other)
    assert set_up(other, PYTHON).settings == ()
    assert set_up(other, "/new/python").settings[0].name == DRIVER
    assert git("config", "--local", DRIVER) == merge_command("/new/python")


def test_this_repository_has_the_line():
    assert (ROOT / ".gitattributes").read_text() == f"{LINE}\n"


# What names the record in the header of a hunk.

HEADERS = [
    "[cluster]", "[members.x]", "  [members.x]", "\t[ members . x ]  # why", '["members"."x y"]', "[members.'x.y']",
    r'[members."a\"]b"]', "[inquiries.2025-01-02-abc]", "[members.4hc]", "[[unknown]]", "[a_b.c.d]#",
]  # fmt: skip
OTHERS = [
    '["a"]', "  ['a', 'b'],", '["a.b"]', "[1.5]", "[1, 2]", "[[1], [2]]", "[a.b],", "x = [a]", '# [members.x]', "[]",
    "[members.x", '"[members.x]"', '[members."x]', "[2025-01-02]",
]  # fmt: skip


def test_a_hunk_header_names_the_record(git):
    """Each line stands between a header of its own number and a change."""
    parts = [f"[members.n{number}]\n{line}\nvalue = old\n" for number, line in enumerate([*HEADERS, *OTHERS])]
    for end in ("\n", "\r\n"):
        git.write("registry.toml", "".join(parts).replace("\n", end))
        set_up_in(git)
        git.commit("one")
        git.write("registry.toml", "".join(parts).replace("\n", end).replace("old", "new"))
        shown = re.findall("^@@ .* @@ ?(.*)$", git("diff", "-U0"), re.MULTILINE)
        names = [line.partition("#")[0].strip() for line in HEADERS]
        assert shown == names + [f"[members.n{len(HEADERS) + number}]" for number in range(len(OTHERS))]


def test_the_expression_is_one_line():
    assert "\n" not in drivers.HEADER
