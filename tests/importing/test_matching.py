"""Which record a row means."""

import pytest

from pkes.registry.changes import compare
from tests.importing.examples import NIPS, faults, imported, table

KNOWN, OTHER, NEW, OTHER_NEW = NIPS
KRS = "0000123456"
BOTH = {2: "same-row", 3: "same-row"}
MEMBER = ("id", "name", "nip", "krs", "sector")
INQUIRY = ("id", "received", "person", "email", "phone")


def meant(headers, *rows, kind="member"):
    """Return the ids that the rows mean, of records on record and new ones: what differs from before."""
    found = imported(table(headers, *rows, kind=kind))
    assert found.bad == ()
    return {number: found.new.get(number) for number in range(len(rows))}, [id for _, id in found.found]


@pytest.mark.parametrize(
    ("row", "id"),
    [
        pytest.param(("igla", "Inna", "", "", ""), None, id="id on record"),
        pytest.param(("nowa", "Nowa", NEW, "", "ngo"), "nowa", id="id of a new one"),
        pytest.param(("nowa", "Fundacja Igła", "", "", "ngo"), "nowa", id="a name finds nothing where there is an id"),
        pytest.param(("", "Inna", KNOWN, "", ""), None, id="NIP"),
        pytest.param(("", "Inna", "", KRS, ""), None, id="KRS"),
        pytest.param(("", "IGLA", "", "", ""), None, id="name, folded and without legal form"),
        pytest.param(("", "Igła", KNOWN, "", ""), None, id="NIP and name of the same"),
        pytest.param(("", "Nowa", NEW, "", "ngo"), "nowa", id="nobody"),
    ],
)
def test_what_a_row_means(row, id):
    assert meant(MEMBER, row) == ({0: id}, [])


@pytest.mark.parametrize("row", [("x", "Inna", KNOWN, "", ""), ("x", "Inna", "", KRS, "")], ids=["NIP", "KRS"])
def test_an_id_that_is_not_on_record_is_found_by_its_numbers(row):
    ids, found = meant(MEMBER, row)
    assert ids == {0: None}
    assert found == ["igla" if row[2] else "zolw"]


def test_what_another_row_names_is_not_found_by_its_numbers():
    found = imported(table(MEMBER, ("x", "Inna", KNOWN, "", "ngo"), ("igla", "", NEW, "", "")))
    assert (found.bad, found.new) == ((), {0: "x"})
    assert found.registry.members["igla"].nip == NEW


def test_an_id_that_is_not_on_record_and_fits_two_is_a_new_one():
    found = imported(table(MEMBER, ("x", "Inna", KNOWN, KRS, "ngo")))
    assert faults(found) == {2: [("identifier-twice", "nip"), ("identifier-twice", "krs")]}


NAMESAKE = ("name", "legal_form", "nip", "krs", "regon", "sector")


@pytest.mark.parametrize(
    ("row", "is_new"),
    [
        pytest.param(("Fundacja Igła", "", NEW, "", "", "ngo"), True, id="another NIP"),
        pytest.param(("Igła", "", NEW, "", "", "ngo"), True, id="another NIP, no legal form"),
        pytest.param(("Żółw", "", "", "0000000001", "", "ngo"), True, id="another KRS"),
        pytest.param(("Ptak", "", "", "", "302046830", "ngo"), True, id="another REGON"),
        pytest.param(("Ptak", "", "", "", "12345678512347", "ngo"), False, id="REGON of its local unit"),
        pytest.param(("Igła Sp. z o.o.", "", "", "", "", "ngo"), True, id="another legal form"),
        pytest.param(("Igła", "stowarzyszenie", "", "", "", "ngo"), True, id="another legal form in its own column"),
        pytest.param(("Fundacja Żółw", "", "", "", "", "ngo"), False, id="a legal form where there was none"),
        pytest.param(("Żółw", "fundacja", "", "", "", "ngo"), False, id="the same name, and a legal form"),
        pytest.param(("igła", "", "", "", "", "ngo"), False, id="no legal form"),
        pytest.param(("Igła", "", "", "0000000001", "", "ngo"), False, id="a KRS where there was none"),
    ],
)
def test_a_name_without_its_legal_form_means_no_other_organisation(row, is_new):
    ptak = imported(table(("id", "name", "sector", "regon"), ("ptak", "Ptak", "ngo", "123456785"))).registry
    found = imported(table(NAMESAKE, row), ptak)
    assert (found.bad, bool(found.new)) == ((), is_new)
    again = imported(table(NAMESAKE, row), found.registry)
    assert (again.bad, again.new, compare(found.registry, again.registry)) == ((), {}, ())


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([("Fundacja Alfa", "", NEW), ("Spółdzielnia Alfa", "", OTHER_NEW)], id="two NIPs"),
        pytest.param([("Alfa", "", NEW), ("Alfa", "", OTHER_NEW)], id="two NIPs, one name"),
        pytest.param([("Fundacja Alfa", "", ""), ("Spółdzielnia Alfa", "", "")], id="two legal forms"),
        pytest.param([("Alfa", "fundacja", NEW), ("Alfa s.c.", "", "")], id="two legal forms, one in its column"),
    ],
)
def test_rows_of_one_name_and_two_organisations_are_two_members(others):
    rows = [(*cells, "", "", "ngo") for cells in others]
    assert meant(NAMESAKE, *rows)[0] == {0: "alfa", 1: "alfa-2"}


