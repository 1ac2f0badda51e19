"""Where an export goes: the format that is asked for, a file that is replaced whole, stdout or a terminal."""

import io
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pkes import formats
from pkes.cli.terminal import output
from tests.cli.exporting import REGISTRY
from tests.conftest import environment

EXPORTED = b"id,town\r\nszkola,Rzesz\xc3\xb3w\r\nigla,\xc5\x81a\xc5\x84cut\r\n"
COMMAND = ("export", "--fields", "id,town", "--sort=-name", "--status", "current")
not_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")


@pytest.fixture
def folder(write_registry) -> Path:
    """The working folder, with a registry in it."""
    return write_registry(REGISTRY).parent


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.csv", b"id,name,"), ("a.JSON", b'[{"id": "igla"'), ("a.ndjson", b'{"id":"igla"'),
        ("a.vcf", b"BEGIN:VCARD\r\n"), ("a.md", b"| id |"), ("a.xlsx", b"PK\x03\x04"),
        ("a.sqlite", b"SQLite format 3\0"), ("b.c.db", b"SQLite format 3\0"),
    ],
)  # fmt: skip
def test_a_suffix_tells_the_format(folder, pkes, name, start):
    assert pkes("export", "-o", name).out == ""
    assert (folder / name).read_bytes().startswith(start)
    assert files(folder) == sorted([name, "registry.toml"])


def test_an_option_goes_before_the_suffix(folder, pkes):
    for name in ("members", "members.txt", "members.xlsx", "-.csv"):
        assert pkes(*COMMAND, "-f", "csv", "-o", name).status == 0
        assert (folder / name).read_bytes() == EXPORTED


def test_a_dash_is_stdout(folder, pkes):
    assert pkes(*COMMAND, "-o", "-").out == pkes(*COMMAND).out == EXPORTED.decode()
    assert files(folder) == ["registry.toml"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["-o", "a.txt"], "-o: the suffix of a.txt tells no format; -f names one of csv, json, ndjson,",
                     id="another suffix"),
        pytest.param(["-o", "csv"], "-o: the suffix of csv tells no format", id="no suffix"),
        pytest.param(["-o", "a.toml"], "-o: the suffix of a.toml tells no format", id="toml"),
        pytest.param(["-o", "a\x1bb"], "-o: the suffix of a\\x1bb tells no format", id="hostile name"),
        pytest.param(["-o", "a.txt", "--excel"], "-o: the suffix of a.txt tells no format", id="suffix of excel"),
        pytest.param(["--excel", "-f", "json"], "--excel: it goes with csv only", id="excel json"),
        pytest.param(["--excel", "-o", "a.xlsx"], "--excel: it goes with csv only", id="excel xlsx"),
        pytest.param(["all", "--excel"], "--excel: it goes with csv only", id="excel of all"),
        pytest.param(["--labels", "-f", "json"], "--labels: it goes with csv, markdown and xlsx", id="json"),
        pytest.param(["--labels", "-o", "a.vcf"], "--labels: it goes with csv,", id="labels vcard"),
        pytest.param(["--no-labels", "-f", "sqlite"], "--no-labels: it goes with csv,", id="no labels sqlite"),
        pytest.param(["all", "--labels"], "--labels: it goes with csv,", id="labels of all"),
        pytest.param(["-o", "registry.toml", "-f", "csv"], "-o: it is the registry itself", id="the registry"),
        pytest.param(["-o", "link.csv"], "-o: it is the registry itself", id="a link to the registry"),
        pytest.param(["all", "-o", "link.db"], "-o: it is the registry itself", id="all of the registry"),
    ],
)  # fmt: skip
def test_it_refuses(folder, pkes, arguments, says):
    (folder / "link.csv").symlink_to("registry.toml")
    (folder / "link.db").symlink_to("link.csv")
    ran = pkes("export", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"pkes: {says}")
    assert (folder / "registry.toml").read_bytes() == REGISTRY.encode()
    assert files(folder) == ["link.csv", "link.db", "registry.toml"]


def test_a_value_that_fits_in_no_cell_of_a_spreadsheet(write_registry, pkes):
    folder = write_registry(
        f'format = 1\n[cluster]\nname = "K"\n[members.a]\nname = "A"\nnote = "{"x" * 32768}"\n'
    ).parent
    ran = pkes("export", "-o", "a.xlsx")
    assert (ran.status, ran.out) == (2, "")
    assert "pkes: a, note: longer than a cell of a spreadsheet can be" in ran.err
    assert files(folder) == ["registry.toml"]


