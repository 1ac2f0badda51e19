"""One person planted in every corner of a real repository, found there, and gone after the printed commands."""

import os
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from pkes.git.repository import Repository
from pkes.privacy.in_git import REPLACEMENTS, Found, rewriting, search
from pkes.privacy.traces import Traces
from tests.git.repositories import Git, new_repository

PERSON, EMAIL, PHONE = "Łucja Śnieżna", "lucja@example.org", "+48 502 741 703"
WITH = f'format = 1\n\n[inquiries.x]\nperson = "{PERSON}"\n'
WITHOUT = "format = 1\n\n[inquiries.x]\nerased = 2026-01-01\n"


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    git = new_repository(tmp_path / "repository", monkeypatch)
    git.commit("Begin")
    return git


def look(git: Git, *marks: str) -> Found:
    repository = Repository.find(git.registry)
    assert repository
    return search(repository, Traces(marks or (PERSON, EMAIL, PHONE)))


def hashes(holding: Found) -> list[str]:
    return [commit.hash for commit in holding.commits]


def test_nothing_is_found_where_nothing_is(git):
    git.write("registry.toml", WITHOUT)
    git.write("other", "Łucja Śnieżnawska, 502 741 7031")
    git("stash", "-u")
    git("tag", "-a", "v", "-m", "v")
    holding = look(git)
    assert holding == ((), (), (), False, True)
    assert not holding


def test_without_marks_git_is_not_asked(git, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert search(Repository(git.folder, "registry.toml"), Traces([])) == Found()


def test_in_an_empty_repository_nothing_is_found(tmp_path, git):
    assert not look(Git(tmp_path / "empty").init())


def test_each_commit_that_still_has_it_in_a_file_is_found(git):
    git.write("registry.toml", WITH)
    one = git.commit("Add")
    git.write("readme", "x")
    two = git.commit("Another file")
    git.write("registry.toml", WITHOUT)
    git.commit("Erase personal data")
    holding = look(git)
    assert hashes(holding) == [two, one]
    assert holding == (holding.commits, ("main",), (), False, True)
    assert (holding.commits[0].date, two.startswith(holding.commits[0].short)) == ("2024-05-01", True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(unicodedata.normalize("NFD", WITH), id="decomposed"),
        pytest.param(WITH.upper(), id="capitals"),
        pytest.param('person = "\\u0141ucja \\U0000015Anie\\u017cna"\n', id="TOML escapes"),
        pytest.param('message = """\nPani Łucja \\\n   Śnieżna"""\n', id="wrapped string"),
        pytest.param("# call Lucja\n# Sniezna\n", id="wrapped comment"),
        pytest.param('phone = "(+48) 502-741-703"\n', id="phone typed in another way"),
        pytest.param('notes = ["2026-01-01 pisze LUCJA@EXAMPLE.ORG"]\n', id="e-mail in capitals"),
        pytest.param(f"<<<<<<< ours\n{WITH}=======\n>>>>>>> theirs\n", id="merge conflict"),
    ],
)
def test_however_it_is_written_it_is_found(git, text):
    git.write("registry.toml", text)
    commit = git.commit("Add")
    git("rm", "-q", "registry.toml")
    git.commit("Clear")
    assert hashes(look(git)) == [commit]


@pytest.mark.parametrize("encoding", ["cp1250", "iso-8859-2"])
def test_it_is_found_in_a_file_that_is_not_utf_8(git, encoding):
    (git.folder / "mail.eml").write_bytes(b"\xff" + WITH.encode(encoding))
    commit = git.commit("Add")
    assert hashes(look(git)) == [commit]


def test_files_under_any_name_are_looked_into(git):
    git.write("old/\n\"n'\\ame", WITH)
    one = git.commit("Add")
    git("mv", "old", "new")
    two = git.commit("Rename")
    git("rm", "-rq", "new")
    git.commit("Remove")
    assert hashes(look(git)) == [two, one]


def test_a_name_of_a_file_counts(git):
    git.write("mails/lucja-sniezna.eml", "x")
    commit = git.commit("Add")
    assert hashes(look(git)) == [commit]


def test_files_that_are_no_text_and_submodules_are_passed_over(git):
    git.write("binary", f"\0{PERSON}")
    git("add", ".")
    git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},sub")
    git("commit", "-m", "Add")
    assert look(git) == Found()


