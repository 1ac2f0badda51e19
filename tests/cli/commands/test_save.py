"""`pkes save` and `pkes undo` in real repositories."""

import json
import os

import pytest

from tests.cli.dialogue import Dialogue
from tests.conftest import SHIPPED
from tests.git.repositories import new_repository

TEXT = SHIPPED.read_text(encoding="utf-8")
WITH_INQUIRY = (
    TEXT
    + """
# from the fair
[inquiries.2025-01-01-abc]
received = 2025-01-01
name = "Fundacja Nić"
email = "nic@example.org"
channel = "email"
topic = "join"
status = "new"
lawful_basis = "art. 6 ust. 1 lit. f RODO"
"""
)


@pytest.fixture
def git(tmp_path, monkeypatch):
    """The shipped registry with a comment and an inquiry, saved."""
    git = new_repository(tmp_path / "repository", monkeypatch)
    monkeypatch.chdir(git.folder)
    git.write("registry.toml", WITH_INQUIRY)
    git.write(".gitignore", ".*.lock\n")
    git.commit("Begin")
    return git


def text(git):
    return git.registry.read_text(encoding="utf-8")


def test_save_says_what_it_saved(git, pkes):
    assert pkes("edit", "slady", "town=Rzeszów").status == 0
    ran = pkes("save")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.split(" ", 1)[1] == "Change stawiamy-slady (town)\n"
    assert git("log", "-1", "--format=%s") == "Change stawiamy-slady (town)"
    ran = pkes("save")
    assert (ran.status, ran.out, ran.err) == (0, "", "pkes: all is saved\n")


def test_save_with_a_message_of_ones_own(git, pkes):
    pkes("edit", "slady", "town=Rzeszów")
    assert pkes("save", "-m", "They moved").out.endswith(" They moved\n")


def test_save_without_a_repository(shipped, pkes):
    for command in ("save", "undo"):
        ran = pkes(command)
        assert (ran.status, ran.out) == (2, "")
        assert "git repository" in ran.err
        assert ran.err.endswith('"git init" in its folder makes one\n')


def test_no_to_a_repository_changes_nothing(shipped):
    asked = Dialogue("save")
    asked.read_to("There is no git repository here")
    asked.type("n")
    said, status = asked.end()
    assert ("nothing was changed" in said, status) == (True, 0)
    assert not (shipped.parent / ".git").exists()


@pytest.mark.parametrize(
    ("kept", "command"), [("MERGE_HEAD", "merge"), ("CHERRY_PICK_HEAD", "cherry-pick"), ("rebase-merge", "rebase")]
)
def test_what_is_under_way_is_named_with_its_end(git, pkes, kept, command):
    git.write(f".git/{kept}", f"{git('rev-parse', 'HEAD')}\n")
    pkes("edit", "slady", "town=Rzeszów")
    assert pkes("save").err.endswith(
        f'is under way in the repository ({command})\nfinish it with git, or end it with "git {command} --abort"\n'
    )


def test_a_hook_that_refuses(git, pkes):
    git.write(".git/hooks/pre-commit", "#!/bin/sh\necho one\necho two\nexit 1\n").chmod(0o755)
    pkes("edit", "slady", "town=Rzeszów")
    ran = pkes("save")
    assert (ran.status, ran.err) == (5, "pkes: not saved; git says: one\ntwo\n")


def test_a_hook_that_formats_waits_for_nobody(git, pkes):
    git.write(".git/hooks/pre-commit", f"#!/bin/sh\nexec {os.sys.executable} -m pkes fmt\n").chmod(0o755)
    pkes("edit", "slady", "town=Rzeszów")
    assert pkes("save").status == 0


