"""An edit of which the text is more than its changes: comments that go, or a text that is given."""

import pytest

from pkes import errors
from pkes.registry import parsing
from pkes.storage import store
from pkes.toml.edit import every
from tests.storage.stores import TEXT

COMMENTED = TEXT.replace("[members.alfa]", "# ask first\n[members.alfa]").replace('"one"', '"one"  # he says')
BOM = b"\xef\xbb\xbf"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "registry.toml"
    path.write_text(COMMENTED)
    return path


def agree(*given):
    """Refuse nothing."""


def test_a_record_loses_its_comments_though_nothing_else_changes(path):
    written = store.edit(path, lambda registry: registry, guard=agree, without_comments={("member", "alfa"): every})
    assert path.read_text() == TEXT
    assert (written.changes, written.lost, written.durable) == ((), ("# ask first", "# he says"), True)


def test_a_record_without_comments_loses_none_and_nothing_is_written(path):
    path.write_text(TEXT)
    before = path.stat()
    written = store.edit(
        path,
        lambda registry: registry,
        guard=agree,
        without_comments={("member", "alfa"): every},
        before_replace=pytest.fail,
    )
    assert (written.changes, written.lost, written.durable) == ((), (), True)
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_text_that_is_given_is_written_though_no_value_changes(path):
    path.write_bytes(BOM + COMMENTED.encode())
    given = []
    written = store.edit(
        path,
        lambda registry: registry,
        guard=agree,
        new_text=lambda text: given.append(text) or text.replace("he says", "she says"),
    )
    assert given == [COMMENTED]
    assert path.read_bytes() == BOM + COMMENTED.replace("he says", "she says").encode()
    assert (written.changes, written.lost) == ((), ())


def test_a_text_that_is_given_must_hold_what_the_command_makes(path):
    wanted = parsing.parse(COMMENTED.replace('"one"', '"two"'))
    with pytest.raises(errors.NotVerified):
        store.edit(path, lambda registry: wanted, guard=pytest.fail, new_text=lambda text: text)
    assert path.read_text() == COMMENTED
    written = store.edit(path, lambda registry: wanted, guard=agree, new_text=lambda text: text.replace("one", "two"))
    assert [change.field for change in written.changes] == ["note"]
    assert path.read_text() == COMMENTED.replace("one", "two")
