"""`pkes import`: which file, which columns, which kind; what it says, asks and writes."""

import io
import json
import os
import re
import sys
from pathlib import Path

import pytest

from tests.cli import registry_with_inquiries
from tests.cli.dialogue import Dialogue
from tests.cli.registry_with_members import REGISTRY, changed_lines, changes


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.fixture
def inquiries(write_registry):
    return write_registry(registry_with_inquiries.REGISTRY)


def put(text, name="in.csv"):
    Path(name).write_text(text, encoding="utf-8", newline="")
    return name


def test_one_row_is_a_change_of_its_fields(registry, pkes):
    assert pkes("import", put("id,town,tags\nigla,Łąka,\n"), "-y") == (
        0, "kind\tid\taction\tfield\told\tnew\nmember\tigla\tchanged\ttown\t\tŁąka\n", "",
    )  # fmt: skip
    assert changed_lines(registry) == ['+ town = "Łąka"']


def test_json_is_that_of_every_write(registry, pkes):
    [change] = changes(pkes("import", put('[{"Nazwa": "Nić", "Sektor": "NGOs"}]', "in.json"), "-y", "--json"))
    assert (change["id"], change["action"], change["new"]["sector"]) == ("nic", "added", "ngo")


@pytest.mark.parametrize("more", [[], ["--json"]], ids=["lines", "json"])
def test_what_changes_nothing_leaves_the_file_alone(registry, pkes, more):
    before = registry.stat().st_mtime_ns
    ran = pkes("import", put("id,name\nigla,Igła\n"), *more)
    assert ran == (0, "[]\n" if more else "", "pkes: nothing is changed: it is so already\n")
    assert registry.stat().st_mtime_ns == before


def test_no_rows_are_nothing_to_do(registry, pkes):
    said = "pkes: there are no rows in it\n"
    assert pkes("import", put("id,name\n")) == (0, "", said)
    assert pkes("import", put("[]", "in.json")) == (0, "", said)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param("id;town\nigla;Łąka\n", 'columns divided by ";"', id="semicolons"),
        pytest.param("id\ttown\nigla\tŁąka\n", "columns divided by tabs", id="tabs"),
        pytest.param("\ufeffid,town\nigla,Łąka\n", "", id="BOM"),
    ],
)
def test_what_was_found_out_is_said(registry, pkes, data, says):
    ran = pkes("import", put(data), "-y")
    assert (ran.status, ran.err) == (0, f"pkes: {says}\n" if says else "")
    assert 'town = "Łąka"' in registry.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "data",
    [b'[{"id": "igla", "town": "Debica"}]', b'{"id": "igla", "town": "Debica"}\n', b"id,town\nigla,Debica\n"],
    ids=["json", "ndjson", "csv"],
)
def test_stdin_is_read_as_what_it_is(registry, pkes, monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert pkes("import", "-", "-y").out.endswith("member\tigla\tchanged\ttown\t\tDebica\n")


# Columns.


def test_columns_that_nobody_knows_are_named(registry, pkes):
    ran = pkes("import", put("Nr,id,town,Suma\n1,igla,Łąka,3\n"), "-y")
    assert ran.err == (
        'pkes: warning: columns are not imported: "Nr", "Suma"\n'
        '--map "COLUMN=FIELD" says which field one is, --map "COLUMN=" that it is none\n'
    )


def test_so_many_columns_are_named_and_no_more(registry, pkes):
    names = ",".join(f"x{number}" for number in range(30))
    said = pkes("import", put(f"id,{'ż' * 100},{names}\n"), "-y").err
    assert f'"{"ż" * 60}…", "x0"' in said
    assert '"x18" … and 11 more\n' in said


def test_map_says_what_a_column_is(registry, pkes):
    file = put("Kto,Gdzie,Suma\nIgła,Łąka,3\n")
    ran = pkes("import", file, "--map", "kto=name", "--map", "Gdzie = miejscowość", "--map", "SUMA=", "-y")
    assert (ran.status, ran.err) == (0, "")
    assert changed_lines(registry) == ['+ town = "Łąka"']


@pytest.mark.parametrize(
    ("header", "options", "says"),
    [
        pytest.param("id", ["--map", "Nazwa"], "--map: it has to be COLUMN=FIELD\n", id="no mapping"),
        pytest.param("id", ["--map", "Ida=name"], 'no column "Ida" (did you mean "id"?)\n', id="no column"),
        pytest.param(
            "id", ["--map", "id=nam"], 'unknown field "nam" (did you mean "name"?)\nfields: Name, ', id="no field"
        ),
        pytest.param("id", ["--map", "id=id", "--map", "ID="], '"id" is given twice\n', id="twice"),
        pytest.param(
            "Nazwa,Podmiot",
            [],
            'the columns "Nazwa" and "Podmiot" would both be name\n--map "Podmiot=" leaves one out\n',
            id="two columns for one field",
        ),
        pytest.param(
            "Jan,3",
            [],
            'none of the columns is a field: "Jan", "3"\n'
            '--map "COLUMN=FIELD" says which field a column is; the headers stand in the first line\n',
            id="no field at all",
        ),
        pytest.param(
            "id", ["--as", "membre"], 'unknown kind of record "membre" (did you mean "members"?)\n', id="no kind"
        ),
    ],
)
def test_columns_that_cannot_be_read(registry, pkes, header, options, says):
    ran = pkes("import", put(f"{header}\n1,2\n"), "-y", *options)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"pkes: {says}")


