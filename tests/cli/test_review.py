"""`pkes check`: every finding with its place, in one run."""

import json
import os

import pytest

HEAD = 'format = 1\n[cluster]\nname = "K"\ncoordinator = "a"\n[sectors.ngo]\npl = "p"\nen = "e"\n'
GOOD = HEAD + '[members.a]\nname = "A"\nsector = "ngo"\n'

FAULTY = """\
\ufeff# ten faults, ten kinds
format = 1
colour = "red"

[cluster]
name = "Klaster"
coordinator = "nobody"
declared_members = 5

[sectors.ngo]
pl = "organizacje pozarządowe"

[members.Igla]
name = "Igła"
sector = "ngp"
nip = "1234563217"
postal_code = "35001"
joined = 2025-02-01
left = "2025-01"

[members.nitka]
name = " Nitka"
sektor = "ngo"
tags = "szycie"
note = ""
phone = "221234567"
email = "nitka(at)example.org"
website = "https://e\\u202Ex.example.org"

[members.zolw]
name = "Żółw"
sector = "ngo"
nip = "5260250274"
krs = "12"
joined = "2025-2"

[members.zolw-2]
name = "Fundacja żółw"
sector = "ngo"
nip = "5260250274"
inquiry = "2025-01-02-xyz"

[inquiries.2025-01-02-abc]
received = 2025-01-02
channel = "fax"
topic = "join"
status = "new"
"""


def test_every_finding_has_its_place_in_one_run(write_registry, pkes, expect):
    write_registry(FAULTY)
    ran = pkes("check")
    assert ran.status == 1
    expect("check.txt", ran.out)
    assert ran.err == "pkes: 17 errors, 8 warnings, 2 notes\n"


def test_json_says_the_same(write_registry, pkes):
    write_registry(FAULTY)
    lines = pkes("check").out.splitlines()
    ran = pkes("check", "--json")
    assert ran.status == 1
    found = json.loads(ran.out)
    assert [
        f"{one['file']}:{one['line']}:{one['column']}: {one['severity']} {one['code']} {one['message']}"
        for one in found
    ] == lines
    assert list(found[0]) == ["code", "severity", "file", "line", "column", "kind", "id", "field", "message"]


def test_the_shipped_registry_has_one_note_and_nothing_else(shipped, pkes):
    ran = pkes("check")
    assert ran.status == 0
    assert ran.out == (
        "registry.toml:9:1: note declared-members cluster, declared_members: 14 members are declared, 13 are listed\n"
    )
    assert ran.err == "pkes: 0 errors, 0 warnings, 1 note\n"


def test_no_message_quotes_a_personal_value(write_registry, pkes):
    person = 'person = "Anna Igielna "\nemail = "anna.igielna"\nphone = "12"\nmessage = "zadzwoń\\u0007"\n'
    write_registry(f'{GOOD}[inquiries.2025-01-02-abc]\n{person}channel = "email"\ntopic = "join"\nstatus = "new"\n')
    for ran in (pkes("check"), pkes("check", "--json")):
        assert "inquir" in ran.out
        for personal in ("Anna", "igielna", "zadzwo", '"12"'):
            assert personal not in ran.out + ran.err


UNREADABLE = [
    pytest.param(b"", "1:1: error shape", id="empty"),
    pytest.param(b"format = 1\n", "1:1: error shape", id="no cluster"),
    pytest.param(b"[cluster]\nname = 'x'\ncoordinator = 'a'\n", "1:1: error shape", id="no format"),
    pytest.param(b"format = 2\n[cluster]\n", "1:1: error format", id="newer format"),
    pytest.param(b"format = 1\n[cluster\n", "2:9: error syntax", id="not TOML"),
    pytest.param(b"format = 1\n\xff\n", "2:1: error encoding", id="not UTF-8"),
    pytest.param(GOOD.encode() + b"<<<<<<< ours\na = 1\n", "11:1: error merge-marker", id="merge marker"),
    pytest.param(GOOD.encode() + b"town = 3\n", "11:1: error shape", id="wrong type"),
    pytest.param(GOOD.encode() + b"joined = 2025-01-01T00:00:00\n", "11:1: error shape", id="date-time"),
    pytest.param(GOOD.encode() + b"[members]\nb = 1\n", "12:1: error shape", id="record that is no table"),
    pytest.param(b"members = 1\n" + HEAD.encode(), "1:1: error shape", id="kind that is no table"),
    pytest.param(GOOD.encode() + b"x = " + b"[" * 70 + b"]" * 70 + b"\n", "11:1: error nesting", id="nested deep"),
    pytest.param(
        GOOD.encode() + b"x = " + b"[" * 9000 + b"]" * 9000 + b"\n", "1:1: error nesting", id="nested very deep"
    ),
]


