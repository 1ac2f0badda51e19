"""`pkes verify`, asking a court register on this machine: what it proposes, says, asks and writes."""

import difflib
import json
from pathlib import Path
from threading import Event

import pytest

from pkes.registers import service
from tests.cli.dialogue import Dialogue
from tests.cli.registry_with_members import changes
from tests.registers import server
from tests.registers.answers import NUMBER, answer

REGISTRY = f"""\
format = 1

[cluster]
name = "Klaster"
coordinator = "przyklad"

[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"

# the first of all
[members.przyklad]
name = "Spółdzielnia socjalna „Przykład”"
sector = "ngo"
legal_form = "spółdzielnia socjalna"
street = "Przykładowa 49/2" # on the left
postal_code = "35-001"
town = "Dębica"
email = "my@example.org"
krs = "{NUMBER}"
source = "ROPS, 2015 r."

[members.drugi]
name = "Drugi"
sector = "ngo"
krs = "0000999002"

[members.bez]
name = "Bez numeru"
sector = "ngo"

[members.dawny]
name = "Dawny"
sector = "ngo"
left = 2020-01-01
krs = "0000999003"
"""
LACKING = 'pkes: 1 member has no KRS number on record\n"pkes edit MEMBER krs=NUMBER" sets it\n'
ASKING = "pkes: asking 127.0.0.1 over the network about {} KRS number{}\n"


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.fixture
def register(monkeypatch):
    monkeypatch.setattr(service, "INTERVAL", 0)
    with server.running() as running:
        running.holds(f"{NUMBER}P", answer())
        running.holds("0000999002S", answer("0000999002", nazwa="DRUGI", identyfikatory=None, siedzibaIAdres=None))
        yield running


@pytest.fixture
def verify(pkes, register):
    return lambda *arguments, **given: pkes("verify", *arguments, PKES_KRS_URL=register.url, **given)


def test_what_differs_is_changed_field_by_field(registry, verify):
    ran = verify("przyklad", "-y")
    assert ran.status == 0
    after = registry.read_text(encoding="utf-8")
    assert [line for line in difflib.ndiff(REGISTRY.splitlines(), after.splitlines()) if line[0] in "+-"] == [
        '- town = "Dębica"',
        '+ town = "Rzeszów"',
        '+ municipality = "Rzeszów"',
        '+ county = "Rzeszów"',
        '+ voivodeship = "podkarpackie"',
        '+ website = "https://www.example.org"',
        '- source = "ROPS, 2015 r."',
        '+ nip = "9721237317"',
        '+ regon = "302046830"',
        '+ source = "ROPS, 2015 r.; KRS, 2025-02-28"',
        "+ confirmed = 2025-03-01",
    ]
    assert ran.out.startswith("kind\tid\taction\tfield\told\tnew\nmember\tprzyklad\tchanged\ttown\tDębica\tRzeszów\n")
    assert ran.err == ASKING.format(1, "") + (
        'pkes: przyklad: E-mail: the register has "biuro@example.org"; what is on record stays\n'
    )


def test_all_current_members_that_have_a_number(registry, register, verify):
    ran = verify("-y")
    assert (ran.status, ran.err[: len(LACKING)]) == (0, LACKING)
    assert ran.err[len(LACKING) :].startswith(ASKING.format(2, "s"))
    assert {change["id"] for change in changes(verify("-y", "--json"))} == set()
    assert [path.rpartition("/")[2].partition("&")[0] for path in register.asked[:3]] == [
        f"{NUMBER}?rejestr=P", "0000999002?rejestr=P", "0000999002?rejestr=S",
    ]  # fmt: skip


def test_where_all_have_a_number_nobody_is_counted(write_registry, verify):
    write_registry(REGISTRY.replace("[members.bez]", "[members.bez]\nleft = 2020-01-01"))
    assert verify("-y").err.startswith(ASKING.format(2, "s"))


