"""`pkes privacy report` and `pkes privacy due`."""

import json

import pytest

from tests.cli.registry_with_persons import ACCEPTED, DECLINED, PERSON, PHONE, REGISTRY

MONTH = (
    "pkes: this is the copy of the data (GDPR, Art. 15(3))\n"
    "purposes, recipients, how long it is kept, rights and source are to be told, too (Art. 15(1))\n"
    "pkes: a request of today is to be answered by {} (GDPR, Art. 12(3))\n"
)


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


# report


def test_report_lists_what_is_held_in_the_order_of_the_file(registry, pkes):
    ran = pkes("privacy", "report", "zych")
    assert ran == (
        0,
        "kind\tid\tfield\tline\tvalue\n"
        f"inquiry\t{ACCEPTED}\t\t50\t# of the next\n"
        f"inquiry\t{ACCEPTED}\treceived\t52\t2022-05-06\n"
        f"inquiry\t{ACCEPTED}\tperson\t53\tJan Zych\n"
        f"inquiry\t{ACCEPTED}\temail\t54\tjan@example.org\n"
        f"inquiry\t{ACCEPTED}\tchannel\t55\tweb\n"
        f"inquiry\t{ACCEPTED}\ttopic\t56\tcooperate\n"
        f"inquiry\t{ACCEPTED}\tstatus\t57\taccepted\n"
        f"inquiry\t{ACCEPTED}\tanswered\t58\t2022-05-07\n"
        f"inquiry\t{ACCEPTED}\tclosed\t59\t2022-05-08\n"
        f"inquiry\t{ACCEPTED}\tmember\t60\tzolw\n",
        MONTH.format("2025-04-01"),
    )


def test_report_as_json_has_five_keys_and_values_as_they_are(registry, pkes):
    ran = pkes("privacy", "report", PHONE.replace(" ", ""), "--json")
    assert ran.status == 0
    held = json.loads(ran.out)
    assert all(list(one) == ["kind", "id", "field", "line", "value"] for one in held)
    assert held[0] == {"kind": "member", "id": "zolw", "field": "phone", "line": 21, "value": PHONE}
    assert held[1] == {"kind": "inquiry", "id": DECLINED, "field": None, "line": 24, "value": "# came to the fair"}
    by_field = {one["field"]: one["value"] for one in held}
    assert by_field["received"] == "2022-01-02"
    assert by_field["message"] == "Chcemy dołączyć.\nZadzwońcie!"
    assert by_field["notes"] == ["2022-01-03 oddzwonić wieczorem"]
    assert by_field["guest"] == {"hat": "czerwony"}


def test_report_gives_null_for_the_id_of_the_cluster_and_the_file(write_registry, pkes):
    write_registry(f'# {PERSON}\nformat = 1\n[cluster]\nsource = "{PERSON}"\n')
    held = json.loads(pkes("privacy", "report", PERSON, "--json").out)
    assert held == [
        {"kind": "file", "id": None, "field": None, "line": 1, "value": f"# {PERSON}"},
        {"kind": "cluster", "id": None, "field": "source", "line": 4, "value": PERSON},
    ]


@pytest.mark.parametrize(("language", "columns"), [("en", 80), ("pl", 60)])
def test_report_on_a_terminal_is_a_page(registry, terminal, expect, language, columns):
    expect(
        f"report-{language}-{columns}.txt", terminal("--lang", language, "privacy", "report", PERSON, columns=columns)
    )


def test_report_on_a_terminal_names_the_cluster_and_the_file(write_registry, terminal):
    write_registry(f'# {PERSON}\nformat = 1\n[cluster]\nname = "Klaster"\nsource = "{PERSON}"\n')
    said = terminal("privacy", "report", PERSON)
    assert f"\nfile (line 1)\n  Comment  {PERSON}\n" in said
    assert f"\nKlaster, cluster (line 5)\n  Source  {PERSON}\n" in said


@pytest.mark.parametrize(
    ("today", "until"),
    [("2025-01-31", "2025-02-28"), ("2024-01-31", "2024-02-29"), ("2024-12-15", "2025-01-15")],
)
def test_the_month_ends_with_a_day_that_there_is(registry, pkes, today, until):
    assert pkes("privacy", "report", PERSON, PKES_TODAY=today).err.endswith(MONTH.format(until))


@pytest.mark.parametrize("wanted", ["Anna Łąckańska", "nobody@example.org", "+48 600 600 600", ""])
def test_report_of_nothing_is_no_error(registry, pkes, wanted):
    nothing = "pkes: the registry holds nothing of it\n"
    assert pkes("privacy", "report", wanted) == (0, "kind\tid\tfield\tline\tvalue\n", nothing)
    assert pkes("privacy", "report", wanted, "--json") == (0, "[]\n", nothing)


def test_report_of_nothing_on_a_terminal_is_one_sentence(registry, terminal):
    assert terminal("privacy", "report", "nobody") == "pkes: the registry holds nothing of it\n"


def test_report_shows_no_control_character(write_registry, pkes, terminal):
    write_registry('format = 1\n[cluster]\nsource = "Anna \\u001b[2J\\u202eŁącka"\n')
    assert "\\x1b[2J" in terminal("privacy", "report", "anna", raw=True)
    assert not {"\x1b", "\u202e"} & set(pkes("privacy", "report", "anna").out)


# due


def test_due_lists_what_has_been_kept_for_long_enough(registry, pkes):
    ran = pkes("privacy", "due")
    assert ran.status == 0
    assert ran.out == (
        "id\treceived\tclosed\tstatus\ttopic\n"
        f"{DECLINED}\t2022-01-02\t2022-03-01\tdeclined\tjoin\n"
        f"{ACCEPTED}\t2022-05-06\t2022-05-08\taccepted\tcooperate\n"
    )
    records = json.loads(pkes("privacy", "due", "--json").out)
    assert [one["id"] for one in records] == [DECLINED, ACCEPTED]
    assert list(records[0])[:4] == ["id", "received", "informed", "name"]
    assert records[0]["guest"] == {"hat": "czerwony"}
    assert records[1]["notes"] == []


@pytest.mark.parametrize(("today", "due"), [("2024-03-01", []), ("2024-03-02", [DECLINED])])
def test_the_last_day_is_not_due_yet(registry, pkes, today, due):
    assert [one["id"] for one in json.loads(pkes("privacy", "due", "--json", PKES_TODAY=today).out)] == due


def test_nothing_due_is_said(registry, pkes, terminal):
    ran = pkes("privacy", "due", PKES_TODAY="2023-01-01")
    assert (ran.status, ran.out) == (0, "id\treceived\tclosed\tstatus\ttopic\n")
    assert "pkes: nothing is due\n" in ran.err
    assert pkes("privacy", "due", "--json", PKES_TODAY="2023-01-01").out == "[]\n"
    assert "nothing is due" in terminal("privacy", "due", PKES_TODAY="2023-01-01")


def test_nothing_due_is_said_of_members_too(registry, pkes):
    ran = pkes("privacy", "due", "members", PKES_TODAY="2023-01-01", PKES_LANG="pl")
    assert (ran.status, ran.out) == (0, "id\tname\tleft\n")
    assert "pkes: żadnym danym nie minął jeszcze okres przechowywania\n" in ran.err