class TestFile:
    def test_it_says_how_many_it_wrote(self, folder, pkes):
        assert pkes(*COMMAND, "-o", "a.csv").err.endswith("pkes: a.csv: 2 members written\n")
        assert (folder / "a.csv").read_bytes() == EXPORTED
        assert pkes(*COMMAND, "-n", "1", "-o", "a.csv").err.endswith("pkes: a.csv: 1 member written\n")
        assert pkes("export", "inquiries", "-o", "a.json").err.endswith("pkes: a.json: 2 inquiries written\n")
        said = pkes("export", "all", "-o", "a.xlsx", PKES_LANG="pl").err
        assert said.endswith("pkes: zapisano w a.xlsx: 3 członkowie, 3 zgłoszenia\n")

    def test_a_new_one_has_the_rights_of_any_new_file(self, folder, pkes):
        before = os.umask(0o027)
        try:
            assert pkes(*COMMAND, "-o", "a.csv").status == 0
        finally:
            os.umask(before)
        assert (folder / "a.csv").read_bytes() == EXPORTED
        assert stat.S_IMODE((folder / "a.csv").stat().st_mode) == 0o640

    def test_one_that_is_there_keeps_its_rights_and_its_links(self, folder, pkes):
        (folder / "real").mkdir()
        real, link = folder / "real" / "a.csv", folder / "link.csv"
        real.write_text("old")
        real.chmod(0o604)
        link.symlink_to(real)
        assert pkes(*COMMAND, "-o", "link.csv").status == 0
        assert real.read_bytes() == EXPORTED
        assert stat.S_IMODE(real.stat().st_mode) == 0o604
        assert link.is_symlink()
        assert files(folder / "real") == ["a.csv"]

    def test_a_link_that_leads_nowhere_is_followed(self, folder, pkes):
        (folder / "link.csv").symlink_to("new.csv")
        assert pkes(*COMMAND, "-o", "link.csv").status == 0
        assert (folder / "new.csv").read_bytes() == EXPORTED

    @pytest.mark.parametrize(
        ("name", "reason"),
        [
            pytest.param("folder.csv", "Is a directory", id="a folder"),
            pytest.param("none/a.csv", "No such file or directory", id="a folder that is not there"),
            pytest.param("link.csv", "No such file or directory", id="a link into such a folder"),
            pytest.param("locked/a.csv", "Permission denied", id="a folder without rights", marks=not_root),
            pytest.param("locked.csv", "Permission denied", id="a file without rights", marks=not_root),
            pytest.param(f"{'x' * 250}.csv", "File name too long", id="a name too long"),
        ],
    )
    def test_one_that_cannot_be_written(self, folder, pkes, name, reason):
        (folder / "folder.csv").mkdir()
        (folder / "locked").mkdir(mode=0o500)
        (folder / "locked.csv").write_text("old")
        (folder / "locked.csv").chmod(0o400)
        (folder / "link.csv").symlink_to("none/a.csv")
        before = files(folder)
        ran = pkes(*COMMAND, "-o", name)
        assert ran.status == 5
        assert ran.err.endswith(f"pkes: {name}: cannot be written: {reason}; it is as it was\n")
        assert files(folder) == before
        assert (folder / "locked.csv").read_text() == "old"

    def test_a_full_disk_leaves_the_old_one(self, folder, pkes, monkeypatch):
        (folder / "a.csv").write_text("old")
        monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        ran = pkes(*COMMAND, "-o", "a.csv")
        assert ran.status == 5
        assert ran.err.endswith("pkes: a.csv: cannot be written: No space left on device; it is as it was\n")
        assert files(folder) == ["a.csv", "registry.toml"]
        assert (folder / "a.csv").read_text() == "old"

    def test_an_interrupt_leaves_the_old_one(self, folder, pkes, monkeypatch):
        def write(*_):
            yield b"new"
            os.kill(os.getpid(), signal.SIGINT)
            yield b"new"

        (folder / "a.csv").write_text("old")
        monkeypatch.setattr(formats, "write", write)
        ran = pkes(*COMMAND, "-o", "a.csv")
        assert (ran.status, ran.out) == (130, "")
        assert ran.err.endswith("pkes: interrupted; the registry is as it was\n")
        assert files(folder) == ["a.csv", "registry.toml"]
        assert (folder / "a.csv").read_text() == "old"

    def test_an_interrupt_waits_for_the_replace(self, folder, pkes, monkeypatch):
        sync = os.fsync
        monkeypatch.setattr(os, "fsync", lambda file: (os.kill(os.getpid(), signal.SIGINT), sync(file)))
        assert pkes(*COMMAND, "-o", "a.csv").status == 0
        assert (folder / "a.csv").read_bytes() == EXPORTED
        assert files(folder) == ["a.csv", "registry.toml"]
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler

    def test_one_that_might_not_last(self, folder, pkes, monkeypatch):
        monkeypatch.setattr("pkes.storage.files._sync_folder", lambda _: False)
        ran = pkes(*COMMAND, "-o", "a.csv")
        assert ran.status == 0
        assert ran.err.endswith(
            "pkes: warning: a.csv: written, but the system does not confirm that it would survive a power cut\n"
        )


