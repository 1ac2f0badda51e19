"""The registry's file at git's revisions, in real repositories."""

import re
from collections.abc import Callable

import pytest

from pkes.errors import GitFailed, UnknownRevision
from pkes.git.repository import Repository
from pkes.git.revisions import history, read
from tests.git.repositories import Git, new_repository


@pytest.fixture
def git(tmp_path, monkeypatch):
    return new_repository(tmp_path / "repository", monkeypatch)


def found(git: Git) -> Repository:
    repository = Repository.find(git.registry)
    assert repository
    return repository


def save(git: Git, text: str, message: str = "", *options: str, path: str = "registry.toml") -> str:
    git.write(path, text)
    return git.commit(message or text, *options)


def told(git: Git) -> list[tuple[str, str | None, tuple[str | None, ...]]]:
    """Return the subjects of the history, and in words what the file was after each commit and before."""

    def text(blob: str | None) -> str | None:
        return None if blob is None else git("cat-file", "blob", blob)

    return [(one.subject, text(one.blob), tuple(map(text, one.before))) for one in history(found(git))]


def rewrite(git: Git, change: Callable[[str], str]) -> None:
    """Make of HEAD another commit by a change of its text."""
    path = git.write(".git/commit", change(git("cat-file", "commit", "HEAD")) + "\n")
    git("reset", "-q", "--soft", git("hash-object", "-t", "commit", "-w", str(path)))


# One revision.


@pytest.mark.parametrize(
    "name", ["HEAD~1", "one", "tag", "HEAD^{commit}~", "@~", ":/^sub", ":/subject 1", "main~1", "HEAD^{/subject}"]
)
def test_any_name_that_git_knows_is_read(git, name):
    save(git, "1", "subject 1")
    git("branch", "one")
    git("tag", "-a", "-m", "x", "tag")
    save(git, "2")
    assert read(found(git), name) == b"1"
    assert read(found(git), git("rev-parse", "--short", "HEAD")) == b"2"


@pytest.mark.parametrize(
    "name",
    ["no", "", "-x", "--all", "--git-dir", "^HEAD", "HEAD^@", "HEAD..HEAD", "HEAD:registry.toml", "HEAD^{tree}", "a b"],
)
def test_what_is_no_commit_is_unknown(git, name):
    save(git, "1")
    with pytest.raises(UnknownRevision) as caught:
        read(found(git), name)
    assert caught.value.revision == name


def test_before_the_first_commit_there_is_no_head(git):
    with pytest.raises(UnknownRevision):
        read(found(git), "HEAD")
    assert history(found(git)) == []


def test_bytes_come_as_they_are(git):
    (git.folder / "registry.toml").write_bytes(b"\xef\xbb\xbfa\r\n\0\xff")
    git.write(".gitattributes", "* text=auto eol=crlf ident filter=x\n")
    git("config", "filter.x.smudge", "false")
    git("-c", "core.autocrlf=false", "add", "-A")
    git("-c", "core.autocrlf=false", "commit", "-qm", "x")
    assert read(found(git), "HEAD") == b"\xef\xbb\xbfa\r\n\0\xff"


def test_a_revision_without_the_file_has_none(git):
    git("commit", "--allow-empty", "-qm", "x")
    assert read(found(git), "HEAD") is None
    git.registry.unlink()
    git.write("registry.toml/x", "a folder")
    git.commit("y")
    assert read(found(git), "HEAD") is None


def test_the_file_is_that_of_its_folder(git):
    git.write("registry.toml", "outer")
    path = git.write("a*b/registry.toml", "inner")
    git.write("aXb/registry.toml", "other")
    git.commit("x")
    repository = Repository.find(path)
    assert read(repository, "HEAD") == b"inner"
    assert len(history(repository)) == 1


# The history.


