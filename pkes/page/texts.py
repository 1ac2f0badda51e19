"""The texts of a cluster in the language of a page, and as HTML can hold them."""

import re
from typing import NamedTuple

import htpy as h

from pkes.model.records import Cluster
from pkes.registry.overview import has_text, in_language
from pkes.text.characters import safe

NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
"""The noncharacters of Unicode as a part of a pattern: no HTML may hold them."""

_NO_CHARACTER = re.compile(f"[{NO_CHARACTERS}]")


def visible(text: str) -> str:
    r"""Return a text with every character that is not text, or that HTML forbids, as an escape that can be seen."""
    shown = safe(text, keep="\n\t")
    # Python prints no noncharacter. To look for them in each text took a tenth of the time.
    return shown if shown.isprintable() else _NO_CHARACTER.sub(lambda found: f"\\u{ord(found[0]):04x}", shown)


class Text(NamedTuple):
    """A text, and the language that it is in where that is not the page's."""

    text: str
    lang: str | None = None

    @property
    def node(self) -> h.Node:
        """The text as a part of a line that knows its language and direction."""
        return h.bdi(lang=self.lang)[visible(self.text)]


class Said:
    """What a cluster says of itself in a language; what it says in Polish only stands in Polish."""

    def __init__(self, cluster: Cluster, language: str) -> None:
        self.cluster = in_language(cluster, language)
        self._english = cluster.en if language == "en" else None
        self.name = self._text("name")
        self.description = self._text("description")
        self.composition = self._text("composition")
        self.invitation = self._text("invitation")
        self.contact = self._text("contact")
        self.goals = self._texts("goals")
        self.benefits = self._texts("benefits")

    def _text(self, field: str) -> Text:
        return Text(getattr(self.cluster, field) or "", self._foreign(field))

    def _texts(self, field: str) -> list[Text]:
        return [Text(one, self._foreign(field)) for one in getattr(self.cluster, field) or ()]

    def _foreign(self, field: str) -> str | None:
        """Return the language of a text where that is not the one of the page."""
        return None if self._english is None or has_text(getattr(self._english, field)) else "pl"
