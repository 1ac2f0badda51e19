"""Many at once: several names, or the filters of a list, and one write of all or nothing."""

import json

import pytest

from tests.cli.dialogue import Dialogue
from tests.cli.registry_with_inquiries import REGISTRY as INQUIRIES
from tests.registries import REGISTRY, with_member

MEMBERS = REGISTRY
for id, more in {
    "nitka": {"town": "Krosno", "tags": ["szycie"]},
    "dratwa": {"town": "Krosno"},
    "zolw": {"town": "Jasło"},
    "dawna": {"town": "Krosno", "left": "2015"},
}.items():
    MEMBERS = with_member(MEMBERS, id, **more)


@pytest.fixture
def registry(write_registry):
    return write_registry(MEMBERS)


def changed(ran):
    """Return the id, field and new value of each change."""
    assert ran.status == 0, ran.err
    return [(one["id"], one["field"], one["new"]) for one in json.loads(ran.out)]


def said_of(path):
    return path.read_text(encoding="utf-8")


# edit


def test_several_names_get_the_same(registry, pkes):
    ran = pkes("edit", "nitka", "ZOLW", "nitka", "town=Rzeszów", "tags+=x", "--json")
    assert changed(ran) == [
        ("nitka", "town", "Rzeszów"),
        ("nitka", "tags", ["szycie", "x"]),
        ("zolw", "town", "Rzeszów"),
        ("zolw", "tags", ["x"]),
    ]
    assert ran.err == ""


def test_filters_take_the_place_of_names(registry, pkes):
    ran = pkes("edit", "--town", "krosno", "tags+=x", "--json", "-y")
    assert changed(ran) == [("dratwa", "tags", ["x"]), ("nitka", "tags", ["szycie", "x"])]
    assert ran.err == "pkes: 2 members fit\n"


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (["--town", "Krosno", "--status", "all"], ["dawna", "dratwa", "nitka"]),
        (["--status", "former"], ["dawna"]),
        (["--with", "tags"], ["nitka"]),
        (["--without", "town"], ["igla"]),
        (["--tags", "szycie"], ["nitka"]),
        (["--sector", "ngo", "--town", "Jasło"], ["zolw"]),
        (["-q", "drat"], ["dratwa"]),
    ],
)
def test_each_filter_of_the_list(registry, pkes, filters, ids):
    ran = pkes("edit", *filters, "county=x", "--dry-run", "--json")
    assert [id for id, _field, _new in changed(ran)] == ids
    assert said_of(registry) == MEMBERS


@pytest.mark.parametrize(
    "arguments",
    [
        ["tags+=x"],
        ["--status", "all", "tags+=x"],
        ["-q", "", "tags+=x"],
        ["-q", " ", "--status", "all", "tags+=x"],
        [],
        ["nitka", "zolw"],
        ["--town", "Krosno"],
        ["nitka", "--town", "Krosno", "tags+=x"],
        ["nitka", "zolw", "town=x", "dratwa"],
        ["nitka", "zolw", "erased=2025-01-01"],
        ["nitka", "zolw", "name="],
    ],
)
def test_what_does_not_say_whom_or_what_is_refused(registry, pkes, arguments):
    ran = pkes("edit", *arguments, "-y")
    assert (ran.status, ran.out, said_of(registry)) == (2, "", MEMBERS)


def test_filters_ask_once_and_names_do_not(registry):
    dialogue = Dialogue("edit", "--town", "Krosno", "tags+=szycie")
    said = dialogue.answer("Change 1 member? [y/N] ", "n")
    assert "2 members fit" in said
    assert "dratwa" in said
    assert dialogue.end() == ("pkes: nothing was changed\n", 0)
    assert said_of(registry) == MEMBERS
    said, status = Dialogue("edit", "nitka", "dratwa", "tags+=szycie").end()
    assert (status, "?" in said) == (0, False)


def test_off_a_terminal_filters_want_yes(registry, pkes):
    ran = pkes("edit", "--town", "Krosno", "tags+=x")
    assert (ran.status, ran.out, said_of(registry)) == (2, "", MEMBERS)
    assert "--yes" in ran.err


def test_who_does_not_fit_is_said(registry, pkes):
    assert pkes("edit", "--town", "Gdańsk", "tags+=x") == (0, "", "pkes: no member fits\n")
    assert pkes("edit", "--town", "Gdańsk", "tags+=x", "--json").out == "[]\n"
    ran = pkes("edit", "--town", "Krosno", "town=Krosno")
    assert (ran.status, ran.out) == (0, "")
    assert "nothing is changed" in ran.err


def test_it_is_all_or_nothing(registry, pkes):
    ran = pkes("edit", "nitka", "nobody", "town=x")
    assert (ran.status, ran.out, said_of(registry)) == (4, "", MEMBERS)


# leave


def test_several_leave(registry, pkes):
    ran = pkes("leave", "nitka", "zolw", "--on", "2025-02", "--json")
    assert changed(ran) == [("nitka", "left", "2025-02"), ("zolw", "left", "2025-02")]


def test_none_leaves_with_the_coordinator(registry, pkes):
    ran = pkes("leave", "nitka", "igla")
    assert (ran.status, ran.out, said_of(registry)) == (2, "", MEMBERS)


# inquiries


@pytest.fixture
def inquiries(write_registry):
    return write_registry(INQUIRIES)