MISTAKES = [
    pytest.param(["remove", "bergamotka", "-y"], id="remove"),
    pytest.param(["edit", "slady", "town=Rzeszów", "tags+=x"], id="edit"),
    pytest.param(["edit", "--without", "left", "county=jasielski", "tags+=x", "-y"], id="edit-all"),
    pytest.param(["inquiry", "accept", "nic", "sector=ngo"], id="accept"),
    pytest.param(["fmt"], id="fmt"),
    pytest.param(["import", "rows.csv", "-y"], id="import"),
    pytest.param(["sectors", "rename", "ngo", "third-sector"], id="sectors-rename"),
]


@pytest.mark.parametrize("is_saved", [False, True], ids=["unsaved", "saved"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_taken_back_byte_for_byte(git, pkes, mistake, is_saved):
    git.write("registry.toml", "# banner\n\n" + text(git).replace("town = ", "town  = "))
    git.write("rows.csv", "name,sector,town\nNić,ngo,Jasło\nIgła,ngo,Krosno\nBergamotka,ngo,Sanok\n")
    git.commit("Begin anew")
    before = text(git)
    assert pkes(*mistake).status == 0
    assert text(git) != before
    if is_saved:
        assert pkes("save").status == 0
    ran = pkes("undo", "-y")
    assert (ran.status, text(git)) == (0, before)


@pytest.mark.parametrize("mistake", [one for one in MISTAKES if one.id != "fmt"])
def test_what_came_later_stays(git, pkes, mistake):
    git.write("rows.csv", "name,sector,town\nNić,ngo,Jasło\n")
    assert pkes(*mistake).status == 0
    assert pkes("save").status == 0
    later = git("rev-parse", "HEAD")
    for command in (["edit", "feniks", "town=Jasło"], ["cluster", "edit", "phone=17 850 00 01"]):
        assert pkes(*command).status == 0
        assert pkes("save").status == 0
    ran = pkes("undo", later, "-y")
    assert ran.status == 0, ran.err
    found = pkes("diff", "HEAD~3", "--json").out
    assert {(one["kind"], one["id"], one["field"]) for one in json.loads(found)} == {
        ("cluster", None, "phone"),
        ("member", "feniks", "town"),
    }


def test_a_removed_record_comes_back_with_its_comments(git, pkes):
    assert pkes("inquiry", "remove", "nic", "-y").status == 0
    assert pkes("save").status == 0
    assert pkes("edit", "feniks", "town=Jasło").status == 0
    assert pkes("undo", "HEAD", "-y").status == 0
    assert "# from the fair\n[inquiries.2025-01-01-abc]" in text(git)


def test_one_record_alone(git, pkes):
    pkes("edit", "slady", "town=Rzeszów")
    pkes("edit", "feniks", "town=Jasło")
    ran = pkes("undo", "--record", "feniks", "-y", "--json")
    assert [(one["id"], one["old"], one["new"]) for one in json.loads(ran.out)] == [("feniks", "Jasło", "Łąka")]
    assert pkes("undo", "--record", "slady", "-y").status == 0
    assert text(git) == WITH_INQUIRY


def test_what_was_changed_again_is_named(git, pkes):
    pkes("edit", "slady", "town=Rzeszów", "tags+=x")
    pkes("save")
    pkes("edit", "slady", "town=Jasło")
    what = ":\n  member stawiamy-slady, town: it was changed again since\n"
    assert pkes("undo", "HEAD", "--dry-run").err == f"pkes: warning: would not be taken back{what}"
    ran = pkes("undo", "HEAD", "-y")
    assert ran.status == 1
    assert ran.err == ("pkes: warning: not taken back:\n  member stawiamy-slady, town: it was changed again since\n")
    assert 'town = "Jasło"' in text(git)


def test_where_nothing_can_be_taken_back(git, pkes):
    pkes("edit", "slady", "town=Rzeszów")
    pkes("save")
    pkes("edit", "slady", "town=Jasło")
    ran = pkes("undo", "HEAD", "-y")
    assert ran.status == 2
    assert ran.err.startswith("pkes: nothing was taken back\n  member stawiamy-slady, town")


def test_what_is_so_already_is_said(git, pkes):
    pkes("edit", "slady", "town=Rzeszów")
    pkes("save")
    pkes("undo", "-y")
    for options in ([], ["--record", "slady"]):
        ran = pkes("undo", "HEAD", "-y", "--json", *options)
        assert ran == (0, "[]\n", "pkes: nothing is changed: it is so already\n")


def test_an_erasure_is_not_undone(git, pkes):
    for command in (["inquiry", "decline", "nic"], ["save"], ["privacy", "erase", "nic", "-y"]):
        assert pkes(*command).status == 0
    ran = pkes("undo", "-y")
    assert ran.status == 2
    assert "its personal data was erased" in ran.err
    assert "nic@example.org" not in text(git)


def test_a_member_is_not_removed_while_its_erasure_is_not_saved(git, pkes):
    for command in (["edit", "slady", "email=ewa@example.org"], ["save"], ["privacy", "erase", "slady", "-y"]):
        assert pkes(*command).status == 0
    before = text(git)
    ran = pkes("remove", "slady", "-y")
    assert (ran.status, text(git)) == (2, before)
    assert ran.err.endswith('"pkes save" saves it; then it can be removed\n')
    for command in (["save"], ["remove", "slady", "-y"], ["undo", "-y"]):
        assert pkes(*command).status == 0
    assert text(git) == before


def test_an_inquiry_is_not_removed_while_its_erasure_is_not_saved(git, pkes):
    for command in (["inquiry", "close", "nic"], ["save"], ["privacy", "erase", "nic", "-y"]):
        assert pkes(*command).status == 0
    before = text(git)
    ran = pkes("inquiry", "remove", "2025-01-01-abc", "-y")
    assert (ran.status, text(git)) == (2, before)
    assert ran.err.endswith('"pkes save" saves it; then it can be removed\n')
    for command in (["save"], ["inquiry", "remove", "2025-01-01-abc", "-y"], ["undo", "-y"]):
        assert pkes(*command).status == 0
    assert text(git) == before


def test_an_acceptance_stays_whole_where_its_member_was_edited(git, pkes):
    for command in (["inquiry", "accept", "nic", "sector=ngo"], ["save"], ["edit", "nic", "town=Jasło"], ["save"]):
        assert pkes(*command).status == 0
    before = text(git)
    ran = pkes("undo", "HEAD~1", "-y")
    assert (ran.status, text(git)) == (2, before)
    assert "only one of them could be taken back, so both stay" in ran.err


def test_an_erased_member_that_git_does_not_know_can_be_removed(git, pkes):
    for command in (["add", "Nitka", "--sector=ngo", "--email=n@example.org"], ["privacy", "erase", "nitka", "-y"]):
        assert pkes(*command).status == 0
    assert pkes("remove", "nitka", "-y").status == 0
    assert text(git) == WITH_INQUIRY


def test_an_erased_inquiry_is_not_reopened(git, pkes):
    for command in (["inquiry", "close", "nic"], ["save"], ["privacy", "erase", "nic", "-y"], ["save"]):
        assert pkes(*command).status == 0
    before = text(git)
    ran = pkes("undo", "HEAD~1", "-y")
    assert (ran.status, text(git)) == (2, before)
    assert "its personal data was erased, and stays so, as do its status and dates" in ran.err


@pytest.mark.parametrize(("today", "comes_back"), [("2025-03-01", False), ("2025-03-02", True)])
def test_data_entered_on_a_day_after_the_erasure_comes_back(git, pkes, today, comes_back):
    for command in (["edit", "slady", "email=old@example.org"], ["privacy", "erase", "slady", "-y"], ["save"]):
        assert pkes(*command).status == 0
    for command in (["edit", "slady", "email=new@example.org"], ["save"]):
        assert pkes(*command, PKES_TODAY=today).status == 0
    before = text(git)
    pkes("edit", "slady", "email=", "town=Jasło", PKES_TODAY=today)
    ran = pkes("undo", "-y", PKES_TODAY=today)
    assert (ran.status, text(git) == before) == (0 if comes_back else 1, comes_back)


def test_off_a_terminal_it_asks_for_what_it_needs(git, pkes):
    pkes("edit", "slady", "town=Rzeszów")
    assert pkes("undo").err == "pkes: --yes is missing\n"
    pkes("save")
    assert pkes("undo").err == "pkes: REV is missing\n"
    assert pkes("undo", "HEAD").err == "pkes: --yes is missing\n"
    assert pkes("undo", "HEAD", "--dry-run").status == 0


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("nothing", "git knows no revision"),
        ("HEAD", "made the registry"),
        ("other", "did not change the registry"),
    ],
)
def test_a_revision_that_cannot_be_taken_back(git, pkes, revision, said):
    if revision == "other":
        git.write("readme", "x\n")
        revision = git.commit("other")
    ran = pkes("undo", revision, "-y")
    assert ran.status == 2
    assert said in ran.err


