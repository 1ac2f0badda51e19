"""`pkes inquiry list` and `pkes inquiry show`."""

import json

import pytest

REGISTRY = """\
format = 1
[cluster]
name = "Klaster"
coordinator = "igla"
[sectors.science]
pl = "nauka"
en = "science"
[members.igla]
name = "Igła"
sector = "science"
[inquiries.2025-01-02-abc]
received = 2025-01-02
person = "Anna Igielna"
email = "igla@example.org"
channel = "email"
topic = "join"
sector = "science"
town = "Łańcut"
status = "new"
[inquiries.2025-01-01-xyz]
received = 2025-01-01
name = "Zakład Igielny"
phone = "+48 14 681 00 00"
channel = "phone"
topic = "information"
town = "Krosno"
message = "Dzień dobry\\nProszę o informację"
status = "answered"
answered = 2025-01-03
[inquiries.2024-12-01-ppp]
received = 2024-12-01
person = "Piotr Próbny"
email = "piotr@example.org"
channel = "web"
topic = "join"
status = "declined"
closed = 2024-12-05
"""
HEADER = "id\treceived\tstatus\ttopic\tname\tperson\ttown\n"


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def test_list_shows_the_open_ones_by_day(registry, pkes):
    assert pkes("inquiry", "list").out == (
        f"{HEADER}2025-01-01-xyz\t2025-01-01\tanswered\tinformation\tZakład Igielny\t\tKrosno\n"
        "2025-01-02-abc\t2025-01-02\tnew\tjoin\t\tAnna Igielna\tŁańcut\n"
    )


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_list_on_a_terminal(registry, terminal, expect, columns):
    expect(f"inquiries-{columns}.txt", terminal("inquiry", "list", columns=columns))


@pytest.mark.parametrize(
    ("arguments", "days"),
    [
        ("--status all", "2024-12-01 2025-01-01 2025-01-02"),
        ("--status declined", "2024-12-01"),
        ("-s science", "2025-01-02"),
        ("-q igieln --sort -received", "2025-01-02 2025-01-01"),
        ("-q informacje", "2025-01-01"),
        ("--status all -n 1", "2024-12-01"),
    ],
)
def test_filters_and_order(registry, pkes, arguments, days):
    ran = pkes("inquiry", "list", *arguments.split(), "--no-headers", "--fields", "received")
    assert ran.out.split() == days.split()


def test_an_empty_list_says_so_and_repeats_no_person(registry, pkes):
    ran = pkes("inquiry", "list", "-q", "Kowalska")
    assert (ran.status, ran.out, ran.err) == (0, HEADER, "pkes: no open inquiry fits\n")
    assert pkes("inquiry", "list", "--status", "withdrawn").err == "pkes: no inquiry fits\n"


def test_an_unknown_status_is_refused(registry, pkes):
    ran = pkes("inquiry", "list", "--status", "anwsered")
    assert (ran.status, ran.err) == (
        2,
        'pkes: unknown status "anwsered" (did you mean "answered"?)\n'
        "it can be: open, all, new, answered, accepted, closed, declined, withdrawn\n",
    )


@pytest.mark.parametrize("option", ["--sort", "--fields"])
def test_the_head_of_a_column_that_is_no_field_leads_to_its_fields(registry, pkes, option):
    ran = pkes("inquiry", "list", option, "kto", PKES_LANG="pl")
    said = "pkes: nieznane pole „kto” (czy chodziło o „Nazwa” lub „Osoba”?)"
    assert (ran.status, ran.out, ran.err.splitlines()[0]) == (2, "", said)


def test_a_status_by_its_label_in_any_language_or_a_beginning(registry, pkes):
    wanted = pkes("inquiry", "list", "--status", "declined").out
    for typed in ("odrzucone", "Odrz", "decl"):
        assert pkes("inquiry", "list", "--status", typed).out == wanted


def test_show(registry, pkes, terminal, expect):
    expect("inquiry-piped.txt", pkes("inquiry", "show", "xyz").out)
    expect("inquiry-80.txt", terminal("inquiry", "show", "zaklad igielny"))
    assert json.loads(pkes("inquiry", "show", "xyz", "--json").out)["received"] == "2025-01-01"


def test_show_names_no_person_among_several(registry, pkes):
    ran = pkes("inquiry", "show", "Igiel")
    assert ran.status == 4
    assert ran.err == (
        "pkes: 2 inquiries fit; an id names one of them:\n"
        "  2025-01-01-xyz  information, Krosno\n  2025-01-02-abc  join, Łańcut\n"
    )


def test_a_terminal_names_them_by_name_or_person_and_topic(registry, terminal):
    assert terminal("inquiry", "show", "Igiel", PKES_LANG="pl").splitlines()[1:] == [
        "  2025-01-01-xyz  Zakład Igielny, informacja", "  2025-01-02-abc  Anna Igielna, przystąpienie",
    ]  # fmt: skip


def test_show_repeats_no_person_that_it_does_not_find(registry, pkes):
    ran = pkes("inquiry", "show", "Kowalska")
    assert ran.status == 4
    assert ran.err == 'pkes: no such inquiry\n"pkes inquiry list --status all" shows them all\n'