def test_a_former_member_can_be_named(registry, register, verify):
    register.holds("0000999003P", answer("0000999003"))
    assert {change["id"] for change in changes(verify("dawny", "DAWNY", "-y", "--json"))} == {"dawny"}
    assert len(register.asked) == 1


def test_the_second_time_changes_nothing(registry, verify):
    assert verify("przyklad", "-y").status == 0
    before = registry.stat().st_mtime_ns
    ran = verify("przyklad")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.endswith("pkes: nothing is changed: it is so already\n")
    assert registry.stat().st_mtime_ns == before


def test_where_nothing_differs_it_is_confirmed_without_a_question(registry, verify):
    assert verify("przyklad", "-y").status == 0
    ran = verify("przyklad", "--json", PKES_TODAY="2025-04-01")
    assert [(change["field"], change["new"]) for change in changes(ran)] == [("confirmed", "2025-04-01")]


def test_only_some_fields(registry, verify):
    made = changes(verify("przyklad", "--fields", "Miejscowość, nip", "-y", "--json"))
    assert [change["field"] for change in made] == ["town", "nip", "source", "confirmed"]


def test_a_dry_run_writes_nothing_and_asks_nobody(registry, verify):
    before = registry.read_bytes()
    dry = verify("--dry-run", "--json")
    assert registry.read_bytes() == before
    assert changes(dry) == changes(verify("-y", "--json"))


def test_a_new_name_is_said_to_be_made(registry, register, verify):
    register.holds("0000999002S", answer("0000999002", nazwa='FUNDACJA "DRUGI KROK"'))
    ran = verify("drugi", "--fields", "name", "-y", "--json")
    assert changes(ran)[0]["new"] == 'Fundacja "Drugi Krok"'
    assert 'drugi: Name: the register writes in capitals; "Fundacja "Drugi Krok"" is made by rule' in ran.err


def test_a_state_is_said_before_all_else_and_not_confirmed(registry, register, verify):
    register.holds(f"{NUMBER}P", answer(nazwa="SPÓŁDZIELNIA SOCJALNA PRZYKŁAD W LIKWIDACJI", dzial6={"upadlosc": [1]}))
    ran = verify("-y", "--json")
    said = ran.err.removeprefix(LACKING + ASKING.format(2, "s")).splitlines()
    assert said[:2] == [
        "pkes: warning: przyklad: in liquidation according to the court register",
        "pkes: warning: przyklad: bankrupt according to the court register",
    ]
    made = [change for change in changes(ran) if change["id"] == "przyklad"]
    assert {"name", "confirmed"}.isdisjoint(change["field"] for change in made)
    assert made[-1]["new"] == "ROPS, 2015 r.; KRS, 2025-02-28"


# Who is asked about.


def test_one_that_is_named_and_has_no_number(registry, register, verify):
    ran = verify("bez", "przyklad")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == 'pkes: no KRS number on record: bez\n"pkes edit bez krs=NUMBER" sets it\n'
    assert register.asked == []


def test_the_shipped_members_have_none(shipped, register, verify):
    ran = verify()
    what = 'pkes: 13 members have no KRS number on record\n"pkes edit MEMBER krs=NUMBER" sets it\n'
    assert ran == (0, "", what)
    assert verify("--json").out == "[]\n"
    assert register.asked == []


def test_the_shipped_members_once_they_have_one(shipped, register, pkes, verify):
    assert pkes("edit", "bergamotka", f"krs={NUMBER}").status == 0
    register.holds(f"{NUMBER}P", answer(nazwa="SPÓŁDZIELNIA SOCJALNA BERGAMOTKA"))
    made = {change["field"]: change["new"] for change in changes(verify("bergamotka", "-y", "--json"))}
    assert made["town"] == "Rzeszów"
    assert made["source"] == "ROPS w Rzeszowie, artykuł z 8 stycznia 2015 r.; KRS, 2025-02-28"
    assert "name" not in made
    assert pkes("check").status == 0


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["nikt"], 4, 'no member "nikt"'),
        (["--fields", "twon"], 2, 'unknown field "twon" (did you mean "town"?)'),
        (["--fields", "phone"], 2, "--fields: the register does not know phone; it knows name, legal_form, street, "),
        (["--answers", "nowhere"], 2, "--answers: no such folder"),
        (["--answers", ".", "--save-answers", "."], 2, "--answers: not together with --save-answers"),
    ],
)
def test_what_is_wrong_is_said_before_anybody_is_asked(registry, register, verify, arguments, status, says):
    ran = verify(*arguments)
    assert (ran.status, ran.out, register.asked) == (status, "", [])
    assert ran.err.startswith(f"pkes: {says}")


