"""`pkes git merge`, as git calls it: what it leaves in OURS, what it says, and its status."""

import pytest

from pkes.errors import CannotEdit, CannotWrite, Malformed, NotVerified
from pkes.merge import text as core
from pkes.merge.records import Conflict
from pkes.merge.text import Lost, Merged
from pkes.model.records import Registry
from pkes.registry import parsing
from tests.git.repositories import new_repository

HEAD = 'format = 1\n\n[cluster]\nname = "K"\ncoordinator = "a"\n\n[sectors.ngo]\npl = "p"\nen = "e"\n'
A = '\n[members.a]\nname = "A"\nsector = "ngo"\ntown = "T"\n'
BASE = HEAD + A
SIDE = {side: f'\n[members.{side}]\nname = "{side.upper()}"\nsector = "ngo"\n' for side in "bc"}
NIP = 'nip = "5260250274"\n'
BOM = "\ufeff"


@pytest.fixture
def git(tmp_path, monkeypatch):
    git = new_repository(tmp_path / "repository", monkeypatch)
    monkeypatch.chdir(git.folder)
    return git


@pytest.fixture
def merge(git, pkes):
    """Merge three texts or bytes; return the status, what OURS holds then, and stderr. No other file is written."""

    def run(base, ours, theirs, *path, **given):
        files = {}
        for name, data in zip((".base", ".ours", ".theirs"), (base, ours, theirs), strict=True):
            files[git.folder / name] = data if isinstance(data, bytes) else data.encode()
            (git.folder / name).write_bytes(files[git.folder / name])
        before = {path for path in git.folder.rglob("*") if path not in files}
        ran = pkes("git", "merge", "--", ".base", ".ours", ".theirs", *path, **given)
        assert ran.out == ""
        assert {path for path in git.folder.rglob("*") if path not in files} == before
        for name in (".base", ".theirs"):
            assert (git.folder / name).read_bytes() == files[git.folder / name]
        held = (git.folder / ".ours").read_bytes()
        return ran.status, held if isinstance(ours, bytes) else held.decode(), ran.err

    return run


def replaced(monkeypatch, result):
    def merge(*_texts, **_options):
        if isinstance(result, BaseException):
            raise result
        return result

    monkeypatch.setattr(core, "merge", merge)


def test_what_git_merges_right_stands(merge):
    ours, theirs = BASE.replace('"K"', '"Klaster" # ours'), BASE.replace('"T"', '"Tyczyn"  # theirs')
    both = ours.replace('"T"', '"Tyczyn"  # theirs')
    assert merge(BASE, ours, theirs) == (0, both, "")


def test_what_git_cannot_merge_is_merged_by_records(merge):
    assert merge(BASE, BASE + SIDE["b"], BASE + SIDE["c"], "registry.toml") == (0, BASE + SIDE["b"] + SIDE["c"], "")


def test_both_sides_add_the_file(merge):
    assert merge("", BASE, BASE + SIDE["b"])[:2] == (0, BASE + SIDE["b"])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", BOM])
def test_byte_order_mark_and_line_ends_of_ours_stay(merge, bom, end):
    base, ours, theirs, both = (
        text.replace("\n", end) for text in (BASE, BASE + SIDE["b"], BASE + SIDE["c"], BASE + SIDE["b"] + SIDE["c"])
    )
    assert merge(base, bom + ours, theirs) == (0, bom + both, "")


def test_a_conflict_names_its_field(merge):
    ours, theirs = BASE.replace('"T"', '"Łąka"'), BASE.replace('"T"', '"Góra"')
    status, text, said = merge(BASE, ours, theirs, "sub/registry.toml")
    assert (status, said) == (1, "pkes: sub/registry.toml: conflict: member a, town\n")
    assert text == BASE.replace(
        'town = "T"\n',
        '<<<<<<< ours: member a town\ntown = "Łąka"\n=======\ntown = "Góra"\n>>>>>>> theirs: member a town\n',
    )


@pytest.mark.parametrize("style", ["diff3", "zdiff3"])
def test_a_conflict_shows_the_base_where_the_user_wants_it(git, merge, style):
    git("config", "merge.conflictStyle", style)
    text = merge(BASE, BASE.replace('"T"', '"Łąka"'), BASE.replace('"T"', '"Góra"'))[1]
    assert '||||||| base: member a town\ntown = "T"\n=======\n' in text