# Rows.


def test_bad_rows_are_listed_up_to_twenty(registry, pkes):
    rows = "".join(f"Nowa {number},ngi,12\n" for number in range(22))
    ran = pkes("import", put(f"name,sector,Telefon\n{rows}"), "-y")
    first, second, *_, more = ran.err.splitlines()
    assert (ran.status, ran.out) == (2, "")
    assert first == "pkes: 22 rows cannot be imported:"
    assert second == (
        '  line 2: sector: no such sector (did you mean "ngo"?); '
        "Telefon: not a phone number: it has 2 digits, and a Polish one has nine"
    )
    assert (more, ran.err.count("\n")) == ("  … and 2 more", 22)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param("name,sector\nA,ngo,x\n", "it has more cells than there are headers", id="more cells"),
        pytest.param('name,sector\n"A"b,ngo\n', "a quotation mark inside a cell is not written twice", id="quote"),
        pytest.param("name\nA\n", "sector: it is required", id="required"),
        pytest.param("sector\nngo\n", "without an id it needs a name, NIP or KRS to be found by", id="nothing to find"),
        pytest.param(
            "id,name,sector\nA b,A,ngo\n", "id: an id has only a-z, 0-9 and dashes, and no dash at an end", id="id"
        ),
        pytest.param(
            "name,sector\nЯ,ngo\n", 'no id can be made for it; a column "id" can give one', id="no id of the name"
        ),
        pytest.param("name,nip\nŻółw,1234563218\n", "it could be any of these: igla, zolw", id="two found"),
        pytest.param("id,Nr NIP\nzolw,1234563218\n", 'Nr NIP: it is that of "igla" too', id="NIP of another"),
        pytest.param("id,joined,left\nigla,2025,2024\n", 'left: it is before "joined"', id="dates"),
        pytest.param("id,inquiry\nzolw,nobody\n", 'inquiry: "pkes inquiry accept" sets it', id="by a command"),
        pytest.param("name,sector,inquiry\nA,ngo,Jan\n", "inquiry: no such inquiry is on record", id="reference"),
    ],
)
def test_what_is_wrong_with_a_row(registry, pkes, data, says):
    ran = pkes("import", put(data), "-y")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"pkes: 1 row cannot be imported:\n  line 2: {says}\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param("name\nA\n", "Sektor: pole jest wymagane", id="required"),
        pytest.param("id,joined\nzolw,2026-01\n", "Wystąpienie: ", id="dates"),
        pytest.param("name,sector,left\nA,ngo,x\n", "left: ", id="a column that is called by its name"),
    ],
)
def test_a_field_without_a_column_has_its_title(write_registry, pkes, data, says):
    write_registry(REGISTRY.replace("[members.zolw]\n", '[members.zolw]\nleft = "2025"\n'))
    ran = pkes("import", put(data), "-y", PKES_LANG="pl")
    assert ran.status == 2
    assert f"wiersz 2: {says}" in ran.err