def test_inquiries_are_edited_by_the_filters_of_their_list(inquiries, pkes):
    ran = pkes("inquiry", "edit", "--status", "open", "assigned_to=Ewa", "--json", "-y")
    assert changed(ran) == [("2025-02-10-ans", "assigned_to", "Ewa"), ("2025-02-20-new", "assigned_to", "Ewa")]
    assert ran.err == "pkes: 2 inquiries fit\n"
    assert changed(pkes("inquiry", "edit", "nowa", "pytany", "assigned_to=Jan", "--json"))[0][2] == "Jan"
    assert pkes("inquiry", "edit", "--overdue", "town=x", "-y", PKES_TODAY="2025-03-20").err == (
        "pkes: 1 inquiry fits\n"
    )
    assert pkes("inquiry", "edit", "-q", "nobody", "town=x", "-y") == (0, "", "pkes: no inquiry fits\n")
    assert pkes("inquiry", "edit", "town=x", "-y").status == 2


def test_the_question_counts_inquiries(inquiries):
    dialogue = Dialogue("inquiry", "edit", "--status", "open", "assigned_to=Ewa")
    dialogue.answer("Change 2 inquiries? [y/N] ", "n")
    assert dialogue.end()[1] == 0


@pytest.mark.parametrize("step", ["close", "decline", "withdraw"])
def test_several_inquiries_take_a_step(inquiries, pkes, step):
    ran = pkes("inquiry", step, "2025-02-20-new", "2025-02-10-ans", "--json")
    assert {id for id, _field, _new in changed(ran)} == {"2025-02-20-new", "2025-02-10-ans"}


def test_all_that_cannot_take_a_step_are_named_and_none_does(inquiries, pkes):
    ran = pkes("inquiry", "answer", "2025-02-10-ans", "2025-02-20-new", "2025-01-05-acc")
    assert (ran.status, ran.out, said_of(inquiries)) == (2, "", INQUIRIES)
    for id in ("2025-02-10-ans", "2025-01-05-acc"):
        assert f'{id}: "answer" is no step for an inquiry that is ' in ran.err


# All that is wrong with a command is said.


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        pytest.param(
            ["add", "Foo", "-s", "ngo", "--id", "-x", "--nip", "1"], 2, ["nip: ", "id: "], id="values and an id"
        ),
        pytest.param(
            ["inquiry", "add", "--email", "a"], 2, ["email: ", "--name / --person is missing"], id="an inquiry"
        ),
        pytest.param(
            ["inquiry", "add"], 2, ["--name / --person, --email / --phone are missing"], id="an inquiry of nobody"
        ),
        pytest.param(
            ["list", "-s", "zzz", "--fields", "qq,ww", "--sort", "ee", "--status", "xx", "--with", "aa", "--on", "x"],
            2, ['"qq"', '"ww"', '"ee"', '"zzz"', '"xx"', '"aa"', "--on: "], id="a list",
        ),
        pytest.param(
            ["inquiry", "list", "--fields", "qq", "-s", "zzz", "--status", "xx"], 2, ['"qq"', '"zzz"', '"xx"'],
            id="a list of inquiries",
        ),
        pytest.param(
            ["export", "--fields", "qq", "--sort", "ww", "-s", "zz", "-f", "yy", "--on", "x"], 2,
            ['"yy"', '"qq"', '"ww"', '"zz"', "--on: "], id="an export",
        ),
        pytest.param(
            ["edit", "nitka", "nobody", "blah=1", "phone=2"], 4, ['"nobody"', '"blah"', "phone: "], id="an edit"
        ),
        pytest.param(["edit", "nobody", "blah=1"], 4, ['"nobody"', '"blah"'], id="an edit of nobody"),
        pytest.param(["leave", "nitka", "zzz", "yyy", "--on", "x"], 4, ["--on: ", '"zzz"', '"yyy"'], id="leave"),
        pytest.param(
            ["inquiry", "close", "a", "b", "--on", "x"], 4, ["--on: ", "no such inquiry", "no such inquiry"], id="close"
        ),
        pytest.param(
            ["privacy", "erase", "nobody", "nitka", "noone"], 4,
            ["no such member or inquiry", "no such member or inquiry"], id="erase",
        ),
        pytest.param(["report", "--from", "x", "--to", "y"], 2, ["--from: ", "--to: "], id="a report"),
        pytest.param(["history", "--field", "telefn", "--since", "x"], 2, ["--since: ", '"telefn"'], id="history"),
        pytest.param(["rename", "nobody", "X Y"], 4, ['"nobody"', "NEW-ID: "], id="rename"),
        pytest.param(
            ["sectors", "add", "X Y", "--pl", "", "--en", ""], 2, ["ID: ", "--pl, --en are missing"], id="a sector"
        ),
    ],
)  # fmt: skip
def test_all_that_is_wrong_with_a_command_is_said(registry, pkes, words, status, said):
    before = registry.read_bytes()
    ran = pkes(*words)
    assert (ran.status, ran.out) == (status, "")
    faults = [line for line in ran.err.splitlines() if line.startswith("pkes: ")]
    assert len(faults) == len(said), ran.err
    assert all(one in line for one, line in zip(said, faults, strict=True)), ran.err
    assert registry.read_bytes() == before


def test_a_way_out_that_several_faults_have_is_said_once(registry, pkes):
    assert pkes("leave", "zzz", "yyy").err == (
        'pkes: no member "zzz"\npkes: no member "yyy"\n"pkes list --status all" shows them all\n'
    )
