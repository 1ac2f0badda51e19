"""What `pkes privacy erase` says of git, in real repositories."""

import subprocess

import pytest

from pkes.privacy.in_git import rewriting
from tests.cli.registry_with_persons import DECLINED, EMAIL, ERASED, OPEN, PERSON, PHONE, REGISTRY, tells
from tests.git.repositories import new_repository

BEFORE = REGISTRY.replace('contact_person = "ANNA ŁĄCKA"\n', "").replace(f'phone = "{PHONE}"\ninq', "inq")
"""The registry with the person in one inquiry alone."""

WITHOUT = 'format = 1\n[cluster]\nname = "Klaster"\ncoordinator = "igla"\n'


@pytest.fixture
def git(tmp_path, monkeypatch):
    git = new_repository(tmp_path / "repository", monkeypatch)
    git.write(".gitignore", ".*.lock\n")
    git.write("registry.toml", WITHOUT)
    git.commit("Begin")
    monkeypatch.chdir(git.folder)
    return git


@pytest.fixture
def erase(git, pkes):
    """Put the registry there, erase, and return what is said of git; nothing personal is in any output."""

    def run(*options, inquiry=DECLINED, text=BEFORE, **given):
        git.write("registry.toml", text)
        ran = pkes("privacy", "erase", inquiry, "-y", *options, **given)
        assert ran.status == 0, ran.err
        assert tells(ran.out, ran.err) == []
        return [line for line in ran.err.splitlines() if not line.endswith(("removed with it", "Art. 19)"))]

    return run


def holding(held, *, remote=()):
    """Return how it is said that git holds something: the first line tells where, with the steps at the end."""
    return [
        *held,
        "pkes: these steps clear it there; write each word to replace into ../replacements.txt first, a line each:",
        *(f"  {step}" for step in rewriting("registry.toml", *remote)),
    ]


def listed(git, *commits):
    return [f"  {git('rev-parse', commit)[:10]}  2024-05-01" for commit in commits]


def still_in(count):
    return f"pkes: warning: cleared in the file; still in {count} commit{'' if count == 1 else 's'}"


def would_be_in(count):
    return (
        "pkes: warning: it would be cleared in the file; it would still be in "
        f"{count} commit{'' if count == 1 else 's'}"
    )


def test_a_repository_that_holds_nothing_is_not_mentioned(git, erase):
    assert erase() == []
    assert git("status", "--short") == "M registry.toml"


def test_outside_of_a_repository_nothing_is_said(write_registry, pkes):
    write_registry(BEFORE)
    assert pkes("privacy", "erase", DECLINED, "-y").err.splitlines() == [
        "pkes: 3 comments were removed with it",
        "pkes: whoever was given the data is to be told of the erasure (GDPR, Art. 19)",
    ]


@pytest.mark.parametrize("options", [[], ["--json"], ["--dry-run"]])
def test_commits_and_branches_are_listed_and_the_steps_printed(git, erase, options):
    git.write("registry.toml", BEFORE)
    git.commit("Add")
    git.write("other", "x")
    git.commit("Another file")
    git.write("registry.toml", WITHOUT)
    git.commit("Clear")
    git("branch", "topic", "HEAD~2")
    said = would_be_in(2) if "--dry-run" in options else still_in(2)
    assert erase(*options) == holding([said, *listed(git, "HEAD~1", "HEAD~2"), "  main", "  topic"])


def test_the_steps_are_not_run(git, erase):
    git.write("registry.toml", BEFORE)
    one = git.commit("Add")
    assert erase() == holding([still_in(1), *listed(git, one), "  main"])
    assert (git("rev-parse", "HEAD"), git("status", "--short")) == (one, "M registry.toml")
    assert PERSON in git("show", "HEAD:registry.toml")
    assert ERASED in git.registry.read_text(encoding="utf-8")


@pytest.mark.parametrize("mark", [PERSON, EMAIL, PHONE, "ANNA ŁĄCKA", "14-681-00-00"])
def test_each_of_person_email_and_phone_counts(git, erase, mark):
    git.write("notes.txt", f"ask {mark}\n")
    one = git.commit("Note")
    assert erase() == holding([still_in(1), *listed(git, one), "  main"])


