"""Encoded words, mailboxes and parameters, as programs write them rightly and wrongly."""

from email.parser import BytesParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkes.mail.headers import Mailbox, Policy, line, mailboxes, parameter
from pkes.text.characters import forbidden

LINES = {
    "plain": ("Pytanie", "Pytanie"),
    "UTF-8, Q": ("=?UTF-8?Q?Zg=C5=82oszenie_do_klastra?=", "Zgłoszenie do klastra"),
    "UTF-8, B": ("=?utf-8?b?xbtvxYLEhWTFug==?=", "Żołądź"),
    "ISO-8859-2": ("=?ISO-8859-2?Q?=AFo=B3=B1d=BC?=", "Żołądź"),
    "Windows-1250": ("=?windows-1250?Q?=AFo=B3=B9d=9F?=", "Żołądź"),
    "between words": ("Re: =?utf-8?q?=C5=82?= i =?utf-8?q?=C5=82?=!", "Re: ł i ł!"),
    "spaces between encoded words go": ("=?utf-8?q?a?=   =?utf-8?b?Yg==?=\t=?iso-8859-2?q?c?=", "abc"),
    "a letter cut in two": ("=?utf-8?Q?Gra=C5?= =?utf-8?Q?=BCyna?=", "Grażyna"),
    "a letter cut in two, the charset in two spellings": ("=?utf-8?Q?Gra=C5?= =?UTF-8?Q?=BCyna?=", "Grażyna"),
    "a letter cut in two, B": ("=?utf-8?B?R3Jhxb==?= =?utf-8?B?vHluYQ==?=", "Grażyna"),
    "no padding": ("=?utf-8?B?xbtvxYLEhWTFug?=", "Żołądź"),
    "a digit too many": ("=?utf-8?B?xbtvxYLEhWTFugAx?=", "Żołądź1"),
    "one digit": ("a =?utf-8?B?x?= b", "a b"),
    "not Base64 at all": ("=?utf-8?B?!!!!?=", ""),
    "broken quoting": ("=?utf-8?Q?a=ZZb=?=", "a=ZZb"),
    "spaces inside": ("=?utf-8?Q?Anna Igielna?=", "Anna Igielna"),
    "no space before": ("Anna=?utf-8?Q?_Igielna?=", "Anna Igielna"),
    "inside quotes": ('"=?utf-8?Q?=C5=81ucja?="', '"Łucja"'),
    "unknown charset": ("=?x-unknown?Q?Gra=BFyna?=", "Grażyna"),
    "wrong charset": ("=?utf-8?Q?Gra=BFyna?=", "Grażyna"),
    "with a language": ("=?utf-8*pl?Q?=C5=81ucja?=", "Łucja"),
    "never ended": ("=?utf-8?Q?Anna", "=?utf-8?Q?Anna"),
    "unknown encoding": ("=?utf-8?X?Anna?=", "=?utf-8?X?Anna?="),
    "letters that need no encoding": ("=?utf-8?Q?Łucja?=", "Łucja"),
    "line ends and control characters": ("=?utf-8?Q?a=0D=0Ab=00=1Bc=E2=80=AEd?=", "a bcd"),
    "decomposed": ("=?utf-8?Q?Z=CC=87o=C5=82a=CC=A8dz=CC=81?=", "Żołądź"),
    "spaces": ("  a \t b\u00a0\u2003c ", "a b c"),
}


@pytest.mark.parametrize(("text", "expected"), LINES.values(), ids=LINES)
def test_a_line(text: str, expected: str) -> None:
    assert line(text) == expected


