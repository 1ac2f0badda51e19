"""The empty fields of a record: offered as comments in the edited text, and removed from it again.

A line of them is `# phone = ""  # Phone`: without its first `# ` it sets the field; the title is removed in any case.
"""

import re
from collections.abc import Iterable, Mapping

from pkes.errors import Malformed
from pkes.i18n import _
from pkes.model.records import field_path, values_of
from pkes.storage import record_text
from pkes.storage.record_text import Name

_VALUES = {"str": '""', "list": "[]"}


def offered(text: str, name: Name) -> Mapping[str, str]:
    """Return a line for each field that a record's table lacks, by field; none for an invalid text.

    A line that is already in the text as a comment is not offered: the two could not be distinguished.
    """
    try:
        record = record_text.read(text, name)
    except Malformed:
        return {}
    own = set(text.splitlines())
    found = {}
    for field, value in values_of(record):
        if value is None and not field.by_command and field_path(*name, field.name)[:-1] == name.path:
            line = f"# {field.name} = {_VALUES.get(field.type, '')}  # {_(field.title)}"
            if line not in own:
                found[field.name] = line
    return found


def inserted(text: str, name: Name, lines: Iterable[str]) -> str:
    """Return the text of a record with lines inserted after the fields of its own table."""
    shown = "".join(f"{line}\n" for line in lines)
    if not shown:
        return text
    place = record_text.end_of_fields(text, name)
    return text[:place] + shown + text[place:]


def without(text: str, offered: Mapping[str, str]) -> str:
    """Return the text of a record without the offered lines, and without the titles in those that were used."""
    lines = set(offered.values())
    tails = {name: line.rpartition("  # ")[2] for name, line in offered.items()}
    kept = [_untitled(line, tails) for line in text.split("\n") if line.rstrip() not in lines]
    return "\n".join(kept)


def _untitled(line: str, titles: Mapping[str, str]) -> str:
    found = re.match(r"\s*(\w+)\s*=", line)
    title = titles.get(found[1]) if found else None
    if title is None or not line.rstrip().endswith(f"# {title}"):
        return line
    return line.rstrip().removesuffix(f"# {title}").rstrip()
