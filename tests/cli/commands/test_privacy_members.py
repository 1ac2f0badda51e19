"""The contacts of members: how long they are kept, and what erasure takes and leaves."""

import json

import pytest

from tests.cli.dialogue import Dialogue
from tests.cli.registry_with_persons import DECLINED
from tests.cli.registry_with_persons import REGISTRY as PERSONS
from tests.git.repositories import new_repository

HEAD = """\
format = 1

[cluster]
name = "Klaster"
coordinator = "igla"

[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"

[members.igla]
name = "Fundacja Igła"
sector = "ngo"
email = "biuro@example.org"

"""
NITKA = """\
# since the first meeting
# ask for Jan Zych
[members.nitka]
name = "Nitka"
sector = "ngo" # as Jan Zych said
left = "2022-06"
town = "Krosno"
# the owner
contact_person = "Jan Zych"
email = "jan@example.org" # private
phone = "+48 13 446 00 00"
notes = [
    "2021-02-03 o targach", # he called
]
reminders = ["2021-03-01 oddzwonić"]
colour = "red"
"""
ERASED = """\
# since the first meeting
[members.nitka]
name = "Nitka"
sector = "ngo"
left = "2022-06"
town = "Krosno"
erased = 2025-03-01
colour = "red"
"""
TAKEN = ("contact_person", "email", "phone", "notes", "reminders")
REGISTRY = HEAD + NITKA


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def said_of(path):
    return path.read_text(encoding="utf-8")


# due


@pytest.mark.parametrize(("today", "due"), [("2024-06-30", []), ("2024-07-01", ["nitka"])])
def test_a_month_of_leaving_counts_to_its_last_day(registry, pkes, today, due):
    assert [one["id"] for one in json.loads(pkes("privacy", "due", "members", "--json", PKES_TODAY=today).out)] == due
    assert json.loads(pkes("status", "--json", PKES_TODAY=today).out)["contacts_due"] == due


def test_due_members_has_columns_of_its_own(registry, pkes):
    assert pkes("privacy", "due", "members")[:2] == (0, "id\tname\tleft\nnitka\tNitka\t2022-06\n")
    assert pkes("privacy", "due", "inquiries").out == "id\treceived\tclosed\tstatus\ttopic\n"
    assert pkes("privacy", "due", "members", PKES_LANG="pl").out == pkes("privacy", "due", "czlonkowie").out
    assert pkes("privacy", "due", "sectors").status == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('left = "2022-06"\n', "", id="current"),
        pytest.param('"2022-06"', '"once"', id="no date"),
        pytest.param('"2022-06"', "2026-01-01", id="leaves later"),
        pytest.param("[cluster]", "[policy]\ncontact_retention_months = 60\n\n[cluster]", id="policy"),
        pytest.param("[cluster]", "[policy]\ncontact_retention_months = 999999\n\n[cluster]", id="for ever"),
    ],
)
def test_a_contact_that_may_be_kept_is_not_due(write_registry, pkes, old, new):
    write_registry(REGISTRY.replace(old, new))
    assert pkes("privacy", "due", "members").out == "id\tname\tleft\n"


@pytest.mark.parametrize("field", TAKEN)
def test_one_field_that_is_set_is_enough(registry, pkes, field):
    others = [f"{name}=" for name in TAKEN if name != field]
    assert pkes("edit", "nitka", *others).status == 0
    assert "nitka" in pkes("privacy", "due", "members").out
    assert pkes("edit", "nitka", f"{field}=").status == 0
    assert "nitka" not in pkes("privacy", "due", "members").out


def test_status_shows_them(registry, pkes):
    assert "Contacts of former members, kept for as long as they may be:\n  nitka  2022-06\n" in pkes("status").out


# erase


