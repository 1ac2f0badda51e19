"""`pkes diff`: what changed between two versions of the registry."""

import json

import pytest

from tests.conftest import SHIPPED
from tests.git.repositories import new_repository
from tests.registries import HEAD, REGISTRY, with_member, with_sector

ONE = HEAD + '[members.a]\nname = "A"\n'
TWO = HEAD + '[members.a]\nname = "A"\ntown = "T"\n'


@pytest.fixture
def git(tmp_path, monkeypatch):
    git = new_repository(tmp_path / "repository", monkeypatch)
    monkeypatch.chdir(git.folder)
    return git


@pytest.fixture
def two(git):
    """A repository in which a member got a town since the first of two commits."""
    git.write("registry.toml", ONE)
    git.commit("one")
    git.write("registry.toml", TWO)
    git.commit("two")
    return git


TOWN = ("kind\tid\taction\tfield\told\tnew\nmember\ta\tchanged\ttown\t", "\n")
CAME, WENT = "\tT".join(TOWN), "T\t".join(TOWN)


# A repository with a few commits, as it would be.


@pytest.fixture
def cluster(git, pkes):
    """The shipped registry with a pull request's worth of changes."""
    git.write(".gitignore", ".*.lock\n")
    text = git.write("registry.toml", SHIPPED.read_text(encoding="utf-8")).read_text(encoding="utf-8")
    git.commit("Begin")
    for command in (
        (
            "edit",
            "bergamotka",
            "phone=14 681 00 00",
            "tags+=catering",
            "note=Ask for | @kasia,\nsee #12 or www.example.org",
        ),
        ("rename", "4hc", "cztery-hc"),
        ("leave", "feniks", "--on", "2025-02-01"),
        ("remove", "synergia", "-y"),
        (
            "add",
            "Fundacja Igła <i Nitka>",
            "-s",
            "ngo",
            "--email",
            "igla@example.org",
            "--tags",
            "szycie",
            "--tags",
            "haft",
        ),
    ):
        ran = pkes(*command)
        assert ran.status == 0, ran.err
    text = git.registry.read_text(encoding="utf-8")
    text = text.replace("otwartą platformą", "platformą").replace("biznesem, sektorem", "biznesem i sektorem")
    git.write("registry.toml", text.replace('    "promocja regionu przyjaznego ekonomii społecznej",\n', ""))
    git.commit("A busy day")
    return git


def test_markdown_for_a_pull_request(cluster, pkes, expect):
    ran = pkes("diff", "HEAD~1", "--markdown")
    assert (ran.status, ran.err) == (0, "")
    expect("diff.md", ran.out)


@pytest.mark.parametrize("count", [1, 40, 400])
def test_markdown_for_any_number_of_changes(tmp_path, monkeypatch, pkes, expect, count):
    monkeypatch.chdir(tmp_path)
    for name, number in (("old.toml", 0), ("new.toml", count)):
        (tmp_path / name).write_text(_changed_in(number), encoding="utf-8")
    ran = pkes("diff", "old.toml", "new.toml", "--markdown")
    assert (ran.status, ran.err) == (0, "")
    assert len(ran.out.encode()) <= 60_000
    expect(f"diff-{count}.md", ran.out)


def _changed_in(count):
    """Return a registry of 450 members of which so many, from the first on, are changed in one way or another."""
    head = REGISTRY + with_sector("", "biznes" if count > 20 else "business", "biznes", "business")
    return head + "".join(_member(number, is_changed=number < count) for number in range(450))


def _member(number, *, is_changed):
    id, fields = f"m-{number:03}", {"town": "Łańcut", "note": "Prosi o telefon po południu. " * 5}
    if not is_changed:
        return with_member("", id, **fields)
    match number % 10:
        case 3:
            return ""
        case 4:
            return with_member("", id, **fields, left="2025-02")
        case 5:
            return with_member("", f"x-{number:03}", **fields | {"email": f"{id}@example.org", "name": id.title()})
        case 6:
            return with_member("", id, **fields | {"sector": "biznes"}) + with_member("", f"n-{number:03}", **fields)
    note = fields["note"].replace("telefon", "wiadomość do @biuro, #12,", 2)
    return with_member("", id, **fields | {"note": note, "website": f"https://{id}.example.org/o_nas"})


@pytest.mark.parametrize("columns", [60, 80])
def test_a_terminal_shows_it_record_by_record(cluster, terminal, expect, columns):
    expect(f"diff-{columns}.txt", terminal("diff", "HEAD~1", columns=columns))


