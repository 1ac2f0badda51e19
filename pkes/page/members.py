"""The members on the page: how many each sector has, ways to find one, and the list."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

import htpy as h
from markupsafe import Markup

from pkes.i18n import _, ngettext
from pkes.model.records import Member, Registry, is_id
from pkes.page.about import email_link, phone_link, website_link
from pkes.page.texts import visible
from pkes.page.words import counted
from pkes.registry.overview import Profile
from pkes.registry.selection import sort
from pkes.text.collation import collation_key

LONG = 500
"""A longer list is laid out by the browser only where it is looked at: to filter it stays quick."""


class Group(NamedTuple):
    """The members that share a sector: its label, and the class that marks them."""

    label: str
    style: str


def ordered(roster: Registry) -> list[Member]:
    """Return the members in the order of the list."""
    return sort(roster.members.values(), "name")


def groups(roster: Registry, language: str) -> dict[str | None, Group]:
    """Return the sectors by id; under None that of the members whose sector the registry does not know, if any."""
    found: dict[str | None, Group] = {
        id: Group(sector.label(language), f"s{number}") for number, (id, sector) in enumerate(roster.sectors.items())
    }
    if any(member.sector not in roster.sectors for member in roster.members.values()):
        found[None] = Group(_("another sector"), f"s{len(found)}")
    return found


def filter_style(count: int) -> str:
    """Return the rules by which so many sectors are filtered where no script runs; print always has all members."""
    rules = (f"body:has(#S{number}:checked) .members li:not(.s{number}){{display:none}}" for number in range(count))
    return f"@media screen{{{''.join(rules)}}}\n"


def section(roster: Registry, profile: Profile, language: str) -> h.Renderable:
    """Return the section of the members."""
    found = groups(roster, language)
    listed = ordered(roster)
    where = cache(_where)  # many members share a town and a sector
    return h.section(aria_labelledby="Members")[
        h.div(".split")[
            h.h2("#Members")[_("Members")],
            h.div[h.ul(".bars")[_bars(profile, found)], h.p[counted(profile)]],
        ],
        h.div(role="search", aria_label=_("Find members"))[_sectors(found), _finders(listed), _status()],
        h.ul("#List", class_=["members", len(listed) > LONG and "long"])[
            # As texts already: each piece of one would else pass through every element around the list.
            (Markup(_item(member, found.get(member.sector) or found[None], where)) for member in listed)
        ],
    ]


def _bars(profile: Profile, found: dict[str | None, Group]) -> Iterator[h.Node]:
    counts = [(found[count.sector.id].label, count.members) for count in profile.by_sector]
    if profile.elsewhere:
        counts.append((found[None].label, profile.elsewhere))
    most = max((count for _label, count in counts), default=0) or 1
    for label, count in counts:
        said = ngettext("{count} member", "{count} members", count).format(count=count)
        yield h.li[
            h.span[h.bdi[visible(label)], h.b[said]],
            h.svg(aria_hidden="true", focusable="false")[
                h.rect(".track", width="100%", height="100%"),
                h.rect(".fill", width=f"{100 * count / most:.1f}%", height="100%"),
            ],
        ]


def _sectors(found: dict[str | None, Group]) -> h.Renderable:
    return h.fieldset[
        h.legend[_("Sector")],
        h.label(".chip")[h.input("#All", type="radio", name="sector", value="", checked=True), _("all")],
        [
            h.label(".chip")[
                h.input(id=f"S{number}", type="radio", name="sector", value=group.style), h.bdi[visible(group.label)]
            ]
            for number, group in enumerate(found.values())
        ],
    ]


def _finders(listed: list[Member]) -> h.Renderable:
    """Return what the script filters by; without it, none of this is there to see."""
    return h.div("#Finders.finders", hidden=True)[
        h.div[
            h.label(for_="Word")[_("Name, town or website")],
            h.input("#Word", type="search", autocomplete="off", spellcheck="false"),
        ],
        h.div[
            h.label(for_="Place")[_("County or town")],
            h.select("#Place")[
                h.option(value="")[_("all")],
                _places(_("Counties"), "c", {member.county for member in listed if member.county}),
                _places(_("Towns"), "t", {member.town for member in listed if member.town}),
            ],
        ],
    ]


def _places(title: str, kind: str, names: Iterable[str]) -> h.Node:
    names = sorted(names, key=collation_key)
    return names and h.optgroup(label=title)[[h.option(value=kind + visible(name))[visible(name)] for name in names]]


def _status() -> h.Renderable:
    """Return where the script says how many members are shown, with the forms that a number takes in CLDR."""
    forms = {"one": 1, "few": 2, "many": 5, "other": 5}
    said = {f"data-{form}": ngettext("{count} member shown", "{count} members shown", n) for form, n in forms.items()}
    return h.p("#Count", said, role="status")


def _item(member: Member, group: Group, where: Callable[[str, str, str], Markup]) -> h.Renderable:
    town, county = visible(member.town or ""), visible(member.county or "")
    return h.li(
        {"class": group.style, "data-t": town or None, "data-c": county or None},
        id=member.id if is_id(member.id) else None,
    )[
        h.h3[h.bdi[visible(member.name or member.id)]],
        where(town, county, group.label),
        _line(website_link(member.website)),
        _line(email_link(member.email)),
        _line(phone_link(member.phone)),
    ]


def _where(town: str, county: str, label: str) -> Markup:
    place = ", ".join(filter(None, (town, county)))
    return Markup(h.p(".where")[h.bdi[place], place and " · ", h.bdi[visible(label)]])


def _line(link: h.Node) -> h.Node:
    return link and h.p[link]
