"""The canonical spelling of addresses and identifiers: each form says yes and no."""

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pkes.model.spelling import CANONICAL, WHY_NOT

RIGHT = [
    ("email", "pkes@ies-rzeszow.pl", "pkes@ies-rzeszow.pl"),
    ("email", "Jan.Kowalski+klaster@Mail.Example.ORG", "Jan.Kowalski+klaster@Mail.Example.ORG"),
    ("email", "o'brien_{x}@example.org", "o'brien_{x}@example.org"),
    ("email", "łucja@źródło.example.org", "łucja@źródło.example.org"),
    ("email", f"{'a' * 64}@example.org", f"{'a' * 64}@example.org"),
    ("website", "example.org", "https://example.org"),
    ("website", "www.example.org/o-nas?x=1#y", "https://www.example.org/o-nas?x=1#y"),
    ("website", "HTTP://Example.org", "http://Example.org"),
    ("website", "https://example.org:8080/a@b", "https://example.org:8080/a@b"),
    ("website", "https://example.org?q=ł", "https://example.org?q=ł"),
    ("website", "http://192.0.2.1/x", "http://192.0.2.1/x"),
    ("website", "spółdzielnia.example.org", "https://spółdzielnia.example.org"),
    ("phone", "502741703", "+48 502 741 703"),
    ("phone", "+48 502 741 703", "+48 502 741 703"),
    ("phone", "0048 502-741-703", "+48 502 741 703"),
    ("phone", "(14) 681 00 00", "+48 14 681 00 00"),
    ("phone", "(+48) 14/681\u00a000\u00a000", "+48 14 681 00 00"),
    ("phone", "14.681.00.00 wew. 12", "+48 14 681 00 00 ext. 12"),
    ("phone", "+48 14 681 00 00 ext. 12", "+48 14 681 00 00 ext. 12"),
    ("phone", "14 681 00 00, x12", "+48 14 681 00 00 ext. 12"),
    ("phone", "+1 650 253 0000", "+1 650-253-0000"),
    ("phone", "(017) 850-00-01", "+48 17 850 00 01"),
    ("phone", "014 681 00 00", "+48 14 681 00 00"),
    ("phone", "0-14 681 00 00", "+48 14 681 00 00"),
    ("phone", "(0-17) 850 00 01", "+48 17 850 00 01"),
    ("phone", "+48 (0) 14 681 00 00", "+48 14 681 00 00"),
    ("phone", "+48(0)146810000", "+48 14 681 00 00"),
    ("phone", "0048 0 14 681 00 00", "+48 14 681 00 00"),
    ("phone", "+44 (0) 20 7946 0018", "+44 20 7946 0018"),
    ("phone", "tel. 17 850 00 01", "+48 17 850 00 01"),
    ("phone", "Tel.: (17) 850-00-01", "+48 17 850 00 01"),
    ("phone", "tel./fax 17 850 00 01", "+48 17 850 00 01"),
    ("phone", "tel/faks: 017 850 00 01", "+48 17 850 00 01"),
    ("phone", "tel. / fax +48 17 850 00 01", "+48 17 850 00 01"),
    ("phone", "nr tel. 501 502 503", "+48 501 502 503"),
    ("phone", "tel. kom. 501 502 503", "+48 501 502 503"),
    ("phone", "komórka: 501502503", "+48 501 502 503"),
    ("phone", "501 502 503 w. 12", "+48 501 502 503 ext. 12"),
    ("phone", "501 502 503 w 12", "+48 501 502 503 ext. 12"),
    ("phone", "501 502 503 wew.12", "+48 501 502 503 ext. 12"),
    ("phone", "501 502 503, wewn. 12", "+48 501 502 503 ext. 12"),
    ("phone", "17 850 00 01 (wew. 12)", "+48 17 850 00 01 ext. 12"),
    ("phone", "17 850 00 01 nr wew. 12", "+48 17 850 00 01 ext. 12"),
    ("phone", "17 850 00 01 wewnętrzny 12", "+48 17 850 00 01 ext. 12"),
    ("phone", "'501502503", "+48 501 502 503"),
    ("postal-code", "35-001", "35-001"),
    ("postal-code", "'35001", "35-001"),
    ("postal-code", "35001", "35-001"),
    ("postal-code", "35 001", "35-001"),
    ("postal-code", "35–001", "35-001"),
    ("krs", "0000123456", "0000123456"),
    ("krs", "0000 123 456", "0000123456"),
    ("krs", "413516", "0000413516"),
    ("krs", "1", "0000000001"),
    ("krs", "1 234 567", "0001234567"),
    ("krs", "1234567890", "1234567890"),
    ("krs", '="0000413516"', "0000413516"),
    ("krs", '= "413516"', "0000413516"),
    ("krs", "'0000413516", "0000413516"),
    ("nip", "1234563218", "1234563218"),
    ("nip", "PL1234563218", "1234563218"),
    ("nip", "pl 123-456-32-18", "1234563218"),
    ("nip", "PL-123-456-32-18", "1234563218"),
    ("nip", '="1234563218"', "1234563218"),
    ("nip", "123-456-32-18", "1234563218"),
    ("nip", "PL 123 456 32 18", "1234563218"),
    ("regon", "123456785", "123456785"),
    ("regon", "123-456-785", "123456785"),
    ("regon", "12345678512347", "12345678512347"),
    ("regon", "30204683000000", "302046830"),
    ("regon", "302046830 00000", "302046830"),
    ("regon", "123-456-785-00000", "123456785"),
    ("regon", '="12345678500000"', "123456785"),
    ("regon", "'123456785", "123456785"),
]
WRONG = {
    "email": [
        "", "example.org", "@example.org", "a@", "a@b", "a@b@example.org", "a b@example.org", "a@example .org",
        ".a@example.org", "a.@example.org", "a..b@example.org", "a@.example.org", "a@example.org.", "a@example..org",
        "a@-example.org", "a@example-.org", "a@192.0.2.1", "a@[192.0.2.1]", '"a b"@example.org', "<a@example.org>",
        "Jan <a@example.org>", "mailto:a@example.org", "a@exa_mple.org", "a@example.org”", "„a@example.org",
        "a@example.org,b@example.org", f"{'a' * 65}@example.org", f"{'ł' * 33}@example.org",
        f"a@{'b' * 64}.org", f"a@{'b.' * 127}org",
    ],
    "website": [
        "", "example", "http://localhost", "https://", "ftp://example.org", "mailto:a@example.org", "a@example.org",
        "https://user:word@example.org", "https://user@example.org", "https://example.org/a b", "exa mple.org",
        "https://https://example.org", "http:example.org", "//example.org", "example.org:0", "example.org:65536",
        "example.org:x", "https://example.org\\@other.example.org", 'https://example.org/"><b>', "https://256.0.2.1",
        "1.2.3", "https://.example.org", "https://example.org./", "javascript:alert(1)//example.org", "example.org”",
    ],
    "phone": [
        "", "112", "14 681 00", "+48 12", "brak", "fax 14 681 00 00", "tel.", "tel. 112",
        "14 681 00 00 Jan", "14 681 00 00 x",
        "1-800-FLOWERS", "502 741 703, 502 741 704", "502 741 703/502 741 704", "502 741 703/x 502 741 704",
        "+48 502 741 703 4", "+999 502 741 703", "+", "14 681 00 00 wew. 12345678", "9" * 300,
        "0", "00 14 681 00 00", "014 681 00 0", "+48 (0) 14 681 00", '="', "'", "14 681 00 00 w.", "w. 12",
    ],
    "postal-code": ["", "35-01", "350-01", "35-0011", "35--001", "PL 35-001", "3a-001", "٣٥-٠٠١", "35-001 Rzeszów"],
    "krs": ["", "0413516", "000413516", "0000000000", "0", "12345678901", '="0413516"', "413516.0",
            "00001234567", "000012345x", "KRS 0000123456", "0000-123-456", "٠٠٠٠١٢٣٤٥٦"],
    "nip": ["", "1234563219", "123456321", "12345632180", "123456321x", "DE 1234563218", "١٢٣٤٥٦٣٢١٨", "PL",
            "PLPL1234563218",
            *(digit * 10 for digit in "0123456789"), "PL0000000000", "000-000-00-00"],
    "regon": ["", "123456784", "12345678", "12345678512348", "12345678612342", "1234567851234", "12345678x",
              "000000000", "00000000000000", "12345678400000", "00000"],
}  # fmt: skip


