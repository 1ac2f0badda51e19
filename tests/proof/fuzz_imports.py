"""What must hold of any file that is imported: it is read or refused, and what is taken from it can be written."""

import random
import zipfile
from functools import cache
from io import BytesIO

from pkes import formats
from pkes.checks import run
from pkes.formats.records import Export, all_columns
from pkes.importing.columns import kind_of, match
from pkes.importing.plan import Table, plan
from pkes.model.records import KIND, records
from pkes.registry.changes import compare
from tests.importing.examples import REGISTRY, TODAY

OFFICE = (
    "Nazwa;Sektor;NIP;Telefon;Data przystąpienia;Oferta\r\n"
    '"Spółdzielnia ""Igła""";ekonomia społeczna;526-025-02-74;tel. 14 681 00 00;5.01.2024;"szycie\nhaft"\r\n'
    "Fundacja Żółw;ngo;;;2023-02;\r\n"
)
MAIL = "received,person,email,phone,channel,topic,status\n2025-01-05,Anna,a@example.org,,email,join,new\n,,,,,,\n"
TEXTS = ("csv", "json", "ndjson")
SHEET = "xl/worksheets/sheet1.xml"


@cache
def seeds() -> tuple[str, ...]:
    """Return tables to begin with."""
    exported = [_exported(name, kind).decode() for name in TEXTS for kind in ("member", "inquiry")]
    return (OFFICE, MAIL, *exported)


@cache
def sheets() -> tuple[str, ...]:
    """Return sheets of a workbook to begin with."""
    with zipfile.ZipFile(BytesIO(_workbook())) as book:
        return (book.read(SHEET).decode(),)


def _exported(name: str, kind: str) -> bytes:
    held = Export(KIND[kind], all_columns(KIND[kind]), list(records(REGISTRY, KIND[kind]).values()))
    return b"".join(formats.write(name, held))


@cache
def _workbook() -> bytes:
    return _exported("xlsx", "member")


def table(text: str, rng: random.Random) -> None:
    """A text is a table in any format and encoding, or none."""
    encoding = rng.choice(("utf-8", "utf-8", "utf-8-sig", "cp1250", "utf-16"))
    take_in(rng.choice(TEXTS), text.encode(encoding, errors="replace"))


def workbook(text: str, rng: random.Random) -> None:
    """So is a workbook, whatever its sheet is, and whatever was lost of the file."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(_workbook())) as book, zipfile.ZipFile(made, "w") as other:
        for name in book.namelist():
            other.writestr(name, text if name == SHEET else book.read(name))
    data = bytearray(made.getvalue())
    for _ in range(rng.choice((0, 0, 0, 1, 5))):
        data[rng.randrange(len(data))] = rng.randrange(256)
    take_in("xlsx", bytes(data))


def take_in(name: str, data: bytes) -> None:
    """Import a file; what comes of it adds no error, and the same import once more changes nothing."""
    found = formats.read(name, data)
    kind = kind_of(found.headers)
    made = Table(kind, match(kind, found.headers), found.rows)
    once = plan(REGISTRY, made, TODAY)
    run.refuse_errors(run.added(REGISTRY, once.registry, compare(REGISTRY, once.registry), TODAY))
    twice = plan(once.registry, made, TODAY)
    assert compare(once.registry, twice.registry) == ()
    assert [row.place for row in twice.bad] == [row.place for row in once.bad]
