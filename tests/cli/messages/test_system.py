"""The operating system's reasons, in the language of the user."""

import errno
import os

import pytest

from pkes.cli.messages import foreign
from pkes.i18n import use_language


@pytest.fixture
def polish():
    use_language("pl")
    yield
    use_language("en")


USUAL = ("EACCES", "ENOENT", "EISDIR", "ENOTDIR", "ENOSPC", "EROFS", "EPERM", "EBUSY", "ELOOP", "ENAMETOOLONG", "EIO")
OTHERS = ("EMFILE", "ENFILE", "EDQUOT", "ETXTBSY", "EXDEV", "EEXIST", "EINVAL", "ESTALE", "ENOLCK", "EFBIG", "ENOEXEC")


@pytest.mark.parametrize("name", USUAL + OTHERS)
def test_usual_reasons_are_translated(polish, name):
    number = getattr(errno, name)
    assert foreign.reason(OSError(number, os.strerror(number), "a name")) not in ("", os.strerror(number))


@pytest.mark.parametrize("name", USUAL)
def test_in_english_they_are_the_systems_own(name):
    number = getattr(errno, name)
    assert foreign.reason(OSError(number, "another text")) == os.strerror(number)


def test_all_that_are_known_are_words_of_the_system():
    assert foreign._KNOWN.issubset(os.strerror(number) for number in errno.errorcode)


def test_words_of_others_stay(polish):
    assert foreign.translated("fatal: bad object") == "fatal: bad object"
    assert foreign.translated("") == ""


def test_a_file_that_may_not_be_read_says_so_in_polish(process, tmp_path):
    ran = process("-r", str(tmp_path), "list", PKES_LANG="pl")
    assert (ran.status, ran.err) == (3, f"pkes: {tmp_path}: to nie zwykły plik, lecz katalog\n")
