"""`pkes import` of identifiers and phone numbers as spreadsheets and people write them."""

import json
from pathlib import Path

import pytest

REGISTRY = """\
format = 1

[cluster]
name = "Klaster"
coordinator = "alfa"

[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"

[members.alfa]
name = "Alfa"
sector = "ngo"
"""

ROUNDED = "a spreadsheet has rounded this number: format its column as text and type the number in again"


@pytest.fixture(autouse=True)
def registry(write_registry):
    return write_registry(REGISTRY)


def imported(pkes, column, cell, *options):
    cell = '"' + cell.replace('"', '""') + '"'
    Path("rows.csv").write_text(f"Nazwa;Sektor;{column}\nBeta;ngo;{cell}\n", encoding="utf-8")
    return pkes("import", "rows.csv", *options)


@pytest.mark.parametrize(
    ("column", "cell", "field", "value"),
    [
        ("REGON", "30204683000000", "regon", "302046830"),
        ("KRS", "413516", "krs", "0000413516"),
        ("KRS", '="0000413516"', "krs", "0000413516"),
        ("KRS", "'0000413516", "krs", "0000413516"),
        ("NIP", "PL 123-456-32-18", "nip", "1234563218"),
        ("Telefon", "tel./fax (017) 850-00-01 w. 12", "phone", "+48 17 850 00 01 ext. 12"),
    ],
)
def test_a_value_is_read_right(pkes, column, cell, field, value):
    ran = imported(pkes, column, cell, "--dry-run", "--json")
    [change] = json.loads(ran.out)
    assert (ran.status, change["id"], change["new"][field]) == (0, "beta", value)


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("KRS", "0413516", "KRS: not a KRS number: it has 7 digits in place of ten"),
        ("KRS", "0000000000", "KRS: not a KRS number (ten digits)"),
        ("NIP", "1111111111", "NIP: not a NIP (ten digits, the last one a check digit)"),
        ("NIP", "5,25225E+09", f"NIP: {ROUNDED}"),
        ("KRS", "4.13516E+05", f"KRS: {ROUNDED}"),
        ("Telefon", "1,7850E+08", f"Telefon: {ROUNDED}"),
        ("E-mail", "a@example.org, b@example.org", "E-mail: several e-mail addresses: one belongs here"),
        ("E-mail", "a@example.org\nb@example.org", "E-mail: several e-mail addresses: one belongs here"),
        ("Telefon", "17 850 00 01, 17 850 00 02", "Telefon: several phone numbers: one belongs here"),
    ],
)
def test_a_value_that_is_none_is_a_bad_row(pkes, column, cell, says):
    ran = imported(pkes, column, cell, "--yes")
    assert (ran.status, ran.out) == (2, "")
    assert f"line 2: {says}\n" in ran.err
    assert Path("registry.toml").read_text(encoding="utf-8") == REGISTRY


def test_a_local_unit_is_a_warning(pkes):
    ran = imported(pkes, "REGON", "12345678512347", "--yes")
    assert ran.status == 0
    assert "the REGON of a local unit: that of the whole organisation has nine digits" in ran.err
    assert "warning local-unit member beta, regon" in pkes("check").out


def test_two_phones_are_told_from_none(pkes, registry):
    ran = pkes("edit", "alfa", "phone=17 850 00 01 / 17 850 00 02")
    assert ran == (2, "", "pkes: phone: several phone numbers: one belongs here\n")
    registry.write_text(f'{REGISTRY}phone = "17 850 00 01, 17 850 00 02"\n', encoding="utf-8")
    assert "error phone member alfa, phone: several phone numbers: one belongs here" in pkes("check").out


@pytest.mark.parametrize(
    ("codec", "name"),
    [("iso8859-2", "ISO-8859-2"), ("cp852", "CP852"), ("cp1250", "Windows-1250"), ("utf-16", "UTF-16")],
)
def test_the_charset_is_found_out_and_said(pkes, codec, name):
    Path("rows.csv").write_bytes("Nazwa;Sektor\r\nŹródło Śliwy;ngo\r\n".encode(codec))
    ran = pkes("import", "rows.csv", "--dry-run", "--json")
    [change] = json.loads(ran.out)
    assert (change["id"], change["new"]["name"]) == ("zrodlo-sliwy", "Źródło Śliwy")
    assert ran.err == f'pkes: read as {name}, columns divided by ";"\n'
