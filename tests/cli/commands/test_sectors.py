"""`pkes sectors` and its commands: what they show, write, print and refuse."""

import json

import pytest

from tests.cli.dialogue import Dialogue
from tests.cli.registry_with_members import REGISTRY, changed_lines, changes

SECTOR = '[sectors.law]\npl = "prawo"\nen = "law"\n\n'


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.fixture
def spare(write_registry):
    """A registry with a sector that nobody is of."""
    return write_registry(REGISTRY.replace("[sectors.ngo]", f"# unused\n{SECTOR}[sectors.ngo]"))


def test_sectors_alone_shows_them(registry, pkes, terminal):
    assert pkes("sectors") == (0, "id\tpl\ten\tmembers\nngo\torganizacje pozarządowe\tNGOs\t2\n", "")
    assert json.loads(pkes("sectors", "--json").out) == [
        {"id": "ngo", "pl": "organizacje pozarządowe", "en": "NGOs", "members": 2}
    ]
    assert [line.split() for line in terminal("sectors").splitlines()[::2]] == [
        ["Id", "Label", "Members"], ["ngo", "NGOs", "2"],
    ]  # fmt: skip


def test_the_help_shows_the_commands_too(pkes):
    ran = pkes("sectors", "--help")
    assert (ran.status, ran.err) == (0, "")
    assert [name for name in ("--json", "add", "rename", "remove") if f"│ {name} " in ran.out] == [
        "--json", "add", "rename", "remove",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["rname"], 'unknown command "rname" (did you mean "rename"?)\n', id="unknown command"),
        pytest.param(["--json", "remove", "ngo"], "--json: it stands behind the command\n", id="option before"),
        pytest.param(["--jsn"], 'unknown option "--jsn" (did you mean "--json" or "--on"?)\n', id="unknown option"),
    ],
)
def test_sectors_refuses(registry, pkes, arguments, says):
    ran = pkes("sectors", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"pkes: {says}")


def test_add_writes_one_record_where_its_id_sorts(registry, pkes):
    [change] = changes(pkes("sectors", "add", "law", "--pl", " prawo ", "--en", "law", "--json"))
    assert change == {
        "kind": "sector", "id": "law", "action": "added", "field": None, "old": None,
        "new": {"id": "law", "pl": "prawo", "en": "law"},
    }  # fmt: skip
    assert registry.read_text(encoding="utf-8") == REGISTRY.replace("[sectors.ngo]", f"{SECTOR}[sectors.ngo]")
    assert pkes("check").status == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["law"], "--pl, --en are missing", id="no labels"),
        pytest.param(["law", "--pl", "prawo", "--en", ""], "--en is missing", id="an empty label"),
        pytest.param(["law", "--pl", " ", "--en", "law"], "pl: empty", id="a label of spaces"),
        pytest.param(["law", "--pl", "a", "--pl", "b", "--en", "law"], '"pl" is given twice', id="twice"),
        pytest.param(["law", "--pl", "pra\nwo", "--en", "law"], "pl: a line end does not belong here", id="line end"),
        pytest.param(["ngo", "--pl", "a", "--en", "b"], 'the id "ngo" is taken\n', id="taken id"),
        pytest.param(
            ["Law", "--pl", "a", "--en", "b"],
            "ID: an id has only a-z, 0-9 and dashes, and no dash at an end",
            id="wrong id",
        ),
        pytest.param(["", "--pl", "a", "--en", "b"], "ID: empty", id="empty id"),
        pytest.param(["--pl", "a", "--en", "b"], "ID is missing", id="no id"),
    ],
)
def test_add_refuses(registry, pkes, arguments, says):
    ran = pkes("sectors", "add", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"pkes: {says}")
    assert "--id" not in ran.err
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_add_asks_for_the_labels(registry):
    dialogue = Dialogue("sectors", "add", "law", "--en", "law")
    dialogue.answer("Polish label: ", "")
    assert dialogue.answer("Polish label: ", "prawo") == "pkes: pl: empty\n"
    shown = "+ sector law\n    Polish label   prawo\n    English label  law\n"
    assert dialogue.answer("Save it? [Y/n] ", "") == shown
    assert dialogue.end() == (shown, 0)
    assert SECTOR in registry.read_text(encoding="utf-8")


@pytest.mark.parametrize("flag", ["--dry-run", "--yes"])
def test_a_dry_run_or_yes_of_add_asks_nothing(registry, flag):
    assert Dialogue("sectors", "add", "law", flag).end() == ("pkes: --pl, --en are missing\n", 2)


def test_rename_takes_members_and_inquiries_along(write_registry, pkes):
    before = REGISTRY.replace('topic = "join"', 'topic = "join"\nsector = "ngo"')
    path = write_registry(before)
    ran = pkes("sectors", "rename", "ngo", "third-sector", "--json")
    assert [(one["kind"], one["id"], one["action"], one["field"], one["old"], one["new"]) for one in changes(ran)] == [
        ("sector", "third-sector", "renamed", "id", "ngo", "third-sector"),
        ("member", "igla", "changed", "sector", "ngo", "third-sector"),
        ("member", "zolw", "changed", "sector", "ngo", "third-sector"),
        ("inquiry", "2025-01-02-abc", "changed", "sector", "ngo", "third-sector"),
    ]
    assert changed_lines(path, before) == [
        "- [sectors.ngo]", "+ [sectors.third-sector]",
        '- sector = "ngo" # so they say', '+ sector = "third-sector" # so they say',
        '- sector = "ngo"', '+ sector = "third-sector"', '- sector = "ngo"', '+ sector = "third-sector"',
    ]  # fmt: skip
    assert pkes("sectors", "rename", "third-sector", "ngo").status == 0
    assert path.read_text(encoding="utf-8") == before