def test_commits_that_changed_the_file_come_newest_first(git):
    one = save(git, "1", "first\n\nbody")
    save(git, "x", path="other")
    save(git, "2", "sec\x1bond", "--author=Łucja Żak <l@example.org>", "--date=2023-12-31T23:30:00-08:00")
    newest, oldest = history(found(git))
    assert (oldest.hash, oldest.date, oldest.author, oldest.subject) == (one, "2024-05-01", "Test", "first")
    assert (newest.date, newest.author, newest.subject) == ("2023-12-31", "Łucja Żak", "sec\x1bond")
    assert oldest.before == (None,)
    assert newest.before == (oldest.blob,)
    assert git("cat-file", "blob", newest.blob) == "2"


def test_a_message_may_be_empty_or_of_another_encoding(git):
    save(git, "1")
    git("commit", "--amend", "--allow-empty-message", "-qm", "")
    message = git.write("../message", "")
    message.write_bytes("żółw".encode("iso-8859-2"))
    for text, encoding in (("2", "ISO-8859-2"), ("3", "UTF-8")):
        git.write("registry.toml", text)
        git("-c", f"i18n.commitEncoding={encoding}", "commit", "-qaF", str(message))
    # git takes what is not of the encoding that is named for Latin-1.
    assert [one.subject for one in history(found(git))] == ["¿ó³w", "żółw", ""]


def test_a_file_that_goes_and_comes_again(git):
    save(git, "1")
    git("rm", "-q", "registry.toml")
    git.commit("gone")
    save(git, "2")
    assert told(git) == [("2", "2", (None,)), ("gone", None, ("1",)), ("1", "1", (None,))]


def branch_and_merge(git: Git, ours: str, theirs: str, merged: str) -> None:
    """Make a branch from a first commit, and a merge whose result is given."""
    save(git, "1\n2\n3\n", "base")
    git("checkout", "-qb", "side")
    save(git, theirs, "theirs")
    git("checkout", "-q", "main")
    save(git, ours, "ours")
    git("merge", "-q", "-s", "ours", "--no-commit", "side")
    save(git, merged, "merge")


def test_a_merge_that_took_one_side_leads_to_that_side(git):
    branch_and_merge(git, "ours", "theirs", "ours")
    assert [subject for subject, *_ in told(git)] == ["ours", "base"]


def test_a_merge_of_both_sides_stands_with_both(git):
    branch_and_merge(git, "ours", "theirs", "both")
    merge, *others = told(git)
    assert merge == ("merge", "both", ("ours", "theirs"))
    assert sorted(subject for subject, *_ in others) == ["base", "ours", "theirs"]


def test_no_commit_comes_before_one_that_it_led_to_whatever_its_clock_said(git):
    branch_and_merge(git, "ours", "theirs", "both")
    git("checkout", "-q", "side")
    rewrite(git, lambda commit: re.sub(r"(committer .*>) \d+", r"\1 1", commit))
    old, new = git("rev-parse", "main^2"), git("rev-parse", "HEAD")
    git("checkout", "-q", "main")
    rewrite(git, lambda commit: commit.replace(old, new))
    assert [subject for subject, *_ in told(git)] == ["merge", "ours", "theirs", "base"]


def test_a_merge_of_three(git):
    for name in ("a", "b"):
        git("checkout", "-q", "--orphan", name)
        save(git, name)
    git("checkout", "-q", "--orphan", "main")
    save(git, "m")
    git("merge", "-q", "-s", "ours", "--no-commit", "--allow-unrelated-histories", "a", "b")
    save(git, "all", "merge")
    assert told(git)[0] == ("merge", "all", ("m", "a", "b"))
    assert len(told(git)) == 4


def test_a_file_that_a_merge_deletes(git):
    branch_and_merge(git, "ours", "theirs", "both")
    git("rm", "-q", "registry.toml")
    git("commit", "-q", "--amend", "-m", "merge")
    assert told(git)[0] == ("merge", None, ("ours", "theirs"))


# Moves.

BASE = "".join(f"line {number}\n" for number in range(20))


def test_a_file_is_followed_through_moves(git):
    save(git, BASE, "one", path="data/ł old.toml")
    git.registry.unlink()
    git.commit("two")
    git("mv", "data/ł old.toml", "registry.toml")
    moved = BASE + "more"
    save(git, moved, "moved")
    save(git, moved + " and more", "last")
    assert [(subject, before) for subject, _, before in told(git)] == [
        ("last", (moved,)), ("moved", (BASE.strip(),)), ("two", ("format = 1",)), ("one", (None,)),
    ]  # fmt: skip


