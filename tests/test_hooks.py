"""What `.pre-commit-hooks.yaml` offers to other repositories."""

import re
import shlex
from pathlib import Path

import pytest

FILE = Path(__file__).parents[1] / ".pre-commit-hooks.yaml"
BLOCKS = FILE.read_text(encoding="utf-8").split("- id: ")[1:]
HOOKS = {
    block.split("\n")[0]: dict(re.findall(r"^  (\w+): (.*)$", block, re.MULTILINE))
    for block in BLOCKS
}  # fmt: skip


def test_there_is_one_to_check_and_one_to_format():
    assert list(HOOKS) == ["pkes-check", "pkes-fmt"]


@pytest.mark.parametrize("id", HOOKS)
def test_a_hook_is_whole(id):
    hook = HOOKS[id]
    assert {"name", "description", "entry", "language", "files"} <= hook.keys()
    assert hook["language"] == "python"
    assert hook["entry"].startswith("pkes ")


@pytest.mark.parametrize("id", HOOKS)
@pytest.mark.parametrize(
    ("path", "is_taken"),
    [("registry.toml", True), ("a/b c/registry.toml", True), ("my-registry.toml", False), ("registry.toml.x", False)],
)
def test_a_hook_is_for_registries(id, path, is_taken):
    assert bool(re.search(HOOKS[id]["files"], path)) is is_taken


@pytest.mark.parametrize("id", HOOKS)
def test_a_hook_runs_on_the_files_it_is_given(id, shipped, pkes):
    other = shipped.with_name("other")
    other.mkdir()
    copy = other / "registry.toml"
    copy.write_bytes(shipped.read_bytes())
    before = shipped.read_bytes()
    ran = pkes(*shlex.split(HOOKS[id]["entry"])[1:], "registry.toml", "other/registry.toml")
    assert ran.status == 0, ran.err
    assert shipped.read_bytes() == copy.read_bytes() == before


@pytest.mark.parametrize("id", HOOKS)
def test_a_hook_fails_on_what_is_wrong(id, shipped, pkes):
    shipped.write_text("format = 1\n[cluster\n")
    assert pkes(*shlex.split(HOOKS[id]["entry"])[1:], "registry.toml").status != 0
