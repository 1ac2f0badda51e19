"""`pkes privacy erase` in the file; what git holds is in `test_privacy_git.py`."""

import json

import pytest

from tests.cli.dialogue import Dialogue
from tests.cli.registry_with_persons import (
    ACCEPTED,
    COMMENTS,
    DECLINED,
    EMAIL,
    ERASED,
    OPEN,
    PERSON,
    PHONE,
    RECENT,
    REGISTRY,
    tells,
)

HEADER = "kind\tid\taction\tfield\told\tnew\n"
QUESTION = "Erase the personal data of 1 inquiry? [y/N] "
TAKEN = ("name", "person", "email", "phone", "town", "message", "assigned_to", "reason")


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def said_of(path):
    return path.read_text(encoding="utf-8")


def test_erase_leaves_the_statistics_and_names_the_other_places(registry, pkes):
    ran = pkes("privacy", "erase", DECLINED, "-y")
    start, end = REGISTRY.index(COMMENTS[0]), REGISTRY.index(f"[inquiries.{ACCEPTED}]")
    assert said_of(registry) == REGISTRY[:start] + ERASED + REGISTRY[end:]
    assert ran.status == 0
    rows = [f"inquiry\t{DECLINED}\tchanged\t{field}\t\t\n" for field in (*TAKEN, "erased", "notes", "guest")]
    assert ran.out == HEADER + "".join(rows).replace("erased\t\t", "erased\t\t2025-03-01")
    assert ran.err == (
        "pkes: 3 comments were removed with it\n"
        "pkes: warning: it is held elsewhere, too: registry.toml:16: member igla, contact_person\n"
        "pkes: warning: it is held elsewhere, too: registry.toml:21: member zolw, phone\n"
        "pkes: whoever was given the data is to be told of the erasure (GDPR, Art. 19)\n"
    )
    assert tells(ran.out, ran.err) == []


def test_after_erasure_grep_finds_nothing_and_check_no_error(registry, pkes):
    for id in ("igla", "zolw"):
        assert pkes("edit", id, "contact_person=", "phone=").status == 0
    ran = pkes("privacy", "erase", "--due", "-y")
    assert (ran.status, tells(ran.out, ran.err, said_of(registry))) == (0, [])
    assert "elsewhere" not in ran.err
    assert pkes("privacy", "report", PERSON).out.count("\n") == 1
    assert pkes("privacy", "due").out.count("\n") == 1
    assert pkes("check").status == 0


def test_the_changes_as_json_show_null_for_what_was(registry, pkes):
    found = json.loads(pkes("privacy", "erase", DECLINED, "-y", "--json").out)
    assert [one["field"] for one in found] == [*TAKEN, "erased", "notes", "guest"]
    assert all(one["old"] is None for one in found)
    assert {one["field"]: one["new"] for one in found if one["new"]} == {"erased": "2025-03-01"}


def test_a_terminal_shows_no_value_that_was_either(registry, terminal):
    said = terminal("privacy", "erase", DECLINED, "-y")
    assert tells(said) == []
    assert all(comment in said for comment in COMMENTS)
    assert PERSON not in said_of(registry)


def test_a_question_shows_whose_data_it_is_and_no_is_no(registry):
    dialogue = Dialogue("privacy", "erase", DECLINED)
    said = dialogue.answer(QUESTION, "n")
    assert all(f"the comment would be removed with it: {comment}\n" in said for comment in COMMENTS)
    assert ["Person", *PERSON.split(), "→", "—"] in [line.split() for line in said.splitlines()]
    assert dialogue.end() == ("pkes: nothing was changed\n", 0)
    assert said_of(registry) == REGISTRY


def test_yes_erases_and_shows_the_comments_once(registry):
    dialogue = Dialogue("privacy", "erase", DECLINED)
    dialogue.answer(QUESTION, "y")
    said, status = dialogue.end()
    assert (status, tells(said)) == (0, [])
    assert "removed with it" not in said
    assert "registry.toml:16: member igla, contact_person" in said
    assert ERASED in said_of(registry)


def test_a_comment_that_came_during_the_question_is_not_lost_unseen(registry):
    dialogue = Dialogue("privacy", "erase", DECLINED)
    dialogue.read_to("the tall one")
    text = REGISTRY.replace("# came to the fair\n", "# came to the fair\n# new words\n")
    registry.write_text(text, encoding="utf-8", newline="")
    dialogue.answer("[y/N] ", "y")
    said, _ = dialogue.end()
    assert "# new words" in said or "# new words" in said_of(registry)


def test_off_a_terminal_it_must_be_told_yes(registry, pkes):
    ran = pkes("privacy", "erase", DECLINED)
    assert (ran.status, ran.out) == (2, "")
    assert "pkes: --yes is missing\n" in ran.err
    assert said_of(registry) == REGISTRY


@pytest.mark.parametrize("options", [[], ["--json"], ["-y"]])
def test_a_dry_run_writes_nothing_and_asks_nothing(registry, pkes, options):
    before = registry.stat().st_mtime_ns
    dry = pkes("privacy", "erase", DECLINED, "--dry-run", *options)
    assert (dry.status, tells(dry.out, dry.err)) == (0, [])
    assert said_of(registry) == REGISTRY
    assert registry.stat().st_mtime_ns == before
    assert not registry.with_name(".registry.toml.lock").exists()
    assert dry.out == pkes("privacy", "erase", DECLINED, "-y", *options[:1]).out