class TestStdout:
    def run(self, *python: str, command: str = "", **streams) -> subprocess.CompletedProcess[bytes]:
        shell = f"{sys.executable} {' '.join(python)} -m pkes {' '.join(COMMAND)} {command}"
        return subprocess.run(shell, shell=True, env=environment({}), capture_output=True, check=False)

    @pytest.mark.parametrize("python", ["", "-u"])
    def test_has_the_bytes_of_the_format(self, folder, python):
        assert self.run(python).stdout == EXPORTED
        assert self.run(python, command="-f xlsx").stdout.startswith(b"PK\x03\x04")
        assert self.run(python, command="--excel").stdout == b"\xef\xbb\xbf" + EXPORTED.replace(b",", b";")

    @pytest.mark.parametrize("format", ["csv", "sqlite"])
    def test_a_reader_that_leaves_ends_it_quietly(self, folder, format):
        ran = self.run(command=f"-f {format} 2>err | :; cat err; rm err")
        assert b"cannot be written" not in ran.stdout

    def test_a_full_disk_is_an_error(self, folder):
        ran = self.run(command="-f json > /dev/full; echo $?")
        assert ran.stdout == b"5\n"
        assert ran.stderr.endswith(b"pkes: stdout cannot be written: No space left on device\n")

    def test_a_closed_one_is_an_error(self, folder):
        ran = self.run(command=">&-")
        assert ran.returncode == 5
        assert ran.stderr.endswith(b"pkes: stdout cannot be written: it is closed\n")

    def test_has_what_was_written_as_text_before(self, monkeypatch):
        held = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(held))
        output.write("one\n")
        output.file([b"two\n"])
        assert held.getvalue() == b"one\ntwo\n"


class TestTerminal:
    @pytest.mark.parametrize(
        "arguments", [["-f", "xlsx"], ["-f", "sqlite"], ["all"], ["-f", "xlsx", "-o", "-"]], ids=str
    )
    def test_gets_no_bytes(self, folder, terminal, arguments):
        seen = terminal("export", *arguments)
        assert seen.startswith("pkes: -o: ")
        assert "is not for a terminal: name a file\n" in seen

    def test_sees_lines_of_text(self, folder, terminal):
        seen = terminal(*COMMAND, "-f", "csv", columns=40)
        assert seen.endswith("id,town\nszkola,Rzeszów\nigla,Łańcut\n")
        assert terminal(*COMMAND, "--excel").endswith("id;town\nszkola;Rzeszów\nigla;Łańcut\n")
        assert '[{"id": "igla", "town": "Łańcut"}]\n' in terminal(*COMMAND, "-n", "1", "--sort", "id", "-f", "json")

    def test_sees_nothing_of_nothing(self, folder, terminal):
        seen = terminal("export", "--status", "all", "-n", "0", "--fields", "id", "-f", "ndjson")
        assert seen == ""

    @pytest.mark.parametrize("format", ["csv", "json", "ndjson", "vcard", "markdown"])
    def test_obeys_no_value(self, write_registry, terminal, format):
        write_registry(
            'format = 1\n[cluster]\nname = "K"\n[members.a]\n'
            'name = "\\u001b]52;c;ZXZpbA==\\u0007\\u009b31m\\u202ex\\u2028[/x]"\nnote = "jeden\\r\\ndwa\\rtrzy\\t"\n'
        )
        seen = terminal("export", "--fields", "name,note", "-f", format, raw=True)
        assert not set(seen) & set("\x07\x9b\u202e\u2028\r")
        assert "\x1b]" not in seen