@pytest.mark.parametrize(("data", "place"), UNREADABLE)
def test_what_keeps_a_file_from_being_read_is_a_finding_of_check(write_registry, pkes, data, place):
    path = write_registry("")
    path.write_bytes(data)
    ran = pkes("check")
    assert ran.status == 1
    assert ran.out.startswith(f"registry.toml:{place} ")
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(("data", "place"), UNREADABLE)
@pytest.mark.parametrize("command", [["list"], ["profile"], ["edit", "a", "town=x"], ["inquiry", "list"]])
def test_every_other_command_stops_there(write_registry, pkes, data, place, command):
    path = write_registry("")
    path.write_bytes(data)
    ran = pkes(*command)
    assert (ran.status, ran.out) == (3, "")
    line = place.partition(": ")[0]
    assert ran.err.startswith(("pkes: registry.toml:" + line, "pkes: registry.toml: "))
    assert "Traceback" not in ran.err
    assert path.read_bytes() == data


def test_a_file_that_is_missing_is_no_finding(tmp_path, pkes):
    ran = pkes("-r", str(tmp_path / "none.toml"), "check")
    assert (ran.status, ran.out) == (3, "")
    assert ran.err == f"pkes: {tmp_path}/none.toml: cannot be read: No such file or directory\n"


def test_reading_warns_once_of_what_its_rules_find(write_registry, pkes):
    write_registry(GOOD + 'sektor = "x"\n')
    ran = pkes("list")
    assert ran.status == 0
    assert ran.out.endswith("a\tA\tngo\t\t\n")
    assert ran.err == 'pkes: warning: the registry has 1 finding\n"pkes check" shows them\n'


def test_a_file_name_that_is_not_utf_8_is_escaped(shipped, pkes):
    other = shipped.with_name(os.fsdecode(b"a\xff.toml"))
    shipped.rename(other)
    ran = pkes("-r", str(other), "check", "--json")
    assert ran.status == 0
    assert json.loads(ran.out)[0]["file"].endswith("a\\udcff.toml")


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("command", [["list"], ["check"], ["check", "--json"], ["edit", "bergamotka", "town=x"]])
def test_a_file_that_may_not_be_read_is_no_finding(shipped, pkes, command):
    shipped.chmod(0)
    ran = pkes("-r", str(shipped), *command)
    assert (ran.status, ran.out) == (3, "")
    assert ran.err.endswith("cannot be read: Permission denied\n")


def test_a_second_byte_order_mark_is_no_toml(write_registry, pkes):
    write_registry("\ufeff\ufeff" + GOOD)
    assert pkes("check").out == "registry.toml:1:1: error syntax not TOML: a second byte order mark\n"


@pytest.mark.parametrize("line", ["founded = 0000-01-01", "t = 23:59:60"])
def test_what_python_cannot_hold_is_no_fault_of_the_program(write_registry, pkes, line):
    write_registry(HEAD.replace('name = "K"', f'name = "K"\n{line}'))
    assert pkes("check").status == 1
    assert pkes("list").status == 3


def test_a_policy_that_is_nonsense_is_a_finding(write_registry, pkes):
    closed = 'received = 2020-01-01\nperson = "P"\nemail = "p@example.org"\nchannel = "email"\ntopic = "join"\n'
    closed += 'status = "declined"\nclosed = 2020-01-02\n'
    write_registry(f"{GOOD}[policy]\nretention_months = -30000\n[inquiries.2020-01-01-abc]\n{closed}")
    assert "error number policy, retention_months" in pkes("check").out
    assert pkes("status").status == 0


def test_a_conflict_inside_a_text_is_a_warning(write_registry, pkes):
    text = "<<<<<<< ours\none\n=======\ntwo\n>>>>>>> theirs\n"
    write_registry(f'{GOOD}note = """\n{text}"""\n')
    ran = pkes("check")
    assert (ran.status, "warning conflict member a, note" in ran.out) == (0, True)
    assert pkes("edit", "a", f"note={text}x").status == 0


def test_many_references_to_nothing_are_worded_in_no_time(write_registry, pkes):
    members = "".join(
        f'[members.m{n}]\nname = "M{n}"\nsector = "ngo"\ninquiry = "2020-01-01-x{n}"\n' for n in range(1500)
    )
    write_registry(GOOD + members)
    assert pkes("check").out.count("unknown-inquiry") == 1500
