"""A page whole: the head with what machines read, and the body from the name of the cluster to the day it is of."""

import base64
import datetime
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import htpy as h
from markupsafe import Markup

from pkes.formats import jsonld
from pkes.i18n import _
from pkes.model.records import Registry
from pkes.page import about, members, words
from pkes.page.texts import NO_CHARACTERS, Said, visible
from pkes.registry import overview

_LOCALES = {"pl": "pl_PL", "en": "en_GB"}
_NAMES = {"pl": "Polski", "en": "English"}
_UNFIT = re.compile(f"[<>&\u2028\u2029{NO_CHARACTERS}]")
"""What JSON inside HTML has only as an escape."""

_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Cpath fill='%230f5c45' d='M1 2h14v3H1zm0 5h10v3H1zm0 5h6v3H1z'/%3E%3C/svg%3E"
)


def page(roster: Registry, day: datetime.date, language: str, files: Mapping[str, str]) -> str:
    """Return the page of a day in the language in use; `files` has the name of the page in each language.

    `roster` is what may be published of a registry, and all that the page is made of.
    """
    profile = overview.profile(roster, day)
    said = Said(roster.cluster, language)
    style = _text("style.css") + members.filter_style(len(members.groups(roster, language)))
    script = _text("script.js")
    return str(
        h.html(lang=language)[
            h.head[
                _head(said, day, language, files, style, script),
                h.script(type="application/ld+json")[_linked_data(roster, said)],
            ],
            h.body[
                h.a(".skip", href="#Main")[_("Skip to the content")],
                h.header[
                    h.p[h.bdi[visible(roster.cluster.short_name or said.name.text)]],
                    h.nav(aria_label=_("Language"))[
                        [
                            h.a(href=name, lang=other, hreflang=other)[_NAMES[other]]
                            for other, name in files.items()
                            if other != language
                        ]
                    ],
                ],
                h.main("#Main", tabindex="-1")[
                    about.introduction(profile, said),
                    about.points(_("Goals"), said.goals),
                    about.points(_("Benefits of taking part"), said.benefits),
                    members.section(roster, profile, language),
                    about.contact(said),
                ],
                h.footer[
                    h.p[
                        words.counted(profile),
                        " · ",
                        _("As of"),
                        " ",
                        h.time(datetime=day.isoformat())[day.isoformat()],
                    ]
                ],
                h.script[Markup(script)],
            ],
        ]
    ) + "\n"  # fmt: skip


def _head(
    said: Said, day: datetime.date, language: str, files: Mapping[str, str], style: str, script: str
) -> list[h.Node]:
    title = words.abbreviated(visible(said.name.text), visible(said.cluster.short_name or "") or None)
    summary = " ".join(" ".join(visible(text) for text in words.paragraphs(said.description.text)).split())
    others = [other for other in files if other != language]
    return [
        h.meta(charset="utf-8"),
        h.meta({"http-equiv": "Content-Security-Policy", "content": _policy(style, script)}),
        h.meta(name="viewport", content="width=device-width, initial-scale=1"),
        h.title[title or _("A cluster")],
        h.meta(name="date", content=day.isoformat()),
        h.meta(name="color-scheme", content="light dark"),
        summary and h.meta(name="description", content=summary),
        h.meta(property="og:type", content="website"),
        h.meta(property="og:title", content=title),
        summary and h.meta(property="og:description", content=summary),
        h.meta(property="og:locale", content=_LOCALES[language]),
        [h.meta(property="og:locale:alternate", content=_LOCALES[other]) for other in others],
        [h.link(rel="alternate", hreflang=other, href=name) for other, name in files.items()],
        h.link(rel="icon", href=_ICON),
        h.style[Markup(style)],
    ]


def _policy(style: str, script: str) -> str:
    """Return the content security policy (CSP 3): these two texts by their hash, the icon, and nothing else."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _linked_data(roster: Registry, said: Said) -> Markup:
    """Return the JSON-LD so that nothing in it can end the script, or begin a comment in it."""
    data: dict[str, Any] = jsonld.document(said.cluster, members.ordered(roster))
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(
        _UNFIT.sub(lambda found: json.dumps(found[0])[1:-1] if found[0] > "\x7f" else f"\\u{ord(found[0]):04x}", text)
    )


@cache
def _text(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
