"""Saving: a commit of the registry alone."""

import os
from pathlib import Path

import pytest

from pkes.errors import NotSaved
from pkes.git import save, unsaved
from pkes.git.repository import Repository
from pkes.registry.parsing import parse
from pkes.storage import sources
from tests.git.repositories import new_repository

HEAD = 'format = 1\n[cluster]\nname = "K"\n'
MEMBER = '[members.nitka]\nname = "Nitka"\n'


@pytest.fixture
def git(tmp_path, monkeypatch):
    git = new_repository(tmp_path / "repository", monkeypatch)
    git.write("registry.toml", HEAD)
    git.write("other", "1\n")
    git.commit("Begin")
    return git


def saved(git, text="x"):
    return save.save(Repository.find(git.registry), text)


def message(old, new, since="2024-05-01"):
    from pkes.registry.changes import compare

    return save.message(unsaved.Unsaved(compare(parse(old), parse(new)), since))


def test_nothing_else_is_committed(git):
    git.write("registry.toml", HEAD + MEMBER)
    git.write("other", "2\n")
    git.write("third", "3\n")
    git("add", "other", "third")
    git.write("other", "4\n")
    done = saved(git, "Add nitka")
    assert (done.subject, git("log", "-1", "--format=%s")) == ("Add nitka", "Add nitka")
    assert git("show", "--name-only", "--format=") == "registry.toml"
    assert git("status", "--porcelain") == "MM other\nA  third"
    assert git("diff", "--cached", "--", "other").endswith("-1\n+2")


def test_what_is_staged_of_the_registry_is_no_other_version(git):
    git.write("registry.toml", HEAD + MEMBER)
    git("add", "registry.toml")
    git.write("registry.toml", HEAD + MEMBER + 'town = "T"\n')
    saved(git)
    assert git("status", "--porcelain") == ""
    assert git("show", "HEAD:registry.toml").endswith('town = "T"')


def test_nothing_to_save(git):
    assert saved(git) is None


def test_a_first_commit(tmp_path, monkeypatch):
    git = new_repository(tmp_path / "repository", monkeypatch)
    git.write("other", "1\n")
    found = unsaved.unsaved(Repository.find(git.registry), parse(HEAD))
    assert (found.since, save.message(found)) == (None, "Add the registry")
    saved(git)
    assert git("ls-files") == "registry.toml"


@pytest.mark.parametrize(
    ("before", "after", "goes"),
    [
        pytest.param(None, ".registry.toml.lock\n", True, id="untracked"),
        pytest.param("x\n", "x\n.registry.toml.lock\n", True, id="a-line-of-ours"),
        pytest.param("x\n", "x\ny\n.registry.toml.lock\n", False, id="another-line"),
        pytest.param("x\n", ".registry.toml.lock\n", False, id="a-line-less"),
        pytest.param("x\n", "x\n", False, id="the-same"),
    ],
)
def test_gitignore_goes_along_where_it_differs_by_our_lines_alone(git, before, after, goes):
    if before is not None:
        git.write(".gitignore", before)
        git.commit("ignore")
    git.write(".gitignore", after)
    git.write("registry.toml", HEAD + MEMBER)
    saved(git)
    assert git("show", "--name-only", "--format=").split() == [".gitignore"] * goes + ["registry.toml"]


@pytest.mark.parametrize(("line", "goes"), [("/registry.toml merge=pkes diff=pkes", True), ("*.toml eol=lf", False)])
def test_gitattributes(git, line, goes):
    git.write(".gitattributes", "* text\n")
    git.commit("attributes")
    git.write(".gitattributes", f"* text\n{line}\n")
    git.write("registry.toml", HEAD + MEMBER)
    saved(git)
    assert git("show", "--name-only", "--format=").split() == [".gitattributes"] * goes + ["registry.toml"]