def test_what_is_in_conflict_or_was_lost_is_told(merge, monkeypatch):
    conflicts = (Conflict("cluster", None, "name"), Conflict("inquiry", "2025-01-02-abc", None))
    replaced(
        monkeypatch,
        Merged(
            f"{BASE}# merged\n", conflicts, (Lost("# a comment\u202e", "theirs", 7),), Registry(), (Registry(),) * 3
        ),
    )
    assert merge(BASE, BASE, BASE) == (
        1,
        f"{BASE}# merged\n",
        "pkes: .ours: conflict: cluster, name\n"
        "pkes: .ours: conflict: inquiry 2025-01-02-abc\n"
        "pkes: warning: .ours: the comment in line 7 of theirs could not be kept: …\n",
    )


def test_a_terminal_shows_the_comment_that_was_lost(git, terminal):
    texts = BASE, BASE.replace(A, ""), BASE.replace("[members.a]", "# why?\u202e\n[members.a]")
    for name, text in zip("bot", texts, strict=True):
        git.write(name, text)
    seen = terminal("git", "merge", "b", "o", "t", columns=120)
    assert seen == "pkes: warning: o: the comment in line 11 of theirs could not be kept: # why?\\u202e\n"


def test_a_clean_merge_with_an_error_that_neither_side_has_is_told(merge):
    ran = merge(BASE, BASE + SIDE["b"] + NIP, BASE + SIDE["c"] + NIP)
    assert (ran[0], ran[1]) == (0, BASE + SIDE["b"] + NIP + SIDE["c"] + NIP)
    what = "the merge has an error that neither side has"
    assert ran[2] == f'pkes: warning: .ours: {what}\n"pkes check" shows them\n'
    with_error = BASE.replace('"a"', '"x"')
    assert merge(with_error, with_error + SIDE["b"], with_error + SIDE["c"])[2] == ""


@pytest.mark.parametrize(
    ("ours", "theirs", "parsed"),
    [
        pytest.param(BASE.replace('"K"', '"Klaster"'), BASE.replace('"T"', '"Tyczyn"'), 4, id="git-merges"),
        pytest.param(BASE + SIDE["b"], BASE + SIDE["c"], 4, id="git-conflicts"),
        pytest.param(BASE + SIDE["b"] + NIP, BASE + SIDE["c"] + NIP, 4, id="new-error"),
        pytest.param(BASE + SIDE["b"], BASE + SIDE["b"], 2, id="both-the-same"),
    ],
)
def test_each_version_is_parsed_once(merge, monkeypatch, ours, theirs, parsed):
    texts = []
    examine = parsing.examine
    monkeypatch.setattr(parsing, "examine", lambda text: texts.append(text) or examine(text))
    merge(BASE, ours, theirs)
    assert len(texts) == len(set(texts)) == parsed


# Where the records cannot be merged, git's own merge stands.

