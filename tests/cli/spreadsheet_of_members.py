"""A spreadsheet of 40 members as an office keeps it, and the registry that it meets."""

import csv
import datetime
import io
from collections.abc import Sequence
from typing import Any

from tests.formats.workbooks import workbook

REGISTRY = """\
format = 1

[cluster]
name = "Klaster"
coordinator = "igla"

[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"

[sectors.social-economy]
pl = "ekonomia społeczna"
en = "social economy"

[sectors.business]
pl = "biznes"
en = "business"

# the first of all
[members.igla]
name = "Fundacja Igła"
sector = "ngo"
legal_form = "fundacja"
nip = "5260250274"
phone = "+48 14 681 00 00" # in the morning

[members.zolw]
name = "Spółdzielnia Socjalna Żółw"
sector = "social-economy"
town = "Dębica"
"""

HEADERS = (
    "Lp.", "Nazwa organizacji", "Forma prawna", "Sektor", "Ulica", "Kod pocztowy", "Miejscowość", "Osoba kontaktowa",
    "Telefon", "E-mail", "NIP", "Data przystąpienia", "Przedsiębiorstwo społeczne", "Uwagi",
)  # fmt: skip

_FORMS = (
    ("Fundacja {}", "fundacja", "organizacje pozarządowe"),
    ("Stowarzyszenie „{}”", "stowarzyszenie", "NGOs"),
    ("Spółdzielnia Socjalna {}", "spółdzielnia socjalna", "Ekonomia Społeczna"),
    ("{} Sp. z o.o.", "spółka z o.o.", "biznes"),
)
_WORDS = (
    "Łąka", "Źródło", "Świt", "Żuraw", "Ścieżka", "Pąk", "Gęśl", "Ćma", "Brzoza", "Jodła", "Ósemka", "Most", "Wrzos",
    "Młyn", "Kuźnia", "Zagroda", "Dzięcioł", "Jaskółka", "Malwa", "Nić", "Okno", "Pracownia", "Rosa", "Snop", "Tkacz",
    "Ule", "Wianek", "Zefir", "Żarna", "Bursztyn", "Cynamon", "Dąb", "Echo", "Fasola",
)  # fmt: skip
_TOWNS = (("35-001", "Rzeszów"), ("39200", "Dębica"), ("37 100", "Łańcut"), ("38-400", "Krosno"))
_PHONES = (
    "14 681 00 {:02}", "(17) 852-{:02}-00", "+48 221234{:03}", "tel. 5027417{:02}", "0048 13 432 00 {:02}",
    "1468100{:02}", "",
)  # fmt: skip
NIPS = ("9512000002", "9512000019", "9512000025", "9512000031", "9512000048", "9512000054", "9512000060")

Cells = Sequence[Any]


def rows() -> list[Cells]:
    """Return the 40 rows: two are on record, two differ only in their legal form, and two cannot be right."""
    made: list[list[Any]] = [[number, *_member(number, word)] for number, word in enumerate(_WORDS, 1)]
    made += [
        [35, "Żółw", "", "", "", "", "", "Zofia Żółwia", "", "zolw@example.org", "", "10.2014 r.", "tak", ""],
        [36, "Fundacja Nieznana", "fundacja", "kultura", "", "", "Jasło", "", "", "", "", "", "", ""],
        [37, "Stowarzyszenie Pomyłka", "stowarzyszenie", "NGOs", "", "", "Jasło", "Jan Mylny", "12 34",
         "jan(at)example", "951-200-00-03", "31.02.2020", "", ""],
        [38, "fundacja  źródło", "fundacja", "ngo", "", "", "Jasło", "", "", "", "", "", "", "drugi raz"],
        [39, "FUNDACJA IGŁA", "", "", "Rynek 1\nlok. 2", "35-001", "Rzeszów", "", "14/681-00-00", "", "526-025-02-74",
         "", "nie", ""],
        [40, "", "", "", "", "", "", "", "", "", "", "", "", ""],
    ]  # fmt: skip
    return made


def as_xlsx() -> bytes:
    """Return the spreadsheet as Excel has it: days are days, and numbers that look like numbers are numbers."""
    sheet: list[list[Any]] = [list(HEADERS)]
    for row in rows():
        sheet.append([_as_excel(header, cell) for header, cell in zip(HEADERS, row, strict=True)])
    formats = {f"L{line}": "DD.MM.YYYY" for line in range(2, len(sheet) + 1)}
    return workbook(sheet, **formats)


def as_csv() -> bytes:
    """Return the spreadsheet as a Polish Excel saves it."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=";")
    writer.writerow(HEADERS)
    writer.writerows(rows())
    return page.getvalue().encode("cp1250")


def _member(number: int, word: str) -> list[Any]:
    name, form, sector = _FORMS[number % len(_FORMS)]
    code, town = _TOWNS[number % len(_TOWNS)]
    id = f"m{number}"
    phone = _PHONES[number % len(_PHONES)].format(number)
    return [
        name.format(word), form, sector, f"ul. Polna {number}" if number % 3 else "", code, town,
        "Anna Nowa" if number % 5 == 0 else "", phone, f"{id}@example.org" if number % 2 else "",
        NIPS[number // 5] if number % 5 == 0 else "", f"{number % 28 + 1}.{number % 12 + 1:02}.2020",
        "x" if "socjalna" in form else "", "płaci w terminie; miło" if number == 7 else "",
    ]  # fmt: skip


def _as_excel(header: str, cell: Any) -> Any:
    if header == "Data przystąpienia" and str(cell).count(".") == 2 and "r" not in cell and cell != "31.02.2020":
        day, month, year = map(int, cell.split("."))
        return datetime.date(year, month, day)
    if header in ("NIP", "Kod pocztowy", "Telefon") and str(cell).isdigit():
        return int(cell)
    return cell or None
