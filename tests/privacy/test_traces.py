"""Finding a name, an address or a number however it is written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.privacy.traces import Traces, Versions, unescape
from pkes.text.collation import fold

NAME = "Łucja Śnieżna-Kos"
FOUND = [
    pytest.param(NAME, "Pani Łucja Śnieżna-Kos dzwoniła", id="as it is"),
    pytest.param(NAME, "ŁUCJA ŚNIEŻNA-KOS", id="capitals"),
    pytest.param(NAME, "Lucja Sniezna-Kos", id="no diacritics"),
    pytest.param("Lucja Sniezna-Kos", NAME, id="mark without diacritics"),
    pytest.param(NAME, unicodedata.normalize("NFD", NAME), id="decomposed"),
    pytest.param(unicodedata.normalize("NFD", NAME), NAME, id="decomposed mark"),
    pytest.param(NAME, "Łucja \u00a0\t Śnieżna – Kos", id="other spaces and dash"),
    pytest.param(NAME, "# Łucja\r\n#   Śnieżna-Kos", id="wrapped in a comment"),
    pytest.param(NAME, "> łucja\n> śnieżna-\n> kos", id="wrapped in a quoted mail"),
    pytest.param(NAME, "lucja.sniezna_kos@example.org", id="name in an address"),
    pytest.param("Anna O’Neil", "Anna O'Neil", id="apostrophe"),
    pytest.param("Ząb", "ząb", id="one word"),
    pytest.param("Bo", "to Bo!", id="short word"),
    pytest.param("anna@example.org", "<ANNA@Example.ORG>.", id="address in capitals"),
    pytest.param("anna@example.org", "mailto:anna@example.org?subject=x", id="address in a link"),
    pytest.param("+48 502 741 703", "502-741-703", id="phone without country"),
    pytest.param("+48 502 741 703", "tel:+48502741703", id="phone in one"),
    pytest.param("+48 502 741 703", "0048 502.741.703", id="phone with 00"),
    pytest.param("+48 502 741 703", "48 502 741 703", id="phone with bare country"),
    pytest.param("502741703", "(+48) 50 27 41 703", id="phone in other groups"),
    pytest.param("0048502741703", "502 741 703", id="00 in the mark"),
    pytest.param("+48 14 681 00 00", "(0-14) 681 00 00", id="phone with trunk zero"),
    pytest.param("0146810000", "+48 14 681 00 00", id="trunk zero in the mark"),
    pytest.param("+48 14 681 00 00 ext. 12", "14 681‑00‑00 wew. 12", id="phone with extension"),
    pytest.param("+49 30 901820", "030 / 901820", id="foreign phone at home"),
    pytest.param("+49 (0)30 901820", "0049 30 90 18 20", id="foreign phone with 00"),
    pytest.param("+4930901820", "+49 30 901820", id="foreign phone in one"),
    pytest.param("30 901820", "+49 (0)30 901820", id="national mark of a foreign phone"),
    pytest.param("0000123456", "KRS 0000 123 456", id="register number"),
]
NOT_FOUND = [
    pytest.param("Anna Igielna", "Joanna Igielnak", id="parts of words"),
    pytest.param("Anna Igielna", "Joanna Igielna", id="end of a word"),
    pytest.param("Anna Igielna", "Anna Igielnak", id="beginning of a word"),
    pytest.param("Anna Igielna", "Igielna Anna", id="other order"),
    pytest.param("Anna Igielna", "Anna Maria Igielna", id="word between"),
    pytest.param("Bo", "Bombo, bo1 i oBo", id="short word inside others"),
    pytest.param("anna@example.org", "joanna@example.org", id="longer address"),
    pytest.param("anna@example.org", "j.anna@example.org", id="longer local part"),
    pytest.param("anna@example.org", "anna@example.org.pl", id="longer domain"),
    pytest.param("anna@example.org", "anna@example-org", id="other domain"),
    pytest.param("+48 502 741 703", "502 741 7031", id="longer number"),
    pytest.param("+48 502 741 703", "9502741703", id="digit before"),
    pytest.param("+48 502 741 703", "502,741,703", id="list of numbers"),
    pytest.param("12-34", "1234567", id="short number"),
    pytest.param("—", "— — —", id="no letter or digit"),
    pytest.param("  ", "a  b", id="spaces"),
]


@pytest.mark.parametrize(("mark", "text"), FOUND)
def test_a_trace_is_found(mark, text):
    assert Traces([mark]).found_in(text)


@pytest.mark.parametrize(("mark", "text"), NOT_FOUND)
def test_what_only_looks_like_a_trace_is_not_found(mark, text):
    assert not Traces([mark]).found_in(text)


@pytest.mark.parametrize(
    ("marks", "text", "spans"),
    [
        pytest.param(["Anna"], "anna i Anna", ["anna", "Anna"], id="each place"),
        pytest.param(["Anna Kos", "Kos", "5027417"], "Anna Kos, 502 74 17", ["Anna Kos", "502 74 17"], id="overlap"),
        pytest.param(["kos"], "ﬃ… kós\u0301\u0323!", ["kós\u0301\u0323"], id="longer and shorter when folded"),
        pytest.param(["1234567"], "№ 123456⒎", ["123456⒎"], id="end inside of a character"),
        pytest.param(["5555555"], "5 555 5555, 15555555", ["555 5555"], id="repeated digits"),
        pytest.param(["Anna"], "nobody", [], id="nothing"),
    ],
)  # fmt: skip
def test_spans_are_those_of_the_text_itself(marks, text, spans):
    assert [text[start:end] for start, end in Traces(marks).find(text)] == spans


@given(st.text())
def test_folding_takes_each_character_by_itself(text):
    assert fold(text) == "".join(map(fold, text))


@given(st.text(), st.text("aąłŻ \t.-'\"\\\n1", max_size=12), st.text())
def test_spans_agree_with_the_yes_or_no(before, mark, after):
    traces, text = Traces([mark]), f"{before} {mark} {after}"
    spans = traces.find(text)
    assert bool(spans) == traces.found_in(text) == bool(traces)
    assert all(traces.found_in(text[start:end]) for start, end in spans)


def test_without_marks_nothing_is_found():
    assert not Traces(["", "…"])
    assert Traces(["a"])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param(r"\u0141ukasz \U0001f600 \x41", "Łukasz 😀 A", id="numbers"),
        pytest.param(r"a\"b\\u0142\/\t.\n\e", 'a"b\\u0142/\t.\n\x1b', id="signs"),
        pytest.param("An\\  \r\n\n   na", "Anna", id="line wrapped"),
        pytest.param(r"\q \u12 \Uffffffff \x4", r"\q \u12 \Uffffffff \x4", id="no escapes"),
    ],
)
def test_escapes_are_decoded(source, text):
    assert unescape(source) == text


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(r'person = "\u0141ucja \U0000015Anie\u017cna-Kos"', id="basic string"),
        pytest.param(r"person = '\' # Łucja Śnieżna-Kos", id="as it stands"),
        pytest.param('message = """\nŁu\\\n   cja\n\n"Śnieżna\\"-Kos"""', id="multi-line string"),
        pytest.param(r'{"path": "C:\\", "person": "\u0141ucja \u015anie\u017cna-Kos"', id="broken JSON"),
    ],
)
def test_a_trace_is_found_behind_escapes(source):
    assert Traces([NAME]).found_in_source(source)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "iso-8859-2"])
def test_a_trace_is_found_in_older_encodings(encoding):
    data = f"{NAME}, ćma".encode(encoding)
    assert Traces([NAME]).found_in_bytes(data)
    assert Traces([NAME]).found_in_bytes(b"\xff\xfe " + data)
    assert not Traces(["Kto Inny"]).found_in_bytes(data)


LINES = b"".join(b"[members.m-%d]\nname = 'N %d'\n" % (number, number) for number in range(4000))


@pytest.mark.parametrize("place", [0, 1, 16_380, 16_390, len(LINES) - 20, len(LINES)])
def test_a_trace_is_found_wherever_two_versions_differ(place):
    versions = Versions(Traces(["Anna Kos"]))
    start = LINES.rfind(b"\n", 0, place) + 1
    wrapped = LINES[:start] + b"# Anna\n# Kos\n" + LINES[start:]
    assert not versions.hold(LINES)
    assert versions.hold(wrapped)
    assert versions.hold(wrapped + b"# more\n")
    assert not versions.hold(LINES + b"# more\n")
    assert not versions.hold(wrapped.replace(b"# Kos", b"# Koss"))
    assert versions.hold(wrapped.replace(b"# Kos", b"#\n# Kos"))


def test_a_trace_is_found_where_only_its_end_is_new():
    versions = Versions(Traces(["Anna Kos"]))
    assert not versions.hold(b"x\nAnna\nKo\ny\n")
    assert versions.hold(b"x\nAnna\nKos\ny\n")
    assert versions.hold(b"Kos\nAnna Kos")
    assert not versions.hold(b"")


PARTS = st.lists(st.sampled_from([b"Anna", b"Kos", b"\n", b" ", b"\\\n", b"x" * 700, b"\xb3"]), max_size=12)


@given(st.lists(PARTS.map(b"".join), min_size=1, max_size=6))
def test_versions_hold_what_each_alone_holds(files):
    traces = Traces(["Anna Kos"])
    versions = Versions(traces)
    assert [versions.hold(data) for data in files] == [traces.found_in_bytes(data) for data in files]