CLEAN = (BASE.replace('"K"', '"Klaster"'), BASE.replace('"T"', '"Tyczyn"'))
BOTH = BASE.replace('"K"', '"Klaster"').replace('"T"', '"Tyczyn"')
UNCLEAN = (BASE.replace('"T"', '"Łąka"'), BASE.replace('"T"', '"Góra"'))
MARKED = BASE.replace('town = "T"\n', '<<<<<<< ours\ntown = "Łąka"\n=======\ntown = "Góra"\n>>>>>>> theirs\n')
BY_LINES = "pkes: warning: r.toml: merged by lines, as git does: "


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        pytest.param(
            CannotEdit(7, "members.a"),
            'ours:7: this layout cannot be edited safely (members.a); "pkes fmt" mends it',
        ),
        pytest.param(NotVerified("meaning"), "a fault of the program itself (NotVerified)"),
        pytest.param(ZeroDivisionError("Anna"), "a fault of the program itself (ZeroDivisionError)"),
        pytest.param(CannotWrite("", OSError(28, "x")), "No space left on device"),
        pytest.param(Malformed("syntax", 3, 1, what="x"), "3:1: not TOML: x"),
        pytest.param(RecursionError(), "a fault of the program itself (RecursionError)"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_a_failure_leaves_git_s_own_merge(merge, monkeypatch, error, reason):
    replaced(monkeypatch, error)
    status = 0 if isinstance(error, Malformed) else 1
    assert merge(BASE, *CLEAN, "r.toml") == (status, BOTH, f"{BY_LINES}{reason}\n")
    assert merge(BASE, *UNCLEAN, "r.toml") == (1, MARKED, f"{BY_LINES}{reason}\n")


def test_an_interrupt_leaves_git_s_own_merge_and_a_conflict(merge, monkeypatch):
    replaced(monkeypatch, KeyboardInterrupt())
    assert merge(BASE, *CLEAN) == (1, BOTH, "pkes: interrupted; what git merged by lines stands\n")


TAIL = '\n[members.z]\nname = "Z"\nsector = "ngo"\n'


@pytest.mark.parametrize(
    ("version", "change", "reason"),
    [
        pytest.param(0, ("[cluster]", "[cluster"), "base:3:9: not TOML: ", id="base is no TOML"),
        pytest.param(1, ('"Z"', "1"), 'ours:17:1: "members.z.name" is of the wrong type', id="ours is no registry"),
        pytest.param(
            2, ('name = "Z"', "<<<<<<< x"), "theirs:17:1: a merge marker that git left", id="theirs has markers"
        ),
        pytest.param(2, ('"Z"', '"\udcff"'), "theirs:17: not UTF-8", id="theirs is not UTF-8"),
    ],
)
def test_a_version_that_is_no_registry_is_named(merge, version, change, reason):
    versions = [text + TAIL for text in (BASE, *CLEAN)]
    versions[version] = versions[version].replace(*change)
    status, data, said = merge(*(text.encode(errors="surrogateescape") for text in versions), "r.toml")
    assert said.startswith(BY_LINES + reason)
    assert said.count("\n") == 1
    assert b"Klaster" in data
    assert b"Tyczyn" in data
    assert status == (1 if b"<<<<<<< ours" in data else 0)


def test_an_empty_base_is_not_what_is_wrong(merge):
    assert merge("", BASE, BASE + "x", "r.toml")[2].startswith(f"{BY_LINES}theirs:15:2: not TOML")


def test_what_is_no_text_stays_as_it_is(merge):
    status, data, said = merge(b"a\0", b"b\0", b"c\0", "r.toml")
    assert (status, data) == (1, b"b\0")
    assert said.startswith("pkes: warning: r.toml: git merge-file: ")
    assert said.splitlines()[1].startswith(f"{BY_LINES}base:1:")


def test_without_git_the_records_are_merged(merge):
    status, text, said = merge(BASE, *CLEAN, "r.toml", PATH="")
    assert (status, text) == (0, BOTH)
    assert said.startswith("pkes: warning: r.toml: git merge-file: ")


# Usage.


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ([], "BASE is missing"),
        (["base", "ours"], "THEIRS is missing"),
        (["base", "ours", "nothing"], "THEIRS: No such file or directory"),
        (["base", "nothing", "base"], "OURS: No such file or directory"),
        ([".", "ours", "base"], "BASE: Is a directory"),
        (["base", "ours", "base", "path", "more"], "too many arguments"),
    ],
)
def test_wrong_usage(git, pkes, arguments, error):
    for name in ("base", "ours"):
        git.write(name, name)
    ran = pkes("git", "merge", *arguments)
    assert (ran.status, ran.out, ran.err.splitlines()[0]) == (2, "", f"pkes: {error}")
    assert (git.folder / "ours").read_text() == "ours"


def test_a_folder_that_cannot_be_written_to_is_an_error(git, pkes, monkeypatch):
    from pkes.storage import files as replace

    def refuse(path, *_data, **_options):
        raise CannotWrite(str(path), OSError(28, "x"))

    monkeypatch.setattr(replace, "replace_file", refuse)
    for name, text in zip(("base", "ours", "theirs"), (BASE, *CLEAN), strict=True):
        git.write(name, text)
    ran = pkes("git", "merge", "base", "ours", "theirs")
    assert (ran.status, ran.err) == (
        5, "pkes: ours: cannot be written: No space left on device; it is as it was\n"
    )  # fmt: skip
    assert (git.folder / "ours").read_text(encoding="utf-8") == CLEAN[0]