def test_a_message_of_a_commit_is_not_repeated(git, erase):
    one = git.commit(f"Call {PERSON}", "--allow-empty", "--author", f"{PERSON} <{EMAIL}>")
    assert erase() == holding([still_in(1), *listed(git, one), "  main"])


def test_stashes_and_the_index_are_listed(git, erase):
    git.write("registry.toml", BEFORE)
    git("stash")
    assert erase() == holding([still_in(0), "  stash@{0}"])
    git.write("registry.toml", BEFORE + "# more\n")
    git("add", ".")
    assert erase() == holding([still_in(0), "  stash@{0}", "  the index"])


def test_the_steps_name_the_remote(git, erase):
    git("remote", "add", "origin", "../server.git")
    git.write("registry.toml", BEFORE)
    one = git.commit("Add")
    assert erase() == holding([still_in(1), *listed(git, one), "  main"], remote=["origin"])


def test_the_steps_are_for_the_top_folder(git, pkes, monkeypatch):
    folder = git.write("data/registry.toml", BEFORE).parent
    git.commit("Add")
    monkeypatch.chdir(folder)
    said = pkes("privacy", "erase", DECLINED, "-y").err
    assert all(f"  {step}\n" in said for step in rewriting("data/registry.toml"))


def test_a_shallow_clone_is_said_to_be_one(git, pkes, monkeypatch):
    git.write("registry.toml", BEFORE)
    git.commit("Add")
    git.write("other", "x")
    git.commit("Another file")
    git("clone", "-q", "--depth=1", f"file://{git.folder}", "../clone")
    monkeypatch.chdir(git.folder / "../clone")
    said = pkes("privacy", "erase", DECLINED, "-y").err
    assert "warning: this clone does not hold all of its repository: what it lacks was not searched\n" in said
    assert still_in(1) in said


def test_without_git_installed_nothing_is_said(git, erase, tmp_path):
    git.write("registry.toml", BEFORE)
    git.commit("Add")
    assert erase(PATH=str(tmp_path)) == []


def test_a_git_that_fails_is_a_warning_and_all_is_erased(git, erase):
    (git.folder / ".git" / "config").write_text("[core\n")
    said = erase()
    assert len(said) == 1
    assert said[0].startswith("pkes: warning: git could not be searched: fatal: bad config line 1")
    assert ERASED in git.registry.read_text(encoding="utf-8")


def test_the_variables_of_git_do_not_count(git, erase, tmp_path):
    git.write("registry.toml", BEFORE)
    one = git.commit("Add")
    said = erase(GIT_DIR=str(tmp_path / "none"), GIT_INDEX_FILE=str(tmp_path / "index"), GIT_TRACE="1")
    assert said == holding([still_in(1), *listed(git, one), "  main"])


def test_what_has_no_mark_is_not_looked_for(git, erase):
    git.write("registry.toml", BEFORE)
    git.commit("Add")
    text = BEFORE
    for line in (f'person = "{PERSON}"\n', f'email = "{EMAIL}"\n', f'phone = "{PHONE}"\n'):
        text = text.replace(line, "")
    assert erase(text=text) == []


def test_an_open_one_is_not_looked_for(git, pkes):
    git.write("registry.toml", BEFORE)
    git.commit("Add")
    ran = pkes("privacy", "erase", OPEN, "-y")
    assert (ran.status, "commit" in ran.err) == (2, False)


def test_no_is_no_search(git):
    from tests.cli.dialogue import Dialogue

    git.write("registry.toml", BEFORE)
    git.commit("Add")
    dialogue = Dialogue("privacy", "erase", DECLINED)
    dialogue.answer("[y/N] ", "n")
    assert dialogue.end() == ("pkes: nothing was changed\n", 0)


def test_the_steps_of_git_itself_can_be_run_as_printed(git, erase):
    git.write("registry.toml", BEFORE)
    git.commit("Add")
    steps = [line.strip() for line in erase() if line.startswith("  git commit")]
    subprocess.run(["sh", "-c", *steps], cwd=git.folder, check=True, capture_output=True)
    assert git("status", "--short") == ""
    assert tells(git("log", "-1", "--format=%B%n%an", "HEAD")) == []
