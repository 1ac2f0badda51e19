"""Finding and loading a registry file."""

import errno
import gc
import os
from pathlib import Path

import pytest

from pkes import errors
from pkes.registry import parsing
from pkes.storage import files, store

TEXT = """\
format = 1

[cluster]
name = "Klaster Próbny"   # the name
"""
BOM = b"\xef\xbb\xbf"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "registry.toml"
    path.write_bytes(TEXT.encode())
    return path


class TestFind:
    def test_in_the_folder_itself(self, path):
        assert store.find(path.parent) == path

    def test_in_a_folder_above(self, path):
        below = path.parent / "a" / "b"
        below.mkdir(parents=True)
        assert store.find(below) == path

    def test_the_nearest_one_counts(self, path):
        nearest = path.parent / "a" / "registry.toml"
        nearest.parent.mkdir()
        nearest.write_text(TEXT)
        assert store.find(nearest.parent) == nearest

    def test_the_nearest_one_counts_even_if_its_link_is_broken(self, path):
        nearest = path.parent / "a" / "registry.toml"
        nearest.parent.mkdir()
        nearest.symlink_to("nowhere.toml")
        assert store.find(nearest.parent) == nearest

    def test_a_relative_start_is_found_from_the_working_folder(self, path, monkeypatch):
        (path.parent / "a").mkdir()
        monkeypatch.chdir(path.parent / "a")
        assert store.find(Path()) == path

    def test_stops_at_the_root(self, tmp_path, monkeypatch):
        monkeypatch.setattr(os.path, "lexists", lambda path: False)
        with pytest.raises(errors.NoRegistry) as caught:
            store.find(tmp_path)
        assert caught.value.folder == str(tmp_path)

    def test_in_a_working_folder_that_is_gone(self, tmp_path, monkeypatch):
        gone = tmp_path / "gone"
        gone.mkdir()
        monkeypatch.chdir(gone)
        gone.rmdir()
        with pytest.raises(errors.NoRegistry):
            store.find(Path())


