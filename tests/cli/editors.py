"""An editor that does what a test wants, round by round, and keeps what it was shown."""

import re
import shlex
import sys
from pathlib import Path

_SCRIPT = """\
import json, pathlib, subprocess, sys
here, path = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[-1])
number = len(list(here.glob("seen-*")))
text = path.read_bytes().decode()
(here / f"seen-{number}").write_bytes(text.encode())
(here / "path").write_text(str(path))
steps = json.loads((here / "steps").read_text())
if number >= len(steps):
    sys.exit(f"the test says nothing of round {number}")
for kind, *arguments in steps[number]:
    if kind == "replace":
        assert arguments[0] in text, (arguments[0], text)
        text = text.replace(*arguments)
    elif kind == "put":
        text = arguments[0]
    elif kind == "run":
        subprocess.run([sys.executable, "-m", "pkes", *arguments], check=True, stdout=subprocess.DEVNULL)
    elif kind == "exit":
        path.write_bytes(text.encode())
        sys.exit(arguments[0])
path.write_bytes(text.encode())
"""


_EMPTY = re.compile(r"# \w+ = .* # \w.*\n")


class Editor:
    """A made-up editor; `steps` are lists of what it does in each round.

    A step is ("replace", OLD, NEW), ("put", TEXT), ("run", ARGUMENT …) of pkes, or ("exit", STATUS).
    """

    def __init__(self, folder: Path, monkeypatch, variable: str = "VISUAL") -> None:
        self.folder = folder
        folder.mkdir()
        (folder / "editor.py").write_text(_SCRIPT, encoding="utf-8")
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.delenv("EDITOR", raising=False)
        monkeypatch.setenv("TMPDIR", str(folder))
        monkeypatch.setenv(variable, shlex.join([sys.executable, str(folder / "editor.py"), str(folder)]))

    def rounds(self, *steps):
        import json

        (self.folder / "steps").write_text(json.dumps(steps), encoding="utf-8")

    def seen(self, number=0):
        """Return what was shown in a round."""
        return (self.folder / f"seen-{number}").read_bytes().decode()

    @property
    def count(self):
        return len(list(self.folder.glob("seen-*")))

    @property
    def drafts(self):
        """The files that are left."""
        return sorted(self.folder.glob("pkes-*/*"))


def without_help(text, mark="#pkes:"):
    """Return what was shown, the help at its top and the empty fields left out."""
    lines = text.splitlines(keepends=True)
    while lines and lines[0].startswith(mark):
        lines.pop(0)
    return "".join(line for line in lines if not _EMPTY.fullmatch(line))


def empty_fields(text):
    """Return the lines of empty fields among what was shown."""
    return [line for line in text.splitlines() if _EMPTY.fullmatch(f"{line}\n")]