def test_a_dry_run_on_a_terminal_asks_nothing(registry):
    said, status = Dialogue("privacy", "erase", "--due", "--dry-run").end()
    assert (status, "?" in said, tells(said)) == (0, False, [])
    assert said_of(registry) == REGISTRY


def test_all_that_are_due_are_erased_and_no_other(registry, pkes):
    assert pkes("privacy", "erase", "--due", "-y").status == 0
    text = said_of(registry)
    assert text.count("erased = 2025-03-01") == 2
    assert ("Otwarta" in text, "Świeży" in text, "# of the next" in text) == (True, True, False)


def test_several_are_named_by_part_and_counted_once(registry):
    dialogue = Dialogue("privacy", "erase", "zych", RECENT, ACCEPTED)
    dialogue.answer("Erase the personal data of 2 inquiries? [y/N] ", "y")
    assert dialogue.end()[1] == 0
    assert said_of(registry).count("erased = 2025-03-01") == 2


def test_nothing_due_changes_nothing(registry, pkes):
    ran = pkes("privacy", "erase", "--due", PKES_TODAY="2023-01-01")
    assert (ran.status, ran.out) == (0, "")
    assert "pkes: nothing is due\n" in ran.err
    assert pkes("privacy", "erase", "--due", "--json", PKES_TODAY="2023-01-01").out == "[]\n"
    assert said_of(registry) == REGISTRY


def test_an_open_one_is_closed_first(registry, pkes):
    for arguments in ([OPEN], [DECLINED, OPEN], ["--due", "otwarta"]):
        ran = pkes("privacy", "erase", *arguments, "-y")
        assert (ran.status, ran.out) == (2, "")
        assert '"withdraw" or "decline" closes it' in ran.err
        assert "Otwarta" not in ran.err
        assert said_of(registry) == REGISTRY


def test_which_inquiry_is_to_be_said(registry, pkes):
    ran = pkes("privacy", "erase", "-y")
    assert (ran.status, ran.out, "INQUIRY" in ran.err, "--due" in ran.err) == (2, "", True, True)
    ran = pkes("privacy", "erase", "Anna Łąckańska", "-y")
    assert (ran.status, tells(ran.out, ran.err)) == (4, [])
    assert said_of(registry) == REGISTRY


def test_of_an_erased_one_what_is_left_goes_and_its_day_stays(registry, pkes):
    assert pkes("privacy", "erase", DECLINED, "-y").status == 0
    first = said_of(registry)
    assert pkes("privacy", "erase", DECLINED, PKES_TODAY="2025-09-09").status == 0  # there is nothing to ask
    assert said_of(registry) == first
    dirty = first.replace(
        "erased = 2025-03-01\n", 'erased = 2025-03-01 # it was hers\nnotes = ["Anna Łącka"]\nguest = 1\n'
    )
    registry.write_text(dirty, encoding="utf-8", newline="")
    ran = pkes("privacy", "erase", DECLINED, "-y", PKES_TODAY="2025-09-09")
    assert ran.out == HEADER + "".join(f"inquiry\t{DECLINED}\tchanged\t{one}\t\t\n" for one in ("notes", "guest"))
    assert ran.err == "pkes: 1 comment was removed with it\n"
    assert said_of(registry) == first


def test_a_comment_alone_is_taken_from_an_erased_one(registry, pkes):
    assert pkes("privacy", "erase", DECLINED, "-y").status == 0
    first = said_of(registry)
    registry.write_text(first.replace(f"{DECLINED}]", f"{DECLINED}] # Anna"), encoding="utf-8", newline="")
    assert pkes("privacy", "erase", DECLINED).status == 2
    ran = pkes("privacy", "erase", DECLINED, "-y")
    assert (ran.status, ran.out, ran.err) == (0, "", "pkes: 1 comment was removed with it\n")
    assert said_of(registry) == first


@pytest.mark.parametrize(
    "words", [{"PERSON": PERSON}, {"PERSON": EMAIL}, {"PERSON": PHONE}], ids=["person", "email", "phone"]
)
def test_another_inquiry_that_holds_them_is_named_by_line(write_registry, pkes, words):
    write_registry(REGISTRY.replace('"web"', f'"web"\nnotes = ["see {words["PERSON"]}"] # {words["PERSON"]}', 1))
    ran = pkes("privacy", "erase", DECLINED, "-y")
    text = (REGISTRY[: REGISTRY.index(COMMENTS[0])] + ERASED).count("\n")
    for what in ("notes", "a comment"):
        assert f"registry.toml:{text + 6}: inquiry {ACCEPTED}, {what}\n" in ran.err
    assert tells(ran.out, ran.err) == []


@pytest.mark.parametrize("where", [f"{DECLINED}] # the tall one", "members.igla]"], ids=["erased", "another"])
def test_a_key_that_is_a_name_is_not_told(write_registry, pkes, where):
    write_registry(REGISTRY.replace(where, f'{where}\n"{PERSON}" = true'))
    ran = pkes("privacy", "erase", DECLINED, "-y")
    assert (ran.status, tells(ran.out, ran.err)) == (0, [])
