"""Members that no program downstream likes, random ones too, and how to take them out and in again."""

from collections.abc import Iterable, Sequence
from typing import Any

from hypothesis import strategies as st

from pkes import formats
from pkes.formats.records import Export, all_columns
from pkes.formats.rows import Rows
from pkes.model.records import KIND, Inquiry, Member, Record, kind_of
from pkes.registry.parsing import parse
from tests import random_registries
from tests.conftest import SHIPPED

HOSTILE = (
    "=1+1", "+1+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", "  =1", "=", "#N/A", "#",
    'say "x"', '"', "a;b", "a,b", "a|b", r"a\|b", "a\\", "\\", "<b>bold</b>", "<script>", "&amp;", "`code`", "*a*",
    "_a_", "a_b", "[a](https://example.org)", "one\ntwo", "one\r\ntwo", "one\rtwo", "\n", "a\n", "\ta", " ", "  a  ",
    "\u00a0a", "a\u2028b", "a\x85b", "\ufeffa", "_x000D_", "_x005F_", "x005F_", "true", "1", "0012", "2014-10",
    "a\x01b\x1b[31mc", "a\ufffeb\uffff", "żółć ąęłńóśź", "😀" * 30, "ż" * 100, "null", "sep=;", "'a", "https://x.y/a|b",
)  # fmt: skip
"""Texts of one cell; none but a csv is asked to hold NUL, and it refuses."""


def export(records: Iterable[Record], columns: Sequence[str] = (), **more: Any) -> Export:
    """Return records, at least one, as what a format writes: with all columns where none are wanted."""
    held = list(records)
    kind = kind_of(held[0])
    return Export(kind, columns or all_columns(kind), held, **more)


def shipped() -> Export:
    """Return the members of the shipped registry."""
    return export(parse(SHIPPED.read_text(encoding="utf-8")).members.values())


def hostile() -> Export:
    """Return a member for each hostile text, in each kind of field that holds text."""
    return export(
        Member(id=f"m-{number}", name=text, phone=text, website=text, note=text, tags=[text, "x"])
        for number, text in enumerate(HOSTILE)
    )


def written(name: str, held: Export) -> bytes:
    """Return what a format writes, whole."""
    return b"".join(formats.write(name, held))


def taken_back(name: str, held: Export) -> Rows:
    """Return the rows that a format reads of what it wrote."""
    return formats.read(name, written(name, held))


def cells(rows: Rows) -> list[list[Any]]:
    """Return the cells of rows of which none is bad, in the order of the headers."""
    assert [row.fault for row in rows.rows] == [None] * len(rows.rows)
    return [[row.cells[header] for header in rows.headers] for row in rows.rows]


TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    random_registries.TEXTS.filter(lambda text: "\0" not in text),
)
LISTS = st.lists(TEXTS, max_size=3)
DATES = random_registries.DATES


@st.composite
def exports(draw: st.DrawFn) -> Export:
    """Draw members or inquiries, with any values that their fields can hold."""
    data = draw(st.lists(st.one_of(st.none(), TEXTS), min_size=6, max_size=6))
    return draw(st.sampled_from([_members, _inquiries]))(draw, data)


def _members(draw: st.DrawFn, texts: list[str | None]) -> Export:
    from pkes.model.dates import PartialDate

    partial = st.one_of(st.none(), st.builds(PartialDate, st.one_of(DATES, st.sampled_from(["2014", "2014-10"]))))
    name, phone, note, krs, town, website = texts
    member = Member(
        id="m", name=name, phone=phone, note=note, krs=krs, town=town, website=website,
        social_enterprise=draw(st.sampled_from([None, True, False])),
        joined=draw(partial), left=draw(partial), offers=draw(st.none() | LISTS), tags=draw(LISTS),
    )  # fmt: skip
    return export([member, Member(id="n", name="N")])


def _inquiries(draw: st.DrawFn, texts: list[str | None]) -> Export:
    name, person, message, phone, reason, town = texts
    inquiry = Inquiry(
        id="2025-01-02-abc", name=name, person=person, message=message, phone=phone, reason=reason, town=town,
        received=draw(st.none() | DATES), closed=draw(st.none() | DATES), notes=draw(st.none() | LISTS),
    )  # fmt: skip
    return export([inquiry])


assert {KIND["member"].struct, KIND["inquiry"].struct} == {Member, Inquiry}
