"""Answers kept in a folder, and read again."""

import pytest

from pkes.errors import CannotWrite, RegisterFailed
from pkes.registers import saved
from pkes.registers.extract import MOST_BYTES, read
from tests.registers.answers import NUMBER, answer


def test_what_is_kept_is_replayed(tmp_path):
    folder = tmp_path / "a" / "b"
    given = saved.keeping(lambda _number: answer(), folder)(NUMBER)
    assert [path.name for path in folder.iterdir()] == [f"{NUMBER}.json"]
    assert saved.replaying(folder)(NUMBER) == given
    assert read(given, NUMBER) == read(answer(), NUMBER)
    assert b"PREZES" not in given


def test_what_is_no_answer_is_not_kept(tmp_path):
    with pytest.raises(RegisterFailed, match="json"):
        saved.keeping(lambda _number: b"<html>", tmp_path)(NUMBER)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite):
        saved.keeping(lambda _number: answer(), tmp_path / "file" / "folder")(NUMBER)


def test_what_is_not_there(tmp_path):
    with pytest.raises(RegisterFailed, match="no-answer"):
        saved.replaying(tmp_path)(NUMBER)
    (tmp_path / f"{NUMBER}.json").mkdir()
    with pytest.raises(RegisterFailed, match="unreadable"):
        saved.replaying(tmp_path)(NUMBER)


def test_a_saved_answer_that_is_too_large(tmp_path):
    (tmp_path / f"{NUMBER}.json").write_bytes(b" " * (MOST_BYTES + 2))
    with pytest.raises(RegisterFailed, match="too-large"):
        read(saved.replaying(tmp_path)(NUMBER), NUMBER)
