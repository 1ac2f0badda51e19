"""Real git repositories for the tests, of nobody's settings."""

import os
import subprocess
from pathlib import Path
from typing import Self

import pytest

SETTINGS = """\
[user]
name = Test
email = test@example.org
[init]
defaultBranch = main
[commit]
gpgSign = false
"""


class Git:
    """Runs git in a repository, and returns what it prints."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.registry = folder / "registry.toml"

    def init(self) -> Self:
        """Make the repository, with a registry that is not committed."""
        self.folder.mkdir()
        self("init", "-q")
        self.write("registry.toml", "format = 1\n")
        return self

    def __call__(self, *arguments: str) -> str:
        env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        dates = {"GIT_AUTHOR_DATE": "2024-05-01T12:00:00", "GIT_COMMITTER_DATE": "2024-05-02T12:00:00"}
        ran = subprocess.run(
            ["git", "-C", self.folder, *arguments], env=env | dates, capture_output=True, text=True, check=True
        )
        return ran.stdout.strip()

    def write(self, path: str, text: str) -> Path:
        """Write a file, and return its path."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
        return file

    def commit(self, message: str, *options: str) -> str:
        """Commit all there is, and return the hash."""
        self("add", "-A")
        self("commit", "-q", "-m", message, *options)
        return self("rev-parse", "HEAD")


def new_repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Make a repository with a registry that is not committed, in a home where git has settings of its own."""
    home = folder.with_name("home")
    home.mkdir()
    (home / ".gitconfig").write_text(SETTINGS)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return Git(folder).init()