@pytest.mark.parametrize(
    ("row", "says"),
    [
        pytest.param({"id": registry_with_inquiries.NEW, "status": "declined"}, "a step changes it", id="status"),
        pytest.param(
            {"id": registry_with_inquiries.NEW, "member": "igla"}, '"pkes inquiry accept" sets it', id="member"
        ),
        pytest.param(
            {"id": registry_with_inquiries.NEW, "erased": "2025-01-01"}, '"pkes privacy erase" sets it', id="erased"
        ),
        pytest.param(
            {"id": registry_with_inquiries.ERASED, "person": "Jan"},
            "the inquiry is erased, but this is left",
            id="erased data",
        ),
        pytest.param({"person": "Jan", "email": "j@example.org"}, "without an id it needs the day it", id="no day"),
        pytest.param(
            {"id": "x", "received": "2025-01-01", "member": "Jan"}, "no such member is on record", id="nobody"
        ),
    ],
)
def test_what_is_wrong_with_an_inquiry(inquiries, pkes, row, says):
    ran = pkes("import", put(json.dumps([row]), "in.json"), "--as", "inquiries", "-y")
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
    assert "Jan" not in ran.err


def test_answers_of_forms_are_received_on_the_day_that_they_show(registry, pkes):
    rows = (
        "Sygnatura czasowa,Imię i nazwisko,Adres e-mail,Temat\n"
        "2025/01/06 10:00:00 AM GMT+1,Anna Nowa,anna@example.org,przystąpienie\n"
        "2025-01-07T10:00:00+01:00,Jan Inny,jan@example.org,współpraca\n"
        "2025-01-08T10:00:00Z,Ewa Trzecia,ewa@example.org,pytanie\n"
    )
    made = changes(pkes("import", put(rows), "-y", "--json"))
    assert [change["new"]["received"] for change in made] == ["2025-01-06", "2025-01-07", "2025-01-08"]


def test_rows_of_json_are_told_by_their_number(registry, pkes):
    file = put('[{"name":"A"},{"name":"a"}, 3,{"name":"B","name":"B"}]', "in.json")
    assert pkes("import", file, "-y").err.splitlines()[1:] == [
        "  record 1: it is the same record as record 2; if they are two, each needs its own id or NIP",
        "  record 2: it is the same record as record 1; if they are two, each needs its own id or NIP",
        "  record 3: it is no object of JSON",
        "  record 4: a key stands in it twice",
    ]


def test_skip_bad_says_what_it_left_out(registry, pkes):
    ran = pkes("import", put("id,town\nigla,Łąka\nA b,x\n"), "--skip-bad", "-y")
    assert ran.status == 0
    assert ran.err.splitlines() == [
        "pkes: warning: 1 row is left out:",
        "  line 3: id: an id has only a-z, 0-9 and dashes, and no dash at an end",
    ]
    assert changed_lines(registry) == ['+ town = "Łąka"']


def test_what_the_changes_do_not_show_is_said(registry, pkes):
    ran = pkes("import", put("id,nip,town\nx,1234563218,Łą\u200bka\n"), "-y")
    assert ran.err == (
        "pkes: warning: line 2: characters that are not text were left out\n"
        'pkes: line 2: its id is not on record; it was found to be "igla"\n'
    )
    assert changed_lines(registry) == ['+ town = "Łąka"']


def test_warnings_of_a_write_are_those_of_every_write(registry, pkes):
    ran = pkes("import", put("id,name,sector\nx,Igła,ngo\n"), "-y")
    assert (ran.status, ran.err) == (0, 'pkes: warning: member x, name: "igla" has the same name\n')


def test_another_organisation_of_a_name_is_added_with_a_warning(registry, pkes):
    ran = pkes("import", put("name,sector,nip\nSpółdzielnia IGŁA,ngo,9512000002\n"), "-y")
    assert (ran.status, ran.err) == (0, 'pkes: warning: member igla-2, name: "igla" has the same name\n')
    assert not [line for line in changed_lines(registry) if line.startswith("-")]


def test_an_address_that_cannot_be_split_is_named_and_left_out(registry, pkes):
    rows = 'igla,"ul. Długa 1, 38-200 Jasło"\nzolw,Dębica\n'
    assert pkes("import", put(f"id,Adres siedziby\n{rows}"), "-y").err == (
        'pkes: warning: line 3: the address in "Adres siedziby" could not be split into street, postal code and town, '
        "and was not imported\n"
    )
    added = [line for line in changed_lines(registry) if line.startswith("+")]
    assert added == ['+ street = "ul. Długa 1"', '+ postal_code = "38-200"', '+ town = "Jasło"']


# Inquiries.


def test_inquiries_are_known_by_their_headers(inquiries, pkes):
    file = put("Data wpływu,Osoba,E-mail,Treść\n20.02.2025,Jan,jan@example.org,Dzień dobry\n")
    [change] = changes(pkes("import", file, "-y", "--json"))
    assert change["kind"] == "inquiry"
    assert re.fullmatch("2025-02-20-[a-z2-9]{3}", change["id"])
    assert changes(pkes("import", file, "-y", "--json")) == []


