"""What is said of each error, and with which exit status."""

import errno
import inspect

import pytest

from pkes import errors
from pkes.checks.findings import Finding, WouldBreak
from pkes.cli.messages.error_texts import SAID, WAYS_OUT, WHY
from pkes.cli.messages.errors import BY_FUNCTION, words
from tests.registries import HEAD


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["xyzzy"], 'pkes: unknown command "xyzzy"\n"pkes --help" lists the commands\n'),
        (["profle"], 'pkes: unknown command "profle" (did you mean "profile"?)\n'),
        (["inquiry", "lits"], 'pkes: unknown command "lits" (did you mean "list"?)\n'),
        (["list", "--sectr", "x"], 'pkes: unknown option "--sectr" (did you mean "--sector"'),
        (["list", "-x"], 'pkes: unknown option "-x"\n"pkes list --help" shows how it is used\n'),
        (
            ["list", "-r", "x"],
            'pkes: unknown option "-r"\noptions of pkes itself stand before the command: pkes -r PATH list\n',
        ),
        (["list", "--town"], "pkes: --town needs a value\n"),
        (["list", "--json=1"], "pkes: --json takes no value\n"),
        (["show"], 'pkes: MEMBER is missing\n"pkes show --help" shows how it is used\n'),
        (["show", "Anna", "Igielna"], "pkes: too many arguments\nwhat holds spaces is put in quotes\n"),
        (["-r"], "pkes: -r needs a value\n"),
    ],
)
def test_wrong_usage(shipped, pkes, arguments, error):
    ran = pkes(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(error)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", ':1:1: "format" is missing: integer belongs there\n'),
        ("format = 1\n", ':1:1: "cluster" is missing: table belongs there\n'),
        ('format = "1"\n[cluster]\n', ':1:1: "format" is of the wrong type: string instead of integer\n'),
        (
            "format = 9\n[cluster]\n",
            ":1:1: format 9 is not one that this program knows (up to 1)\na newer pkes reads it\n",
        ),
        (f"{HEAD}name = 1\n", ":5:1: not TOML: "),
        (f"{HEAD}[members.a]\nname = 1\n", ':6:1: "members.a.name" is of the wrong type: integer instead of string\n'),
        (
            f"{HEAD}<<<<<<< HEAD\n",
            ":5:1: a merge marker that git left: <<<<<<<\nkeep what is right of both sides, and ",
        ),
    ],
)
def test_a_registry_that_cannot_be_read(write_registry, pkes, text, error):
    write_registry(text)
    ran = pkes("-r", "registry.toml", "list")
    assert (ran.status, ran.out) == (3, "")
    assert ran.err.startswith(f"pkes: registry.toml{error}")


def test_a_registry_that_is_not_utf8(write_registry, pkes):
    write_registry(HEAD).write_bytes(HEAD.encode() + b'region = "\xb9"\n')
    assert pkes("-r", "registry.toml", "list") == (
        3, "", "pkes: registry.toml:5:11: not UTF-8\nsave the file as UTF-8\n"
    )  # fmt: skip


