"""Edits by real processes: many at once, and some that are killed."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pkes.storage import store
from tests.conftest import environment

WRITERS, EDITS = 8, 6
KILLS = 10
ROOT = Path(__file__).parents[2]

TEXT = """\
format = 1

[cluster]
name = "Klaster"
coordinator = "alfa"

# the first of them
[members.alfa]
name = "Alfa"
sector = "ngo"
note = "0"
"""

STORE = """
import itertools, os, signal, sys
import msgspec
from pkes.storage import store
from pkes.model.records import Member

def put(member):
    store.edit(
        "registry.toml",
        lambda registry: msgspec.structs.replace(registry, members={**registry.members, member.id: member}),
        guard=lambda *given: None,
    )
"""
ADD = """
name, edits = sys.argv[1:]
for number in range(int(edits)):
    put(Member(id=f"{name}-{number}", name=name, sector="ngo"))
"""
EDIT_FOR_EVER = """
for number in itertools.count(1):
    put(Member(id="alfa", name="Alfa", sector="ngo", note=str(number)))
    print(number, flush=True)
"""
KILL_ITSELF = """
call, when = sys.argv[1:]
real = getattr(os, call)

def killing(*given, **options):
    if when == "after":
        real(*given, **options)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(os, call, killing)
put(Member(id="alfa", name="Alfa", sector="ngo", note="1"))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "registry.toml"
    path.write_text(TEXT)
    return path


def start(path: Path, code: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", STORE + code, *arguments],
        cwd=path.parent,
        env=environment({"PYTHONPATH": str(ROOT)}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def names(path: Path) -> list[str]:
    return sorted(os.listdir(path.parent))


def edit_once_more(path: Path) -> None:
    _, faults = start(path, ADD, "more", "1").communicate()
    assert not faults
    assert "more-0" in store.load(path).registry.members


def test_writers_at_once_lose_nothing_of_each_other(path):
    writers = [start(path, ADD, f"writer-{number}", str(EDITS)) for number in range(WRITERS)]
    assert [writer.communicate()[1] for writer in writers] == [""] * WRITERS
    expected = {f"writer-{writer}-{edit}" for writer in range(WRITERS) for edit in range(EDITS)}
    assert store.load(path).registry.members.keys() == {"alfa"} | expected
    assert path.read_text().startswith(TEXT)
    assert names(path) == [".registry.toml.lock", "registry.toml"]


def test_readers_meanwhile_see_whole_registries(path):
    writer = start(path, ADD, "writer", "40")
    sizes = []
    while writer.poll() is None:
        sizes.append(len(store.load(path).registry.members))
    assert writer.communicate()[1] == ""
    assert sizes == sorted(sizes)


def test_writers_killed_at_random_moments_leave_the_file_whole(path):
    seed = random.randrange(1_000_000)
    moments = random.Random(seed)
    for _ in range(KILLS):
        with start(path, EDIT_FOR_EVER) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "1\n"
            time.sleep(moments.uniform(0, 0.02))
            writer.kill()
            last = [1, *map(int, writer.stdout.read().split())][-1]
        # The writer tells of an edit when it is done, so there may be one more than it has told of.
        possible = [TEXT.replace('"0"', f'"{number}"') for number in (last, last + 1)]
        assert path.read_text() in possible, f"seed {seed}"
    edit_once_more(path)
    assert names(path) == [".registry.toml.lock", "registry.toml"]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_writer_killed_at_the_worst_moments(path, call, when):
    writer = start(path, KILL_ITSELF, call, when)
    assert writer.communicate() == ("", "")
    replaced = (call, when) == ("replace", "after")
    assert path.read_text() == (TEXT.replace('"0"', '"1"') if replaced else TEXT)
    assert len(names(path)) == (2 if replaced else 3)
    edit_once_more(path)
    assert names(path) == [".registry.toml.lock", "registry.toml"]
