"""Exceptions in words, by what they are about: what is wrong, and the way out."""

from pkes import errors
from pkes.cli.messages import files, given, lookup, rows, unreadable, unwritable
from pkes.cli.messages.words import Words

WORDS = {**unreadable.WORDS, **lookup.WORDS, **given.WORDS, **files.WORDS, **rows.WORDS, **unwritable.WORDS}


def words(error: errors.PkesError) -> Words:
    """Return an error that the program foresees in words."""
    return next(WORDS[kind] for kind in type(error).__mro__ if kind in WORDS)(error)
