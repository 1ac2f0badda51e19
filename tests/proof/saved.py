"""A repository with a registry that has a change to save, or to take back."""

import time
from pathlib import Path
from typing import NamedTuple

from tests.git.repositories import Git
from tests.proof.warm import Warm
from tests.proof.writes import NAME, OURS, REGISTRY

PATIENCE = 20
"""So many seconds a git that lost its parent may take to end."""


class Saving(NamedTuple):
    """A command of git's that is proven: its arguments, and whether the registry was in a commit before."""

    name: str
    arguments: tuple[str, ...]
    is_committed: bool = True


SAVINGS = (
    Saving("save", ("save",)),
    Saving("save of a new registry", ("save",), is_committed=False),
    Saving("undo", ("undo", "-y")),
    Saving("undo of a commit", ("undo", "HEAD", "-y")),
)


def new(folder: Path) -> Git:
    """Make a repository of an empty folder, of settings of its own: the commands run in a process that began before."""
    git = Git(folder)
    git("init", "-q", "-b", "main")
    for name, value in (("user.name", "Test"), ("user.email", "test@example.org"), ("commit.gpgSign", "false")):
        git("config", name, value)
    return git


def lay_out(saving: Saving, git: Git) -> None:
    """Put the repository where a command of a kind begins; a tag keeps it."""
    git.write("other", "1\n")
    git.commit("Begin")
    if saving.is_committed:
        git.write(NAME, REGISTRY)
        git.commit("Add")
    if "HEAD" in saving.arguments:
        git.write(NAME, OURS)
        git.commit("Change")
    git("tag", "start")
    reset(saving, git)


def reset(saving: Saving, git: Git) -> None:
    """Make the repository what it was before the command."""
    settle(git)
    git("reset", "-q", "--hard", "start")
    git.write(NAME, OURS)


def settle(git: Git) -> None:
    """Wait until a git that lost its parent has ended; fail where it leaves its index locked."""
    until = time.monotonic() + PATIENCE
    while (git.folder / ".git" / "index.lock").exists():
        assert time.monotonic() < until, "the index is left locked"
        time.sleep(0.005)


def states(saving: Saving, git: Git, warm: Warm) -> tuple[str, str]:
    """Return what the registry may be after a command of a kind: what it was, and what it becomes."""
    warm.rehearse(git.folder, *saving.arguments)
    reset(saving, git)
    done = warm.run(git.folder, *saving.arguments)
    assert done.status == 0, done
    new = git.registry.read_text(encoding="utf-8")
    reset(saving, git)
    return OURS, new


def judge(git: Git, old: str, new: str) -> list[str]:
    """Return what is wrong with a repository after a command met with a fault."""
    settle(git)
    wrong = []
    if git.registry.read_text(encoding="utf-8") not in (old, new):
        wrong.append("the registry is neither old nor new")
    if git("fsck", "--no-progress", "--no-dangling"):
        wrong.append("the repository is damaged")
    if (git.folder / "other").read_text() != "1\n" or git("diff", "--name-only", "HEAD", "--", "other"):
        wrong.append("another file is changed")
    return wrong


def is_saved_by_the_next(git: Git, warm: Warm) -> bool:
    """Whether the next save succeeds and leaves nothing to save."""
    done = warm.run(git.folder, "save")
    return done.status == 0 and not git("status", "--porcelain", "--", NAME)
