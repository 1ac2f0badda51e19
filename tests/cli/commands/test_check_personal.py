"""`pkes check` says what is wrong with a value, and never the value: it may be personal."""

import json

from tests.cli.registry_with_faults import GOOD


def test_no_message_quotes_a_personal_value(write_registry, pkes):
    person = 'person = "Anna Igielna "\nemail = "anna.igielna"\nphone = "12"\nmessage = "zadzwoń\\u0007"\n'
    write_registry(f'{GOOD}[inquiries.2025-01-02-abc]\n{person}channel = "email"\ntopic = "join"\nstatus = "new"\n')
    for ran in (pkes("check"), pkes("check", "--json")):
        assert "inquir" in ran.out
        for personal in ("Anna", "igielna", "zadzwo", '"12"'):
            assert personal not in ran.out + ran.err


HOSTILE = """\
"Anna Igielna" = 1
[members."anna@example.org"]
name = "Anna"
sector = "ngo"
nip = "1234563218"
"Jan Igielny" = 2
[members.c]
name = "anna"
sector = "Anna Igielna"
nip = "1234563218"
inquiry = "Ewa Igielna"
[members.d]
name = "D"
sector = "Ngo ✓"
tags = 3
[members."Jan Igielny"]
tags = 3
[sectors."Ngo ✓✓"]
pl = "x"
en = "x"
[inquiries."Jan Igielny"]
erased = 2025-01-01
"Anna Igielna" = 3
member = "Ewa Igielna"
"""


def test_what_stands_in_place_of_an_id_or_a_key_is_not_quoted(write_registry, pkes):
    write_registry(HOSTILE.partition("\n")[0] + "\n" + GOOD + HOSTILE.partition("\n")[2])
    for ran in (pkes("check"), pkes("check", "--github")):
        assert [personal for personal in ("Anna", "Igiel", "Ewa", "anna", "✓") if personal in ran.out + ran.err] == []
    messages = {(one["code"], one["message"]) for one in json.loads(pkes("check", "--json").out)}
    assert messages >= {
        ("id", "member: an id has only a-z, 0-9 and dashes, and no dash at an end"),
        ("unknown-key", "file: unknown key"),
        ("unknown-key", "member: unknown key"),
        ("unknown-sector", "member c, sector: unknown sector"),
        ("unknown-inquiry", "member c, inquiry: no inquiry of this id is on record"),
        ("unknown-member", "inquiry, member: no member of this id is on record"),
        ("name-twice", "member c, name: another member has the same name"),
        ("identifier-twice", "member c, nip: it is that of another member too"),
        ("erased-data", "inquiry: the inquiry is erased, but this is left"),
        ("shape", '"members.d.tags" is of the wrong type: integer instead of array of strings'),
        ("shape", '"members.…" is of the wrong type: integer instead of array of strings'),
    }
    assert "anna@example.org" in {one["id"] for one in json.loads(pkes("check", "--json").out)}