def test_no_registry(tmp_path, pkes, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = pkes("list")
    assert ran.status == 3
    assert ran.err.startswith(f'pkes: no registry.toml in "{tmp_path}" or any folder above it\nname one: "pkes -r PATH')
    assert pkes("-r", "no.toml", "list").err == "pkes: no.toml: cannot be read: No such file or directory\n"
    assert pkes("-r", ".", "list") == (3, "", "pkes: .: not a regular file, but a folder\n")


REASON = OSError(errno.EACCES, "Permission denied")


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (errors.WrongValue("phone", "phone"), "phone: not a phone number"),
        (errors.WrongValue("topic", "choice", choices=("join", "cooperate"), suggestions=["join"]),
         'topic: not one of join, cooperate (did you mean "join"?)'),
        (errors.WrongValue("name", "character", name="U+202E"), "name: the character U+202E is not text"),
        (errors.WrongAssignment("status=new", "by-command"), '"status=new" is set by a command of its own only'),
        (errors.Missing("--sector"), "--sector is missing"),
        (errors.Missing("--email", "--phone"), "--email, --phone are missing"),
        (errors.Taken("id", "igla", "igla"), 'the id "igla" is taken'),
        (errors.Taken("id", "", ""), "the name gives no id"),
        (errors.Taken("new-id", "igla", "igla"), 'the id "igla" is taken'),
        (errors.NotAllowed("step", id="q", step="answer", status="declined", steps=("reopen",)),
         'q: "answer" is no step for an inquiry that is declined'),
        (errors.NotAllowed("erase", id="q"), 'the inquiry "q" is open and cannot be erased'),
        (errors.NotMail("no-text"), "the e-mail has neither subject nor text"),
        (errors.GitFailed("git rev-list", "fatal: bad object"), "git rev-list: fatal: bad object"),
        (errors.NotAllowed("coordinator", id="igla"), '"igla" coordinates the cluster and cannot be removed'),
        (WouldBreak([Finding("required", "member", "a", "name", {})]),
         "refused: member a, name: it is required"),
        (errors.Locked("r.toml", 10.0),
         "r.toml: another program has been writing to it for 10 seconds; nothing was written"),
        (errors.ChangedMeanwhile("r.toml"), "r.toml: somebody else changed it meanwhile; nothing was written"),
        (errors.CannotWrite("r.toml", REASON), "r.toml: cannot be written: Permission denied; it is as it was"),
        (errors.CannotLock("r.toml", REASON, "/x/.r.toml.lock"),
         "r.toml: its lock /x/.r.toml.lock cannot be taken: Permission denied; nothing was written"),
        (errors.CannotEdit(7, "members.a", path="r.toml"),
         "r.toml:7: this layout cannot be edited safely (members.a); nothing was written"),
        (errors.CannotEdit(7, "members.Jan Igielny", path="r.toml"),
         "r.toml:7: this layout cannot be edited safely (members.…); nothing was written"),
    ],
    ids=lambda value: value.__class__.__name__ if isinstance(value, Exception) else None,
)  # fmt: skip
def test_words(error, what):
    assert words(error).what == what


def test_many_candidates_are_counted():
    error = errors.Ambiguous("member", "a", [(f"a{number}", f"A {number}") for number in range(30)])
    said = words(error)
    assert said.what == '30 members fit "a"; an id names one of them:'
    assert said.below[0] == "  a0   A 0"
    assert said.below[-1] == "  … and 10 more"
    assert len(said.below) == 21


@pytest.mark.parametrize(
    ("error", "below"),
    [
        (errors.UnknownRevision("HEAD"), ("nothing is committed yet",)),
        (errors.UnknownRevision("abc"), ()),
        (errors.NotTable("spreadsheet"), ("where LibreOffice or Excel opens it, save it there anew as .xlsx",)),
        (errors.NotTable("empty"), ()),
        (errors.NotFound("record", "x", []), ()),
        (errors.NotFound("member", "x", []), ('"pkes list --status all" shows them all',)),
        (errors.NotAllowed("step", id="q", step="answer", status="declined", steps=()), ("steps from there: none",)),
        (errors.MissingExtra("excel"), ('pip install "pkes[excel]"',)),
        (errors.CannotEdit(7, "members.a", path="my r.toml"),
         ("\"pkes fmt 'my r.toml'\" brings it into a form that can be edited",)),
    ],
    ids=lambda value: value.__class__.__name__ if isinstance(value, Exception) else None,
)  # fmt: skip
def test_ways_out(error, below):
    assert words(error).below == below


def test_every_error_has_words_in_one_place():
    bases = {errors.PkesError, errors.WithDetail, errors.Unreadable, errors.WrongInput, errors.Unwritable}
    every = {one for _name, one in inspect.getmembers(errors, inspect.isclass) if issubclass(one, errors.PkesError)}
    assert every - bases - {*SAID, *WHY, *BY_FUNCTION} == {errors.NotVerified, errors.Several}
    assert not SAID.keys() & WHY.keys()


def test_ways_out_are_those_of_known_codes():
    by_code = {kind: set(ways) for kind, ways in WAYS_OUT.items() if isinstance(ways, dict) and kind in WHY}
    assert {kind: codes - set(WHY[kind]) for kind, codes in by_code.items()} == {kind: set() for kind in by_code}
    assert {kind for kind in WAYS_OUT if kind not in SAID and kind not in WHY} == set()
