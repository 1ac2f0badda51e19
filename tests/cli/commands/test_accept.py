"""`pkes inquiry accept`: the member is made, both are linked, and the inquiry is closed in one write."""

import json
import os

import pytest

from tests.cli.dialogue import Dialogue
from tests.cli.registry_with_inquiries import ACCEPTED, ANSWERED, NEW, REGISTRY
from tests.cli.registry_with_members import changed_lines, changes

MADE = """\
[members.nic]
name = "Stowarzyszenie Nić"
sector = "ngo"
joined = 2025-03-01
town = "Krosno"
contact_person = "Anna Nowa"
email = "nic@example.org"
inquiry = "2025-02-20-new"
"""


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def members(pkes):
    return {member["id"]: member for member in json.loads(pkes("list", "--json").out)}


def set_fields(member):
    return {name: value for name, value in member.items() if value not in (None, [])}


def test_one_new_record_and_the_fields_that_changed(registry, pkes):
    ran = pkes("inquiry", "accept", "nić")
    assert (ran.status, ran.err) == (0, "")
    lines = changed_lines(registry, REGISTRY)
    assert lines == [
        *(f"+ {line}" for line in ["", *MADE.splitlines()][1:]), "+ ",
        '- status = "new"', '+ status = "accepted"', "+ answered = 2025-03-01", "+ closed = 2025-03-01",
        '+ member = "nic"',
    ]  # fmt: skip
    assert f"\n\n{MADE}\n# the last one\n[members.zolw]" in registry.read_text(encoding="utf-8")
    assert pkes("check").status == 0


def test_the_changes_as_json(registry, pkes):
    added, *changed = changes(pkes("inquiry", "accept", NEW, "--json"))
    assert (added["kind"], added["id"], added["action"], added["field"], added["old"]) == (
        "member", "nic", "added", None, None,
    )  # fmt: skip
    assert set_fields(added["new"]) == {
        "id": "nic", "name": "Stowarzyszenie Nić", "sector": "ngo", "joined": "2025-03-01", "town": "Krosno",
        "contact_person": "Anna Nowa", "email": "nic@example.org", "inquiry": NEW,
    }  # fmt: skip
    assert [(one["kind"], one["id"], one["field"], one["old"], one["new"]) for one in changed] == [
        ("inquiry", NEW, "status", "new", "accepted"),
        ("inquiry", NEW, "answered", None, "2025-03-01"),
        ("inquiry", NEW, "closed", None, "2025-03-01"),
        ("inquiry", NEW, "member", None, "nic"),
    ]


def test_what_is_assigned_wins(registry, pkes):
    given = ["name=Fundacja Nitka", "sector=nauka", "joined=2025", "town=", "tags=a; b", "offers+=szycie"]
    assert pkes("inquiry", "accept", NEW, *given).status == 0
    assert set_fields(members(pkes)["nitka"]) == {
        "id": "nitka", "name": "Fundacja Nitka", "sector": "science", "joined": "2025",
        "contact_person": "Anna Nowa", "email": "nic@example.org", "offers": ["szycie"], "tags": ["a", "b"],
        "inquiry": NEW,
    }  # fmt: skip