@pytest.mark.skipif(os.name == "nt", reason="a hook is a shell script")
@pytest.mark.parametrize("is_new", [False, True])
def test_a_hook_that_refuses_is_shown_and_leaves_the_index_as_it_was(git, is_new):
    hook = git.write(".git/hooks/pre-commit", "#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    if is_new:
        git("rm", "--cached", "-q", "registry.toml")
        git("commit", "-q", "--no-verify", "-m", "gone")
    git.write("registry.toml", HEAD + MEMBER)
    before = git("status", "--porcelain")
    with pytest.raises(NotSaved) as caught:
        saved(git)
    assert (caught.value.why, caught.value.said) == ("git", "not today")
    assert git("status", "--porcelain") == before
    assert not Path(git.folder, ".git", "index.lock").exists()


@pytest.mark.parametrize("command", ["merge", "cherry-pick", "rebase"])
def test_it_does_not_save_while_something_is_under_way(git, command):
    git("checkout", "-q", "-b", "side")
    git.write("other", "side\n")
    side = git.commit("side")
    git("checkout", "-q", "main")
    git.write("other", "main\n")
    git.commit("main")
    with pytest.raises(Exception, match="non-zero"):
        git(command, "side" if command == "merge" else side)
    git.write("registry.toml", HEAD + MEMBER)
    with pytest.raises(NotSaved) as caught:
        saved(git)
    assert caught.value.why == "unfinished"


def test_git_that_is_not_there(git, monkeypatch):
    repository = Repository.find(git.registry)
    git.write("registry.toml", HEAD + MEMBER)

    def absent(*_arguments, **_options):
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(save, "is_changed", lambda *_: True)
    monkeypatch.setattr(save, "_companions", lambda *_: ())
    monkeypatch.setattr(save, "_unfinished", lambda *_: None)
    monkeypatch.setattr(save, "run", lambda *_: b"x")
    monkeypatch.setattr(save.subprocess, "run", absent)
    with pytest.raises(NotSaved) as caught:
        save.save(repository, "x")
    assert caught.value.said == "No such file or directory"


def test_messages():
    assert message(HEAD, HEAD + MEMBER) == "Add nitka"
    assert message(HEAD + MEMBER, HEAD) == "Remove nitka"
    assert message(HEAD, HEAD) == "Change the form of the registry"
    assert message(HEAD + MEMBER, HEAD + MEMBER.replace("nitka", "nic")) == "Rename nitka to nic"
    two = HEAD.replace('"K"', '"L"') + MEMBER + 'town = "T"\nphone = "1"\nfoo = 1\n'
    assert message(HEAD + MEMBER, two) == (
        "Change cluster (name); change nitka (town, phone, other keys)\n\n"
        "change cluster (name)\nchange nitka (town, phone, other keys)"
    )


def test_an_id_that_may_be_anything_is_not_named():
    assert message(HEAD, HEAD + '[members."Anna Nowak"]\nname = "A"\n') == "Add …"


def test_a_subject_names_as_many_as_fit():
    new = HEAD + "".join(f'[members.member-{number:02}]\nname = "M{number}"\n' for number in range(30))
    subject, empty, *body = message(HEAD, new).split("\n")
    assert subject == "Add member-00; add member-01; add member-02; add member-03; and 26 more"
    assert (empty, len(body)) == ("", 30)


def test_what_is_unsaved(git):
    repository = Repository.find(git.registry)
    assert unsaved.unsaved(repository, parse(HEAD)) is None
    text = HEAD + MEMBER + 'town = "T"\n[policy]\nretention_months = 3\n'
    git.write("registry.toml", text)
    found = unsaved.unsaved(repository, parse(text))
    assert (found.records, found.since) == (2, "2024-05-01")


def test_a_commit_that_cannot_be_read_has_no_changes(git):
    git.write("registry.toml", "broken")
    git.commit("Oops")
    git.write("registry.toml", HEAD)
    assert unsaved.unsaved(Repository.find(git.registry), parse(HEAD)).changes == ()


def test_a_last_commit_that_is_too_large_to_read_shows_no_changes(git, monkeypatch):
    git.write("registry.toml", HEAD + MEMBER)
    monkeypatch.setattr(sources, "MOST_MB", 0)
    assert unsaved.unsaved(Repository.find(git.registry), parse(HEAD + MEMBER)).changes == ()


def test_a_file_beside_it_that_cannot_be_read_is_said(git, monkeypatch):
    git.write(".gitignore", "/.registry.toml.lock\n")
    git.write("registry.toml", HEAD + MEMBER)

    def fails(path):
        raise OSError(5, os.strerror(5))

    monkeypatch.setattr(Path, "is_file", fails)
    with pytest.raises(NotSaved) as caught:
        saved(git)
    assert (caught.value.why, caught.value.said) == ("unreadable", f".gitattributes: {os.strerror(5)}")