def test_as_says_what_they_are(inquiries, pkes):
    file = put(f"id,town\n{registry_with_inquiries.NEW},Łąka\n")
    assert pkes("import", file, "-y").status == 2
    assert pkes("import", file, "--as", "inquiries", "-y").out.endswith("\ttown\tKrosno\tŁąka\n")


# Questions.


def test_it_shows_and_asks(registry):
    dialogue = Dialogue("import", put("id,name,sector,town\nigla,,,Łąka\n,Nić,ngo,\n"))
    shown = dialogue.answer("1 to be added, 1 to be changed. Import them? [y/N] ", "y")
    assert shown == "~ member igla\n    Town  — → Łąka\n+ member nic\n    Name    Nić\n    Sector  NGOs\n"
    said, status = dialogue.end()
    assert (status, said) == (0, shown)
    assert "[members.nic]" in registry.read_text(encoding="utf-8")


def test_no_is_no(registry):
    dialogue = Dialogue("import", put("id,town\nigla,Łąka\nx,\n"), "--skip-bad")
    assert "1 row is left out" in dialogue.answer("Import them? [y/N] ", "")
    assert dialogue.end() == ("pkes: nothing was changed\n", 0)
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_the_ids_that_were_shown_are_those_that_are_written(inquiries):
    rows = "".join(f"2025-02-20,Jan {number},j{number}@example.org\n" for number in range(5))
    dialogue = Dialogue("import", put(f"received,person,email\n{rows}"))
    shown = dialogue.answer("Import them? [y/N] ", "y")
    ids = re.findall("^\\+ inquiry (.*)$", shown, re.MULTILINE)
    assert len(ids) == 5
    assert dialogue.end()[1] == 0
    assert all(f"[inquiries.{id}]" in inquiries.read_text(encoding="utf-8") for id in ids)


def test_what_another_writer_made_of_it_meanwhile_is_not_overwritten(registry, pkes):
    dialogue = Dialogue("import", put("name,sector\nNić,ngo\n"))
    dialogue.read_to("Import them? [y/N] ")
    assert pkes("add", "Nić", "-s", "ngo").status == 0
    between = registry.read_text(encoding="utf-8")
    os.write(dialogue.ours, b"y\n")
    said, status = dialogue.end()
    assert (status, "somebody else changed it meanwhile" in said) == (5, True)
    assert registry.read_text(encoding="utf-8") == between


def test_a_row_that_went_bad_meanwhile_is_a_change_meanwhile(registry, pkes):
    dialogue = Dialogue("import", put("name,sector\nNić,ngo\n"))
    dialogue.read_to("Import them? [y/N] ")
    assert pkes("sectors", "rename", "ngo", "other").status == 0
    os.write(dialogue.ours, b"y\n")
    assert dialogue.end()[1] == 5


def test_two_inquiries_of_a_person_on_a_day_need_ids(inquiries, pkes):
    rows = "2025-02-20,Jan,jan@example.org\n" * 2
    ran = pkes("import", put(f"received,person,email\n{rows}"), "-y")
    assert "line 2: it is the same record as line 3; if they are two, each needs its own id\n" in ran.err


def test_another_change_meanwhile_is_none_of_its_business(inquiries, pkes):
    dialogue = Dialogue("import", put("received,person,email\n2025-02-20,Jan,jan@example.org\n"))
    [id] = re.findall("^\\+ inquiry (.*)$", dialogue.read_to("Import them? [y/N] "), re.MULTILINE)
    assert pkes("inquiry", "edit", registry_with_inquiries.NEW, "town=Łańcut").status == 0
    os.write(dialogue.ours, b"y\n")
    assert dialogue.end()[1] == 0
    assert f"[inquiries.{id}]" in inquiries.read_text(encoding="utf-8")


def test_of_many_warnings_the_first_are_listed(inquiries, pkes):
    rows = [f"2025-01-0{day},Anna,a{day}{number}@example.org,join,ngo" for day in range(1, 9) for number in range(3)]
    said = pkes("import", put("\n".join(["received,person,email,topic,sector", *rows])), "-y").err.splitlines()
    assert all(line.startswith("pkes: warning: inquiry ") for line in said[:20])
    assert said[20:] == ['pkes: … and 4 more warnings; "pkes check" lists them all']
