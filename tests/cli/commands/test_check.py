"""`pkes check`: every finding with its place, in one run."""

import json
import os

import pytest

from tests.cli.registry_with_faults import FAULTY, GOOD, HEAD


def test_every_finding_has_its_place_in_one_run(write_registry, pkes, expect):
    write_registry(FAULTY)
    ran = pkes("check")
    assert ran.status == 1
    expect("check.txt", ran.out)
    assert ran.err == "pkes: 17 errors, 8 warnings, 4 notes\n"


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


def test_the_shipped_registry_has_no_more_than_notes(shipped, pkes):
    ran = pkes("check")
    assert ran.status == 0
    declared = "cluster, declared_members: 14 members are declared, 13 are listed"
    assert f"registry.toml:9:1: note declared-members {declared}\n" in ran.out
    assert ran.err.startswith("pkes: 0 errors, 0 warnings, ")


# Lists.


def test_every_item_of_a_list_has_its_own_finding(write_registry, pkes):
    write_registry(GOOD + 'tags = ["ą ", "b", "",\n  "c\\u0007"]\n')
    assert pkes("check").out == (
        "registry.toml:13:9: warning spaces member a, tags: spaces at an end\n"
        "registry.toml:13:20: warning empty member a, tags: empty\n"
        "registry.toml:14:3: error character member a, tags: the character U+0007 is not text\n"
    )


def test_a_long_list_is_checked_in_no_time(write_registry, pkes):
    items = ", ".join(f'"ą{number} "' for number in range(20_000))
    write_registry(f"{GOOD}tags = [{items}]\n")
    assert pkes("check").out.count("warning spaces") == 20_000


# Merge markers.

MARKED = GOOD + "<<<<<<< ours\ntown = 1\n||||||| base\n=======\ntown = 2\n>>>>>>> theirs\n"


def test_every_line_of_the_markers_is_a_finding(write_registry, pkes):
    write_registry(MARKED + '[members.b]\nname = """\n=======\n"""\n<<<<<<< ours\n')
    found = [line.split(": ", 1) for line in pkes("check").out.splitlines()]
    assert [place for place, _said in found] == [f"registry.toml:{line}:1" for line in (13, 15, 16, 18, 23)]
    assert {said for _place, said in found} == {
        f"error merge-marker a merge marker that git left: {sign * 7}" for sign in "<|=>"
    }


def test_a_row_of_signs_alone_is_a_marker_too(write_registry, pkes):
    write_registry(GOOD + "=======\n")
    assert pkes("check").out.startswith("registry.toml:13:1: error merge-marker ")


