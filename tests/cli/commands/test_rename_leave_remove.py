"""`pkes rename`, `leave` and `remove`: what they write, print and refuse."""

import pytest

from tests.cli.registry_with_members import REGISTRY, changed_lines, changes


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def test_rename_takes_the_references_along(registry, pkes):
    ran = pkes("rename", "zolw", "zolwik", "--json")
    assert [(one["kind"], one["id"], one["action"], one["field"], one["old"], one["new"]) for one in changes(ran)] == [
        ("member", "zolwik", "renamed", "id", "zolw", "zolwik"),
        ("inquiry", "2025-01-02-abc", "changed", "member", "zolw", "zolwik"),
    ]
    assert changed_lines(registry) == [
        "- [members.zolw]", "+ [members.zolwik]", '- member = "zolw"', '+ member = "zolwik"',
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("new", "said"),
    [
        pytest.param("zolwik", "", id="in its place"),
        pytest.param("bee", 'pkes: it stays where it stands; "pkes fmt" would move it\n', id="out of order"),
    ],
)
def test_rename_says_where_fmt_would_move_it(registry, pkes, new, said):
    would = said.replace("stays where", "would stay where")
    assert pkes("rename", "zolw", new, "--dry-run").err == would
    assert pkes("rename", "zolw", new).err == said


def test_rename_of_the_coordinator(registry, pkes):
    pkes("rename", "igla", "nitka")
    assert 'coordinator = "nitka"' in registry.read_text(encoding="utf-8")
    assert pkes("check").status == 0


@pytest.mark.parametrize(
    ("new", "says"), [("igla", 'the id "igla" is taken'), ("A b", "NEW-ID: an id has only a-z"), ("", "NEW-ID: empty")]
)
def test_rename_refuses(registry, pkes, new, says):
    ran = pkes("rename", "zolw", new)
    assert (ran.status, ran.out) == (2, "")
    assert f"pkes: {says}" in ran.err


@pytest.mark.parametrize(
    ("options", "line"),
    [
        pytest.param([], "+ left = 2025-03-01", id="today"),
        pytest.param(["--on", "2024-12-31"], "+ left = 2024-12-31", id="a day"),
        pytest.param(["--on", "2024-12"], '+ left = "2024-12"', id="a month"),
    ],
)
def test_leave(registry, pkes, options, line):
    assert pkes("leave", "zolw", *options).status == 0
    assert changed_lines(registry) == [line]


def test_leave_of_who_has_left_says_the_day_that_was(registry, pkes):
    pkes("leave", "zolw", "--on", "2024-12")
    ran = pkes("leave", "zolw", "--on", "2024-12")
    assert (ran.out, ran.err) == ("", "pkes: nothing is changed: it is so already\n")
    ran = pkes("leave", "zolw", "--on", "2025-01-31")
    assert ran.status == 0
    assert 'pkes: warning: "zolw" had left already: the day on record was 2024-12\n' in ran.err
    assert changed_lines(registry) == ["+ left = 2025-01-31"]


def test_remove_takes_the_record_and_its_references(registry, pkes):
    ran = pkes("remove", "żółw", "-y", "--json")
    assert [(one["kind"], one["id"], one["action"], one["field"]) for one in changes(ran)] == [
        ("member", "zolw", "removed", None),
        ("inquiry", "2025-01-02-abc", "changed", "member"),
    ]
    assert changed_lines(registry) == [
        "- [members.zolw]", '- name = "Fundacja Żółw"', '- sector = "ngo"', '- email = "zolw@example.org"', "- ",
        '- member = "zolw"',
    ]  # fmt: skip


def test_remove_counts_the_comments_that_go_along(write_registry, pkes):
    path = write_registry(REGISTRY.replace('coordinator = "igla"', 'coordinator = "zolw"'))
    ran = pkes("remove", "igla", "-y")
    assert ran.err == "pkes: 5 comments were removed with it\n"
    assert "igla" not in path.read_text(encoding="utf-8")


def test_the_coordinator_cannot_be_removed(registry, pkes):
    way_out = 'another coordinates it after "pkes cluster edit coordinator=MEMBER"\n'
    ran = pkes("remove", "igla", "-y")
    assert ran == (2, "", f'pkes: "igla" coordinates the cluster and cannot be removed\n{way_out}')
    ran = pkes("leave", "igla")
    assert ran == (2, "", f'pkes: "igla" coordinates the cluster and cannot leave\n{way_out}')
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_leave_on_an_empty_day_is_refused(registry, pkes):
    assert pkes("leave", "zolw", "--on", "") == (2, "", "pkes: --on: empty\n")
    assert registry.read_text(encoding="utf-8") == REGISTRY
