"""`pkes history`: what changed, commit by commit."""

import json
import re

import pytest

from tests.conftest import SHIPPED
from tests.git.repositories import Git, new_repository
from tests.registries import HEAD

ONE = HEAD + '[members.a]\nname = "A"\n'
TWO = HEAD + '[members.a]\nname = "A"\ntown = "T"\n'


@pytest.fixture
def git(tmp_path, monkeypatch):
    git = new_repository(tmp_path / "repository", monkeypatch)
    monkeypatch.chdir(git.folder)
    return git


@pytest.fixture
def two(git):
    git.write("registry.toml", ONE)
    git.commit("one")
    git.write("registry.toml", TWO)
    git.commit("two")
    return git


@pytest.fixture
def cluster(git, pkes):
    """The shipped registry with a few commits, of two authors; one of them left it broken."""

    def commit(message, *command, author="Ewa Nowak <ewa@example.org>"):
        ran = pkes(*command)
        assert ran.status == 0, ran.err
        git.commit(message, f"--author={author}")

    git.write(".gitignore", ".*.lock\n")
    git.write("registry.toml", SHIPPED.read_text(encoding="utf-8"))
    git.commit("Begin")
    commit("Bergamotka can be called", "edit", "bergamotka", "phone=14 681 00 00", "tags+=catering", "tags+=obiady")
    commit("Feniks leaves", "leave", "feniks", "--on", "2025-02-01")
    commit("A shorter name", "rename", "bergamotka", "berga", author="Jan Kowal <jan@example.org>")
    good = git.registry.read_text(encoding="utf-8")
    git.write("registry.toml", good.replace("[members.berga]", "[members.berga"))
    git.commit("Oops", "--author=Jan Kowal <jan@example.org>")
    git.write("registry.toml", good)
    commit("Back to the old name", "rename", "berga", "bergamotka")
    commit("Lunches no more", "edit", "bergamotka", "tags-=obiady", "note=Asks for lunch\nbefore noon", "town=Jasło")
    return git


def without_hashes(output):
    return re.sub(r"\b[0-9a-f]{10}\b", "<hash>", output)


def subjects(output):
    return [step["subject"] for step in json.loads(output)]


def test_one_record_on_a_pipe(cluster, pkes, expect):
    ran = pkes("history", "bergamotka")
    assert (ran.status, ran.err) == (0, "")
    expect("history-bergamotka-piped.txt", without_hashes(ran.out))


@pytest.mark.parametrize("columns", [60, 80])
def test_one_record_on_a_terminal(cluster, terminal, expect, columns):
    expect(f"history-bergamotka-{columns}.txt", without_hashes(terminal("history", "bergamotka", columns=columns)))


def test_all_records(cluster, pkes, expect):
    ran = pkes("history", "-n", "6")
    assert (ran.status, ran.err) == (0, "")
    expect("history.txt", without_hashes(ran.out))


def test_json_is_an_array_of_steps(cluster, pkes):
    steps = json.loads(pkes("history", "--json").out)
    assert [step["revision"] for step in steps] == cluster("log", "--format=%H").split()
    assert [step["author"] for step in steps][:3] == ["Ewa Nowak", "Ewa Nowak", "Jan Kowal"]
    assert {step["date"] for step in steps} == {"2024-05-01"}
    assert [list(step) for step in steps] == [["revision", "date", "author", "subject", "changes"]] * 7
    assert [step["changes"] is None for step in steps] == [step["subject"] == "Oops" for step in steps]
    assert steps[0]["changes"][1] == {
        "kind": "member", "id": "bergamotka", "action": "changed", "field": "tags",
        "old": ["catering", "obiady"], "new": ["catering"],
    }  # fmt: skip


@pytest.mark.parametrize("limit", [0, 1, 3, 99])
def test_the_limit_counts_what_is_shown(cluster, pkes, limit):
    shown = subjects(pkes("history", "bergamotka", "--json").out)
    assert len(shown) == 6
    ran = pkes("history", "bergamotka", "--json", "-n", str(limit))
    assert (subjects(ran.out), ran.err) == (shown[:limit], "")
    assert pkes("history", "bergamotka", "-n", str(limit)).out.count("\n\n") == max(0, min(limit, 6) - 1)


@pytest.mark.parametrize("wanted", ["BERGAMOTKA", "Spółdzielnia Socjalna Bergamotka", "gamotka", "bergamotka"])
def test_a_record_is_found_by_id_name_or_a_part(cluster, pkes, wanted):
    assert len(subjects(pkes("history", wanted, "--json").out)) == 6


def test_a_rename_that_is_not_committed_is_followed(cluster, pkes):
    assert pkes("rename", "bergamotka", "b").status == 0
    expected = subjects(pkes("history", "bergamotka", "--json").out)
    assert subjects(pkes("history", "b", "--json").out) == expected
    cluster.registry.write_text("x = [")
    assert subjects(pkes("history", "bergamotka", "--json").out) == expected