@pytest.mark.parametrize("url", ["http://example.org/a", "https://example.org/?x=", "file:///a", "nonsense"])
def test_where_nothing_may_be_asked(registry, pkes, url):
    ran = pkes("verify", "przyklad", "-y", PKES_KRS_URL=url)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "pkes: PKES_KRS_URL: not an https address without parameters (http only to this machine itself)\n"


# What fails.


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        pytest.param(
            server.status(404),
            "the register has no such number, neither among entrepreneurs nor among associations",
            id="not found",
        ),
        pytest.param(server.status(500), "the register answers with status 500 instead of an extract", id="500"),
        pytest.param(server.body(b"<html>"), "the answer is not JSON", id="garbage"),
        pytest.param(server.body(b"\xa3\xf3d\xbc"), "the answer is not UTF-8", id="charset"),
        pytest.param(server.body(b" " * 6_000_000), "the answer is larger than any extract", id="too large"),
        pytest.param(server.body(b"{}"), "the answer does not have the form of an extract: odpis", id="another form"),
        pytest.param(
            server.body(answer(nrDomu=4)),
            "the answer does not have the form of an extract: odpis.dane.dzial1.siedzibaIAdres.adres.nrDomu",
            id="another type",
        ),
        pytest.param(server.body(answer("0000999009")), "the answer is about another number", id="another number"),
        pytest.param(
            server.moved("http://example.org/"), "the register leads to an address that is not to be asked", id="moved"
        ),
        pytest.param(server.body(b"{", length=9), "the answer of the register breaks off", id="broken"),
    ],
)
def test_one_fails_and_the_others_go_on(registry, register, verify, reply, says):
    register.holds(f"{NUMBER}P", reply)
    ran = verify("-y", "--json")
    assert ran.status == 1
    assert f"pkes: przyklad: {says}\n" in ran.err
    assert {change["id"] for change in json.loads(ran.out)} == {"drugi"}


def test_a_slow_one_fails(registry, register, verify, monkeypatch):
    end = Event()
    monkeypatch.setattr(service, "TIMEOUT", 0.1)
    register.holds(f"{NUMBER}P", server.silent(end))
    ran = verify("przyklad", "-y", "--json")
    end.set()
    assert (ran.status, ran.out) == (1, "[]\n")
    assert ran.err.endswith("pkes: przyklad: the register does not answer in time\n")


def test_no_network(registry, verify, register):
    register.url = "http://127.0.0.1:1/"
    ran = verify("przyklad", "drugi", "-y")
    assert (ran.status, ran.out) == (1, "")
    said = "the register cannot be reached: Connection refused"
    assert ran.err == ASKING.format(2, "s") + f"pkes: przyklad: {said}\npkes: drugi: {said}\n"


def test_a_number_on_record_that_is_none(write_registry, register, verify):
    write_registry(REGISTRY.replace(f'"{NUMBER}"', '"12/34"'))
    ran = verify("przyklad", "-y")
    assert ran.status == 1
    assert "pkes: przyklad: not a number of the court register (KRS)\n" in ran.err
    assert register.asked == []


# Answers in a folder.