@pytest.mark.parametrize(
    "message", [f"Add {PERSON}", f"Add\n\nSigned-off-by: A <{EMAIL}>", "Add lucja\nsniezna", "tel. 502741703"]
)
def test_a_message_counts(git, message):
    commit = git.commit(message, "--allow-empty")
    assert hashes(look(git)) == [commit]


def test_a_message_in_an_older_encoding_counts(git):
    file = git.folder.with_name("message")
    file.write_bytes(PERSON.encode("iso-8859-2"))
    git("-c", "i18n.commitEncoding=ISO-8859-2", "commit", "-q", "--allow-empty", "-F", str(file))
    assert hashes(look(git)) == [git("rev-parse", "HEAD")]


def test_branches_and_tags_that_lead_to_it_are_named(git):
    git("tag", "before")
    git("switch", "-q", "-c", "topic")
    git.write("registry.toml", WITH)
    one = git.commit("Add")
    git("tag", "light")
    git("tag", "-a", "-m", "v", "heavy")
    git("tag", "-a", "-m", "v", "nested", "heavy")
    git("update-ref", "refs/remotes/origin/topic", "HEAD")
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/topic")
    git("update-ref", "refs/pull/1/head", "HEAD")
    git.write("registry.toml", WITHOUT)
    git.commit("Erase personal data")
    git("branch", "later")
    git("switch", "-q", "main")
    holding = look(git)
    assert hashes(holding) == [one]
    assert holding.refs == ("later", "topic", "pull/1/head", "origin/topic", "heavy", "light", "nested")


def test_after_a_merge_only_what_still_has_it_is_counted(git):
    git("switch", "-q", "-c", "topic")
    git.write("registry.toml", WITH)
    one = git.commit("Add")
    git("switch", "-q", "main")
    git("merge", "-q", "-s", "ours", "--no-ff", "-m", "Merge", "topic")
    holding = look(git)
    assert (hashes(holding), holding.refs) == ([one], ("main", "topic"))


def test_a_tag_counts_by_its_message_its_name_or_a_bare_object(git):
    git("tag", "-a", "-m", f"for {PERSON}", "told")
    git("tag", "-a", "-m", "x", "outer", "told")
    git("branch", "łucja-śnieżna")
    git.write("file", WITH)
    git("tag", "blob", git("hash-object", "-w", "file"))
    git("tag", "plain")
    git("add", "file")
    git("tag", "tree", git("write-tree"))
    git("rm", "-qf", "file")
    assert look(git) == ((), ("łucja-śnieżna", "blob", "outer", "told", "tree"), (), False, True)


def test_a_note_counts(git):
    git("notes", "add", "-m", f"from {EMAIL}")
    holding = look(git)
    assert (len(holding.commits), holding.refs) == (1, ("notes/commits",))


def test_a_commit_of_the_reflog_alone_counts(git):
    git.write("registry.toml", WITH)
    one = git.commit("Add")
    git("reset", "-q", "--hard", "HEAD^")
    assert look(git) == ((*look(git).commits,), (), (), False, True)
    assert hashes(look(git)) == [one]


def test_a_replaced_commit_counts(git):
    git.write("registry.toml", WITH)
    one = git.commit("Add")
    git("replace", one, "HEAD^")
    assert hashes(look(git)) == [one]


@pytest.mark.parametrize("part", ["work tree", "index", "untracked"])
def test_each_part_of_a_stash_counts(git, part):
    file = "new" if part == "untracked" else "registry.toml"
    git.write(file, WITH)
    if part == "index":
        git("add", ".")
        git.write(file, WITHOUT)
    git("stash", "-u")
    git.write("registry.toml", "# another\n")
    git("stash")
    assert look(git) == ((), (), ("stash@{1}",), False, True)


def test_a_stash_on_top_of_what_has_it_does_not_count_for_that_alone(git):
    git.write("registry.toml", WITH)
    one = git.commit("Add")
    git.write("registry.toml", WITHOUT)
    git.commit("Erase personal data")
    git.write("registry.toml", "# more\n")
    git("stash")
    holding = look(git)
    assert (hashes(holding), holding.refs, holding.stashes) == ([one], ("main",), ())


def test_a_stash_that_git_has_lost_does_no_harm(git):
    git.write("registry.toml", "# more\n")
    git("stash")
    log = git.folder / ".git" / "logs" / "refs" / "stash"
    log.write_text(f"{'0' * 40} {'1' * 40} A <a> 1 +0000\tlost\n{log.read_text()}")
    assert not look(git)