def test_an_id_of_once_is_found(cluster, pkes):
    ran = pkes("history", "berga", "--json")
    assert subjects(ran.out)[0] == "Back to the old name"
    assert pkes("remove", "feniks", "-y").status == 0
    assert subjects(pkes("history", "feniks", "--json").out) == ["Feniks leaves", "Begin"]


def test_what_was_never_there_is_no_record(cluster, pkes):
    ran = pkes("history", "bergamotta")
    assert (ran.status, ran.out) == (4, "")
    assert ran.err == ('pkes: no such record, neither now nor in the history (did you mean "bergamotka"?)\n')
    assert "Anna" not in pkes("history", "Anna Kowalska").err
    assert pkes("history", "spoldzielnia").status == 4


def test_the_working_file_is_not_needed(two, pkes):
    two.write("registry.toml", "x = [")
    assert subjects(pkes("history", "--json").out) == subjects(pkes("history", "a", "--json").out) == ["two", "one"]
    assert pkes("history", "b").status == 4


@pytest.mark.parametrize("wanted", ["feniks", "Spółdzielnia Socjalna FENIKS", "fenik"])
def test_a_member_that_is_gone_is_found_by_its_name(cluster, pkes, wanted):
    assert pkes("remove", "feniks", "-y").status == 0
    cluster.commit("Feniks is gone")
    assert subjects(pkes("history", wanted, "--json").out) == ["Feniks is gone", "Feniks leaves", "Begin"]
    assert pkes("history", "fenikz").status == 4


def test_several_that_are_gone_are_listed(git, pkes):
    git.write("registry.toml", ONE + '[members.b]\nname = "Nic B"\n[members.c]\nname = "Nic C"\n')
    git.commit("one")
    git.write("registry.toml", ONE)
    git.commit("two")
    ran = pkes("history", "nic")
    assert (ran.status, ran.out) == (4, "")
    assert ran.err.endswith("  b  Nic B\n  c  Nic C\n")


# Some of the commits.


ALL = ["Lunches no more", "Back to the old name", "Oops", "A shorter name", "Feniks leaves", "Bergamotka can be called"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["HEAD~2..HEAD"], ALL[:2]),
        (["HEAD~2.."], ALL[:2]),
        (["..HEAD~3"], []),
        (["HEAD~5..HEAD~3"], ["A shorter name", "Feniks leaves"]),
        (["HEAD~5..HEAD~3", "bergamotka"], ["A shorter name"]),
        (["bergamotka", "HEAD~5..HEAD~3"], ["A shorter name"]),
        (["feniks", "HEAD~5..HEAD", "-n", "9"], ["Feniks leaves"]),
        (["HEAD~6...HEAD~3", "-n", "2"], ["A shorter name", "Feniks leaves"]),
    ],
)
def test_a_span_of_commits(cluster, pkes, arguments, expected):
    ran = pkes("history", *arguments, "--json")
    assert (ran.status, ran.err, subjects(ran.out)) == (0, "", expected)


def test_a_branch_that_head_does_not_hold(two, pkes):
    two("checkout", "-qb", "topic", "HEAD~1")
    two("mv", "registry.toml", "other.toml")
    two.commit("moved")
    two.write("other.toml", ONE + 'phone = "1"\n')
    two.commit("topic")
    two("checkout", "-q", "main")
    assert subjects(pkes("history", "main..topic", "--json").out) == ["topic", "moved"]
    assert subjects(pkes("history", "main...topic", "a", "--json").out) == ["topic"]
    assert subjects(pkes("history", "topic..main", "--json").out) == ["two"]


def test_what_is_no_span_is_refused(two, pkes):
    assert pkes("history", "a", "HEAD").status == 2
    ran = pkes("history", "nowhere..HEAD")
    assert (ran.status, ran.out, 'git knows no revision "nowhere"' in ran.err) == (2, "", True)


@pytest.mark.parametrize(
    ("since", "expected"),
    [("2024-05-01", 3), ("2.5.2024", 2), ("05.2024", 3), ("2024-06", 1), ("2025", 0), ("today", 0)],
)
def test_since_a_day_month_or_year(git, pkes, since, expected):
    for day, town in (("2024-05-01", "A"), ("2024-05-31", "B"), ("2024-06-01", "C")):
        git.write("registry.toml", ONE + f'town = "{town}"\n')
        git.commit(town, f"--date={day}T12:00:00")
    assert subjects(pkes("history", "--since", since, "--json").out) == ["C", "B", "A"][:expected]
    assert len(subjects(pkes("history", "a", "--since", since, "--json", "-n", "1").out)) == min(expected, 1)


