"""An edit that the user has agreed to: what they were shown is done, or nothing."""

from codecs import BOM_UTF8

import msgspec
import pytest

from pkes import errors
from pkes.storage import store
from tests.storage.stores import NEW, OLD, TEXT, edit, names


def agree(*given):
    """Refuse nothing."""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "registry.toml"
    path.write_bytes(OLD)
    return path


def remove_alfa(registry):
    return msgspec.structs.replace(registry, members={})


GONE = [
    pytest.param(errors.NotFound("member", "alfa", ()), id="not found"),
    pytest.param(errors.Ambiguous("member", "alfa", ()), id="several"),
    pytest.param(errors.WrongValue("note", "empty"), id="wrong"),
]


def failing(error):
    def command(registry):
        raise error

    return command


@pytest.mark.parametrize("error", GONE)
def test_what_could_be_done_when_it_was_shown_and_cannot_now_has_changed_meanwhile(path, error):
    shown = edit(path, dry_run=True)
    with pytest.raises(errors.ChangedMeanwhile) as caught:
        store.edit(path, failing(error), guard=pytest.fail, expected=shown)
    assert caught.value.path == str(path)
    assert path.read_bytes() == OLD


@pytest.mark.parametrize("error", GONE)
def test_what_cannot_be_done_and_was_not_shown_is_told_as_it_is(path, error):
    with pytest.raises(type(error)) as caught:
        store.edit(path, failing(error), guard=pytest.fail)
    assert caught.value is error
    assert path.read_bytes() == OLD


def test_another_fault_of_the_command_is_told_as_it_is(path):
    with pytest.raises(ZeroDivisionError):
        store.edit(path, failing(ZeroDivisionError()), guard=pytest.fail, expected=edit(path, dry_run=True))


def test_comments_that_were_not_shown_do_not_go_along(path):
    shown = store.edit(path, remove_alfa, guard=agree, dry_run=True)
    commented = TEXT.replace("[members.alfa]", "# ask first\n[members.alfa]")
    path.write_text(commented)
    with pytest.raises(errors.ChangedMeanwhile) as caught:
        store.edit(path, remove_alfa, guard=agree, expected=shown)
    assert caught.value.path == str(path)
    assert path.read_text() == commented
    assert names(path) == ["registry.toml"]


def test_comments_that_were_shown_go_along(path):
    path.write_text(TEXT.replace("[members.alfa]", "# ask first\n[members.alfa]"))
    shown = store.edit(path, remove_alfa, guard=agree, dry_run=True)
    assert store.edit(path, remove_alfa, guard=agree, expected=shown).lost == ("# ask first",)
    assert path.read_text() == TEXT[: TEXT.index("\n[members")]


def test_what_was_prepared_is_not_made_again(path):
    prepared = edit(path, dry_run=True)
    assert store.edit(path, pytest.fail, guard=pytest.fail, prepared=prepared) == prepared
    assert path.read_bytes() == NEW


def test_what_was_prepared_is_made_anew_for_another_file(path):
    prepared = edit(path, dry_run=True)
    path.write_text(TEXT.replace("Klaster", "Cluster"))
    assert edit(path, prepared=prepared).changes == prepared.changes
    assert path.read_bytes() == NEW.replace(b"Klaster", b"Cluster")


def test_what_was_prepared_keeps_the_byte_order_mark_that_a_file_has_now(path):
    prepared = edit(path, dry_run=True)
    path.write_bytes(BOM_UTF8 + OLD)
    edit(path, prepared=prepared)
    assert path.read_bytes() == BOM_UTF8 + NEW
