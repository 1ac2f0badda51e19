"""Answers of the register in a folder: kept for later, and read again without the network."""

import os
from collections.abc import Callable
from pathlib import Path

from pkes.errors import CannotWrite, RegisterFailed
from pkes.registers import extract
from pkes.storage.files import replace_file

Source = Callable[[str], bytes]
"""What gives the answer about a number of ten digits, or raises `RegisterFailed`."""


def replaying(folder: Path) -> Source:
    """Return a source that reads the answers which stand in a folder as NUMBER.json."""

    def answer(number: str) -> bytes:
        try:
            with open(folder / f"{number}.json", "rb") as file:
                return file.read(extract.MOST_BYTES + 1)
        except FileNotFoundError:
            raise RegisterFailed("no-answer") from None
        except OSError as error:
            raise RegisterFailed("unreadable", reason=error) from error

    return answer


def keeping(source: Source, folder: Path) -> Source:
    """Return a source that also puts the answers of another one into a folder, without the persons in them.

    Of an answer that is none nothing is kept. Raises `CannotWrite` where the folder cannot be written.
    """

    def answer(number: str) -> bytes:
        kept = extract.reduced(source(number))
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWrite(os.fspath(folder), error) from error
        replace_file(folder / f"{number}.json", kept)
        return kept

    return answer