def test_since_no_day_is_refused(two, pkes):
    assert pkes("history", "--since", "soon") == (
        2,
        "",
        "pkes: --since: not a date (YYYY-MM-DD, D.M.YYYY, MM.YYYY, YYYY, yesterday, today, tomorrow)\n",
    )
    assert pkes("history", "--since", "2025") == (0, "", "pkes: no commit among them has changed it\n")


@pytest.mark.parametrize("field", ["phone", "Telefon", "PHONE"])
def test_who_last_set_a_field(cluster, pkes, field):
    ran = pkes("history", "bergamotka", "--field", field, "--json")
    steps = json.loads(ran.out)
    assert [(step["subject"], step["changes"] and len(step["changes"])) for step in steps] == [
        ("Oops", None), ("Bergamotka can be called", 1),
    ]  # fmt: skip
    assert steps[1]["changes"][0]["new"] == "+48 14 681 00 00"


def test_a_field_of_all_records(cluster, pkes):
    assert subjects(pkes("history", "--field", "left", "HEAD~5..HEAD~3", "--json").out) == ["Feniks leaves"]
    ran = pkes("history", "--field", "legal-form", "..", "--json")
    assert (ran.status, ran.out) == (0, "[]\n")
    assert subjects(pkes("history", "cluster", "--field", "region", "--json").out)[-1] == "Begin"


def test_a_record_that_comes_or_goes_sets_and_clears_its_fields(two, pkes):
    two.write("registry.toml", HEAD)
    two.commit("gone")
    ran = pkes("history", "a", "--field", "town", "--json")
    assert [(step["subject"], step["changes"]) for step in json.loads(ran.out)] == [
        (subject, [{"kind": "member", "id": "a", "action": "changed", "field": "town", "old": old, "new": new}])
        for subject, old, new in (("gone", "T", None), ("two", None, "T"))
    ]
    assert subjects(pkes("history", "--field", "name", "--json").out) == ["gone", "one"]


@pytest.fixture
def coloured(git):
    """A key that is no field comes, changes, and goes with its member; another is of the file."""
    for subject, text in (
        ("none", HEAD),
        ("red", ONE + 'colour = "red"\n'),
        ("blue", "hue = 1\n" + ONE + 'colour = "blue"\n'),
        ("town", "hue = 1\n" + TWO + 'colour = "blue"\n'),
        ("gone", "hue = 1\n" + HEAD),
    ):
        git.write("registry.toml", text)
        git.commit(subject)
    return git


@pytest.mark.parametrize("record", [["a"], []])
def test_a_key_that_is_no_field(coloured, pkes, record):
    ran = pkes("history", *record, "--field", "colour", "--json")
    assert [(step["subject"], step["changes"]) for step in json.loads(ran.out)] == [
        (subject, [{"kind": "member", "id": "a", "action": "changed", "field": "colour", "old": old, "new": new}])
        for subject, old, new in (("gone", "blue", None), ("blue", "red", "blue"), ("red", None, "red"))
    ]
    assert pkes("history", *record, "--field", "colour", "-n", "1").out.splitlines()[1:] == [
        "  ~ member a", "      colour: blue → —",
    ]  # fmt: skip


def test_a_key_of_the_file(coloured, pkes):
    assert subjects(pkes("history", "--field", "hue", "--json").out) == ["blue"]
    said = "pkes: no commit among them has changed it\n"
    assert pkes("history", "HEAD~1..", "--field", "hue") == (0, "", said)


def test_a_key_on_record_that_no_commit_has_changed(two, pkes):
    two.write("registry.toml", TWO + 'colour = "red"\n')
    assert pkes("history", "a", "--field", "colour") == (0, "", "pkes: no commit has changed it\n")
    assert pkes("history", "cluster", "--field", "colour").status == 2
    assert pkes("history", "--field", "color").status == 2


def test_a_field_that_the_record_cannot_have_is_refused(two, pkes):
    ran = pkes("history", "cluster", "--field", "nip")
    assert (ran.status, ran.out, ran.err.splitlines()[0]) == (2, "", 'pkes: unknown field "nip"')
    ran = pkes("history", "--field", "telefom")
    assert ran.err.startswith('pkes: unknown field "telefom" (did you mean "Phone"?)\n')


# Nothing to tell.


def test_what_no_commit_has_changed(git, pkes):
    git.write("registry.toml", ONE)
    said = "pkes: no commit has changed it\n"
    assert pkes("history") == (0, "", f"{said}pkes: The registry is not saved in git yet.\n")
    assert pkes("history", "a") == (0, "", said)
    assert pkes("history", "--json") == (0, "[]\n", "")
    git.commit("one")
    git.write("registry.toml", ONE + '[members.b]\nname = "B"\n')
    assert pkes("history", "b") == (0, "", "pkes: no commit has changed it\n")


