"""What an import would make of a registry."""

import re

import pytest

from pkes.formats.rows import BadCell, Row
from pkes.importing import plan
from pkes.model.records import KIND, as_json
from tests.importing.examples import NIPS, REGISTRY, faults, imported, table


def test_a_row_changes_what_it_says_and_nothing_else():
    found = imported(table(("id", "phone", "tags", "town"), ("igla", "", "haft; szycie", "Łąka")))
    before, after = as_json(REGISTRY.members["igla"]), as_json(found.registry.members["igla"])
    changed = {name: value for name, value in after.items() if value != before[name]}
    assert changed == {"tags": ["haft", "szycie"], "town": "Łąka"}
    assert found.registry.members["zolw"] is REGISTRY.members["zolw"]


@pytest.mark.parametrize(
    ("headers", "row"),
    [
        pytest.param(("name", "sector", "town"), ("Fundacja Igła", "NGOs", ""), id="found by its name"),
        pytest.param(("id", "phone"), ("igla", "14 681 00 00"), id="a value that is written as it is on record"),
        pytest.param(("id", "inquiry"), ("zolw", "2025-01-05-acc"), id="a field that only a command sets"),
    ],
)
def test_what_is_on_record_already_is_no_change(headers, row):
    found = imported(table(headers, row))
    assert (found.bad, found.registry) == ((), REGISTRY)


def test_what_is_wrong_on_record_may_come_back_as_it_is():
    registry = imported(table(("id", "town"), ("igla", "Łąka"))).registry
    registry.members["igla"] = registry.members["igla"].__class__(id="igla", name="Igła", sector="ngo", krs="012")
    found = imported(table(("id", "krs"), ("igla", "012")), registry)
    assert (found.bad, found.registry) == ((), registry)
    assert faults(imported(table(("id", "krs"), ("igla", "013")), registry)) == {2: [("krs", "krs")]}


def test_new_members_are_called_after_their_names():
    rows = [("Fundacja Nić", "ngo"), ("Zolw X", "nauka"), ("Żółw Ø", "ngo"), ("4HC Sp. z o.o.", "NGOs")]
    found = imported(table(("Nazwa", "Sektor"), *rows))
    assert found.new == {0: "nic", 1: "zolw-x", 2: "zolw-o", 3: "4hc"}
    assert found.registry.members["zolw-x"].sector == "science"


def test_a_taken_id_gets_a_number_behind_it():
    # None of these letters but the Latin ones make an id.
    rows = [("Zolw Я", "", ""), ("Zolw Ю", "", ""), ("Inna", "zolw-3", ""), ("Zolw Э", "", "")]
    found = imported(table(("name", "id", "sector"), *((*row[:2], "ngo") for row in rows)))
    assert found.new == {0: "zolw-2", 1: "zolw-4", 2: "zolw-3", 3: "zolw-5"}


def test_a_name_that_gives_no_id_needs_one():
    assert faults(imported(table(("name", "sector"), ("Я", "ngo")))) == {2: [("no-id", None)]}
    assert imported(table(("id", "name", "sector"), ("ya", "Я", "ngo"))).new == {0: "ya"}


@pytest.mark.parametrize(
    ("headers", "row", "wrong"),
    [
        pytest.param(("name",), ("Nowa",), [("required", "sector")], id="required field"),
        pytest.param(("nip", "sector"), (NIPS[2], "ngo"), [("required", "name")], id="required name"),
        pytest.param(("Nazwa", "Sektor"), ("Nowa", "ngi"), [("unknown-sector", "Sektor")], id="sector"),
        pytest.param(("id", "NIP"), ("zolw", NIPS[0]), [("identifier-twice", "NIP")], id="NIP of another member"),
        pytest.param(
            ("name", "sector", "joined", "Data odejścia"),
            ("Nowa", "ngo", "2.2025", "2025-01"),
            [("date-order", "Data odejścia")],
            id="dates in the wrong order",
        ),
        pytest.param(("id", "inquiry"), ("igla", "2025-01-05-acc"), [("by-command", "inquiry")], id="set by a command"),
        pytest.param(
            ("name", "sector", "inquiry"), ("N", "ngo", "nic"), [("unknown-inquiry", "inquiry")], id="inquiry"
        ),
        pytest.param(("id", "Telefon"), ("igla", BadCell("formula")), [("formula", "Telefon")], id="bad cell"),
        pytest.param(
            ("id", "phone", "email"), ("igla", "12", "x"), [("phone", "phone"), ("email", "email")], id="two faults"
        ),
    ],
)
def test_a_bad_row_says_why(headers, row, wrong):
    found = imported(table(headers, row))
    assert faults(found) == {2: wrong}
    assert found.registry == REGISTRY


def test_a_row_that_could_not_be_read_is_bad():
    rows = [Row(2, {}, "quote"), Row(3, {"name": "Igła", "town": "Łąka"})]
    found = imported(table(("name", "town"))._replace(rows=rows))
    assert faults(found) == {2: [("quote", None)]}
    assert found.registry.members["igla"].town == "Łąka"


