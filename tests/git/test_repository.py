"""What git is asked, on real repositories."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pkes.errors import GitFailed
from pkes.git.repository import Repository, entries
from tests.git.repositories import Git, new_repository


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    return new_repository(tmp_path / "repository", monkeypatch)


def found(path: Path) -> Repository:
    repository = Repository.find(path)
    assert repository
    return repository


def test_a_registry_in_a_repository_is_found(git):
    assert Repository.find(git.registry) == (git.folder, "registry.toml")


def test_a_registry_in_a_subfolder_is_found(git):
    path = git.write("a b/ć\n/registry.toml", "")
    assert Repository.find(path) == (git.folder, "a b/ć\n/registry.toml")


def test_a_registry_is_found_through_links(git, tmp_path):
    (tmp_path / "folder").symlink_to(git.folder)
    (tmp_path / "file.toml").symlink_to(tmp_path / "folder" / "registry.toml")
    assert Repository.find(tmp_path / "folder" / "registry.toml") == (git.folder, "registry.toml")
    assert Repository.find(tmp_path / "file.toml") == (git.folder, "registry.toml")


def test_a_link_in_a_repository_to_a_registry_outside_is_none(git, tmp_path):
    (tmp_path / "registry.toml").touch()
    (git.folder / "link.toml").symlink_to(tmp_path / "registry.toml")
    assert Repository.find(git.folder / "link.toml") is None


def test_a_registry_in_another_work_tree_is_found(git, tmp_path):
    git.commit("one")
    git("worktree", "add", "-q", "../other")
    assert Repository.find(tmp_path / "other" / "registry.toml") == (tmp_path / "other", "registry.toml")


def test_a_registry_in_a_submodule_belongs_to_the_submodule(git, tmp_path):
    git.commit("one")
    outer = Git(tmp_path / "outer").init()
    outer("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(git.folder), "sub")
    assert Repository.find(outer.folder / "sub" / "registry.toml") == (outer.folder / "sub", "registry.toml")


def test_outside_of_a_work_tree_there_is_no_repository(git, tmp_path):
    git("init", "--bare", "-q", "../bare.git")
    for folder in (tmp_path, tmp_path / "bare.git", git.folder / ".git"):
        assert Repository.find(folder / "registry.toml") is None


def test_without_git_there_is_no_repository(git, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert Repository.find(git.registry) is None


def test_a_repository_that_git_refuses_is_an_error(git):
    git.write(".git/config", "[core]\nrepositoryFormatVersion = 99\n")
    with pytest.raises(GitFailed) as caught:
        Repository.find(git.registry)
    assert caught.value.command == "git rev-parse"
    assert caught.value.reason.startswith("fatal: ")


@pytest.mark.parametrize(
    "name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE"]
)
def test_variables_of_the_caller_do_not_count(git, tmp_path, monkeypatch, name):
    git.commit("one")
    monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    repository = found(git.registry)
    assert [commit.hash for commit, _ in repository.commits()] == [git("rev-parse", "HEAD")]
    assert len(repository.indexed()) == 2
    assert not (tmp_path / "trace").exists()


def test_remotes_are_named_the_origin_first(git):
    assert found(git.registry).remotes() == ()
    for name in ("a", "origin", "z"):
        git("remote", "add", name, "../x")
    assert found(git.registry).remotes() == ("origin", "a", "z")


def test_an_empty_repository_has_no_commits_refs_or_stashes(git):
    repository = found(git.registry)
    assert (list(repository.commits()), repository.refs(), repository.stashes()) == ([], [], [])
    assert repository.is_whole()


def test_commits_come_newest_first_with_their_messages(git):
    one, two = git.commit("one\n\nć\n"), git.commit("two", "--allow-empty")
    (new, message), (old, long) = found(git.registry).commits()
    assert (new.hash, new.parents, message) == (two, (one,), b"two\n")
    assert (old.hash, old.parents, long) == (one, (), "one\n\nć\n".encode())
    assert (old.date, old.tree) == ("2024-05-01", git("rev-parse", f"{one}^{{tree}}"))
    assert one.startswith(old.short)


@pytest.mark.parametrize("head", ["ORIG_HEAD", "FETCH_HEAD"])
def test_commits_that_hang_on_a_head_alone_are_there(git, head):
    git.commit("one")
    lost = git("commit-tree", "HEAD^{tree}", "-m", "lost")
    git.write(f".git/{head}", f"{lost}\n")
    assert lost in [commit.hash for commit, _ in found(git.registry).commits()]


def test_refs_have_short_names_and_types(git):
    head = git.commit("one")
    git("branch", "b")
    git("tag", "-a", "-m", "v", "v")
    git("tag", "b")
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    assert [(ref.name, ref.short, ref.type, ref.target) for ref in found(git.registry).refs()] == [
        ("refs/heads/b", "heads/b", "commit", head),
        ("refs/heads/main", "main", "commit", head),
        ("refs/remotes/origin/main", "origin/main", "commit", head),
        ("refs/tags/b", "tags/b", "commit", head),
        ("refs/tags/v", "v", "tag", git("rev-parse", "v")),
    ]


def test_stashes_come_newest_first(git):
    git.commit("one")
    for number in ("2", "3"):
        git.write("registry.toml", number)
        git("stash")
    stashes = [git("rev-parse", "stash@{0}"), git("rev-parse", "stash@{1}")]
    assert found(git.registry).stashes() == stashes
    git("reflog", "expire", "--expire=now", "--all")
    assert found(git.registry).stashes() == stashes[:1]


def test_a_shallow_clone_is_not_whole(git, tmp_path):
    git.commit("one")
    git.commit("two", "--allow-empty")
    git("clone", "-q", "--depth=1", f"file://{git.folder}", "../clone")
    assert not found(tmp_path / "clone" / "registry.toml").is_whole()
    assert found(git.registry).is_whole()


def test_objects_come_in_order_and_whole(git):
    big = b"line\n" * 30_000
    git.write("big", big.decode())
    git.write("binary", "\0" * 30_000)
    git.write("small binary", "a\0")
    git.commit("one")
    names = ["big", "binary", "small binary", "registry.toml"]
    hashes = [git("rev-parse", f":{name}") for name in names]
    with found(git.registry).objects() as read:
        objects = list(read([*hashes, "0" * 40, *hashes * 30]))
        assert [(one.type, one.data) for one in read(hashes[3:])] == [("blob", b"format = 1\n")]
    assert [one.hash for one in objects] == [*hashes, "0" * 40, *hashes * 30]
    assert [one.data for one in objects[:5]] == [big, b"", b"", b"format = 1\n", b""]
    assert [one.type for one in objects[:5]] == ["blob", "blob", "blob", "blob", "missing"]


def test_a_tree_has_entries_with_any_name(git):
    for name in ("a\n\"'\\ b", "dir/x"):
        git.write(name, "x")
    git("add", ".")
    git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},sub")
    git("commit", "-m", "one")
    with found(git.registry).objects() as read:
        (tree,) = read([git("rev-parse", "HEAD^{tree}")])
    x = git("hash-object", "dir/x")
    assert sorted(entries(tree), key=lambda entry: entry[1]) == [
        ("blob", b"a\n\"'\\ b", x),
        ("tree", b"dir", git("rev-parse", "HEAD:dir")),
        ("blob", b"registry.toml", git("hash-object", "registry.toml")),
        ("commit", b"sub", "1" * 40),
    ]


def test_objects_are_left_unread_without_waiting(git):
    git.write("big", "line\n" * 500_000)
    git.commit("one")

    def stop() -> None:
        with found(git.registry).objects() as read:
            next(read([git("rev-parse", "HEAD:big")] * 500))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop()


@pytest.mark.parametrize(
    "body", [pytest.param("read hash", id="at a question"), pytest.param("exec <&-", id="before any")]
)
def test_a_git_that_ends_early_is_an_error(git, tmp_path, monkeypatch, body):
    repository = found(git.registry)
    fake = program(tmp_path / "bin" / "git", f"{body}; echo 'warning: x\nfatal: no more' >&2")
    monkeypatch.setenv("PATH", str(fake.parent))
    with repository.objects() as read, pytest.raises(GitFailed) as caught:
        list(read(["0" * 40] * 500))
    assert (caught.value.command, caught.value.reason) == ("git cat-file", "fatal: no more")


def test_a_git_that_says_nothing_is_an_error(git, tmp_path, monkeypatch):
    repository = found(git.registry)
    monkeypatch.setenv("PATH", str(program(tmp_path / "bin" / "git", "exit 1").parent))
    with pytest.raises(GitFailed) as caught:
        repository.remotes()
    assert (caught.value.command, caught.value.reason) == ("git remote", "")


def program(path: Path, body: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def _hook(git: Git, run: Callable[[str], str]) -> None:
    for hook in ("post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc"):
        program(git.folder / ".git" / "hooks" / hook, run(hook))


def _monitor(git: Git, run: Callable[[str], str]) -> None:
    git("config", "core.fsmonitor", str(program(git.folder / ".git" / "monitor", run("monitor"))))


def _names(git: Git, run: Callable[[str], str]) -> None:
    path = str(program(git.folder / ".git" / "named", run("named")))
    for name in ("core.pager", "gpg.program", "diff.external", "core.sshCommand", "diff.x.textconv", "filter.x.smudge"):
        git("config", name, path)
    for alias in ("rev-list", "cat-file", "rev-parse", "for-each-ref", "remote"):
        git("config", f"alias.{alias}", f"!{path}")
    git("config", "log.showSignature", "true")
    git.write(".gitattributes", "* diff=x filter=x\n")


def _promise(git: Git, run: Callable[[str], str]) -> None:
    git("config", "remote.origin.url", f"ext::{program(git.folder / '.git' / 'remote', run('remote'))}")
    git("config", "remote.origin.promisor", "true")
    git("config", "protocol.ext.allow", "always")
    git("config", "extensions.partialClone", "origin")
    blob = git("rev-parse", "HEAD:registry.toml")
    (git.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()


@pytest.mark.parametrize("trap", [_hook, _monitor, _names, _promise], ids=lambda trap: trap.__name__[1:])
def test_no_program_of_the_repository_is_run(git, tmp_path, trap):
    git.commit("one")
    git.write("registry.toml", "format = 1\n# two\n")
    git("stash")
    trap(git, lambda name: f"touch '{tmp_path}/ran-{name}'")
    repository = found(git.registry)
    trees = [commit.tree for commit, _ in repository.commits()]
    with repository.objects() as read:
        blobs = [hash for tree in list(read(trees)) for _, _, hash in entries(tree)]
        assert len(list(read(blobs))) == 3
    assert repository.refs()
    assert repository.stashes()
    assert repository.is_whole()
    assert repository.indexed()
    repository.remotes()
    assert not list(tmp_path.glob("ran-*"))


def test_the_environment_keeps_what_is_not_gits(git, monkeypatch):
    seen = []
    real = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *args, **named: seen.append(named["env"]) or real(*args, **named))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    found(git.registry)
    assert {name for name in seen[0] if name.startswith("GIT_")} == {"GIT_NO_LAZY_FETCH", "GIT_TERMINAL_PROMPT"}
    assert seen[0]["HOME"] == os.environ["HOME"]
