"""`pkes match`."""

import json

import pytest

REGISTRY = """\
format = 1

[cluster]
name = "Klaster"
coordinator = "zrodlo"

[sectors.social-economy]
pl = "ekonomia społeczna"
en = "social economy"

[members.laka]
name = "Spółdzielnia Socjalna Łąka Pod Starym Jaworem"
sector = "social-economy"
offers = [
    "gastronomia i obsługa przyjęć",
    "sprzątanie",
]
needs = [
    "szkolenie dla kadry",
]

[members.plomyk]
name = "Spółdzielnia Socjalna PŁOMYK"
sector = "social-economy"
offers = [
    "szkolenia; kursy",
]
needs = [
    "usługi sprzątania po remoncie",
]

[members.swit]
name = "Świt"
sector = "social-economy"
left = 2020-01-01
offers = [
    "szkolenia",
]

[members.zrodlo]
name = "Fundacja [Źródło] Przedsiębiorczości Społecznej"
sector = "social-economy"
offers = [
    "doradztwo prawne",
]
needs = [
    "usługi gastronomiczne",
    "sprzątanie",
]
"""


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_match_on_a_terminal(registry, terminal, expect, columns):
    expect(f"match-{columns}.txt", terminal("match", columns=columns))


def test_match_on_a_pipe(registry, pkes, expect):
    ran = pkes("match")
    assert (ran.status, ran.err) == (0, "")
    expect("match-piped.txt", ran.out)


def test_match_as_json(registry, pkes):
    ran = pkes("match", "--json")
    found = json.loads(ran.out)
    assert (ran.status, ran.err, len(found)) == (0, "", 4)
    assert found[3] == {
        "member": "plomyk", "offers": "szkolenia; kursy", "needed_by": "laka", "need": "szkolenie dla kadry",
    }  # fmt: skip
    assert [(one["member"], one["needed_by"]) for one in found] == [
        ("laka", "zrodlo"), ("laka", "zrodlo"), ("laka", "plomyk"), ("plomyk", "laka"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("member", "rows"),
    [
        pytest.param("PLOMYK", [("laka", "plomyk"), ("plomyk", "laka")], id="both-ways"),
        pytest.param("źródło", [("laka", "zrodlo"), ("laka", "zrodlo")], id="by-a-part-of-the-name"),
    ],
)
def test_match_of_one_member(registry, pkes, member, rows):
    found = json.loads(pkes("match", member, "--json").out)
    assert [(one["member"], one["needed_by"]) for one in found] == rows


def test_match_of_nobody(registry, pkes):
    ran = pkes("match", "plomyj")
    assert (ran.status, ran.out) == (4, "")
    assert ran.err.startswith('pkes: no member "plomyj" (did you mean "plomyk"?)\n')
    assert pkes("match", "").status == 4


def test_a_former_member_is_not_matched(registry, pkes):
    ran = pkes("match", "swit")
    assert ran == (
        0, "member\toffers\tneeded_by\tneed\n", 'pkes: "swit" has left: only current members are matched\n',
    )  # fmt: skip
    assert pkes("match", "swit", "--json").out == "[]\n"


@pytest.mark.parametrize(
    ("gone", "says"),
    [
        pytest.param(["offers"], "no current member says what it offers\n", id="no offers"),
        pytest.param(["needs"], "no current member says what it needs\n", id="no needs"),
        pytest.param([], "no offer fits a need of another member\n", id="neither fits"),
    ],
)
def test_why_there_is_no_match(write_registry, pkes, gone, says):
    text = REGISTRY.replace("szkolenia", "noclegi").replace("sprząta", "prasowa", 1).replace("gastronomia", "kawa")
    for field in gone:
        text = text.replace(f"\n{field} = [", "\ntags = [")
    write_registry(text)
    ran = pkes("match")
    assert (ran.status, ran.out) == (0, "member\toffers\tneeded_by\tneed\n")
    assert ran.err.removeprefix("pkes: ").startswith(says)


def test_in_polish_the_hint_has_the_polish_name_of_the_field(write_registry, pkes, terminal):
    write_registry(REGISTRY.replace("offers = [", "tags = ["))
    assert "„pkes edit CZŁONEK oferta+=…” wpisuje to do rejestru" in terminal("match", PKES_LANG="pl")
    assert pkes("edit", "laka", "oferta+=chleb", "--dry-run", PKES_LANG="pl").status == 0


def test_no_match_on_a_terminal_is_one_message(write_registry, terminal):
    write_registry(REGISTRY.replace("offers = [", "tags = ["))
    assert terminal("match") == (
        'pkes: no current member says what it offers\n"pkes edit MEMBER offers+=…" puts it on record\n'
    )


def test_match_of_the_shipped_registry(shipped, pkes):
    assert pkes("match", "--json").out == "[]\n"