def test_undo_of_what_was_never_saved(tmp_path, monkeypatch, pkes):
    git = new_repository(tmp_path / "repository", monkeypatch)
    monkeypatch.chdir(git.folder)
    git.write("registry.toml", TEXT)
    ran = pkes("undo", "-y")
    assert (ran.status, ran.err) == (
        2,
        'pkes: the registry was never saved: there is nothing to go back to\n"pkes save" saves it\n',
    )


def test_form_alone_is_said(git, pkes):
    git.write("registry.toml", WITH_INQUIRY.replace("town = ", "town  =  "))
    assert "only the form of the file would be taken back" in pkes("undo", "--dry-run").err
    ran = pkes("undo", "-y", "--json")
    assert (ran.status, ran.out, text(git)) == (0, "[]\n", WITH_INQUIRY)
    assert "only the form of the file was taken back" in ran.err


def test_autosave(git, pkes):
    assert pkes("policy", "edit", "autosave=yes").status == 0
    assert git("log", "-1", "--format=%s") == "Change policy (autosave)"
    pkes("edit", "slady", "town=Rzeszów")
    assert git("log", "-1", "--format=%s") == "Change stawiamy-slady (town)"
    assert pkes("undo", "-y").status == 0
    assert git("diff", "--stat", "HEAD~2") == ""
    assert pkes("edit", "slady", "town=Jasło", "--dry-run").status == 0
    assert git("status", "--porcelain") == ""


