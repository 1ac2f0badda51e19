"""Making the file of a registry where there is none."""

import os

import pytest

from pkes import errors
from pkes.registry import parsing
from pkes.storage import store
from tests.storage.stores import TEXT


def test_makes_the_file_and_says_that_it_is_safe(tmp_path):
    path = tmp_path / "registry.toml"
    assert store.create(path, TEXT, parsing.parse(TEXT)) is True
    assert path.read_text() == TEXT
    assert os.listdir(tmp_path) == ["registry.toml"]


def test_the_callback_is_the_last_moment(tmp_path):
    def interrupt():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.create(tmp_path / "registry.toml", TEXT, parsing.parse(TEXT), before_replace=interrupt)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    "text", [TEXT.replace("one", "two"), "", TEXT + "# \ud800\n"], ids=["other", "none", "no text"]
)
def test_a_text_that_is_not_the_registry_is_not_written(tmp_path, text):
    with pytest.raises(errors.NotVerified) as caught:
        store.create(tmp_path / "registry.toml", text, parsing.parse(TEXT))
    assert caught.value.rule == "meaning"
    assert os.listdir(tmp_path) == []


def test_what_is_there_stays(tmp_path):
    path = tmp_path / "registry.toml"
    path.touch()
    with pytest.raises(errors.AlreadyThere):
        store.create(path, TEXT, parsing.parse(TEXT))
    assert path.read_bytes() == b""
