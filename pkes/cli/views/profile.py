"""The profile of a cluster, as on its page: as plain text with one line per paragraph, or as Markdown."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rich.text import Text

from pkes.cli.views.cells import text
from pkes.cli.views.markdown import block
from pkes.cli.views.markdown import text as escaped
from pkes.i18n import _
from pkes.page import words
from pkes.registry.overview import Profile

LONGEST_BAR = 30


class Signs(NamedTuple):
    """The signs used to draw a profile."""

    bullet: str
    bar: str


PLAIN = Signs("-", "#")
FINE = Signs("•", "█")


class Bars(NamedTuple):
    """The members by sector: label, count and bar for each."""

    rows: list[tuple[str, int, str]]


class Items(NamedTuple):
    """A list with a bullet before each item."""

    items: list[str]


class Facts(NamedTuple):
    """Facts with their titles."""

    rows: list[tuple[str, str]]


Part = Text | Bars | Items | Facts


def lines(profile: Profile, language: str, signs: Signs) -> Iterator[Text]:
    """Yield a profile as plain text, one line per paragraph. `language` is that of the labels."""
    for section in _sections(profile, language, signs):
        for part in section:
            match part:
                case Text():
                    yield part
                case Items(items):
                    yield from (Text.assemble(f"{signs.bullet} ", text(item)) for item in items)
                case Facts(rows):
                    yield from (Text.assemble(f"{title}: ", text(fact)) for title, fact in rows)
                case Bars(bars):
                    yield from (Text.assemble(text(label), f": {count} ", (bar, "green")) for label, count, bar in bars)


def markdown(profile: Profile, language: str) -> Iterator[str]:
    """Yield the lines of a profile as Markdown. `language` is that of the labels."""
    title, *sections = _sections(profile, language, PLAIN)
    yield f"# {_escaped(title[0], escaped)}"
    for section in sections:
        for part in section:
            yield ""
            match part:
                case Text():
                    yield f"## {_escaped(part, escaped).rstrip(':')}" if part.style == "bold" else _escaped(part, block)
                case Items(items):
                    yield from (f"- {block(item)}" for item in items)
                case Facts(rows):
                    yield from (f"- {block(title)}: {escaped(fact)}" for title, fact in rows)
                case Bars(bars):
                    yield from (f"- {block(label)}: {count}" for label, count, _bar in bars)


def _escaped(part: Part, escape: Callable[[str], str]) -> str:
    return escape(part.plain) if isinstance(part, Text) else ""


def _sections(profile: Profile, language: str, signs: Signs) -> Iterator[Sequence[Part]]:
    cluster = profile.cluster
    yield [headline(profile)]
    for prose in (cluster.description, cluster.composition):
        yield from ([paragraph] for paragraph in paragraphs(prose))
    if found := facts(profile):
        yield [Facts(found)]
    for title, items in lists(profile):
        yield [Text(title, style="bold"), Items(items)]
    yield [
        Text(_("Members by sector:"), style="bold"),
        Bars(bars(profile, language, signs)),
        Text(words.counted(profile)),
    ]
    yield from ([paragraph] for paragraph in paragraphs(cluster.invitation))
    if contact := _contact(profile):
        yield [contact]


def headline(profile: Profile) -> Text:
    """Return the name of the cluster, with the short one."""
    return text(words.abbreviated(profile.cluster.name or "", profile.cluster.short_name), "bold green")


def paragraphs(prose: str | None) -> Iterator[Text]:
    """Yield the paragraphs of a text of the cluster."""
    return map(text, words.paragraphs(prose))


def facts(profile: Profile, format_date: Callable[[str], str] = str) -> list[tuple[str, str]]:
    """Return short facts about the cluster with their titles; `format_date` formats a date."""
    cluster, coordinator = profile.cluster, profile.coordinator
    who = ", ".join(filter(None, (coordinator.name, coordinator.town))) if coordinator else cluster.coordinator
    found = (
        (_("Coordinator"), who),
        (_("Region"), cluster.region),
        (_("Founded"), format_date(str(cluster.founded or ""))),
        (_("Website"), cluster.website),
    )
    return [(title, fact) for title, fact in found if fact]


def lists(profile: Profile) -> list[tuple[str, list[str]]]:
    """Return the goals and the benefits, if there are any, each with its introductory sentence."""
    found = (
        (_("The cluster sets itself these goals:"), profile.cluster.goals),
        (_("Taking part in the cluster brings tangible benefits:"), profile.cluster.benefits),
    )
    return [(title, items) for title, items in found if items]


def bars(profile: Profile, language: str, signs: Signs, longest: int = LONGEST_BAR) -> list[tuple[str, int, str]]:
    """Return the sectors: label in a language, number of members, and a bar for that number."""
    counts = [(sector.label(language), count) for sector, count in profile.by_sector]
    if profile.elsewhere:
        counts.append((_("another sector"), profile.elsewhere))
    # One sign stands for one member if there is room.
    most = max((count for _label, count in counts), default=0)
    scale = min(1.0, longest / max(most, 1))
    return [(label, count, signs.bar * (max(1, round(count * scale)) if count else 0)) for label, count in counts]


def _contact(profile: Profile) -> Text | None:
    """Return the contact sentence with phone and e-mail, in one paragraph as on the page."""
    cluster = profile.cluster
    ways: list[Text] = []
    if cluster.phone:
        ways.append(Text.assemble(_("tel. "), text(cluster.phone, "bold")))
    if cluster.email:
        ways.append(Text.assemble(_("e-mail: "), text(cluster.email, "bold")))
    sentence = Text(" ").join(paragraphs(cluster.contact))
    if not sentence:
        return Text(", ").join(ways) if ways else None
    if not ways:
        return sentence
    between = " " if sentence.plain[-1] in ".:!?" else ", "
    return Text.assemble(sentence, between, Text(", ").join(ways), ".")