def test_a_write_whose_save_fails_is_still_a_write(shipped, pkes):
    assert pkes("policy", "edit", "autosave=yes").status == 0
    ran = pkes("edit", "slady", "town=Rzeszów")
    assert ran.status == 0
    assert ran.err.startswith("pkes: warning: written, but not saved: ")


def test_a_hook_that_refuses_what_is_saved_at_once_is_a_warning(git, pkes):
    assert pkes("policy", "edit", "autosave=yes").status == 0
    git.write(".git/hooks/pre-commit", "#!/bin/sh\necho one\nexit 1\n").chmod(0o755)
    ran = pkes("edit", "slady", "town=Rzeszów")
    assert (ran.status, 'town = "Rzeszów"' in text(git)) == (0, True)
    assert ran.err.startswith("pkes: warning: written, but not saved; git says: one\n")


def test_status_and_history_say_what_is_not_saved(git, pkes):
    assert json.loads(pkes("status", "--json").out)["unsaved"] == 0
    pkes("edit", "slady", "town=Rzeszów")
    pkes("edit", "feniks", "town=Jasło")
    assert json.loads(pkes("status", "--json").out)["unsaved"] == 2
    said = "Not saved since the last save (2024-05-01): changes of 2 records."
    assert said in pkes("status").out
    assert pkes("history").err == f"pkes: {said}\n"
    pkes("save")
    assert "Not saved" not in pkes("status").out + pkes("history").err


def test_status_without_git(shipped, pkes):
    assert json.loads(pkes("status", "--json").out)["unsaved"] is None
    assert "saved" not in pkes("status").out