@pytest.mark.parametrize(("form", "typed", "canonical"), RIGHT, ids=repr)
def test_right(form: str, typed: str, canonical: str) -> None:
    assert CANONICAL[form](typed) == canonical
    assert CANONICAL[form](canonical) == canonical


@pytest.mark.parametrize(("form", "text"), [(form, text) for form in WRONG for text in WRONG[form]], ids=repr)
def test_wrong(form: str, text: str) -> None:
    assert CANONICAL[form](text) is None


SEVERAL = [
    "501 502 503, 502 741 703", "501502503/502741703", "501 502 503 502 741 703", "501502503; 502741703",
    "501 502 503 lub 502 741 703", "tel. 17 850 00 01 kom. 501 502 503", "tel. 17 850 00 01, fax 17 850 00 02",
    "+48 501 502 503 +49 30 901820", "501 502 503(17) 850 00 01", "17 850 00 01 w. 12, 502 741 703",
    "17 850 00 01, 17 850 00 02, 17 850 00 03", "17 850 00 01/02", "17 850 00 01, 02", "17 850 00 01 i 02",
]  # fmt: skip
NOT_SEVERAL = [
    "",
    "112",
    "112 / 997",
    "brak",
    "14 681 00 00 Jan",
    "+48 502 741 703 4",
    "14 681 00 00 1",
    "501 502 503, " * 5_000,
]


