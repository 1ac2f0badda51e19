"""Writes in places that are full, limited, linked, mounted or another user's: done, or refused in one line."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import generated
from tests.conftest import environment
from tests.proof import faults, writes
from tests.proof.warm import ROOT, Done, Warm
from tests.proof.writes import NAME, REGISTRY

EDIT = writes.BY_NAME["edit"]
OLD = REGISTRY.encode()
NEW = b'phone = "+48 14 681 00 00"'
NOBODY, SOMEBODY = 65534, 12345

PAGE, PAGES = 4096, 8
DISK = PAGE * PAGES


def is_refused(done: Done, path: Path, reason: str, old: bytes = OLD) -> bool:
    """Whether a write was refused in one line for a reason, and nothing is changed or left."""
    assert (done.status, [*faults.judge_words(done)]) == (5, []), done
    assert reason in done.err
    return path.read_bytes() == old and not writes.leftovers(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_file_that_may_not_grow_so_large(warm, folder, share):
    path = writes.lay_out(EDIT, folder)
    assert is_refused(warm.run(folder, *EDIT.arguments, largest=int(len(OLD) * share)), path, "File too large")
    assert warm.run(folder, *EDIT.arguments, largest=2 * len(OLD)).status == 0
    assert NEW in path.read_bytes()


def test_a_chain_of_relative_links(warm, folder):
    (folder / "near").mkdir()
    (folder / "far" / "deep").mkdir(parents=True)
    path = writes.lay_out(EDIT, folder / "far" / "deep")
    (folder / NAME).symlink_to("near/link.toml")
    (folder / "near" / "link.toml").symlink_to("../over/deep/../deep/registry.toml")
    (folder / "over").symlink_to("./far")
    for place, named in ((folder, NAME), (folder / "near", "../registry.toml"), (folder / "over" / "deep", NAME)):
        writes.reset(EDIT, path)
        assert warm.run(place, "-r", named, *EDIT.arguments).status == 0
        assert NEW in path.read_bytes()
    assert (folder / NAME).is_symlink()
    assert (folder / "near" / "link.toml").is_symlink()
    assert sorted(os.listdir(path.parent)) == [f".{NAME}.lock", NAME]
    assert sorted(os.listdir(folder)) == ["far", "near", "over", NAME]


# Mounts, in a name space of their own: they are gone with the process that made them.


def why_no_mount() -> str:
    """Return why nothing can be mounted here; "" where it can."""
    if not shutil.which("unshare"):
        return "unshare is not installed"
    command = ["unshare", "-m", "sh", "-c", "mount -t tmpfs none /mnt && mount --bind /mnt /mnt"]
    return "" if subprocess.run(command, capture_output=True, check=False).returncode == 0 else "only root may mount"


mounting = pytest.mark.skipif(bool(why_no_mount()), reason=why_no_mount() or "mounts are possible")


def edit_mounted(folder: Path, mount: str) -> tuple[Done, Path]:
    """Edit a registry after a mount; return what became of it, and the registry in a copy of the folder as it then is.

    In the script `$0` is the folder and `$1` the registry.
    """
    seen = folder.with_name("seen")
    script = f'{mount} && path=$1 && shift && "$@"; status=$?; cp -a "$0" "{seen}"; exit $status'
    pkes = [sys.executable, "-P", "-m", "pkes", "-r", str(folder / NAME), "policy", "edit", "answer_within_days=9"]
    command = ["unshare", "-m", "sh", "-c", script, str(folder), str(folder / NAME), *pkes]
    env = environment({"PYTHONPATH": os.fspath(ROOT)})
    ran = subprocess.run(command, env=env, cwd=folder.parent, capture_output=True, text=True, check=False)
    return Done(ran.returncode, ran.stdout, ran.stderr, 0.0), seen / NAME


@mounting
@pytest.mark.parametrize("size", [3 * PAGE - 100, 4 * PAGE - 100, 4 * PAGE + 1, 5 * PAGE, DISK - 100])
def test_a_disk_of_32_kib(folder, size, say):
    text = padded(size)
    (folder.parent / NAME).write_bytes(text)
    done, path = edit_mounted(folder, f'mount -t tmpfs -o size={DISK} none "$0" && cp "{folder.parent / NAME}" "$1"')
    say(f"a disk of 32 KiB with a registry of {size} bytes: exit {done.status}")
    if size <= DISK / 2:
        assert done.status == 0, done.err
        assert b"answer_within_days = 9" in path.read_bytes()
    else:
        assert is_refused(done, path, "No space left on device", text)


def padded(size: int) -> bytes:
    """Return a registry of so many bytes."""
    text = generated.toml_text(1)
    return (text + "\n# " + "x" * (size - len(text.encode()) - 4) + "\n").encode()


@mounting
def test_a_registry_that_is_mounted_by_itself(folder):
    writes.lay_out(EDIT, folder)
    done, path = edit_mounted(folder, 'mount --bind "$1" "$1"')
    assert is_refused(done, path, "Device or resource busy")


@mounting
def test_a_disk_that_is_mounted_for_reading_only(folder):
    writes.lay_out(EDIT, folder)
    done, path = edit_mounted(folder, 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0"')
    assert is_refused(done, path, "ermission denied")


# Another user.


@pytest.fixture
def theirs() -> Iterator[Path]:
    """The registry of another user, in a folder that everybody can reach, unlike `tmp_path`."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        path = writes.lay_out(EDIT, folder)
        os.chown(folder, SOMEBODY, SOMEBODY)
        os.chown(path, SOMEBODY, SOMEBODY)
        yield path


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
@pytest.mark.parametrize(
    ("folder_mode", "file_mode"),
    [
        pytest.param(0o755, 0o644, id="all read-only"),
        pytest.param(0o755, 0o666, id="a read-only folder"),
        pytest.param(0o777, 0o644, id="a read-only file"),
        pytest.param(0o1777, 0o666, id="a folder where only owners may rename"),
    ],
)
def test_another_users_folder(theirs, warm, folder_mode, file_mode):
    rehearse(theirs, warm)
    theirs.parent.chmod(folder_mode)
    theirs.chmod(file_mode)
    done = warm.run(theirs.parent, *EDIT.arguments, user=NOBODY)
    assert is_refused(done, theirs, "Operation not permitted" if folder_mode & 0o1000 else "Permission denied")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_another_users_folder_that_is_shared(theirs, warm):
    rehearse(theirs, warm)
    theirs.parent.chmod(0o777)
    theirs.chmod(0o666)
    assert warm.run(theirs.parent, *EDIT.arguments, user=NOBODY).status == 0
    assert NEW in theirs.read_bytes()
    assert theirs.stat().st_mode & 0o777 == 0o666


def rehearse(path: Path, warm: Warm) -> None:
    """Let all be imported that will be needed: another user may not be able to read it."""
    warm.rehearse(path.parent, *EDIT.arguments)
    warm.rehearse(path.parent, "edit", "nobody", "town=x")
    writes.reset(EDIT, path)
    (path.parent / f".{NAME}.lock").unlink()
