"""`pkes add`: what it writes, prints and refuses."""

import json

import pytest

from tests.cli.registry_with_members import REGISTRY, changed_lines, changes


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def test_add_writes_one_record_where_its_id_sorts(registry, pkes):
    ran = pkes(
        "add", "Spółdzielnia Socjalna „Nić”", "-s", "ngo", "--phone", "22 123 45 67", "--tags", "a\\;b", "--tags", "c",
        "--joined", "2024-10", "--social-enterprise", "--json",
    )  # fmt: skip
    [change] = changes(ran)
    assert (change["kind"], change["id"], change["action"], change["old"]) == ("member", "nic", "added", None)
    assert change["new"]["phone"] == "+48 22 123 45 67"
    assert change["new"]["offers"] == []
    assert changed_lines(registry) == [
        "+ [members.nic]",
        '+ name = "Spółdzielnia Socjalna „Nić”"',
        '+ sector = "ngo"',
        "+ social_enterprise = true",
        '+ joined = "2024-10"',
        '+ phone = "+48 22 123 45 67"',
        "+ tags = [",
        '+     "a;b",',
        '+     "c",',
        "+ ]",
        "+ ",
    ]


def test_add_prints_the_record_as_compact_json_on_a_pipe(registry, pkes):
    header, line = pkes("add", "Nowa", "--sector", "NGOs").out.splitlines()
    assert header == "kind\tid\taction\tfield\told\tnew"
    *first, new = line.split("\t")
    assert first == ["member", "nowa", "added", "", ""]
    assert json.loads(new)["sector"] == "ngo"


def test_what_is_missing_is_said_with_what_is_wrong(registry, pkes):
    ran = pkes("add", "Nowa", "--postal-code", "3500")
    assert ran == (2, "", "pkes: postal_code: not a postal code (NN-NNN)\npkes: --sector is missing\n")


def test_all_that_is_wrong_is_said_at_once(registry, pkes):
    ran = pkes("add", "Nowa", "-s", "ngi", "--nip", "1234563217", "--phone", "850 00 01", "--email", "anna")
    assert ran == (
        2,
        "",
        'pkes: unknown sector "ngi" (did you mean "ngo"?)\n'
        "it can be: ngo (NGOs)\n"
        "pkes: email: not an e-mail address: there is no @ in it\n"
        "pkes: phone: not a phone number: the area code is missing\n"
        "pkes: nip: not a NIP: the check digit does not fit the others\n",
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["add", "-s", "ngo"], "NAME is missing", id="no name"),
        pytest.param(["add", "Nowa"], "--sector is missing", id="no sector"),
        pytest.param(["add", "Nowa", "-s", "ngi"], 'unknown sector "ngi" (did you mean "ngo"?)', id="unknown sector"),
        pytest.param(["add", "Igla", "-s", "ngo"], 'the id "igla" is taken\nchoose another with --id', id="taken id"),
        pytest.param(["add", "„”", "-s", "ngo"], "the name gives no id\nchoose another with --id", id="no id"),
        pytest.param(["add", "Nowa", "-s", "ngo", "--id", "No wa"], "id: an id has only a-z", id="wrong id"),
        pytest.param(["add", "Nowa", "-s", "ngo", "--nip", "123"], "nip: not a NIP", id="wrong NIP"),
        pytest.param(
            ["add", "Nowa", "-s", "ngo", "--nip", "123-456-32-18"],
            'refused: member nowa, nip: it is that of "igla" too',
            id="NIP of another member",
        ),
        pytest.param(
            ["add", "Nowa", "-s", "ngo", "--joined", "2025-02-01", "--left", "2025-01"],
            'refused: member nowa, left: it is before "joined"',
            id="left before joined",
        ),
        pytest.param(["add", "No\x1bwa", "-s", "ngo"], "name: the character U+001B is not text", id="escape"),
        pytest.param(["add", "No\u202ewa", "-s", "ngo"], "name: the character U+202E is not text", id="bidirectional"),
        pytest.param(["add", "No\u200bwa", "-s", "ngo"], "name: the character U+200B is not text", id="zero width"),
        pytest.param(["add", "No\u2028wa", "-s", "ngo"], "name: the character U+2028 is not text", id="line separator"),
        pytest.param(["add", "No\nwa", "-s", "ngo"], "name: a line end does not belong here", id="line end"),
        pytest.param(["add", "Zolw", "-s", "ngo", "--id", "zolw-2"], "--yes is missing", id="name on record"),
        pytest.param(["add", "Nowa", "-s", "ngo", "--email", "ZOLW@example.org"], "--yes is missing", id="its e-mail"),
    ],
)
def test_add_refuses(registry, pkes, arguments, says):
    ran = pkes(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert f"pkes: {says}" in ran.err
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_add_all_the_same_with_yes_says_so(registry, pkes):
    ran = pkes("add", "ŻÓŁW", "-s", "ngo", "--id", "zolw-2", "-y")
    assert ran.status == 0
    assert 'pkes: warning: member zolw-2, name: "zolw" has the same name' in ran.err


def test_text_is_normalised(registry, pkes):
    decomposed = "Z\u0307o\u0301łty"
    [change] = changes(pkes("add", f" {decomposed} ", "-s", "ngo", "--json"))
    assert change["new"]["name"] == "Żółty"


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(["--town", "A", "--town", "B", "-s", "ngo"], id="field"),
        pytest.param(["-s", "ngo", "--sector", "NGOs"], id="sector"),
    ],
)
def test_a_field_given_twice_is_refused(registry, pkes, options):
    ran = pkes("add", "Nowa", *options)
    assert (ran.status, ran.out) == (2, "")
    assert "is given twice" in ran.err


def test_what_is_empty_was_not_given(registry, pkes):
    [change] = changes(pkes("add", "Nowa", "-s", "ngo", "--town", "", "--tags", "", "--json"))
    assert (change["new"]["town"], change["new"]["tags"]) == (None, [])
    assert changed_lines(registry)[0] == "+ [members.nowa]"


def test_a_former_member_of_the_same_name_is_asked_about(registry, pkes):
    pkes("leave", "zolw", "--on", "2020")
    assert pkes("add", "Żółw", "-s", "ngo", "--id", "zolw-2").err.endswith("pkes: --yes is missing\n")


def test_an_empty_id_is_refused(registry, pkes):
    assert pkes("add", "Nowa", "-s", "ngo", "--id", "") == (2, "", "pkes: id: empty\n")


@pytest.mark.parametrize("id", ["-", "-y", "--help", "igla-"])
def test_an_id_begins_and_ends_with_a_letter_or_digit(registry, pkes, id):
    ran = pkes("add", "Nowa", "-s", "ngo", f"--id={id}")
    assert (ran.status, ran.out, ran.err) == (
        2,
        "",
        "pkes: id: an id has only a-z, 0-9 and dashes, and no dash at an end\n",
    )


def test_lists_given_as_options_are_divided(registry, pkes):
    assert pkes("add", "Nowa", "-s", "ngo", "--tags", "a; b", "--tags", "c").status == 0
    assert pkes("list", "-q", "Nowa", "--fields", "tags", "--no-headers").out == "a; b; c\n"
