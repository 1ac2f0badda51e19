"""The profile of a cluster, as its own page tells it: laid out for a terminal, or a paragraph a line."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pkes.cli.views.cells import text
from pkes.cli.views.markdown import text as escaped
from pkes.i18n import _
from pkes.page import words
from pkes.registry.overview import Profile

LONGEST_BAR = 30


class Marks(NamedTuple):
    """The signs that a profile is drawn with."""

    bullet: str
    bar: str


PLAIN = Marks("-", "#")
FINE = Marks("•", "█")


class Bars(NamedTuple):
    """The members by sector: label, count and bar of each."""

    rows: list[tuple[str, int, str]]


class Items(NamedTuple):
    """A list with a bullet before each item."""

    items: list[str]


class Facts(NamedTuple):
    """Titles, and what stands behind each."""

    rows: list[tuple[str, str]]


Part = Text | Bars | Items | Facts


def laid_out(profile: Profile, language: str, marks: Marks) -> Iterator[RenderableType]:
    """Yield a profile for a terminal, with empty lines between its parts. `language` is that of the labels."""
    for number, section in enumerate(_sections(profile, language, marks)):
        if number:
            yield Text("")
        for part in section:
            yield part if isinstance(part, Text) else _grid(part, marks)


def lines(profile: Profile, language: str, marks: Marks) -> Iterator[Text]:
    """Yield a profile as plain text, a paragraph a line. `language` is that of the labels."""
    for section in _sections(profile, language, marks):
        for part in section:
            match part:
                case Text():
                    yield part
                case Items(items):
                    yield from (Text.assemble(f"{marks.bullet} ", text(item)) for item in items)
                case Facts(rows):
                    yield from (Text.assemble(f"{title}: ", text(fact)) for title, fact in rows)
                case Bars(bars):
                    yield from (Text.assemble(text(label), f": {count} ", (bar, "green")) for label, count, bar in bars)


def markdown(profile: Profile, language: str) -> Iterator[str]:
    """Yield the lines of a profile as Markdown. `language` is that of the labels."""
    title, *sections = _sections(profile, language, PLAIN)
    yield f"# {_escaped(title[0])}"
    for section in sections:
        for part in section:
            yield ""
            match part:
                case Text():
                    yield f"## {_escaped(part).rstrip(':')}" if part.style == "bold" else _escaped(part)
                case Items(items):
                    yield from (f"- {escaped(item)}" for item in items)
                case Facts(rows):
                    yield from (f"- {escaped(title)}: {escaped(fact)}" for title, fact in rows)
                case Bars(bars):
                    yield from (f"- {escaped(label)}: {count}" for label, count, _bar in bars)


def _escaped(part: Part) -> str:
    return escaped(part.plain) if isinstance(part, Text) else ""


def _sections(profile: Profile, language: str, marks: Marks) -> Iterator[Sequence[Part]]:
    cluster = profile.cluster
    yield [_headline(profile)]
    for prose in (cluster.description, cluster.composition):
        yield from ([paragraph] for paragraph in _paragraphs(prose))
    if facts := _facts(profile):
        yield [Facts(facts)]
    for title, items in (
        (_("The cluster sets itself these goals:"), cluster.goals),
        (_("Taking part in the cluster brings tangible benefits:"), cluster.benefits),
    ):
        if items:
            yield [Text(title, style="bold"), Items(items)]
    yield [
        Text(_("Members by sector:"), style="bold"),
        Bars(_bars(profile, language, marks)),
        Text(words.counted(profile)),
    ]
    yield from ([paragraph] for paragraph in _paragraphs(cluster.invitation))
    if contact := _contact(profile):
        yield [contact]


def _headline(profile: Profile) -> Text:
    return text(words.abbreviated(profile.cluster.name or "", profile.cluster.short_name), "bold green")


def _paragraphs(prose: str | None) -> Iterator[Text]:
    return map(text, words.paragraphs(prose))


def _facts(profile: Profile) -> list[tuple[str, str]]:
    cluster, coordinator = profile.cluster, profile.coordinator
    who = ", ".join(filter(None, (coordinator.name, coordinator.town))) if coordinator else cluster.coordinator
    facts = (
        (_("Coordinator"), who),
        (_("Region"), cluster.region),
        (_("Founded"), str(cluster.founded or "")),
        (_("Website"), cluster.website),
    )
    return [(title, fact) for title, fact in facts if fact]


def _bars(profile: Profile, language: str, marks: Marks) -> list[tuple[str, int, str]]:
    counts = [(sector.label(language), count) for sector, count in profile.by_sector]
    if profile.elsewhere:
        counts.append((_("another sector"), profile.elsewhere))
    # A sign is a member as long as there is room for that.
    most = max((count for _label, count in counts), default=0)
    scale = min(1.0, LONGEST_BAR / max(most, 1))
    return [(label, count, marks.bar * (max(1, round(count * scale)) if count else 0)) for label, count in counts]


def _contact(profile: Profile) -> Text | None:
    """Return the sentence of the contact with phone and e-mail, in one paragraph as on the page."""
    cluster = profile.cluster
    ways: list[Text] = []
    if cluster.phone:
        ways.append(Text.assemble(_("tel. "), text(cluster.phone, "bold")))
    if cluster.email:
        ways.append(Text.assemble(_("e-mail: "), text(cluster.email, "bold")))
    sentence = Text(" ").join(_paragraphs(cluster.contact))
    if not sentence:
        return Text(", ").join(ways) if ways else None
    if not ways:
        return sentence
    between = " " if sentence.plain[-1] in ".:!?" else ", "
    return Text.assemble(sentence, between, Text(", ").join(ways), ".")


def _grid(part: Bars | Items | Facts, marks: Marks) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for _column in range(3 if isinstance(part, Bars) else 2):
        grid.add_column(overflow="fold")
    match part:
        case Items(items):
            grid.padding = (0, 1, 0, 0)
            for item in items:
                grid.add_row(Text(f" {marks.bullet}"), text(item))
        case Facts(rows):
            for title, fact in rows:
                grid.add_row(Text(title, style="dim"), text(fact))
        case Bars(bars):
            for label, count, bar in bars:
                grid.add_row(text(label), Text(str(count), justify="right"), Text(bar, style="green"))
    return grid
