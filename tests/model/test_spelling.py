"""The canonical spelling of addresses and identifiers: each form says yes and no."""

import pytest

from pkes.model.spelling import CANONICAL

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
    ("postal-code", "35-001", "35-001"),
    ("postal-code", "35001", "35-001"),
    ("postal-code", "35 001", "35-001"),
    ("postal-code", "35–001", "35-001"),
    ("krs", "0000123456", "0000123456"),
    ("krs", "0000 123 456", "0000123456"),
    ("nip", "1234563218", "1234563218"),
    ("nip", "123-456-32-18", "1234563218"),
    ("nip", "PL 123 456 32 18", "1234563218"),
    ("regon", "123456785", "123456785"),
    ("regon", "123-456-785", "123456785"),
    ("regon", "12345678512347", "12345678512347"),
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
        "", "112", "14 681 00", "+48 12", "brak", "tel. 14 681 00 00", "14 681 00 00 Jan", "14 681 00 00 x",
        "1-800-FLOWERS", "502 741 703, 502 741 704", "502 741 703/502 741 704", "502 741 703/x 502 741 704",
        "+48 502 741 703 4", "+999 502 741 703", "+", "14 681 00 00 wew. 12345678", "9" * 300,
    ],
    "postal-code": ["", "35-01", "350-01", "35-0011", "35--001", "PL 35-001", "3a-001", "٣٥-٠٠١", "35-001 Rzeszów"],
    "krs": ["", "123456", "123456789", "00001234567", "000012345x", "KRS 0000123456", "0000-123-456", "٠٠٠٠١٢٣٤٥٦"],
    "nip": ["", "1234563219", "123456321", "12345632180", "123456321x", "DE 1234563218", "١٢٣٤٥٦٣٢١٨"],
    "regon": ["", "123456784", "12345678", "12345678512348", "12345678612342", "1234567851234", "12345678x"],
}  # fmt: skip


@pytest.mark.parametrize(("form", "typed", "canonical"), RIGHT, ids=repr)
def test_right(form: str, typed: str, canonical: str) -> None:
    assert CANONICAL[form](typed) == canonical
    assert CANONICAL[form](canonical) == canonical


@pytest.mark.parametrize(("form", "text"), [(form, text) for form in WRONG for text in WRONG[form]], ids=repr)
def test_wrong(form: str, text: str) -> None:
    assert CANONICAL[form](text) is None


def test_a_long_text_is_judged_at_once() -> None:
    for form, judge in CANONICAL.items():
        for piece in ("a", "a-", "a.", "1 ", "-", "é@"):
            assert judge(piece * 50_000) is None, form