def test_a_pipe_gets_tab_separated_lines(cluster, pkes, expect):
    ran = pkes("diff", "HEAD~1")
    assert (ran.status, ran.err) == (0, "")
    expect("diff-piped.txt", ran.out)


def test_json_is_an_array_of_changes(cluster, pkes):
    lines = pkes("diff", "HEAD~1").out.splitlines()
    changes = json.loads(pkes("diff", "HEAD~1", "--json").out)
    assert list(changes[0]) == lines[0].split("\t")
    assert [[one[key] or "" for key in ("kind", "id", "action", "field")] for one in changes] == [
        line.split("\t")[:4] for line in lines[1:]
    ]


# Which versions are meant.


def test_head_and_the_working_file_are_compared(two, pkes):
    assert pkes("diff") == (0, "", "")
    two.write("registry.toml", ONE)
    assert pkes("diff") == (0, WENT, "")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(["HEAD~1"], CAME, id="revision-and-working-file"),
        pytest.param(["HEAD~1", "HEAD"], CAME, id="revisions"),
        pytest.param(["main", "main~1"], WENT, id="the-other-way-round"),
        pytest.param(["old.toml"], CAME, id="file-and-working-file"),
        pytest.param(["old.toml", "HEAD"], CAME, id="file-and-revision"),
        pytest.param(["HEAD", "./old.toml"], WENT, id="revision-and-file"),
        pytest.param(["old.toml", "registry.toml"], CAME, id="files"),
    ],
)
def test_a_version_is_a_revision_or_a_file(two, pkes, arguments, expected):
    two.write("old.toml", "\ufeff" + ONE.replace("\n", "\r\n"))
    assert pkes("diff", *arguments) == (0, expected, "")


def test_files_need_neither_git_nor_a_registry(tmp_path, pkes, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "")
    (tmp_path / "a").write_text(ONE)
    (tmp_path / "b").write_text(TWO)
    assert pkes("diff", "a", "b", PATH="") == (0, CAME, "")


def test_the_registry_may_stand_in_a_folder(git, pkes, monkeypatch):
    git.write("data/registry.toml", ONE)
    git.commit("one")
    path = git.write("data/registry.toml", TWO)
    assert pkes("-r", str(path), "diff").out == CAME
    monkeypatch.chdir(path.parent)
    assert pkes("diff", "HEAD").out == CAME


# What is not there, or cannot be read.


def failing(status, what, *below):
    return status, "", "".join(f"{line}\n" for line in (f"pkes: {what}", *below))


def neither(name):
    return failing(2, f'"{name}" is neither a revision that git knows nor a file', '"pkes history" shows the revisions')


@pytest.mark.parametrize("name", ["HEAD~9", "nothing", "no.toml", "^HEAD", "a b", "HEAD:registry.toml"])
def test_what_is_neither_a_revision_nor_a_file_is_refused(two, pkes, name):
    assert pkes("diff", name) == neither(name)
    assert pkes("diff", "HEAD", name) == neither(name)


def test_a_name_like_an_option_stands_behind_two_dashes(two, pkes):
    assert pkes("diff", "--", "--all") == neither("--all")
    assert pkes("diff", "--", "\x1b[31m") == neither("\\x1b[31m")


def test_an_old_registry_that_cannot_be_read_is_named_with_its_place(two, pkes):
    two.write("registry.toml", TWO + "x = [")
    two.commit("broken")
    ran = pkes("diff", "HEAD~1", "HEAD")
    assert (ran.status, ran.out) == (3, "")
    assert ran.err.startswith("pkes: HEAD:registry.toml:8:6: not TOML: ")
    (two.folder / "registry.toml").write_bytes(b"\xff")
    two.commit("no text")
    two.write("registry.toml", TWO)
    assert pkes("diff").err.startswith("pkes: HEAD:registry.toml:1:1: not UTF-8\n")


def test_a_revision_without_the_file(git, pkes):
    git.write("registry.toml", ONE)
    assert pkes("diff") == failing(2, 'git knows no revision "HEAD"', "nothing is committed yet")
    git.write("other", "x")
    git("add", "other")
    git("commit", "-qm", "x")
    assert pkes("diff") == failing(3, "HEAD:registry.toml: git has no such file there")