def test_what_is_wrong_in_a_column_that_is_left_aside_does_not_matter():
    assert faults(imported(table(("id", "Suma"), ("igla", BadCell("formula"))))) == {}


def test_a_row_that_says_nothing_is_none():
    found = imported(table(("Lp.", "Nazwa", "Tagi"), ("1", "", " \u200b;"), ("2", "Fundacja Igła", "")))
    assert (found.bad, found.registry) == ((), REGISTRY)


def test_what_one_row_takes_back_another_one_may_need():
    # The NIP of igla is free only where its own row can be taken.
    rows = [("igla", NIPS[2], "2025-02-01", "2025-01-01"), ("zolw", NIPS[0], "", "")]
    found = imported(table(("id", "nip", "joined", "left"), *rows))
    assert faults(found) == {2: [("date-order", "left")], 3: [("identifier-twice", "nip")]}
    assert found.registry == REGISTRY
    free = imported(table(("id", "nip"), *(row[:2] for row in rows)))
    assert (free.bad, free.registry.members["zolw"].nip) == ((), NIPS[0])


def test_a_bad_row_says_where_it_stands():
    rows = [Row(1, {"name": "A"}), Row(1, {"name": "B"}, is_record=True)]
    found = imported(table(("name",))._replace(rows=rows))
    assert [row.place for row in found.bad] == [(1, False), (1, True)]


def test_characters_that_are_not_text_are_left_out_and_told():
    found = imported(table(("id", "town"), ("igla", "Łą\u200bka"), ("zolw", "Żabno")))
    assert found.registry.members["igla"].town == "Łąka"
    assert found.lost == ((2, 0),)


def test_how_far_it_is_is_told_row_by_row():
    told = []
    imported(table(("name",), ("Igła",), ("",)), advance=lambda: told.append(1))
    assert len(told) == 2


# Inquiries.

HEADERS = ("Data wpływu", "Osoba", "E-mail")
ROW = ("20.02.2025", "Anna Nowa", "nic@example.org")


def test_a_new_inquiry_has_what_its_command_gives_it():
    found = imported(table(HEADERS, ROW, kind="inquiry"))
    id = found.new[0]
    assert re.fullmatch("2025-02-20-[a-z2-9]{3}", id)
    made = found.registry.inquiries[id]
    assert (made.channel, made.topic, made.status) == ("email", "join", "new")


def test_what_a_row_says_goes_first():
    found = imported(
        table((*HEADERS, "Kanał", "status", "closed"), (*ROW, "Telefon", "declined", "1.03.2025"), kind="inquiry")
    )
    made = found.registry.inquiries[found.new[0]]
    assert (made.channel, made.status) == ("phone", "declined")


def test_an_id_that_was_drawn_is_kept():
    made = table(HEADERS, ROW, (*ROW[:2], "iga@example.org"), kind="inquiry")
    first = imported(made)
    assert imported(made, drawn=first.new) == first


def test_an_id_that_was_drawn_and_is_taken_is_drawn_again():
    made = table(HEADERS, ROW, kind="inquiry")
    assert imported(made, drawn={0: "2025-01-05-acc"}).new[0].startswith("2025-02-20-")


@pytest.mark.parametrize(
    ("headers", "row", "wrong"),
    [
        pytest.param(("id", "status"), ("2025-01-05-acc", "declined"), {("by-command", "status")}, id="status"),
        pytest.param(("id", "erased"), ("2025-01-05-acc", "2025-02-01"), {("by-command", "erased")}, id="erased"),
        pytest.param(
            ("id", "person", "email"), ("x", "Anna", "a@example.org"), {("required", "received")}, id="new, no day"
        ),
        pytest.param(
            ("received", "email"), ("2025-02-20", "a@example.org"), {("name-or-person", None)}, id="without a person"
        ),
        pytest.param(
            ("id", "received", "erased", "status", "person"),
            ("x", "2025-02-20", "2025-02-21", "declined", "Anna"),
            {("erased-data", "person")},
            id="erased, with a person",
        ),
        pytest.param(
            (*HEADERS, "member"), (*ROW, "nobody"), {("unknown-member", "member")}, id="a member that is not on record"
        ),
    ],
)  # fmt: skip
def test_a_bad_inquiry_says_why(headers, row, wrong):
    assert set(faults(imported(table(headers, row, kind="inquiry")))[2]) == wrong


def test_an_erased_inquiry_comes_back():
    row = ("x", "2025-02-20", "2025-02-21", "declined", "2025-02-20")
    found = imported(table(("id", "received", "erased", "status", "closed"), row, kind="inquiry"))
    assert (found.bad, found.new) == ((), {0: "x"})


def test_a_day_has_so_many_ids_and_no_more(monkeypatch):
    monkeypatch.setattr(plan, "_MOST_A_DAY", 2)
    rows = [(*ROW[:2], f"m{number}@example.org") for number in range(3)]
    assert faults(imported(table(HEADERS, *rows, kind="inquiry"))) == {4: [("no-id", None)]}


def test_the_kinds_know_their_defaults():
    assert plan.DEFAULTS.keys() <= KIND.keys()