@pytest.mark.parametrize("text", SEVERAL)
def test_several_phones(text: str) -> None:
    assert CANONICAL["phone"](text) is None
    assert WHY_NOT["phone"](text) == ("several", 0)


@pytest.mark.parametrize("text", NOT_SEVERAL)
def test_no_several_phones(text: str) -> None:
    assert WHY_NOT["phone"](text) != ("several", 0)


REASONS = [
    ("email", "a@example.org, b@example.org", ("several", 0)),
    ("email", "a@example.org; b@example.org", ("several", 0)),
    ("email", "a@example.org;b@example.org", ("several", 0)),
    ("email", "a@example.org b@example.org", ("several", 0)),
    ("email", "a@example.org lub b@example.org", ("several", 0)),
    ("email", "a@ example.org", ("space", 0)),
    ("nip", "5,25225E+09", ("rounded", 0)),
    ("nip", "5.25225e9", ("rounded", 0)),
    ("nip", "PL5,25225E+09", ("rounded", 0)),
    ("nip", "5,25225E", ("letter", 0)),
    ("krs", "4E+05", ("rounded", 0)),
    ("regon", "1,23457E+13", ("rounded", 0)),
    ("phone", "+4,81501E+10", ("rounded", 0)),
    ("phone", "'1,7850E+08", ("rounded", 0)),
    ("phone", "17 850 00 0l", ("letter", 0)),
    ("phone", "850 00 01", ("area-code", 0)),
    ("phone", "850 00 01, 17 850 00 02", ("several", 0)),
    ("phone", "+48 850 00 01", ("area-code", 0)),
    ("phone", "17 850 0", ("digits", 6)),
    ("phone", "17 850 00 011", ("digits", 10)),
    ("phone", "+49 1", None),
    ("phone", "00 000 00 00", None),
    ("email", "anna example.org", ("space", 0)),
    ("email", "anna.example.org", ("at", 0)),
    ("email", "anna@example.org;igla@example.org", ("several", 0)),
    ("email", "anna@example", ("domain", 0)),
    ("email", "anna@.example.org", None),
    ("krs", "00004135l6", ("letter", 0)),
    ("krs", "000041351", ("digits", 9)),
    ("krs", "0000000000", None),
    ("nip", "123-456-32-1O", ("letter", 0)),
    ("nip", "PL 123456321", ("digits", 9)),
    ("nip", "1234563217", ("check-digit", 0)),
    ("nip", "1111111111", None),
    ("nip", "123/456", None),
    ("regon", "12345678", ("digits", 8)),
    ("regon", "123456784", ("check-digit", 0)),
]


@pytest.mark.parametrize(("form", "text", "reason"), REASONS)
def test_it_is_said_why_a_text_is_none(form: str, text: str, reason: tuple[str, int] | None) -> None:
    assert CANONICAL[form](text) is None
    assert WHY_NOT[form](text) == reason


def test_a_long_text_is_judged_at_once() -> None:
    for form, judge in CANONICAL.items():
        for piece in ("a", "a-", "a.", "1 ", "-", "é@", "tel. ", "(", "="):
            assert judge(piece * 50_000) is None, form
            assert judge("1" + piece * 50_000 + "x") is None, form


@given(st.from_regex(r"\+48 ?[1-9]( ?[0-9]){8}", fullmatch=True))
@example("+48 12 345 65 37")
@example("+48 999 999 999")
def test_a_polish_number_is_what_the_library_makes_of_it(text):
    number = phonenumbers.parse(text, "PL")
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    assert CANONICAL["phone"](text) == (shown if phonenumbers.is_valid_number(number) else None)