def test_erase_takes_the_contact_and_leaves_the_organisation(registry, pkes):
    ran = pkes("privacy", "erase", "nitka", "-y")
    assert (ran.status, said_of(registry)) == (0, HEAD + ERASED)
    rows = "".join(f"member\tnitka\tchanged\t{field}\t\t\n" for field in TAKEN)
    assert ran.out == f"kind\tid\taction\tfield\told\tnew\n{rows}member\tnitka\tchanged\terased\t\t2025-03-01\n"
    assert "pkes: 5 comments were removed with it\n" in ran.err
    assert "elsewhere" not in ran.err
    assert pkes("check").status == 0


def test_a_dry_run_says_the_same(registry, pkes):
    dry = pkes("privacy", "erase", "nitka", "--dry-run", "--json")
    assert (dry.status, said_of(registry), "elsewhere" in dry.err) == (0, REGISTRY, False)
    assert dry.out == pkes("privacy", "erase", "nitka", "-y", "--json").out


def test_twice_is_once(registry, pkes):
    assert pkes("privacy", "erase", "nitka", "-y").status == 0
    assert pkes("privacy", "erase", "nitka", PKES_TODAY="2025-05-05") == (
        0,
        "",
        "pkes: nothing is changed: it is so already\n",
    )
    assert pkes("edit", "nitka", "email=ewa@example.org").status == 0
    assert pkes("privacy", "erase", "nitka", "-y", PKES_TODAY="2025-05-05").status == 0
    assert said_of(registry) == HEAD + ERASED.replace("2025-03-01", "2025-05-05")


def test_only_erasure_sets_the_day(registry, pkes):
    ran = pkes("edit", "nitka", "erased=2025-01-01")
    assert (ran.status, "erased" in ran.err) == (2, True)


def test_of_a_current_member_the_question_says_so(write_registry):
    write_registry(REGISTRY.replace('left = "2022-06"\n', ""))
    dialogue = Dialogue("privacy", "erase", "nitka")
    dialogue.answer('"nitka" is a current member. Erase the contact and the notes of 1 member? [y/N] ', "n")
    assert dialogue.end() == ("pkes: nothing was changed\n", 0)


def test_due_takes_both_and_asks_with_both_counts(write_registry):
    path = write_registry(f"{PERSONS}\n{NITKA}")
    dialogue = Dialogue("privacy", "erase", "--due")
    question = "Erase the personal data of 2 inquiries and the contact and the notes of 1 member? [y/N] "
    dialogue.answer(question, "y")
    assert dialogue.end()[1] == 0
    assert said_of(path).count("erased = 2025-03-01") == 3


def test_a_word_that_finds_both_is_not_guessed_at(write_registry, pkes):
    path = write_registry(f"{PERSONS}\n{NITKA}".replace('"Pracownia Łąckich"', '"Pracownia Nitka i Nić"'))
    before = said_of(path)
    ran = pkes("privacy", "erase", "nitk", "-y")
    assert (ran.status, ran.out, said_of(path)) == (4, "", before)
    assert ran.err == (
        "pkes: 2 records fit; an id names one of them:\n"
        "pkes:   nitka           Nitka\n"
        f"pkes:   {DECLINED}  join, Brzozów\n"
    ).replace("pkes:   ", "  ")
    assert pkes("privacy", "erase", "NITKA", "-y").status == 0
    assert "Pracownia" in said_of(path)


def test_who_is_nobody_is_not_repeated(registry, pkes):
    ran = pkes("privacy", "erase", "Zofia Nikt", "-y")
    assert (ran.status, "Zofia" in ran.err) == (4, False)


def test_other_places_are_named_and_stay(write_registry, pkes):
    path = write_registry(REGISTRY.replace('"biuro@example.org"', '"jan@example.org"'))
    ran = pkes("privacy", "erase", "nitka", "-y")
    assert "it is held elsewhere, too: registry.toml:14: member igla, email" in ran.err
    assert 'email = "jan@example.org"' in said_of(path)


def test_a_report_has_the_notes_of_whoever_is_asked_for(registry, pkes):
    fields = [line.split("\t")[2] for line in pkes("privacy", "report", "jan zych").out.splitlines()[1:]]
    assert [field for field in fields if field] == list(TAKEN)