def test_what_is_staged_and_nowhere_else_is_told(git):
    git.write("registry.toml", WITH)
    git("add", ".")
    git.write("registry.toml", WITHOUT)
    assert look(git) == ((), (), (), True, True)
    assert look(git)
    one = git.commit("Clear")
    assert not look(git)
    git.write("registry.toml", WITH)
    two = git.commit("Add")
    assert (hashes(look(git)), look(git).staged) == ([two], False)
    assert one != two


def test_other_work_trees_are_looked_into(git, tmp_path):
    git("worktree", "add", "-q", "--detach", "../other")
    other = Git(tmp_path / "other")
    other.write("registry.toml", WITH)
    one = other.commit("Add")
    other.write("new", PHONE)
    other("add", ".")
    for place in (git, other):
        holding = look(place)
        assert (hashes(holding), holding.staged) == ([one], True)


def test_a_shallow_clone_is_not_complete(git, tmp_path):
    git.write("registry.toml", WITH)
    one = git.commit("Add")
    git("clone", "-q", "--depth=1", f"file://{git.folder}", "../clone")
    holding = look(Git(tmp_path / "clone"))
    assert (hashes(holding), holding.complete) == ([one], False)


def test_a_partial_clone_is_not_complete_and_nothing_is_fetched(git, tmp_path):
    git.write("registry.toml", WITH)
    git.commit("Add")
    git.write("registry.toml", WITHOUT)
    git.commit("Erase personal data")
    git("config", "uploadpack.allowFilter", "true")
    git("clone", "-q", "--filter=blob:none", f"file://{git.folder}", "../clone")
    assert look(Git(tmp_path / "clone")) == ((), (), (), False, False)


def test_a_person_may_be_anywhere_in_a_long_history(git):
    expected = []
    for number in range(12):
        members = "".join(f"[members.m-{one}]\nname = '{one}'\n" for one in range(number, 400))
        git.write("registry.toml", members + (WITH[12:] if number % 5 < 2 else WITHOUT[12:]) + members)
        expected += [git.commit(f"{number}")] * (number % 5 < 2)
    assert hashes(look(git)) == expected[::-1]


# The commands that are printed.


def test_no_command_names_a_person_and_paths_are_quoted():
    commands = rewriting("a b/r'.toml")
    assert commands == (
        """git commit -m 'Erase personal data' -- 'a b/r'"'"'.toml'""",
        "git filter-repo --force --sensitive-data-removal"
        " --replace-text ../replacements.txt --replace-message ../replacements.txt",
    )
    assert rewriting("registry.toml", "a;b")[1] == "git push 'a;b' --all"


@pytest.fixture
def planted(git: Git) -> Git:
    """A person in a commit and its message, a tag, a branch and a stash; cleared in the work tree."""
    git.write("registry.toml", WITH)
    git.commit(f"Add {PERSON}")
    git("tag", "-a", "-m", PERSON, "v")
    git.write("registry.toml", f"{WITH}# more\n")
    git.write("untracked", PERSON)
    git("stash", "-u")
    git("branch", "other")
    git.write("registry.toml", WITHOUT)
    git.folder.joinpath(REPLACEMENTS).write_text(f"{PERSON}\n", encoding="utf-8")
    return git


@pytest.mark.skipif(not shutil.which("git-filter-repo"), reason="git-filter-repo is not installed")
@pytest.mark.parametrize("remote", ["", "origin"])
def test_the_commands_clear_the_history(planted, remote):
    if remote:
        planted("init", "--bare", "-q", "-b", "main", "../server.git")
        planted("remote", "add", remote, "../server.git")
        planted("push", "-q", remote, "main")
    assert look(planted).stashes == ("stash@{0}",)
    for command in rewriting("registry.toml", remote):
        subprocess.run(["sh", "-c", command], cwd=planted.folder, env=dict(os.environ), check=True, capture_output=True)
    assert look(planted) == Found()
    assert planted.registry.read_text() == WITHOUT
    assert planted("status", "--short") == ""
    assert planted("tag") == "v"
    if remote:
        assert PERSON not in planted("-C", "../server.git", "log", "-p", "--all")
    else:
        assert planted("show", "stash@{0}^3:untracked") == "***REMOVED***"
