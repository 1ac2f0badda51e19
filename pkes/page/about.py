"""What the page tells of the cluster itself: the introduction, its goals and benefits, how to reach it."""

import re
from urllib.parse import quote

import htpy as h

from pkes.formats.jsonld import url
from pkes.i18n import _, language_in_use
from pkes.page.texts import Said, Text, visible
from pkes.page.words import abbreviated, paragraphs
from pkes.registry.overview import Profile
from pkes.text import months

_EMAIL = re.compile(r"[^\s<>\"@:,;?&]+@[^\s<>\"@:,;?&]+")


def introduction(profile: Profile, said: Said) -> h.Renderable:
    """Return the name of the cluster, what it is, who makes it up, and facts in a few words."""
    name = abbreviated(said.name.text, said.cluster.short_name)
    return h.section(".top", aria_labelledby="Name")[
        h.h1("#Name")[Text(name or _("A cluster"), said.name.lang).node],
        _prose(said.description, ".lead"),
        _prose(said.composition),
        _facts(profile),
    ]


def points(title: str, texts: list[Text]) -> h.Node:
    """Return a section with a list; nothing where the list is empty."""
    if not texts:
        return None
    return h.section(".split")[h.h2[title], h.ul(".points")[[h.li[text.node] for text in texts]]]


def contact(said: Said) -> h.Node:
    """Return the invitation, and whom to ask; nothing where the cluster has neither."""
    ways = [
        way
        for way in (phone_link(said.cluster.phone), email_link(said.cluster.email), website_link(said.cluster.website))
        if way
    ]
    if not (ways or said.invitation.text or said.contact.text):
        return None
    return h.section(".split")[
        h.h2[_("Contact")],
        h.div[
            _prose(said.invitation, ".invitation"),
            _prose(said.contact),
            ways and h.p(".ways")[ways],
        ],
    ]


def phone_link(phone: str | None) -> h.Node:
    """Return a phone number as a link (RFC 3966), as text where it is none."""
    if not phone:
        return None
    number = re.sub(r"[\s().-]", "", phone)
    shown = h.bdi[visible(phone)]
    return h.a(href=f"tel:{number}")[shown] if re.fullmatch(r"\+?[0-9]+", number) else h.span[shown]


def email_link(email: str | None) -> h.Node:
    """Return an e-mail address as a link (RFC 6068), as text where it is none."""
    if not email:
        return None
    shown = h.bdi[visible(email)]
    return h.a(href=f"mailto:{quote(email, safe='@+')}")[shown] if _EMAIL.fullmatch(email) else h.span[shown]


def website_link(website: str | None) -> h.Node:
    """Return the address of a website as a link, as text where it leads elsewhere than to http or https."""
    if not website:
        return None
    address = url(website)
    shown = h.bdi[visible(re.sub(r"^https?://|/$", "", website, flags=re.IGNORECASE))]
    return h.a(href=visible(address), rel="noopener")[shown] if address else h.span[shown]


def _prose(text: Text, style: str = "") -> list[h.Node]:
    return [h.p(style, lang=text.lang)[h.bdi[visible(one)]] for one in paragraphs(text.text)]


def _facts(profile: Profile) -> h.Node:
    cluster, coordinator = profile.cluster, profile.coordinator
    who = ", ".join(filter(None, (coordinator.name, coordinator.town))) if coordinator else None
    language = language_in_use()
    facts = (
        (_("Coordinator"), Text(who or "")),
        # No field holds it in another language.
        (_("Region"), Text(cluster.region or "", None if language == "pl" else "pl")),
        (_("Founded"), Text(months.by_name(str(cluster.founded or ""), language))),
    )
    shown = [h.div[h.dt[title], h.dd[fact.node]] for title, fact in facts if fact.text]
    return shown and h.dl[shown]