@pytest.mark.parametrize("arguments", [[], ["HEAD"], ["HEAD", "registry.toml"]])
def test_outside_of_a_repository(write_registry, pkes, arguments):
    write_registry(ONE)
    assert pkes("diff", *arguments) == failing(
        2,
        "registry.toml: it stands in no git repository, or git is not installed",
        '"git init" in its folder makes one',
    )


def test_a_working_file_that_cannot_be_read(two, pkes):
    two.write("registry.toml", "x = [")
    assert pkes("diff").status == 3
    two.registry.unlink()
    assert pkes("diff", "HEAD").status == 3


# Nothing changed, and the exit status.


def test_nothing_changed(two, pkes, terminal):
    two.write("registry.toml", "# another layout\n" + TWO.replace(" = ", "="))
    assert pkes("diff", "--exit-code") == (0, "", "")
    assert pkes("diff", "--json", "--exit-code") == (0, "[]\n", "")
    only_form = "No data changed: only comments, or the form of the file.\n"
    assert pkes("diff", "--markdown", "--exit-code") == (0, only_form, "")
    assert terminal("diff") == "pkes: nothing changed but comments or layout\n"
    assert terminal("diff", "HEAD", "HEAD") == "pkes: nothing changed\n"
    assert terminal("diff", "--json") == "[]\n"


@pytest.mark.parametrize("options", [[], ["--json"], ["--markdown"]])
def test_exit_code_tells_that_something_changed(two, pkes, options):
    ran = pkes("diff", "HEAD~1", "--exit-code", *options)
    assert (ran.status, ran.err) == (1, "")
    assert ran.out == pkes("diff", "HEAD~1", *options).out != ""


def test_json_and_markdown_exclude_each_other(two, pkes):
    assert pkes("diff", "--json", "--markdown") == failing(
        2, "--markdown: not together with --json", '"pkes diff --help" shows how it is used'
    )


@pytest.mark.parametrize("options", [[], ["--markdown"]])
def test_nothing_of_the_registry_drives_a_terminal(git, terminal, options):
    git.write("registry.toml", ONE)
    git.commit("one")
    hostile = "\\u001b]0;x\\u0007\\u202e[red]"
    git.write("registry.toml", TWO.replace('"T"', f'"{hostile}"') + f'"{hostile}" = 1\ntags = ["{hostile}"]\n')
    seen = terminal("diff", *options, NO_COLOR="1")
    assert "\x1b]" not in seen
    assert "\u202e" not in seen
    assert seen.count("0;x") == 3


def test_the_help_says_which_version_is_meant(pkes):
    assert "./NAME is always a file" in " ".join(pkes("diff", "--help").out.replace("│", "").split())


# From the merge base on.


@pytest.fixture
def topic(two):
    """A branch that began at the first commit; its registry has another member, and the file one more."""
    two("checkout", "-q", "-b", "topic", "HEAD~1")
    two.write("registry.toml", ONE + '[members.b]\nname = "B"\n')
    two.commit("Topic")
    two.write("registry.toml", ONE + '[members.c]\nname = "C"\n')
    return two


@pytest.mark.parametrize(
    ("versions", "ids"),
    [
        pytest.param(["main...topic"], ["b"], id="to-the-branch"),
        pytest.param(["topic...main"], ["a"], id="to-main"),
        pytest.param(["main..."], ["c"], id="to-the-file"),
        pytest.param(["main...", "HEAD"], ["b"], id="to-a-revision"),
        pytest.param(["main", "topic"], ["a", "b"], id="of-two-revisions"),
        pytest.param(["topic", "main...topic"], ["b"], id="as-the-new-one"),
    ],
)
def test_three_dots_are_the_merge_base(topic, pkes, versions, ids):
    assert [change["id"] for change in json.loads(pkes("diff", *versions, "--json").out)] == ids


def test_a_file_may_have_three_dots_in_its_name(topic, pkes):
    topic.write("main...topic", ONE)
    topic.write("a...b", ONE)
    assert pkes("diff", "./main...topic", "HEAD~1") == (0, "", "")
    assert pkes("diff", "a...b", "HEAD~1") == (0, "", "")


@pytest.mark.parametrize(
    ("versions", "what"),
    [
        ("x...main", 'git knows no revision "x"'),
        ("main...x", '"x" is neither a revision that git knows nor a file'),
    ],
)
def test_an_end_that_git_does_not_know(topic, pkes, versions, what):
    ran = pkes("diff", versions)
    assert (ran.status, ran.out, ran.err.splitlines()[0]) == (2, "", f"pkes: {what}")
