"""`pkes add --from-krs`: a member to be, as the court register knows it."""

import json
import tomllib

import pytest

from pkes.registers import service
from tests.cli.commands.test_verify import ASKING, REGISTRY
from tests.cli.dialogue import Dialogue
from tests.cli.registry_with_members import changes
from tests.registers import server
from tests.registers.answers import NUMBER, answer


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.fixture
def register(monkeypatch):
    monkeypatch.setattr(service, "INTERVAL", 0)
    with server.running() as running:
        running.holds(f"{NUMBER}P", answer())
        running.holds("0000999002P", answer("0000999002", nazwa="DRUGI"))
        yield running


@pytest.fixture
def add(pkes, register):
    return lambda *arguments, **given: pkes("add", *arguments, PKES_KRS_URL=register.url, **given)


def test_one_that_is_a_member_is_not_added(registry, add):
    ran = add("--from-krs", "999002", "--sector", "ngo", "--id", "nowy", "--json", "-y")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith('pkes: refused: member nowy, krs: it is that of "drugi" too\n')


def test_what_the_register_knows_is_proposed(write_registry, register, add):
    registry = write_registry(REGISTRY.replace(f'krs = "{NUMBER}"\n', ""))
    ran = add(
        "--from-krs", "999001", "-s", "ngo", "--id", "nowy", "--town", "Krosno", "--source", "sami", "-y", "--json"
    )
    [change] = changes(ran)
    new = {name: value for name, value in change["new"].items() if value not in (None, [])}
    assert ran.status == 0
    assert new == {
        "id": "nowy",
        "name": "Spółdzielnia Socjalna Przykład",
        "sector": "ngo",
        "legal_form": "spółdzielnia socjalna",
        "street": "ul. Przykładowa 49/2",
        "postal_code": "35-001",
        "town": "Krosno",
        "municipality": "Rzeszów",
        "county": "Rzeszów",
        "voivodeship": "podkarpackie",
        "email": "biuro@example.org",
        "website": "https://www.example.org",
        "krs": NUMBER,
        "nip": "9721237317",
        "regon": "302046830",
        "source": "sami; KRS, 2025-02-28",
        "confirmed": "2025-03-01",
    }
    assert ran.err.startswith(ASKING.format(1, ""))
    assert 'Name: the register writes in capitals; "Spółdzielnia Socjalna Przykład" is made by rule' in ran.err
    assert "[members.nowy]" in registry.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("0000999008", "the register has no such number"),
        ("12/34", "not a number of the court register (KRS)"),
        ("0000999007", "the answer is not JSON"),
    ],
)
def test_what_cannot_be_had_adds_nobody(registry, register, add, number, says):
    register.holds("0000999007P", b"{")
    before = registry.read_bytes()
    ran = add("--from-krs", number, "-s", "ngo", "-y")
    assert (ran.status, ran.out) == (2, "")
    assert f"pkes: {says}" in ran.err
    assert registry.read_bytes() == before


def test_a_number_is_given_once(registry, register, add):
    ran = add("--from-krs", NUMBER, "--krs", NUMBER, "-s", "ngo")
    assert (ran.status, register.asked) == (2, [])
    assert ran.err.startswith("pkes: --krs: not together with --from-krs")


def test_on_a_terminal_it_is_shown_and_asked_about(write_registry, register):
    registry = write_registry(REGISTRY.replace(f'krs = "{NUMBER}"\n', ""))
    before = registry.read_bytes()
    arguments = ("add", "--from-krs", NUMBER, "Nowa Nazwa", "-s", "ngo")
    dialogue = Dialogue(*arguments, PKES_KRS_URL=register.url)
    assert "ul. Przykładowa 49/2" in dialogue.answer("Add it so? [y/N] ", "n")
    assert dialogue.end()[1] == 0
    assert registry.read_bytes() == before
    dialogue = Dialogue(*arguments, PKES_KRS_URL=register.url)
    dialogue.answer("Add it so? [y/N] ", "y")
    assert dialogue.end()[1] == 0
    assert "[members.nowa-nazwa]" in registry.read_text(encoding="utf-8")


def test_adding_one_in_liquidation_says_so(write_registry, register, add):
    write_registry(REGISTRY.replace(f'krs = "{NUMBER}"\n', ""))
    register.holds(f"{NUMBER}P", answer(nazwa="NOWA W LIKWIDACJI"))
    ran = add("--from-krs", NUMBER, "-s", "ngo", "--json", "-y")
    assert "pkes: warning: in liquidation according to the court register" in ran.err
    assert json.loads(ran.out)[0]["new"]["confirmed"] is None


def test_what_the_register_does_not_know_is_asked(write_registry, register):
    registry = write_registry(REGISTRY.replace(f'krs = "{NUMBER}"\n', ""))
    dialogue = Dialogue("add", "--from-krs", NUMBER, "--id", "nowy", PKES_KRS_URL=register.url)
    said = dialogue.answer("Sector, by number or name: ", "1")
    assert "asking 127.0.0.1" in said
    dialogue.answer("Add it all the same? [y/N] ", "y")
    assert dialogue.end()[1] == 0
    assert "[members.nowy]" in registry.read_text(encoding="utf-8")


def test_the_form_asks_before_it_looks_a_number_up(write_registry, register):
    registry = write_registry(REGISTRY.replace(f'krs = "{NUMBER}"\n', ""))
    for look_up, number, town in (("n", NUMBER, None), ("y", "0000999008", None), ("y", NUMBER, "Rzeszów")):
        dialogue = Dialogue("add", "Nowa", PKES_KRS_URL=register.url)
        dialogue.answer("name: ", "1")
        for _ in range(4):
            dialogue.answer(": ", "")
        dialogue.answer("E-mail: ", "nowa@example.org")
        dialogue.answer("Phone: ", "")
        dialogue.answer("NIP: ", "")
        dialogue.answer("KRS: ", number)
        asked = len(register.asked)
        dialogue.answer("It uses the network. [y/N] ", look_up)
        said = dialogue.answer("Joined [2025-03-01]: ", "-")
        assert ("the register has no such number" in said) == (number != NUMBER)
        assert (len(register.asked) > asked) == (look_up == "y")
        for _ in range(3):
            dialogue.answer(", divided by ;: ", "")
        dialogue.answer("Save it? [Y/n] ", "y" if town else "n")
        assert dialogue.end()[1] == 0
    new = tomllib.loads(registry.read_text(encoding="utf-8"))["members"]["nowa"]
    assert (new["name"], new["email"], new["town"], new["krs"]) == ("Nowa", "nowa@example.org", town, NUMBER)
    assert new["street"] == "ul. Przykładowa 49/2"
