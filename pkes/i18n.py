"""The user's language: English is the source, translations are gettext catalogues under `locale/`."""

import gettext as _gettext
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

DOMAIN = "pkes"
LANGUAGES = ("pl", "en")
YES_AND_NO = {"pl": ("tak", "nie"), "en": ("yes", "no")}
"""The words for yes and no by language. Whoever types one is understood in every language."""
LOCALE = Path(__file__).parent / "locale"

_language = "en"
_translations: _gettext.NullTranslations = _gettext.NullTranslations()


def preferred_language() -> str:
    """Return the language that the environment asks for, one of `LANGUAGES`.

    `PKES_LANG` comes first if it names one of them, then the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set
    (POSIX, 8.2).
    """
    if (given := os.environ.get("PKES_LANG")) in LANGUAGES:
        return given
    wanted = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    language = re.split("[_.@]", wanted, maxsplit=1)[0]
    return language if language in LANGUAGES else "en"


def use_language(language: str) -> None:
    """Translate into `language` from now on; a language without a catalogue means English."""
    global _language, _translations
    if language != _language:
        _language = language
        _translations = _gettext.translation(DOMAIN, LOCALE, [language], fallback=True)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Translate into another language for a while."""
    before = _language, _translations
    use_language(language)
    try:
        yield
    finally:
        _return_to(*before)


def _return_to(language: str, translations: _gettext.NullTranslations) -> None:
    global _language, _translations
    _language, _translations = language, translations


def language_in_use() -> str:
    """Return the language of translations."""
    return _language


def _(message: str) -> str:
    """Return `message` in the language of the user."""
    return _translations.gettext(message)


def in_every_language(message: str) -> tuple[str, ...]:
    """Return a message in every language that has a translation."""
    return tuple(_in(language, message) for language in LANGUAGES) if message else ()


@cache
def _in(language: str, message: str) -> str:
    return _gettext.translation(DOMAIN, LOCALE, [language], fallback=True).gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """Return the plural form of a message for the number `n`."""
    return _translations.ngettext(one, many, n)


def pgettext(context: str, message: str) -> str:
    """Return `message` in the language of the user; `context` tells it from the same words used elsewhere."""
    return _translations.pgettext(context, message)


def N_(message: str) -> str:
    """Mark `message` for translation; it is translated where it is shown."""
    return message