def test_a_commit_that_changed_no_record_says_so(two, pkes):
    two.write("registry.toml", TWO + "# a comment\n")
    hash = two.commit("Comment")
    assert pkes("history", "-n", "1").out == f"{hash[:10]} 2024-05-01 Test: Comment\n  no record changed\n"
    assert json.loads(pkes("history", "-n", "1", "--json").out)[0]["changes"] == []


def test_a_text_of_several_lines_stays_below_its_title(two, pkes):
    two.write("registry.toml", TWO + '[members.b]\nname = "B"\nnote = """\none\n  two"""\n')
    two.commit("three")
    assert pkes("history", "b").out.splitlines()[1:] == [
        "  + member b", "      Name: B", "      Note:", "        one", "          two",
    ]  # fmt: skip


def test_outside_of_a_repository(write_registry, pkes):
    write_registry(ONE)
    assert pkes("history") == (
        2,
        "",
        "pkes: registry.toml: it stands in no git repository, or git is not installed\n"
        '"git init" in its folder makes one\n',
    )


def test_without_a_registry(tmp_path, monkeypatch, pkes):
    monkeypatch.chdir(tmp_path)
    assert pkes("history").status == 3


# Clones that lack something.


def test_a_shallow_clone_says_that_history_is_cut_off(two, tmp_path, pkes):
    two("clone", "-q", "--depth=1", f"file://{two.folder}", "../clone")
    ran = pkes("-r", str(tmp_path / "clone" / "registry.toml"), "history", "--json")
    assert [(step["subject"], step["changes"]) for step in json.loads(ran.out)] == [("two", None)]
    assert ran.err == (
        'pkes: warning: this clone has only the newest part of the history: "git fetch --unshallow origin" fetches the '
        "rest\n"
    )
    for arguments in (["a"], ["a", "--field", "town"], ["--since", "2024"], ["--field", "name"]):
        ran = pkes("-r", str(tmp_path / "clone" / "registry.toml"), "history", *arguments, "--json")
        assert [(step["subject"], step["changes"]) for step in json.loads(ran.out)] == [("two", None)]


def test_nothing_before_the_end_of_a_shallow_clone_is_taken_back(two, tmp_path, pkes):
    two("clone", "-q", "--depth=1", f"file://{two.folder}", "../clone")
    assert pkes("-r", str(tmp_path / "clone" / "registry.toml"), "undo", "-y") == (
        2, "",
        'pkes: "HEAD": this shallow clone does not reach back far enough\n'
        '"git fetch --unshallow origin" fetches what is missing\n',
    )  # fmt: skip


def test_a_file_that_the_clone_does_not_hold(two, tmp_path, pkes):
    two("config", "uploadpack.allowFilter", "true")
    two("clone", "-q", "--filter=blob:none", f"file://{two.folder}", "../clone")
    Git(tmp_path / "clone")("remote", "set-url", "origin", "../gone")
    ran = pkes("-r", str(tmp_path / "clone" / "registry.toml"), "history")
    said = "  not known: this clone does not hold the file as it was"
    assert ran.out.splitlines()[1::3] == [said, said]


def test_a_clone_without_trees_says_how_to_fetch_them(two, tmp_path, pkes):
    two("config", "uploadpack.allowFilter", "true")
    two("clone", "-q", "--filter=tree:0", f"file://{two.folder}", "../clone")
    ran = pkes("-r", str(tmp_path / "clone" / "registry.toml"), "history")
    assert (ran.status, ran.out) == (2, "")
    assert "git fetch --refetch --no-filter origin" in ran.err


# Hostile content.


def test_nothing_of_a_commit_drives_a_terminal(two, pkes, terminal):
    two.write("registry.toml", TWO + '"x\\u001b" = "\\u009b1m"\n')
    two.commit("a\x1b]0;x\x07\u202e[red]", "--author=E\x1b[31mve <e@example.org>", "--date=2024-02-03")
    for shown in (pkes("history").out, terminal("history", NO_COLOR="1")):
        assert shown.split("\n")[0].endswith("2024-02-03 E\\x1b[31mve: a\\x1b]0;x\\x07\\u202e[red]")
        assert not re.search("[\x1b\x07\x9b\u202e]", shown)
    ran = pkes("history", "--json")
    assert not re.search("[\x1b\x07\x9b\u202e]", ran.out)
    assert subjects(ran.out)[0] == "a\x1b]0;x\x07\u202e[red]"


def test_a_commit_without_a_subject(two, pkes):
    two.write("registry.toml", ONE)
    two.commit("x")
    hash = two("commit", "--amend", "--allow-empty-message", "-qm", "") or two("rev-parse", "HEAD")
    assert pkes("history", "-n", "1").out.startswith(f"{hash[:10]} 2024-05-01 Test\n")
