"""What a cell means: each tolerance has one rule, and a value that is right stays as it is."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkes.errors import WrongValue
from pkes.importing.rows import cleaned, reader, text_of
from pkes.model import dates
from pkes.model.dates import PartialDate
from pkes.model.records import Inquiry, Member, fields
from tests.importing.examples import REGISTRY, values

FIELDS = {**fields(Inquiry), **fields(Member)}
READ = reader(REGISTRY)
DAY = datetime.date(2014, 10, 1)


@pytest.fixture(autouse=True)
def at_the_end_of_time() -> None:
    """No day is ahead: what may not have happened yet is tried elsewhere."""
    dates.use_today(datetime.date.max)


def read(name, text):
    return READ(FIELDS[name], cleaned(text)[0])


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        pytest.param("joined", "1.10.2014", PartialDate(DAY), id="day"),
        pytest.param("joined", "01.10.2014 r.", PartialDate(DAY), id="day and r."),
        pytest.param("joined", "01-10-2014", PartialDate(DAY), id="day with dashes"),
        pytest.param("joined", "2014.10.1", PartialDate(DAY), id="year first"),
        pytest.param("joined", "2014-10", PartialDate("2014-10"), id="month"),
        pytest.param("joined", "10.2014", PartialDate("2014-10"), id="month before year"),
        pytest.param("joined", "2014r", PartialDate("2014"), id="year and r"),
        pytest.param("received", "2014-10-01 14:33:12", DAY, id="day with time"),
        pytest.param("received", "1.10.2014 8:05", DAY, id="Polish day with time"),
        pytest.param("received", "2014-10-01T00:00:00", DAY, id="day with time as ISO has it"),
        pytest.param("received", "2014/10/01 10:00:00 AM GMT+1", DAY, id="timestamp of Google Forms"),
        pytest.param("received", "2014/10/01 11:00:00 PM EET", DAY, id="timestamp with a zone by name"),
        pytest.param("received", "2014-10-01T23:30:00+01:00", DAY, id="ISO with an offset"),
        pytest.param("received", "2014-10-01T23:30:00Z", DAY, id="ISO in UTC: the day as it is written"),
        pytest.param("received", "2014-10-01T23:30:00.123Z", DAY, id="ISO with a fraction"),
        pytest.param("received", "2014-10-01 23:30:00,5 -0500", DAY, id="fraction behind a comma"),
        pytest.param("received", "1 października 2014", DAY, id="Polish month"),
        pytest.param("received", "śr., 1 paź 2014, 10:00", DAY, id="Polish day and month, cut"),
        pytest.param("received", "środa, 1 październik 2014 r.", DAY, id="Polish day and month, whole"),
        pytest.param("received", "Wednesday, October 1, 2014 10:00 AM", DAY, id="English day and month"),
        pytest.param("received", "Oct 1, 2014 at 10:00 a.m.", DAY, id="English month, cut"),
        pytest.param("received", "1-Oct-2014", DAY, id="English month with dashes"),
        pytest.param("joined", "październik 2014", PartialDate("2014-10"), id="month by name"),
        pytest.param("krs", '="0000123456"', "0000123456", id="KRS as a formula"),
        pytest.param("krs", "'0000123456", "0000123456", id="KRS as a spreadsheet keeps text"),
        pytest.param("phone", "'+48146810000", "+48 14 681 00 00", id="phone as a spreadsheet keeps text"),
        pytest.param("name", "'Alfa", "'Alfa", id="a name keeps its signs"),
        pytest.param("name", '="Alfa"', '="Alfa"', id="a name that looks like a formula"),
        pytest.param("sector", "ngo", "ngo", id="sector's id"),
        pytest.param("sector", "Organizacje Pozarzadowe", "ngo", id="Polish label, folded"),
        pytest.param("sector", "ngos", "ngo", id="English label"),
        pytest.param("social_enterprise", "x", True, id="x"),
        pytest.param("social_enterprise", "TAK", True, id="tak"),
        pytest.param("social_enterprise", "FAŁSZ", False, id="what a Polish Excel saves"),
        pytest.param("social_enterprise", "0", False, id="0"),
        pytest.param("phone", "146810000", "+48 14 681 00 00", id="phone of digits alone"),
        pytest.param("phone", "(14) 681-00-00", "+48 14 681 00 00", id="phone with brackets"),
        pytest.param("phone", "14/681 00 00", "+48 14 681 00 00", id="phone with a stroke"),
        pytest.param("phone", "tel.: 14 681 00 00", "+48 14 681 00 00", id="phone with a label"),
        pytest.param("phone", "0048 14 6810000", "+48 14 681 00 00", id="phone as it is dialled abroad"),
        pytest.param("nip", "526 025 02 74", "5260250274", id="NIP with spaces"),
        pytest.param("nip", "NIP: 526-025-02-74", "5260250274", id="NIP with a label"),
        pytest.param("krs", "0000 123 456", "0000123456", id="KRS with spaces"),
        pytest.param("krs", "413516", "0000413516", id="KRS whose zeros a spreadsheet dropped"),
        pytest.param("krs", '="0000413516"', "0000413516", id="KRS as a formula"),
        pytest.param("krs", "'0000413516", "0000413516", id="KRS marked as a text"),
        pytest.param("regon", "30204683000000", "302046830", id="REGON as the court register writes it"),
        pytest.param("krs", "nr KRS 0000123456", "0000123456", id="KRS with a label"),
        pytest.param("postal_code", "35001", "35-001", id="postal code without a dash"),
        pytest.param("channel", "E-mail", "email", id="choice in another spelling"),
        pytest.param("topic", "Współpraca", "cooperate", id="choice in Polish"),
        pytest.param("status", "NEW", "new", id="choice in capitals"),
        pytest.param("street", "Rynek 1 \r\n lok. 2", "Rynek 1 lok. 2", id="line end in a line"),
        pytest.param("street", "Rynek\t1", "Rynek 1", id="tab in a line"),
        pytest.param("note", "one\r\ntwo\rthree \n", "one\ntwo\nthree\n", id="line ends in a text"),
        pytest.param("offers", "druk; a\\;b", ["druk", "a;b"], id="list"),
        pytest.param("offers", "druk\ncatering, haft\n", ["druk", "catering, haft"], id="list with an item a line"),
        pytest.param("tags", "a; a", ["a", "a"], id="list with an item twice"),
        pytest.param("tags", " ; ", None, id="list of nothing"),
        pytest.param("name", "Ża\u200bba\u202e", "Żaba", id="characters that are not text"),
        pytest.param("name", "Z\u0307aba", "Żaba", id="not composed"),
    ],
)
def test_a_cell_is_read(name, text, value):
    assert read(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        pytest.param("joined", "32.10.2014", "date", id="no such day"),
        pytest.param("joined", "10/01/2014", "date", id="nobody knows which is the month"),
        pytest.param("joined", "10/01/2014 10:00:00 AM", "date", id="nor with a time"),
        pytest.param("joined", "1.10.14", "date", id="short year"),
        pytest.param("received", "1 foo 2014", "date", id="no such month"),
        pytest.param("joined", "około, 2014", "date", id="a word before it that is no day"),
        pytest.param("received", "1 ma 2014", "date", id="too short for a month"),
        pytest.param("received", "1 mar 2014 10", "date", id="no time behind it"),
        pytest.param("krs", '="0000123456"&A1', "krs", id="a formula that is more than a text"),
        pytest.param("received", "10.2014", "date", id="month where a day is needed"),
        pytest.param("sector", "nauki", "unknown-sector", id="sector"),
        pytest.param("krs", "0123456", "krs", id="some of the zeros dropped are not guessed"),
        pytest.param("postal_code", "5260", "postal-code", id="nor those of a postal code"),
        pytest.param("phone", "14 681 00 00, 502 741 703", "phone", id="two phones"),
        pytest.param("phone", "14 681 00 00\n502 741 703", "phone", id="two phones in two lines"),
        pytest.param("social_enterprise", "może", "boolean", id="boolean"),
        pytest.param("channel", "fax", "choice", id="choice"),
        pytest.param("nip", "5260250275", "nip", id="wrong check digit"),
    ],
)
def test_what_cannot_be_read_is_refused(name, text, code):
    with pytest.raises(WrongValue) as caught:
        read(name, text)
    assert (caught.value.field, caught.value.code) == (name, code)


def test_a_sector_that_is_misspelt_is_looked_for_once():
    for _ in range(2):
        with pytest.raises(WrongValue) as caught:
            read("sector", "scence")
        assert caught.value.detail == {"suggestions": ["science"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [("a", ("a", False)), (" a\u00a0", ("a", False)), ("\u200b ", ("", True)), ("a\x00b\n", ("ab\n", True)),
     ("a\r\n\r\n", ("a\n\n", False)), ("ą \n \n", ("ą\n", False)), ("\n", ("", False))],
)  # fmt: skip
def test_a_cell_is_cleaned(text, found):
    assert cleaned(text) == found


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_a_right_value_is_read_as_it_is(field, data):
    value = data.draw(values(field))
    text, lost = cleaned(text_of(value))
    assert (READ(field, text), lost) == (value, False)
