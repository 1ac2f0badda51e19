"""`pkes edit`: what it writes, prints and refuses."""

import pytest

from tests.cli.registry_with_members import REGISTRY, changed_lines, changes


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def test_edit_changes_one_line(registry, pkes):
    [change] = changes(pkes("edit", "zolw", "phone=221234567", "--json"))
    assert change == {
        "kind": "member", "id": "zolw", "action": "changed", "field": "phone", "old": None, "new": "+48 22 123 45 67",
    }  # fmt: skip
    assert changed_lines(registry) == ['+ phone = "+48 22 123 45 67"']


def test_edit_keeps_the_comment_behind_a_value(registry, pkes):
    pkes("edit", "igla", "name=Igła i Nić", "tags+=haft")
    assert changed_lines(registry) == ['- name = "Igła"', '+ name = "Igła i Nić"', '+   "haft",']


def test_edit_counts_the_comments_that_go_along(registry, pkes):
    ran = pkes("edit", "igla", "tags=")
    assert ran.err == "pkes: 1 comment was removed with it\n"
    assert changed_lines(registry) == ["- tags = [", '-   "szycie", # by hand', "- ]"]


def test_a_terminal_shows_the_comments_that_go_along_and_whether_they_went(registry, terminal):
    would = terminal("edit", "igla", "tags=", "--dry-run")
    assert "pkes: the comment would be removed with it: # by hand\npkes: a dry run: nothing was written\n" in would
    assert registry.read_text(encoding="utf-8") == REGISTRY
    done = terminal("edit", "igla", "tags=")
    assert "pkes: the comment was removed with it: # by hand\n" in done
    assert "dry run" not in done
    assert "nothing would be changed: it is so already" in terminal("edit", "igla", "tags=", "--dry-run")


def test_edit_prints_absent_and_empty_lists_apart(write_registry, pkes):
    write_registry(REGISTRY.replace('email = "zolw@example.org"', "offers = []"))
    ran = pkes("edit", "zolw", "offers=", "tags+=x", "--json")
    assert [(one["field"], one["old"], one["new"]) for one in changes(ran)] == [
        ("offers", [], None),
        ("tags", [], ["x"]),
    ]


@pytest.mark.parametrize(
    ("assignments", "says"),
    [
        pytest.param(["twon=Dębica"], 'unknown field "twon" (did you mean "town"?)', id="unknown field"),
        pytest.param(["id=x"], '"id" is set by a command of its own only\n"pkes rename MEMBER NEW-ID" gives', id="id"),
        pytest.param(
            ["sector=nog"],
            'unknown sector "nog" (did you mean "ngo"?)',
            id="sector",
        ),
        pytest.param(
            ["nip=1234563218"],
            'refused: member zolw, nip: it is that of "igla" too',
            id="NIP of another",
        ),
    ],
)
def test_edit_refuses(registry, pkes, assignments, says):
    ran = pkes("edit", "zolw", *assignments)
    assert (ran.status, ran.out) == (2, "")
    assert f"pkes: {says}" in ran.err
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_edit_does_not_answer_for_what_was_wrong_before(write_registry, pkes):
    write_registry(REGISTRY.replace('nip = "1234563218"', 'nip = "1"'))
    assert pkes("edit", "igla", "town=Łańcut").status == 0


def test_what_a_write_cannot_find_or_tell_apart(registry, pkes):
    assert pkes("edit", "zolf", "town=x") == (
        4, "", 'pkes: no member "zolf" (did you mean "zolw"?)\n"pkes list --status all" shows them all\n',
    )  # fmt: skip
    ran = pkes("remove", "l", "-y")
    assert ran.status == 4
    assert ran.err.splitlines()[1:] == ["  igla  Igła", "  zolw  Fundacja Żółw"]


def test_all_that_is_wrong_is_said_at_once_in_the_order_given(registry, pkes):
    ran = pkes("edit", "igla", "phone=850 00 01, 17 850 00 02", "id=x", "krs=12a", "name=", "joined")
    assert ran == (
        2,
        "",
        "pkes: phone: several phone numbers: one belongs here\n"
        'pkes: "id" is set by a command of its own only\n'
        '"pkes rename MEMBER NEW-ID" gives a member another id; that of an inquiry stays\n'
        "pkes: krs: not a KRS number (ten digits): there is a letter in it\n"
        'pkes: "name" is required and cannot be cleared\n'
        "pkes: argument 5 is not FIELD=VALUE\n",
    )