def test_answers_are_kept_and_replayed(registry, register, verify, pkes):
    first = verify("--dry-run", "--json", "--save-answers", "answers")
    assert sorted(path.name for path in Path("answers").iterdir()) == [f"{NUMBER}.json", "0000999002.json"]
    assert "PREZES" not in Path("answers", f"{NUMBER}.json").read_text(encoding="utf-8")
    register.url = "http://127.0.0.1:1"
    replayed = verify("-y", "--json", "--answers", "answers")
    assert (replayed.status, replayed.out) == (0, first.out)
    assert "network" not in replayed.err


def test_an_answer_that_is_not_there(registry, verify):
    Path("answers").mkdir()
    Path("answers", f"{NUMBER}.json").write_bytes(answer())
    ran = verify("-y", "--json", "--answers", "answers")
    assert ran.status == 1
    assert ran.err.endswith("what is on record stays\n")
    assert "pkes: drugi: no answer is saved for its number\n" in ran.err
    assert {change["id"] for change in json.loads(ran.out)} == {"przyklad"}


def test_answers_that_cannot_be_kept(registry, verify):
    Path("answers").touch()
    ran = verify("przyklad", "-y", "--save-answers", "answers")
    assert (ran.status, ran.out) == (5, "")
    assert "pkes: answers: cannot be written: File exists" in ran.err


# Questions.


def test_where_nobody_can_be_asked_the_option_is_named(registry, verify):
    before = registry.read_bytes()
    ran = verify("przyklad")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith("pkes: --yes is missing\n")
    assert registry.read_bytes() == before


def test_each_member_is_asked_about(registry, register):
    register.holds("0000999002P", answer("0000999002"))
    dialogue = Dialogue("verify", PKES_KRS_URL=register.url)
    shown = dialogue.answer("Take it from the register? [y/N] ", "y")
    assert "~ member przyklad" in shown
    assert "Dębica → Rzeszów" in shown
    shown = dialogue.answer("Take it from the register? [y/N] ", "n")
    assert "~ member drugi" in shown
    said, status = dialogue.end()
    assert (status, "drugi" in said) == (0, False)
    text = registry.read_text(encoding="utf-8")
    assert text.count("confirmed") == text.count("Rzeszów") - 2 == 1
    assert 'name = "Drugi"' in text


def test_no_to_all_of_it(registry, register):
    before = registry.read_bytes()
    dialogue = Dialogue("verify", "przyklad", PKES_KRS_URL=register.url)
    dialogue.answer("Take it from the register? [y/N] ", "")
    assert dialogue.end() == ("pkes: nothing was changed\n", 0)
    assert registry.read_bytes() == before


def test_breaking_off_leaves_the_file_as_it_was(registry, register):
    register.holds("0000999002P", answer("0000999002"))
    before = registry.read_bytes()
    dialogue = Dialogue("verify", PKES_KRS_URL=register.url)
    dialogue.answer("Take it from the register? [y/N] ", "y")
    dialogue.read_to("Take it from the register? [y/N] ")
    dialogue.interrupt()
    assert dialogue.end() == ("\npkes: interrupted; the registry is as it was\n", 130)
    assert registry.read_bytes() == before


def test_what_somebody_changed_meanwhile_is_not_overwritten(registry, register, pkes):
    dialogue = Dialogue("verify", "przyklad", PKES_KRS_URL=register.url)
    dialogue.read_to("Take it from the register?")
    assert pkes("edit", "przyklad", "town=Jasło").status == 0
    dialogue.answer(" [y/N] ", "y")
    said, status = dialogue.end()
    assert (status, "somebody else changed it meanwhile" in said) == (5, True)
    assert 'town = "Jasło"' in registry.read_text(encoding="utf-8")


def test_a_member_that_went_meanwhile(registry, register, pkes):
    dialogue = Dialogue("verify", "drugi", "przyklad", "--fields", "town", PKES_KRS_URL=register.url)
    dialogue.read_to("Take it from the register?")
    assert pkes("remove", "drugi", "-y").status == 0
    dialogue.answer(" [y/N] ", "y")
    assert dialogue.end()[1] == 5
