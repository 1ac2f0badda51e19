"""Taplo's formatter leaves a canonical file alone, under the settings that README shows."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pkes.toml.canonical import canonical
from tests.conftest import SHIPPED
from tests.toml.test_canonical_banners import texts as grouped
from tests.toml.test_canonical_toml import texts

TAPLO = shutil.which("taplo")
README = Path(__file__).parents[2] / "README.md"
KEPT = """\
format = 1
x = [ # open
    1, # behind
    # own
    2,
]

# banner

[members.x] # head
name = "X" # n
"""

pytestmark = pytest.mark.skipif(TAPLO is None, reason="npm's @taplo/cli is not installed")


def formatted(folder: Path, written: list[str]) -> list[str]:
    """Return what Taplo makes of texts."""
    settings = README.read_text("utf-8").partition("[formatting]\n")[2].partition("```")[0]
    (folder / ".taplo.toml").write_text(f"[formatting]\n{settings}")
    files = [folder / f"{number}.toml" for number in range(len(written))]
    for file, text in zip(files, written, strict=True):
        file.write_text(text, "utf-8", newline="")
    subprocess.run([str(TAPLO), "fmt", *map(str, files)], cwd=folder, check=True, capture_output=True)
    return [file.read_bytes().decode() for file in files]


def test_the_shipped_registry_and_every_place_of_a_comment(tmp_path):
    written = [SHIPPED.read_text("utf-8"), canonical(KEPT)]
    assert written[1] == KEPT
    assert formatted(tmp_path, written) == written


def test_it_formats_what_is_not_canonical(tmp_path):
    assert formatted(tmp_path, [KEPT.replace(" # n", "   # n")]) == [KEPT]


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(written=st.lists(st.one_of(texts(), grouped(is_split=True)).map(canonical), min_size=10, max_size=40))
def test_any_canonical_file(tmp_path_factory, written):
    assert formatted(tmp_path_factory.mktemp("taplo"), written) == written