def test_a_sector_is_named_by_its_label_too(registry, pkes):
    assert pkes("sectors", "rename", "Organizacje Pozarzadowe", "third").status == 0
    assert "[sectors.third]" in registry.read_text(encoding="utf-8")


def test_rename_to_itself_changes_nothing(registry, pkes):
    assert pkes("sectors", "rename", "ngo", "ngo") == (0, "", "pkes: nothing is changed: it is so already\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["ngo", "law"], 'the id "law" is taken\n', id="taken"),
        pytest.param(["ngo", "L w"], "NEW: an id has only a-z", id="no id"),
        pytest.param(["ngo", ""], "NEW: empty", id="empty"),
        pytest.param(["ngp", "third"], 'unknown sector "ngp" (did you mean "ngo"?)\n', id="unknown"),
        pytest.param(["ngo"], "NEW is missing", id="no new id"),
    ],
)
def test_rename_refuses(spare, pkes, arguments, says):
    before = spare.read_bytes()
    ran = pkes("sectors", "rename", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"pkes: {says}")
    assert spare.read_bytes() == before


def test_remove_takes_a_sector_that_nobody_is_of(spare, pkes):
    ran = pkes("sectors", "remove", "law")
    assert (ran.status, ran.err) == (0, "pkes: 1 comment was removed with it\n")
    assert ran.out.splitlines()[1].startswith("sector\tlaw\tremoved\t\t{")
    assert spare.read_text(encoding="utf-8") == REGISTRY


@pytest.mark.parametrize(
    ("inquiry", "uses", "shown"),
    [
        pytest.param("", "2 members", ["pkes list -s ngo --status all"], id="members"),
        pytest.param(
            'sector = "ngo"\n', "2 members, 1 inquiry",
            ["pkes list -s ngo --status all", "pkes inquiry list -s ngo --status all"], id="and-inquiries",
        ),
    ],
)  # fmt: skip
def test_remove_refuses_a_sector_in_use(write_registry, pkes, inquiry, uses, shown):
    path = write_registry(REGISTRY + inquiry)
    pkes("leave", "zolw", "--on", "2020")
    before = path.read_bytes()
    for options in ([], ["--dry-run"]):
        ran = pkes("sectors", "remove", "ngo", *options)
        first, *below = ran.err.splitlines()
        assert (ran.status, ran.out) == (2, "")
        assert first == f'pkes: the sector "ngo" is in use and cannot be removed: {uses}'
        assert below == [f'"{command}" shows them' for command in shown]
    assert path.read_bytes() == before
    for command in shown:
        assert pkes(*command.split()[1:]).out.count("\n") > 1


def test_remove_refuses_a_sector_of_inquiries_alone(spare, pkes):
    spare.write_text(spare.read_text(encoding="utf-8") + 'sector = "law"\n', encoding="utf-8")
    ran = pkes("sectors", "remove", "law")
    assert ran.status == 2
    assert ran.err == (
        'pkes: the sector "law" is in use and cannot be removed: 1 inquiry\n'
        '"pkes inquiry list -s law --status all" shows them\n'
    )


def test_remove_of_an_unknown_sector(registry, pkes):
    assert pkes("sectors", "remove", "law") == (2, "", 'pkes: unknown sector "law"\nit can be: ngo (NGOs)\n')


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["add", "law", "--pl", "prawo", "--en", "NGOs"], id="added"),
        pytest.param(["add", "law", "--pl", "prawo", "--en", "Organizacje Pozarzadowe"], id="of another language"),
        pytest.param(["edit", "science", "--en", "ngos"], id="edited"),
    ],
)
def test_a_label_of_another_sector_is_refused(write_registry, pkes, arguments):
    path = write_registry(REGISTRY + '\n[sectors.science]\npl = "nauka"\nen = "science"\n')
    before = path.read_text(encoding="utf-8")
    ran = pkes("sectors", *arguments)
    assert (ran.status, ran.out, ran.err) == (2, "", 'pkes: en: it is a label of the sector "ngo" too\n')
    assert path.read_text(encoding="utf-8") == before


def test_a_sector_may_keep_its_own_label(spare, pkes):
    assert pkes("sectors", "edit", "law", "--en", "prawo").status == 0


def test_a_label_of_two_sectors_is_refused_with_both_and_found_by_a_check(write_registry, pkes):
    write_registry(REGISTRY + '\n[sectors.third]\npl = "organizacje"\nen = "ngos"\n')
    ran = pkes("list", "-s", "NGOs")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith('pkes: several sectors are called "NGOs" (did you mean "ngo" or "third"?)\n')
    assert pkes("list", "-s", "ngo").status == 0
    found = [line for line in pkes("check").out.splitlines() if "label-twice" in line]
    assert [line.split("label-twice ")[1] for line in found] == [
        'sector ngo, en: it is a label of the sector "third" too',
        'sector third, en: it is a label of the sector "ngo" too',
    ]