def test_a_row_that_may_be_either_of_two_others_is_the_same_as_they_are():
    rows = [("Fundacja Alfa", "", NEW), ("Spółdzielnia Alfa", "", OTHER_NEW), ("Alfa", "", "")]
    found = imported(table(NAMESAKE, *((*cells, "", "", "ngo") for cells in rows)))
    assert faults(found).keys() == {2, 3, 4}


def test_a_row_without_numbers_is_not_taken_for_either_of_two():
    # Now only one fits, but the next time both would.
    rows = [("Żółw", "", "", "", "", ""), ("Żółw", "", "", "0000000001", "", "ngo")]
    assert faults(imported(table(NAMESAKE, *rows))).keys() == {2, 3}


@pytest.mark.parametrize(
    ("row", "name"),
    [
        pytest.param(("", "Igła", ""), "Fundacja Igła", id="shorter"),
        pytest.param(("", "FUNDACJA IGŁA", ""), "Fundacja Igła", id="other letters"),
        pytest.param(("", "Igła", KNOWN), "Fundacja Igła", id="shorter, found by its NIP"),
        pytest.param(("", "FUNDACJA Igła", KNOWN), "FUNDACJA Igła", id="other letters, found by its NIP"),
        pytest.param(("", "Nić", KNOWN), "Nić", id="another one, found by its NIP"),
        pytest.param(("igla", "Igła", ""), "Igła", id="shorter, found by its id"),
        pytest.param(("", "Fundacja Żółw", ""), "Fundacja Igła", id="with a legal form where there was none"),
    ],
)
def test_an_official_name_gives_way_to_a_correction_only(row, name):
    members = imported(table(("id", "name", "nip"), row)).registry.members
    assert members["igla"].name == name
    assert members["zolw"].name == ("Fundacja Żółw" if "Żółw" in row[1] else "Żółw")


@pytest.mark.parametrize(
    ("rows", "bad"),
    [
        pytest.param([("", "Igła", "", KRS, "")], {2: "several"}, id="a row that fits two"),
        pytest.param([("", "", "", "", "ngo")], {2: "no-key"}, id="nothing to find it by"),
        pytest.param([("Igła", "Igła", "", "", "")], {2: "id"}, id="no id"),
        pytest.param([("igla", "A", "", "", ""), ("igla", "B", "", "", "")], BOTH, id="same id"),
        pytest.param(
            [("nowa", "A", "", "", "ngo"), ("nowa", "B", "", "", "ngo")], BOTH, id="same new id"
        ),
        pytest.param(
            [("igla", "A", "", "", ""), ("", "B", KNOWN, "", "")], BOTH, id="id and NIP"
        ),
        pytest.param(
            [("", "A", KNOWN, "", ""), ("", "Igła", "", "", "")], BOTH, id="NIP and name"
        ),
        pytest.param(
            [("", "Nowa", "", "", "ngo"), ("", "„NOWA”", "", "", "ngo")],
            BOTH,
            id="two new ones of a name",
        ),
        pytest.param(
            [("nowa", "A", NEW, "", "ngo"), ("", "B", NEW, "", "ngo")],
            BOTH,
            id="two new ones of a NIP, one with an id",
        ),
        pytest.param(
            [("x", "A", KNOWN, "", ""), ("y", "B", KNOWN, "", "")], BOTH, id="one found twice"
        ),
        pytest.param(
            [("x", "A", NEW, "", "ngo"), ("y", "B", NEW, KRS, "")], BOTH, id="one that is found gets the NIP of another"
        ),
        pytest.param(
            [("", "Żółw", "", "", ""), ("x", "A", KNOWN, KRS, "ngo")], BOTH, id="one of two that fit is meant"
        ),
        pytest.param(
            [("", "A", "", "", "ngo"), ("", "Nowa", "", "", "ngo"), ("", "A", "", "", "ngo")],
            {2: "same-row", 4: "same-row"},
            id="not what stands between",
        ),
    ],
)  # fmt: skip
def test_rows_that_mean_no_record(rows, bad):
    found = imported(table(MEMBER, *rows))
    assert {line: codes[0][0] for line, codes in faults(found).items()} == bad


