"""`pkes check --fix`: what has one mend is mended, and what is left is said."""

import json
import os
import stat

import pytest

from tests.cli.registry_with_faults import FAULTY, GOOD, HEAD, MENDABLE

MENDED = (
    MENDABLE.replace('"Klaster "', '"Klaster"')
    .replace('"2014-10-07"  #', "2014-10-07  #")
    .replace('"14 681 00 00"', '"+48 14 681 00 00"')
    .replace('note = ""\n', "")
    .replace('"haft "', '"haft"')
    .replace('"EMAIL"', '"email"')
)
CHANGED = "".join(
    "\t".join(row) + "\n"
    for row in (
        ("kind", "id", "action", "field", "old", "new"),
        ("cluster", "", "changed", "name", "Klaster ", "Klaster"),
        ("member", "igla", "changed", "joined", "2014-10-07", "2014-10-07"),
        ("member", "igla", "changed", "phone", "14 681 00 00", "+48 14 681 00 00"),
        ("member", "igla", "changed", "tags", "haft ; szycie", "haft; szycie"),
        ("member", "igla", "changed", "note", "", ""),
        ("inquiry", "2023-01-02-abc", "changed", "channel", "EMAIL", "email"),
    )
)


def test_changes_are_printed_and_what_is_left_follows(write_registry, pkes):
    path = write_registry(MENDABLE)
    ran = pkes("check", "--fix")
    assert path.read_text(encoding="utf-8") == MENDED
    assert ran == (1, CHANGED + pkes("check").out, "pkes: 7 errors, 2 warnings, 3 notes\n")


def test_json_is_of_the_changes_and_the_status_of_what_is_left(write_registry, pkes):
    write_registry(MENDABLE)
    ran = pkes("check", "--fix", "--json")
    changes = json.loads(ran.out)
    assert [one["field"] for one in changes] == ["name", "joined", "phone", "tags", "note", "channel"]
    assert changes[4] == {"kind": "member", "id": "igla", "action": "changed", "field": "note", "old": "", "new": None}
    assert (ran.status, ran.err) == (1, "pkes: 7 errors, 2 warnings, 3 notes\n")


@pytest.mark.parametrize("options", [[], ["--json"], ["--strict"]])
def test_a_dry_run_says_the_same_and_writes_nothing(write_registry, pkes, options):
    path = write_registry(MENDABLE)
    dry = pkes("check", "--fix", "--dry-run", *options)
    assert path.read_text(encoding="utf-8") == MENDABLE
    assert os.listdir(path.parent) == ["registry.toml"]
    assert pkes("check", "--fix", *options) == dry


def test_a_second_time_changes_nothing(write_registry, pkes):
    path = write_registry(MENDABLE)
    pkes("check", "--fix")
    os.utime(path, ns=(1, 1))
    ran = pkes("check", "--fix")
    assert ran == pkes("check")
    assert path.stat().st_mtime_ns == 1
    assert pkes("check", "--fix", "--json").out == "[]\n"


def test_all_is_well_afterwards(write_registry, pkes):
    write_registry(GOOD.replace('"A"', '" A"'))
    ran = pkes("check", "--fix", "--strict")
    assert (ran.status, ran.err) == (0, "pkes: 0 errors, 0 warnings, 0 notes\n")


def test_a_terminal_shows_changes_and_findings(write_registry, terminal, expect):
    write_registry(MENDABLE)
    expect("check-fix-80.txt", terminal("check", "--fix"))


def test_comments_that_go_along_are_counted(write_registry, pkes):
    write_registry(GOOD + 'town = ""  # ask\n')
    assert "pkes: 1 comment was removed with it\n" in pkes("check", "--fix").err