def test_a_file_that_was_moved_there_and_back_is_told_once(git):
    save(git, BASE, "one")
    git("mv", "registry.toml", "other.toml")
    git.commit("there")
    save(git, BASE + "x", "two", path="other.toml")
    git("mv", "other.toml", "registry.toml")
    git.commit("back")
    base = BASE.strip()
    assert told(git) == [
        ("back", BASE + "x", (BASE + "x",)), ("two", BASE + "x", (base,)),
        ("there", base, (base,)), ("one", base, (None,)),
    ]  # fmt: skip


def test_a_branch_that_knows_the_old_place_is_followed_to_it(git):
    git.registry.unlink()
    save(git, BASE, "base", path="old.toml")
    git("checkout", "-qb", "side")
    save(git, BASE.replace("line 3\n", "theirs\n"), "theirs", path="old.toml")
    git("checkout", "-q", "main")
    git("mv", "old.toml", "registry.toml")
    git.commit("moved")
    save(git, BASE.replace("line 15\n", "ours\n"), "ours")
    git("merge", "-q", "-m", "merge", "side")
    (subject, _, before), *others = told(git)
    assert (subject, len(before), None in before) == ("merge", 2, False)
    assert sorted(subject for subject, *_ in others) == ["base", "moved", "ours", "theirs"]
    assert [subject for subject, *_ in others][-1] == "base"


def test_a_file_made_of_another_is_a_new_one(git):
    git.registry.unlink()
    save(git, BASE, "one", path="old.toml")
    save(git, BASE, "copied")
    assert told(git) == [("copied", BASE.strip(), (None,))]


# What could disturb.


def test_settings_of_the_user_change_nothing(git, tmp_path):
    git.registry.unlink()
    save(git, BASE, "one", path="old.toml")
    git("mv", "old.toml", "registry.toml")
    git.commit("moved: ł")
    expected = history(found(git))
    assert len(expected) == 2
    names = {
        "log.showSignature": "true", "log.follow": "true", "log.diffMerges": "m", "log.showRoot": "false",
        "diff.orderFile": str(tmp_path / "no"), "diff.relative": "true", "diff.renames": "copies", "color.ui": "always",
        "format.pretty": "oneline", "log.decorate": "full", "log.abbrevCommit": "true", "core.abbrev": "4",
        "diff.noprefix": "true", "log.date": "relative", "i18n.logOutputEncoding": "ISO-8859-2",
    }  # fmt: skip
    for name, value in names.items():
        git("config", name, value)
    git("notes", "add", "-m", "a note")
    assert history(found(git)) == expected


def test_no_program_of_the_repository_is_run(git, tmp_path):
    program = git.write(".git/trap", f"#!/bin/sh\ntouch '{tmp_path}/ran'\n")
    program.chmod(0o755)
    git.write(".gitattributes", "* diff=x filter=x\n")
    save(git, BASE, "one", path="old.toml")
    git.registry.unlink()
    git("mv", "old.toml", "registry.toml")
    git.commit("two")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----"
    rewrite(git, lambda commit: commit.replace("\n\n", f"\n{signature}\n\n", 1))
    for name in ("core.pager", "pager.log", "gpg.program", "diff.external", "diff.x.command", "diff.x.textconv"):
        git("config", name, str(program))
    git("config", "log.showSignature", "true")
    git("config", "alias.log", f"!{program}")
    assert len(history(found(git))) == 2
    assert read(found(git), "HEAD") == BASE.encode()
    assert not (tmp_path / "ran").exists()


def test_a_damaged_repository_is_an_error(git):
    save(git, "1")
    save(git, "2")
    one = git("rev-parse", "HEAD~1")
    (git.folder / ".git" / "objects" / one[:2] / one[2:]).unlink()
    with pytest.raises(GitFailed):
        history(found(git))
