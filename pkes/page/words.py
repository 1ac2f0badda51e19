"""What the page and the profile say alike of a cluster."""

import re
from collections.abc import Iterator

from pkes.i18n import ngettext
from pkes.registry.overview import Profile


def paragraphs(prose: str | None) -> Iterator[str]:
    """Yield the paragraphs of a text, in which only empty lines count."""
    for paragraph in re.split(r"\n\s*\n", (prose or "").replace("\r\n", "\n")):
        if words := " ".join(re.split(r"[ \t\n]+", paragraph)).strip(" "):
            yield words


def counted(profile: Profile) -> str:
    """Return a sentence on how many members are listed, of how many declared where that is another number."""
    if profile.declared is None or profile.declared == profile.listed:
        said = ngettext("{listed} member listed", "{listed} members listed", profile.listed)
    else:
        said = ngettext(
            "{listed} member listed of {declared} declared",
            "{listed} members listed of {declared} declared",
            profile.listed,
        )
    return said.format(listed=profile.listed, declared=profile.declared)


def abbreviated(name: str, short_name: str | None) -> str:
    """Return a name with the short one behind it, unless it stands in it."""
    return f"{name} ({short_name})" if short_name and short_name not in name.split() else name