# undo


@pytest.fixture
def saved(tmp_path, monkeypatch):
    """The registry in a repository, saved."""
    git = new_repository(tmp_path / "repository", monkeypatch)
    monkeypatch.chdir(git.folder)
    git.write("registry.toml", REGISTRY)
    git.commit("Begin")
    return git.registry


def test_an_erasure_is_not_undone(saved, pkes):
    pkes("privacy", "erase", "nitka", "-y")
    for is_saved in (False, True):
        if is_saved:
            assert pkes("save").status == 0
        before = said_of(saved)
        ran = pkes("undo", *(["HEAD"] if is_saved else []), "-y")
        assert (ran.status, ran.out, said_of(saved)) == (2, "", before)
        assert "member nitka: its personal data was erased, and stays so" in ran.err


def test_what_came_with_an_erasure_is_undone_alone(saved, pkes):
    pkes("privacy", "erase", "nitka", "-y")
    pkes("edit", "nitka", "town=Jasło", "county=jasielski")
    pkes("save")
    ran = pkes("undo", "HEAD", "-y")
    assert (ran.status, said_of(saved)) == (1, HEAD + ERASED)
    assert "Zych" not in ran.out + ran.err


def test_a_renamed_member_stays_erased(saved, pkes):
    pkes("privacy", "erase", "nitka", "-y")
    pkes("save")
    pkes("rename", "nitka", "nic")
    pkes("save")
    ran = pkes("undo", "HEAD~1", "-y")
    assert (ran.status, said_of(saved)) == (2, HEAD + ERASED.replace("members.nitka", "members.nic"))


def test_a_second_erasure_of_the_same_day_stays(saved, pkes):
    pkes("privacy", "erase", "nitka", "-y")
    pkes("save")
    pkes("edit", "nitka", "contact_person=Ewa Nowa", "email=ewa@example.org")
    pkes("save")
    pkes("privacy", "erase", "nitka", "-y")
    pkes("save")
    pkes("edit", "nitka", "phone=13 446 11 11")
    pkes("save")
    for revision in ("HEAD~1", "HEAD~3"):
        assert pkes("undo", revision, "-y").status == 2
    assert "Ewa" not in said_of(saved)


def test_what_was_put_on_record_since_can_be_taken_back(saved, pkes):
    pkes("privacy", "erase", "nitka", "-y")
    pkes("edit", "nitka", "contact_person=Ewa Nowa", "email=ewa@example.org")
    pkes("save")
    wanted = said_of(saved)
    pkes("edit", "nitka", "email=")
    assert pkes("undo", "-y").status == 0
    assert said_of(saved) == wanted


def test_form_alone_of_an_erased_member_is_taken_back(saved, pkes):
    pkes("privacy", "erase", "nitka", "-y")
    pkes("save")
    wanted = said_of(saved).replace('town = "Krosno"', "town   =   'Krosno'")
    saved.write_text(wanted, encoding="utf-8")
    pkes("save")
    assert pkes("fmt").status == 0
    assert pkes("undo", "-y").status == 0
    assert said_of(saved) == wanted


def test_a_member_without_a_contact_has_nothing_to_erase(write_registry, pkes):
    path = write_registry(
        'format = 1\n[cluster]\nname = "K"\n[sectors.s]\npl = "S"\n[members.a]\nname = "A"\nsector = "s"\n'
    )
    before = path.read_bytes()
    ran = pkes("privacy", "erase", "a", "--dry-run")
    assert (ran.status, ran.out) == (0, "")
    assert "nothing would be changed: it is so already" in ran.err
    ran = pkes("privacy", "erase", "a")
    assert (ran.status, ran.out, path.read_bytes()) == (0, "", before)


def test_what_is_due_has_its_own_columns_on_a_terminal(registry, terminal):
    seen = terminal("privacy", "due", "members")
    assert "2022-06" in seen
    assert "--fields" not in seen