def test_an_answered_one_keeps_its_day_and_gets_what_it_lacks(registry, pkes):
    ran = pkes("inquiry", "accept", "Pytany", "name=Nitka", "sector=ngo", "--on", "2025-02-14", "--id", "n-1")
    assert ran.status == 0
    lines = changed_lines(registry, REGISTRY)
    assert [line for line in lines if "answered =" in line] == []
    assert "+ closed = 2025-02-14" in lines
    assert "+ joined = 2025-02-14" in lines
    assert '+ phone = "+48 22 123 45 67"' in lines
    assert '+ member = "n-1"' in lines


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param([], "name=…, sector=… are missing", id="name and sector"),
        pytest.param(["sector=ngo"], "name=… is missing", id="name"),
        pytest.param(["name=Nitka"], "sector=… is missing", id="sector"),
        pytest.param(["name=N", "sector=ngo", "nam=x"], 'unknown field "nam" (did you mean "name"', id="no such field"),
        pytest.param(["name=N", "sector=ngo", "status=new"], 'unknown field "status"', id="field of the inquiry"),
        pytest.param(["name=N", "sector=ngo", "--id", "N"], "id: an id has only a-z", id="wrong id"),
        pytest.param(["name=N", "sector=ngo", "--id", ""], "id: empty", id="empty id"),
        pytest.param(["name=N", "sector=ngo", "--id", "igla"], 'the id "igla" is taken', id="taken id"),
        pytest.param(["name=Igła", "sector=ngo"], 'the id "igla" is taken', id="taken by the name"),
        pytest.param(["name=…", "sector=ngo"], "the name gives no id", id="name without letters"),
        pytest.param(["name=N", "sector=ngo", "--on", "2025-02-11"], 'closed: it is before "answered"', id="early"),
        pytest.param(["name=N", "sector=ngo", "left=2024"], 'left: it is before "joined"', id="left early"),
    ],
)
def test_accept_refuses(registry, pkes, arguments, says):
    ran = pkes("inquiry", "accept", ANSWERED, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_a_taken_id_names_the_way_out(registry, pkes):
    ran = pkes("inquiry", "accept", ANSWERED, "name=Igła", "sector=ngo")
    assert ran.err == (
        "pkes: warning: it seems to be on record already:\n  igla  Igła\n"
        'pkes: the id "igla" is taken\nchoose another with --id\n'
    )


@pytest.mark.parametrize(
    ("given", "ids", "warning"),
    [
        pytest.param(["name=Żółw", "--id", "zolw-2"], ("zolw", "zolw-2"), "has the same name", id="name"),
        pytest.param(["email=ZOLW@example.org"], ("zolw", "nic"), "has the same e-mail address", id="e-mail"),
    ],
)
def test_one_that_seems_to_be_on_record_needs_an_answer(registry, pkes, given, ids, warning):
    ran = pkes("inquiry", "accept", NEW, *given)
    assert (ran.status, ran.out) == (2, "")
    said, missing = ran.err.splitlines()
    assert said.startswith("pkes: warning: member ")
    assert said.endswith(warning)
    assert all(id in said for id in ids)
    assert missing == "pkes: --yes is missing"
    assert registry.read_text(encoding="utf-8") == REGISTRY
    ran = pkes("inquiry", "accept", NEW, *given, "--yes")
    assert (ran.status, ran.err) == (0, f"{said}\n")


def test_a_tax_number_of_another_is_refused_whatever_is_answered(write_registry, pkes):
    text = REGISTRY.replace('name = "Igła"\n', 'name = "Igła"\nnip = "1234563218"\n')
    path = write_registry(text)
    assert pkes("inquiry", "accept", NEW, "nip=123-456-32-18", "-y")[:2] == (2, "")
    assert path.read_text(encoding="utf-8") == text


def test_one_is_accepted_once_and_again_after_its_member_is_removed(registry, pkes):
    assert pkes("inquiry", "accept", ACCEPTED, "name=Nitka", "sector=ngo").status == 2
    assert pkes("remove", "zolw", "-y").status == 0
    assert pkes("inquiry", "reopen", ACCEPTED).status == 0
    assert pkes("inquiry", "accept", ACCEPTED, "name=Nitka", "sector=ngo").status == 0
    assert members(pkes)["nitka"]["inquiry"] == ACCEPTED


def test_the_member_tells_where_it_came_from(registry, pkes, terminal):
    pkes("inquiry", "accept", NEW)
    assert f"\ninquiry\t{NEW}\n" in pkes("show", "nić").out
    seen = terminal("show", "nić")
    assert "The inquiry it came from" in seen
    assert "Received      2025-02-20" in seen


# On a terminal.


def test_what_is_missing_is_asked_for(registry):
    dialogue = Dialogue("inquiry", "accept", ANSWERED, "town=Łańcut")
    dialogue.answer("Name: ", "")
    dialogue.answer("Name: ", "Nitka")
    dialogue.answer("Sector, by number or name: ", "nouka")
    assert 'unknown sector "nouka"' in dialogue.answer("Sector, by number or name: ", "Nauka")
    shown = dialogue.answer("Save it? [Y/n] ", "")
    assert "+ member nitka" in shown
    said, status = dialogue.end()
    assert status == 0
    assert said == shown
    text = registry.read_text(encoding="utf-8")
    assert '[members.nitka]\nname = "Nitka"\nsector = "science"\njoined = 2025-03-01\ntown = "Łańcut"\n' in text


@pytest.mark.parametrize(
    ("given", "question", "answer"),
    [
        pytest.param(["name=Nitka"], "Sector, by number or name: ", "1", id="sector"),
        pytest.param(["name=Nitka", "sector=ngo", "--id", "igla"], "[igla-2]: ", "igle", id="id"),
    ],
)
def test_what_was_asked_for_is_not_written_on_a_no(registry, given, question, answer):
    dialogue = Dialogue("inquiry", "accept", ANSWERED, *given)
    dialogue.answer(question, answer)
    assert "+ member " in dialogue.answer("Save it? [Y/n] ", "n")
    assert dialogue.end() == ("pkes: nothing was changed\n", 0)
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_a_name_that_differs_by_a_letter_is_asked_about(registry):
    dialogue = Dialogue("inquiry", "accept", NEW, "name=Fundacja Żółwi")
    assert "  zolw  " in dialogue.answer("Add it all the same? [y/N] ", "")
    assert dialogue.end() == ("pkes: nothing was changed\n", 0)
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_yes_asks_nothing(registry):
    assert Dialogue("inquiry", "accept", ANSWERED, "name=Nitka", "--yes").end() == ("pkes: sector=… is missing\n", 2)


def test_nothing_is_asked_where_nothing_is_missing(registry):
    said, status = Dialogue("inquiry", "accept", NEW).end()
    assert (status, "?" in said) == (0, False)


def test_another_id_is_offered_and_the_likeness_asked_about(registry):
    dialogue = Dialogue("inquiry", "accept", NEW, "name=Żółw")
    dialogue.answer("Its id (zolw is taken) [zolw-2]: ", "")
    said = dialogue.answer("Add it all the same? [y/N] ", "")
    assert '"zolw" has the same name' in said
    assert dialogue.end() == ("pkes: nothing was changed\n", 0)
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_an_inquiry_taken_meanwhile_is_refused(registry, pkes):
    dialogue = Dialogue("inquiry", "accept", NEW, "name=Żółw", "--id", "zolw-2")
    dialogue.read_to("[y/N] ")
    assert pkes("inquiry", "decline", NEW).status == 0
    between = registry.read_text(encoding="utf-8")
    os.write(dialogue.ours, b"y\n")
    said, status = dialogue.end()
    assert status == 5
    assert "somebody else changed it meanwhile" in said
    assert registry.read_text(encoding="utf-8") == between


def test_a_closed_one_is_refused_before_anything_is_asked(registry):
    said, status = Dialogue("inquiry", "accept", ACCEPTED).end()
    assert status == 2
    assert said == f'pkes: {ACCEPTED}: "accept" is no step for an inquiry that is accepted\nsteps from there: none\n'