# What would come to light by a mend is found before, so that nothing is refused.


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param('krs = " 01"\n', "krs", id="wrong-behind-spaces"),
        pytest.param('tags = ["a ", "b\\u0007"]\n', "character", id="wrong-behind-a-misspelt-item"),
        pytest.param(
            'nip = "1234563218"\n[members.b]\nname = "B"\nsector = "ngo"\nnip = "123-456-32-18"\n',
            "identifier-twice", id="the-same-number",
        ),
        pytest.param(
            '[inquiries.q]\nreceived = 2025-02-20\nperson = " "\nemail = "q@example.org"\nchannel = "web"\n'
            'topic = "join"\nstatus = "new"\nlawful_basis = "x"\n', "name-or-person", id="nobody-asks",
        ),
        pytest.param('name = "  "\n', "required", id="required"),
    ],
)  # fmt: skip
def test_a_mend_that_leaves_an_error_goes_through(write_registry, pkes, text, left):
    write_registry((GOOD if "name =" not in text[:6] else GOOD.replace('name = "A"\n', "")) + text)
    before, ran = pkes("check"), pkes("check", "--fix")
    assert f"error {left} " in before.out
    assert f"error {left} " in ran.out
    assert ran.status == 1
    assert "refused" not in ran.err


# What cannot be mended.


@pytest.mark.parametrize(
    "data",
    [FAULTY.encode(), b"format = 1\n[cluster\n", b"\xff", b"<<<<<<< ours\n", GOOD.encode().replace(b"= 1", b"= 9", 1)],
    ids=["shape", "syntax", "encoding", "marker", "newer-format"],
)
def test_what_is_no_registry_is_left_alone_and_checked(write_registry, pkes, data):
    path = write_registry("")
    path.write_bytes(data)
    found = pkes("check")
    for options in ([], ["--dry-run"]):
        ran = pkes("check", "--fix", *options)
        warning = "pkes: warning: registry.toml: nothing was mended there: it is no registry as it is\n"
        assert ran == (1, found.out, warning + found.err)
    assert pkes("check", "--fix", "--json").out == "[]\n"
    assert path.read_bytes() == data


INLINE = HEAD + '[members]\na = {name = " A", sector = "ngo", email = "a@example.org", phone = "+48 12 345 67 89"}\n'


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_a_layout_that_cannot_be_edited_is_refused_and_checked(write_registry, pkes, options):
    path = write_registry(INLINE)
    ran = pkes("check", "--fix", *options)
    assert (ran.status, ran.out) == (5, pkes("check").out)
    assert ran.err.startswith("pkes: registry.toml:9: this layout cannot be edited safely")
    assert path.read_text() == INLINE


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root may write everything")
def test_a_file_that_is_read_only_is_refused_and_checked(write_registry, pkes):
    path = write_registry(MENDABLE)
    path.chmod(stat.S_IRUSR)
    ran = pkes("check", "--fix")
    assert (ran.status, ran.out) == (5, pkes("check").out)


# Several files.


def test_each_file_is_mended(write_registry, pkes, tmp_path):
    write_registry(INLINE)
    (tmp_path / "a.toml").write_text(GOOD.replace('"A"', '" A"'))
    (tmp_path / "b.toml").write_text(GOOD.replace('"K"', '" K"'))
    ran = pkes("check", "--fix", "--json", "a.toml", "none.toml", "registry.toml", "b.toml")
    assert ran.status == 5
    assert [one["kind"] for one in json.loads(ran.out)] == ["member", "cluster"]
    assert "none.toml: cannot be read" in ran.err
    assert "registry.toml:9: this layout" in ran.err
    assert [line for line in ran.err.splitlines() if "change" in line] == [
        "pkes: a.toml: 1 change", "pkes: b.toml: 1 change",
    ]  # fmt: skip
    assert (tmp_path / "a.toml").read_text() == (tmp_path / "b.toml").read_text() == GOOD


def test_a_single_file_is_not_counted(write_registry, pkes, tmp_path):
    write_registry(GOOD)
    (tmp_path / "a.toml").write_text(GOOD.replace('"A"', '" A"').replace('"K"', '" K"'))
    assert "change" not in pkes("check", "--fix", "--dry-run", "a.toml").err
    ran = pkes("check", "--fix", "a.toml", "registry.toml")
    assert ran.err == ("pkes: a.toml: 2 changes\npkes: registry.toml: 0 changes\npkes: 0 errors, 0 warnings, 0 notes\n")