def test_two_rows_of_a_name_with_ids_of_their_own_are_two_members():
    assert meant(MEMBER, ("a", "Nowa", "", "", "ngo"), ("b", "Nowa", "", "", "ngo")) == ({0: "a", 1: "b"}, [])


def test_a_bad_row_says_where_the_other_one_is():
    found = imported(table(MEMBER, ("igla", "", "", "", "ngo"), ("", "", KNOWN, "", ""), ("", "Igła", "", "", "")))
    assert [dict(row.faults[0][1].detail)["place"].number for row in found.bad] == [3, 2, 2]


def test_what_is_wrong_with_a_row_says_why_it_is_not_found():
    assert faults(imported(table(MEMBER, ("", "", "12", "", "ngo")))) == {2: [("nip", "nip")]}


def test_a_number_on_record_may_be_written_otherwise():
    registry = imported(table(("id", "nip"), ("zolw", OTHER))).registry
    written = registry.members["zolw"].__class__(id="zolw", name="Żółw", sector="ngo", nip="123-456-32-18")
    registry.members["zolw"] = written
    assert imported(table(("nip", "town"), (OTHER, "Łąka")), registry).registry.members["zolw"].town == "Łąka"


@pytest.mark.parametrize(
    ("row", "is_new"),
    [
        pytest.param(("2025-01-05-acc", "", "Ewa", "", ""), False, id="id on record"),
        pytest.param(("", "2025-01-05", "Ewa", "zolw@EXAMPLE.org", ""), False, id="day and e-mail"),
        pytest.param(("", "2025-01-05", "Ewa", "", "22 123 45 67"), False, id="day and phone"),
        pytest.param(("x", "2025-01-05", "Ewa", "", "22 123 45 67"), False, id="day and phone, another id"),
        pytest.param(("", "2025-01-06", "Ewa", "zolw@example.org", "22 123 45 67"), True, id="another day"),
        pytest.param(("2025-01-05-new", "2025-01-05", "Ewa", "ewa@example.org", ""), True, id="id of a new one"),
    ],
)
def test_which_inquiry_a_row_means(row, is_new):
    ids, _ = meant(INQUIRY, row, kind="inquiry")
    assert (ids[0] is not None) == is_new


@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param(("", "", "Ewa", "zolw@example.org", ""), "no-key", id="no day"),
        pytest.param(("", "2025-01-05", "Ewa", "", ""), "no-key", id="no address"),
    ],
)
def test_an_inquiry_without_id_has_to_be_findable(row, code):
    assert faults(imported(table(INQUIRY, row, kind="inquiry"))) == {2: [(code, None)]}


def test_two_inquiries_of_a_person_on_a_day_need_ids():
    rows = [(id, "2025-02-01", "E", "e@example.org", "") for id in ("2025-02-01-aaa", "2025-02-01-bbb")]
    assert meant(INQUIRY, *rows, kind="inquiry")[0] == {0: rows[0][0], 1: rows[1][0]}
    without = [("", *row[1:]) for row in rows]
    assert faults(imported(table(INQUIRY, *without, kind="inquiry"))).keys() == {2, 3}


def test_what_a_row_makes_of_an_inquiry_is_not_what_another_one_means():
    # The next time, the first row would find the inquiry that the second one gives this phone.
    rows = [("", "2025-01-05", "Ewa", "", "14 681 00 00"), ("2025-01-05-acc", "", "", "", "14 681 00 00")]
    found = faults(imported(table(INQUIRY, *rows, kind="inquiry")))
    assert found == {2: [("same-row", None)], 3: [("same-row", None)]}
