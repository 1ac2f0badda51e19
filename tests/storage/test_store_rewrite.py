"""A registry in other words: written only where they mean the same, under the lock, and as safely as an edit."""

import errno
import os

import pytest

from pkes import errors
from pkes.storage import files, store
from tests.storage.stores import OLD, TEXT, names

BOM = b"\xef\xbb\xbf"
WORDS = TEXT.replace(" = ", "=")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "registry.toml"
    path.write_bytes(OLD)
    return path


def in_other_words(text):
    return text.replace(" = ", "=")


def test_the_new_text_is_written(path):
    assert store.rewrite(path, in_other_words) == store.Rewritten(TEXT, WORDS, True)
    assert path.read_bytes() == WORDS.encode()
    assert names(path) == ["registry.toml"]


def test_the_rights_of_the_file_stay_and_links_lead_to_it(path):
    path.chmod(0o640)
    link = path.with_name("link.toml")
    link.symlink_to(path.name)
    store.rewrite(link, in_other_words)
    assert link.is_symlink()
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (WORDS.encode(), 0o640)


def test_the_text_is_given_without_its_byte_order_mark_and_written_as_it_comes(path):
    path.write_bytes(BOM + OLD)
    given = []
    done = store.rewrite(path, lambda text: given.append(text) or text)
    assert given == [TEXT]
    assert done == store.Rewritten("\ufeff" + TEXT, TEXT, True)
    assert path.read_bytes() == OLD


def test_where_the_text_is_the_same_the_file_is_untouched(path):
    before = path.stat()
    assert store.rewrite(path, str, before_replace=pytest.fail) == store.Rewritten(TEXT, TEXT, True)
    after = path.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_the_words_can_be_had_without_a_write(path):
    assert store.reworded(store.load(path), in_other_words) == store.Rewritten(TEXT, WORDS, True)
    assert path.read_bytes() == OLD
    assert os.listdir(path.parent) == ["registry.toml"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('note = "one"', 'note = "two"', id="a field"),
        pytest.param('note = "one"', "", id="a field gone"),
        pytest.param('note = "one"', 'note = "one"\nodd = 1', id="an unknown field"),
        pytest.param("format = 1", "format = 1\nodd = 1", id="an unknown table"),
        pytest.param("[members.alfa]", "[members.beta]", id="an id"),
        pytest.param("format = 1", "format = ", id="no TOML"),
        pytest.param("[cluster]", "[klaster]", id="no registry"),
        pytest.param("one", "\ud800", id="no text"),
    ],
)
def test_what_does_not_mean_the_same_is_refused(path, old, new):
    with pytest.raises(errors.NotVerified) as caught:
        store.rewrite(path, lambda text: text.replace(old, new))
    assert caught.value.rule == "meaning"
    assert path.read_bytes() == OLD
    assert store.rewrite(path, str).durable  # the lock is free


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"x = \n", "syntax", id="no TOML"),
        pytest.param(b"x = 1\n", "shape", id="no registry"),
        pytest.param(b"<<<<<<< HEAD\n", "merge-marker", id="merge marker"),
        pytest.param(b"\xff\n", "encoding", id="not UTF-8"),
        pytest.param(b"format = 9\n[cluster]\n", "format", id="newer"),
    ],
)
def test_what_is_no_registry_is_not_even_tried(path, data, code):
    path.write_bytes(data)
    link = path.with_name("link.toml")
    link.symlink_to(path.name)
    with pytest.raises(errors.Malformed) as caught:
        store.rewrite(link, pytest.fail)
    assert (caught.value.path, caught.value.code) == (str(link), code)
    assert path.read_bytes() == data


def test_a_file_that_is_missing_or_none(path):
    with pytest.raises(errors.CannotRead) as caught:
        store.rewrite(path.with_name("missing.toml"), pytest.fail)
    assert caught.value.reason.errno == errno.ENOENT
    with pytest.raises(errors.Malformed) as none:
        store.rewrite(path.parent, pytest.fail)
    assert none.value.code == "file-type"


def test_another_writer_for_too_long(path, monkeypatch):
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.01)
    with files.lock(path), pytest.raises(errors.Locked) as caught:
        store.rewrite(path, pytest.fail)
    assert caught.value.path == str(path)


def test_it_is_locked_from_the_read_on(path, monkeypatch):
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.01)

    def make(text):
        with pytest.raises(errors.Locked):
            store.rewrite(path, str)
        return in_other_words(text)

    store.rewrite(path, make)
    assert path.read_bytes() == WORDS.encode()


def test_what_somebody_saves_meanwhile_is_never_overwritten(path):
    def make(text):
        path.write_bytes(OLD + b"# theirs\n")
        return in_other_words(text)

    with pytest.raises(errors.ChangedMeanwhile) as caught:
        store.rewrite(path, make)
    assert caught.value.path == str(path)
    assert path.read_bytes() == OLD + b"# theirs\n"
    assert names(path) == ["registry.toml"]


def test_an_interrupt_before_the_replace_leaves_the_old_bytes(path):
    def interrupt():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.rewrite(path, in_other_words, before_replace=interrupt)
    assert path.read_bytes() == OLD
    assert names(path) == ["registry.toml"]


def test_a_write_that_the_system_does_not_confirm_is_in_doubt(path, monkeypatch):
    monkeypatch.setattr(files, "_sync_folder", lambda folder: False)
    assert store.rewrite(path, in_other_words).durable is False
    assert path.read_bytes() == WORDS.encode()


def test_what_was_prepared_is_not_made_again(path):
    prepared = store.reworded(store.load(path), in_other_words)
    assert store.rewrite(path, pytest.fail, prepared=prepared) == prepared
    assert path.read_text() == WORDS


def test_what_was_prepared_is_made_anew_for_another_file(path):
    prepared = store.reworded(store.load(path), in_other_words)
    path.write_text(f"# new\n{TEXT}")
    assert store.rewrite(path, lambda text: f"{text}# end\n", prepared=prepared).new == f"# new\n{TEXT}# end\n"