UNREADABLE = [
    pytest.param(b"", "1:1: error shape", id="empty"),
    pytest.param(b"format = 1\n", "1:1: error shape", id="no cluster"),
    pytest.param(b"[cluster]\nname = 'x'\ncoordinator = 'a'\n", "1:1: error shape", id="no format"),
    pytest.param(b"format = 2\n[cluster]\n", "1:1: error format", id="newer format"),
    pytest.param(b"format = 1\n[cluster\n", "2:9: error syntax", id="not TOML"),
    pytest.param(b"format = 1\n\xff\n", "2:1: error encoding", id="not UTF-8"),
    pytest.param(GOOD.encode() + b"<<<<<<< ours\na = 1\n", "13:1: error merge-marker", id="merge marker"),
    pytest.param(GOOD.encode() + b"town = 3\n", "13:1: error shape", id="wrong type"),
    pytest.param(GOOD.encode() + b"joined = 2025-01-01T00:00:00\n", "13:1: error shape", id="date-time"),
    pytest.param(GOOD.encode() + b"[members]\nb = 1\n", "14:1: error shape", id="record that is no table"),
    pytest.param(b"members = 1\n" + HEAD.encode(), "1:1: error shape", id="kind that is no table"),
    pytest.param(GOOD.encode() + b"x = " + b"[" * 70 + b"]" * 70 + b"\n", "13:1: error nesting", id="nested deep"),
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


def test_warnings_are_told_before_status_and_after_a_change_and_errors_everywhere(write_registry, pkes):
    said = 'pkes: warning: the registry has at least {}\n"pkes check" shows them\n'
    write_registry(GOOD + 'sektor = "x"\n')
    assert pkes("list").err == ""
    assert pkes("status").err == said.format("1 warning")
    assert pkes("edit", "a", "town=T").err == said.format("1 warning")
    assert pkes("edit", "a", "town=U", "--dry-run").err == ""
    write_registry(GOOD.replace('sector = "ngo"', 'sector = "ngi"') + 'sektor = "x"\n')
    assert pkes("list").err == said.format("1 error")
    assert pkes("status").err == said.format("1 error, 1 warning")


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


@pytest.mark.parametrize(
    ("language", "received", "said"),
    [
        ("en", "2025-02-28", "an answer for 1 day"),
        ("en", "2025-02-26", "an answer for 3 days"),
        ("pl", "2025-02-28", "czeka na odpowiedź 1 dzień"),
        ("pl", "2025-02-26", "czeka na odpowiedź 3 dni"),
    ],
)
def test_the_days_of_an_overdue_inquiry_are_counted_in_words(write_registry, pkes, language, received, said):
    inquiry = f'received = {received}\nperson = "P"\nemail = "p@example.org"\nchannel = "email"\ntopic = "join"\n'
    inquiry += 'status = "new"\n'
    write_registry(f"{GOOD}[policy]\nanswer_within_days = 0\n[inquiries.{received}-abc]\n{inquiry}")
    assert f"{said}\n" in pkes("check", PKES_LANG=language).out


def test_a_key_that_is_the_title_of_a_field_is_known_by_it(write_registry, pkes):
    write_registry(GOOD + 'telefon = "1"\n"Numer KRS" = "1"\nstadt = "T"\n')
    keys = [line.partition("member a: ")[2] for line in pkes("check").out.splitlines() if "unknown-key" in line]
    assert keys == [
        'unknown key "telefon" (did you mean "phone"?)',
        'unknown key (did you mean "krs"?)',
        'unknown key "stadt"',
    ]


def test_a_conflict_inside_a_text_is_an_error_and_other_commands_read_on(write_registry, pkes):
    text = "<<<<<<< ours\none\n=======\ntwo\n>>>>>>> theirs\n"
    write_registry(f'{GOOD}note = """\n{text}"""\n')
    ran = pkes("check")
    assert (ran.status, "error conflict member a, note" in ran.out) == (1, True)
    assert pkes("show", "a").status == 0
    assert pkes("edit", "a", f"note={text}x").status == 0


def test_many_references_to_nothing_are_worded_in_no_time(write_registry, pkes):
    members = "".join(
        f'[members.m{n}]\nname = "M{n}"\nsector = "ngo"\ninquiry = "2020-01-01-x{n}"\n' for n in range(1500)
    )
    write_registry(GOOD + members)
    assert pkes("check").out.count("unknown-inquiry") == 1500


def test_warnings_count_only_where_it_is_strict(write_registry, pkes):
    write_registry(GOOD + 'town = " T"\n')
    assert pkes("check").status == 0
    assert pkes("check", "--strict").status == 1


def test_notes_never_count(shipped, pkes):
    ran = pkes("check", "--strict")
    assert ran.status == 0
    assert "note declared-members" in ran.out


# Files by name.


def test_files_stand_in_place_of_the_registry(write_registry, pkes, tmp_path):
    write_registry(FAULTY)
    (tmp_path / "a.toml").write_text(GOOD + 'town = ""\n')
    (tmp_path / "b.toml").write_text(GOOD + 'twon = "T"\n')
    ran = pkes("check", "b.toml", "a.toml")
    assert ran == (
        0,
        'b.toml:13:1: warning unknown-key member a: unknown key "twon" (did you mean "town"?)\n'
        "a.toml:13:1: warning empty member a, town: empty\n",
        "pkes: 0 errors, 2 warnings, 0 notes\n",
    )
    assert [one["file"] for one in json.loads(pkes("check", "b.toml", "a.toml", "--json").out)] == ["b.toml", "a.toml"]


def test_no_registry_is_needed_where_files_are_named(tmp_path, monkeypatch, pkes):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text(GOOD)
    assert pkes("check", "a.toml") == (0, "", "pkes: 0 errors, 0 warnings, 0 notes\n")


@pytest.mark.parametrize("options", [[], ["--json"], ["--github"], ["--strict"], ["--fix"]])
def test_a_file_that_cannot_be_read_does_not_hide_the_others(write_registry, pkes, tmp_path, options):
    write_registry(GOOD + "town = 3\n")
    ran = pkes("check", *options, "none.toml", "registry.toml", "other.toml")
    assert ran.status == 3
    assert "shape" in ran.out or options == ["--fix"]
    assert "pkes: none.toml: cannot be read: No such file or directory\n" in ran.err
    assert "pkes: other.toml: cannot be read: No such file or directory\n" in ran.err
    assert ran.err.count("cannot be read: ") == 2


@pytest.mark.parametrize("options", [[], ["--json"], ["--github"], ["--fix"], ["--fix", "--json"]])
def test_where_no_file_can_be_read_nothing_is_printed(tmp_path, monkeypatch, pkes, options):
    monkeypatch.chdir(tmp_path)
    ran = pkes("check", "a.toml", "b.toml", *options)
    assert (ran.status, ran.out, ran.err.count("\n")) == (3, "", 2)


# Options that do not go together.


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--json", "--github"], "--github: not together with --json"),
        (["--fix", "--github"], "--fix: not together with --github"),
        (["--fix", "--since", "HEAD"], "--fix: not together with --since"),
        (["--dry-run"], "--dry-run: only with --fix"),
        (["--max-removed", "0"], "--max-removed: only with --since"),
        (["--explain", "nip", "registry.toml"], "--explain: not together with FILE"),
        (["--explain", "nip", "--json"], "--explain: not together with --json"),
        (["--explain", "nip", "--since", ""], "--explain: not together with --since"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_options_that_do_not_go_together(shipped, pkes, options, said):
    assert pkes("check", *options) == (2, "", f'pkes: {said}\n"pkes check --help" shows how it is used\n')
