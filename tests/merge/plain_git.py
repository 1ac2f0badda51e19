"""What git alone makes of three versions."""

import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.merge.merge_faults import Versions


class TextMerge(NamedTuple):
    """The text, and how many conflicts git left in it."""

    text: str
    conflicts: int


def merge_file(versions: Versions) -> TextMerge:
    """Return the merge of `git merge-file`, which looks at lines alone."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder, name) for name in ("ours", "base", "theirs")}
        for name, path in paths.items():
            path.write_bytes(getattr(versions, name).encode())
        command = ["git", "merge-file", "-p", *map(str, paths.values())]
        ran = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if ran.returncode > 127:
        raise OSError(ran.stderr.decode())
    return TextMerge(ran.stdout.decode(), ran.returncode)


def clean(versions: Versions) -> str | None:
    """Return git's merge where it has no conflict: what the driver hands to the field merge."""
    merged = merge_file(versions)
    return None if merged.conflicts else merged.text