MAILBOXES = {
    "name and address": ("Anna Igielna <anna@example.org>", [("Anna Igielna", "anna@example.org")]),
    "address": ("anna@example.org", [("", "anna@example.org")]),
    "address in brackets": ("<anna@example.org>", [("", "anna@example.org")]),
    "spaces in brackets": ("Anna < anna@example.org >", [("Anna", "anna@example.org")]),
    "nothing before the bracket": ("Anna<anna@example.org>", [("Anna", "anna@example.org")]),
    "quoted": ('"Igielna, Anna" <anna@example.org>', [("Igielna, Anna", "anna@example.org")]),
    "quoted quotes": (r'"Anna \"Ania\" \\ I." <anna@example.org>', [(r'Anna "Ania" \ I.', "anna@example.org")]),
    "single quotes": ("'Anna Igielna' <anna@example.org>", [("Anna Igielna", "anna@example.org")]),
    "both quotes": ("\"'Anna Igielna'\" <anna@example.org>", [("Anna Igielna", "anna@example.org")]),
    "spaces in single quotes": ("' Anna ' <anna@example.org>", [("Anna", "anna@example.org")]),
    "nothing in single quotes": ("'' <anna@example.org>", [("", "anna@example.org")]),
    "one single quote": ("' <anna@example.org>", [("'", "anna@example.org")]),
    "encoded": ("=?iso-8859-2?Q?=A3ucja?= <l@example.org>", [("Łucja", "l@example.org")]),
    "encoded in quotes": ('"=?utf-8?B?xYF1Y2ph?=" <l@example.org>', [("Łucja", "l@example.org")]),
    "encoded with a comma": ("=?utf-8?Q?Igielna,_Anna?= <anna@example.org>", [("Igielna, Anna", "anna@example.org")]),
    "encoded with a bracket": ("=?utf-8?Q?Anna_<3?= <anna@example.org>", [("Anna <3", "anna@example.org")]),
    "encoded address as a name": (
        "=?utf-8?Q?a=40example.org,?= <b@example.org>",
        [("a@example.org,", "b@example.org")],
    ),
    "encoded address": ("=?utf-8?Q?Anna_=3Canna=40example.org=3E?=", [("Anna", "anna@example.org")]),
    "comment": ("anna@example.org (Anna Igielna)", [("Anna Igielna", "anna@example.org")]),
    "comment behind brackets": ("<anna@example.org> (Anna)", [("Anna", "anna@example.org")]),
    "comment and name": ("Anna (biuro) <anna@example.org>", [("Anna", "anna@example.org")]),
    "name without brackets": ("Anna Igielna anna@example.org", [("Anna Igielna", "anna@example.org")]),
    "quoted name without brackets": ('"Anna I." anna@example.org', [("Anna I.", "anna@example.org")]),
    "encoded name without brackets": ("=?utf-8?Q?=C5=81ucja?= l@example.org", [("Łucja", "l@example.org")]),
    "comma without quotes": ("Igielna, Anna <anna@example.org>", [("Igielna, Anna", "anna@example.org")]),
    "commas without quotes": ("Igielna, Anna, KS <anna@example.org>", [("Igielna, Anna, KS", "anna@example.org")]),
    "comma before no name": ("Igielna, <anna@example.org>", [("Igielna", "anna@example.org")]),
    "at sign in the name": ("Anna@Igielna <anna@example.org>", [("Anna@Igielna", "anna@example.org")]),
    "brackets and colon": ("[K: 2] Anna <anna@example.org>", [("[K: 2] Anna", "anna@example.org")]),
    "address as a name": ('"jan@example.org" <anna@example.org>', [("jan@example.org", "anna@example.org")]),
    "mailbox as a name": ('"Jan <jan@example.org>" <a@example.org>', [("Jan <jan@example.org>", "a@example.org")]),
    "open quote": ('"Anna <anna@example.org>', [('"Anna', "anna@example.org")]),
    "open comment": ("Anna (biuro <anna@example.org>", [("Anna (biuro", "anna@example.org")]),
    "equals signs": ("a=b <anna@example.org>", [("a=b", "anna@example.org")]),
    "several": ("a@example.org, Jan <jan@example.org>", [("", "a@example.org"), ("Jan", "jan@example.org")]),
    "group": ("Z: a@example.org; b@example.org;", [("Z:", "a@example.org"), ("", "b@example.org")]),
    "two in brackets": ("Anna <a@example.org> <b@example.org>", [("Anna", "a@example.org"), ("Anna", "b@example.org")]),
    "quoted local part": ('"anna igielna"@example.org', [("anna igielna", "@example.org")]),
    "name alone": ("Anna Igielna", []),
    "separators alone": (",;, ", []),
    "empty brackets": ("Anna <>", [("Anna", "")]),
    "empty": ("", []),
}


@pytest.mark.parametrize(("text", "expected"), MAILBOXES.values(), ids=MAILBOXES)
def test_mailboxes(text: str, expected: list[tuple[str, str]]) -> None:
    assert mailboxes(text) == [Mailbox(*mailbox) for mailbox in expected]


@pytest.mark.parametrize("sign", ['"\\', "(\\", "<", "=?a?q?", ",a", "a@"])
def test_a_huge_header_takes_no_time(sign: str) -> None:
    assert len(mailboxes(sign * 500_000)) <= 5_000


@given(st.text(st.sampled_from(list("ał@.,;:<>()\"\\ \t=?qb'é\0\u202e\ud800")) | st.characters(), max_size=30))
def test_names_and_addresses_are_clean_lines(text: str) -> None:
    for name, address in mailboxes(text):
        assert forbidden(name + address, multiline=False) is None


PARAMETERS = {
    "plain": (b"attachment; filename=a.pdf", "a.pdf"),
    "quoted": (b'attachment; filename="a b.pdf"', "a b.pdf"),
    "encoded words": (b'attachment; filename="=?utf-8?Q?=C5=82=2Epdf?="', "ł.pdf"),
    "RFC 2231": (b"attachment; filename*=UTF-8''%C5%82%20a.pdf", "ł a.pdf"),
    "RFC 2231 in pieces": (b"attachment; filename*0*=iso-8859-2''%B3; filename*1=a.pdf", "ła.pdf"),
    "RFC 2231 in a wrong charset": (b"attachment; filename*=utf-8''%B3.pdf", "ł.pdf"),
    "RFC 2231 in an unknown charset": (b"attachment; filename*=x-x''%B3.pdf", "ł.pdf"),
    "RFC 2231 without a charset": (b"attachment; filename*=''%C5%82.pdf", "ł.pdf"),
    "RFC 2231 with plain letters": ("attachment; filename*=utf-8''ł.pdf".encode(), "?.pdf"),
    "UTF-8": ('attachment; filename="ł.pdf"'.encode(), "ł.pdf"),
    "Windows-1250": ('attachment; filename="ął.pdf"'.encode("cp1250"), "ął.pdf"),
    "control characters": (b"attachment; filename*=utf-8''a%0D%0A%1Bb", "a b"),
    "none": (b"attachment", None),
    "empty": (b'attachment; filename=""', None),
    "no value": (b"attachment; filename", None),
    "star without value": (b"attachment; filename*", None),
    "a number that no int takes": (b"attachment; filename*" + b"9" * 5000 + b"=a", None),
}


@pytest.mark.parametrize(("header", "expected"), PARAMETERS.values(), ids=PARAMETERS)
def test_a_parameter(header: bytes, expected: str | None) -> None:
    mail = BytesParser(policy=Policy()).parsebytes(b"Content-Disposition: " + header + b"\n\n")
    assert parameter(mail, "filename", "Content-Disposition") == expected
