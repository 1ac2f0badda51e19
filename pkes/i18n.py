"""The languages of the user: English is the source, translations are gettext catalogues under `locale/`."""

import gettext as _gettext
import os
from pathlib import Path

DOMAIN = "pkes"

_translations: _gettext.NullTranslations = _gettext.NullTranslations()


def preferred_language() -> str:
    """Return the language that the environment asks for: `pl` or `en`.

    `PKES_LANG` goes first, then the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set (POSIX, 8.2).
    """
    names = ("PKES_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    wanted = next((value for name in names if (value := os.environ.get(name))), "")
    return "pl" if wanted.startswith("pl") else "en"


def use_language(language: str) -> None:
    """Translate from now on into `language`; a language without a catalogue stays English."""
    global _translations
    folder = Path(__file__).parent / "locale"
    _translations = _gettext.translation(DOMAIN, folder, [language], fallback=True)


def _(message: str) -> str:
    """Return `message` in the language of the user."""
    return _translations.gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """Return the form of a message that belongs to the number `n`."""
    return _translations.ngettext(one, many, n)


def N_(message: str) -> str:
    """Mark `message` for translation; it is translated where it is shown."""
    return message
