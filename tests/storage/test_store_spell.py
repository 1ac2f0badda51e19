"""An edit whose new text is given, and not made of the old one."""

import pytest

from pkes import errors
from pkes.storage import store
from tests.storage.stores import NEW, OLD, TEXT, edit

SPELLED = TEXT.replace('note = "one"', "note   = 'two' # so")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "registry.toml"
    path.write_bytes(OLD)
    return path


def test_the_text_is_written_as_it_is_given(path):
    written = edit(path, new_text=lambda text: text.replace(TEXT, SPELLED))
    assert path.read_text(encoding="utf-8") == SPELLED
    assert [(change.field, change.old, change.new) for change in written.changes] == [("note", "one", "two")]


def test_a_byte_order_mark_stays(path):
    path.write_bytes(b"\xef\xbb\xbf" + OLD)
    edit(path, new_text=lambda _text: SPELLED)
    assert path.read_bytes() == b"\xef\xbb\xbf" + SPELLED.encode()


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("one", "three"), "a = ", f"{NEW.decode()}x = 1\n", "\ud800"])
def test_a_text_that_holds_something_else_is_not_written(path, text):
    with pytest.raises(errors.NotVerified):
        edit(path, new_text=lambda _text: text)
    assert path.read_bytes() == OLD


def respell(path, new, **options):
    return store.edit(path, lambda before: before, guard=lambda *given: None, new_text=lambda _text: new, **options)


def test_what_changes_no_field_is_written_too(path):
    assert respell(path, f"{TEXT}# more\n").changes == ()
    assert path.read_text(encoding="utf-8") == f"{TEXT}# more\n"


def test_the_same_text_is_not_written_and_a_dry_run_writes_nothing(path):
    before = path.stat()
    respell(path, TEXT)
    respell(path, f"{TEXT}# more\n", dry_run=True)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_it_raises_leaves_the_file_as_it_was(path):
    def fail(_text):
        raise errors.ChangedMeanwhile("x")

    with pytest.raises(errors.ChangedMeanwhile):
        edit(path, new_text=fail)
    assert path.read_bytes() == OLD