class TestLoad:
    def test_gives_the_registry_and_all_that_an_edit_needs(self, path):
        loaded = store.load(path)
        assert loaded == store.Loaded(path, TEXT, False, parsing.parse(TEXT))
        assert loaded.data == TEXT.encode()

    def test_takes_the_path_as_text(self, path):
        assert store.load(str(path)).path == path

    def test_a_byte_order_mark_is_no_text(self, path):
        path.write_bytes(BOM + TEXT.encode())
        loaded = store.load(path)
        assert (loaded.text, loaded.bom, loaded.data) == (TEXT, True, BOM + TEXT.encode())

    def test_line_ends_stay(self, path):
        path.write_bytes(TEXT.replace("\n", "\r\n").encode())
        assert store.load(path).text == TEXT.replace("\n", "\r\n")

    @pytest.mark.parametrize(
        ("data", "line", "column"),
        [
            pytest.param(b"\xff\xfef\x00", 1, 1, id="utf-16"),
            pytest.param(BOM + b"ab\xff", 1, 3, id="first line, behind a byte order mark"),
            pytest.param("ą = 1\n# łó".encode() + b"\xb3", 2, 5, id="columns are characters"),
            pytest.param(b"a = 1\r\n\xed\xa0\x80", 2, 1, id="a surrogate"),
            pytest.param(b"a = 1\n\n\nx\xc4", 4, 2, id="a character cut short by the end"),
            pytest.param(b"# \xc0\xaf", 1, 3, id="an overlong form"),
        ],
    )
    def test_what_is_not_utf8_is_told_with_its_place(self, path, data, line, column):
        path.write_bytes(data)
        with pytest.raises(errors.Malformed) as caught:
            store.load(path)
        error = caught.value
        assert (error.code, error.line, error.column, error.path) == ("encoding", line, column, str(path))

    def test_what_is_not_a_registry_is_told_with_the_file(self, path):
        path.write_text("format = 1\n[cluster\n")
        with pytest.raises(errors.Malformed) as caught:
            store.load(path)
        assert (caught.value.code, caught.value.line, caught.value.path) == ("syntax", 2, str(path))

    def test_a_second_byte_order_mark_is_a_fault(self, path):
        path.write_bytes(BOM + BOM + TEXT.encode())
        with pytest.raises(errors.Malformed) as caught:
            store.load(path)
        error = caught.value
        assert (error.code, error.line, error.column, error.path) == ("syntax", 1, 1, str(path))
        assert error.detail == {"what": "a second byte order mark"}

    @pytest.mark.parametrize(
        ("make", "number"),
        [
            pytest.param(lambda path: None, errno.ENOENT, id="missing"),
            pytest.param(lambda path: path.symlink_to(path), errno.ELOOP, id="a link to itself"),
        ],
    )
    def test_what_cannot_be_read(self, tmp_path, make, number):
        path = tmp_path / "registry.toml"
        make(path)
        for attempt in (lambda: store.load(path), lambda: store.edit(path, pytest.fail, guard=pytest.fail)):
            with pytest.raises(errors.CannotRead) as caught:
                attempt()
            assert (caught.value.path, caught.value.reason.errno) == (str(path), number)
        assert not list(tmp_path.glob(".*"))

    @pytest.mark.parametrize(
        ("make", "found"),
        [
            pytest.param(Path.mkdir, "a folder", id="a folder"),
            pytest.param(os.mkfifo, "a pipe", id="a pipe"),
            pytest.param(lambda path: path.symlink_to("/dev/zero"), "a device", id="a device"),
        ],
    )
    def test_what_is_no_regular_file(self, tmp_path, make, found):
        path = tmp_path / "registry.toml"
        make(path)
        for attempt in (lambda: store.load(path), lambda: store.edit(path, pytest.fail, guard=pytest.fail)):
            with pytest.raises(errors.Malformed) as caught:
                attempt()
            error = caught.value
            assert (error.path, error.code, error.detail) == (str(path), "file-type", {"found": found})
        assert not list(tmp_path.glob(".*"))

    def test_what_may_not_be_read_is_not_edited(self, path, monkeypatch):
        monkeypatch.setattr(os, "access", lambda place, rights: rights != os.R_OK)
        with pytest.raises(errors.CannotRead) as caught:
            store.edit(path, pytest.fail, guard=pytest.fail)
        assert (caught.value.path, caught.value.reason.errno) == (str(path), errno.EACCES)

    def test_takes_no_lock(self, path):
        store.load(path)
        assert os.listdir(path.parent) == ["registry.toml"]
        with files.lock(path):
            assert store.load(path).text == TEXT

    @pytest.mark.parametrize("enabled", [True, False])
    def test_leaves_the_garbage_collector_as_it_was(self, path, enabled):
        was = gc.isenabled()
        (gc.enable if enabled else gc.disable)()
        try:
            store.load(path)
            assert gc.isenabled() is enabled
        finally:
            (gc.enable if was else gc.disable)()

    def test_parses_without_the_garbage_collector(self, path, monkeypatch):
        seen, real = [], parsing.parse
        monkeypatch.setattr(parsing, "parse", lambda text: seen.append(gc.isenabled()) or real(text))
        path.write_text(f"{TEXT}# not read before\n")
        store.load(path)
        assert seen == [False]

    def test_parses_the_same_text_once(self, path, monkeypatch):
        registry = store.load(path).registry
        monkeypatch.setattr(parsing, "parse", pytest.fail)
        assert store.load(path).registry is registry


class TestReadText:
    def test_of_any_file_at_a_path_as_text(self, path):
        path.write_bytes(BOM + b"no TOML\r\n")
        assert store.read_text(str(path)) == "no TOML\r\n"

    def test_errors_name_the_file(self, path):
        path.write_bytes(b"\xff")
        with pytest.raises(errors.Malformed) as caught:
            store.read_text(str(path))
        assert (caught.value.code, caught.value.path) == ("encoding", str(path))
        path.unlink()
        with pytest.raises(errors.CannotRead):
            store.read_text(path)
