"""`pkes profile` and `pkes sectors`."""

import json
import re
from pathlib import Path

import pytest

CLUSTER = 'format = 1\n[cluster]\nname = "Próba"\ncoordinator = "a"\n'


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_profile_on_a_terminal(shipped, terminal, expect, columns):
    expect(f"profile-{columns}.txt", terminal("profile", columns=columns))
    expect(f"pl-profile-{columns}.txt", terminal("profile", columns=columns, PKES_LANG="pl"))


@pytest.mark.parametrize(
    ("founded", "shown"),
    [
        ("2014-10-01", "1 października 2014"),
        ('"2014-10"', "październik 2014"),
        ('"2014"', "2014"),
        ('"2014-13"', "2014-13"),
    ],
)
def test_profile_names_the_month(write_registry, terminal, founded, shown):
    write_registry(f"{CLUSTER}founded = {founded}\n")
    assert f"Założono     {shown}\n" in terminal("profile", PKES_LANG="pl")


@pytest.mark.parametrize("columns", [60, 200])
def test_profile_has_bars_of_one_line(write_registry, terminal, columns):
    members = "".join(f'[members.m-{number}]\nname = "M{number}"\nsector = "x"\n' for number in range(99))
    label = "podmioty ekonomii społecznej i wszystkie pozostałe"
    write_registry(f'{CLUSTER}[sectors.x]\npl = "{label}"\nen = "{label}"\n[sectors.y]\npl = "y"\nen = "y"\n{members}')
    seen = terminal("profile", columns=columns)
    assert re.findall("█+", seen) == ["█" * (10 if columns == 60 else 30)]
    assert re.search(r"99 +100%  █", seen)
    assert set(label.split()) <= set(seen.split())


def test_profile_where_the_contact_is_a_whole_sentence(write_registry, terminal):
    write_registry(f'{CLUSTER}contact = "Zapraszamy!"\nemail = "a@example.org"\n')
    assert terminal("profile").endswith("\n\nZapraszamy!\nE-mail  a@example.org\n")
    write_registry(f'{CLUSTER}contact = "Zapraszamy"\n')
    assert terminal("profile").endswith("\n\nZapraszamy\n")


def test_profile_on_a_pipe(shipped, pkes, expect):
    ran = pkes("profile")
    assert (ran.status, ran.err) == (0, "")
    expect("profile-piped.txt", ran.out)


def test_profile_in_polish_labels_the_sectors_in_polish(shipped, pkes):
    assert "ekonomia społeczna: 9 █████████\n" in pkes("profile", LC_ALL="pl_PL.UTF-8").out


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_profile_tells_every_sentence_of_the_cluster(shipped, terminal, columns):
    import tomllib

    cluster = tomllib.loads(shipped.read_text(encoding="utf-8"))["cluster"]
    seen = " ".join(terminal("profile", columns=columns).split())
    texts = [cluster[key] for key in ("name", "description", "composition", "invitation", "contact", "phone", "email")]
    for text in [*texts, *cluster["goals"], *cluster["benefits"], "13 members listed of 14 declared"]:
        assert text in seen


def test_profile_cuts_no_word(shipped, terminal, pkes):
    words = set(pkes("profile").out.replace(":", " ").replace(",", " ").split())
    for columns in (60, 80, 120):
        seen = set(re.findall(r"[^\s:,.─█]+", terminal("profile", columns=columns)))
        of_tables = {"Sector", "Members", "Share", "8%", "69%", "October", "2014", "Phone", "E-mail", *"1234567"}
        assert seen - of_tables <= {word.strip(".") for word in words} | {"pkes@ies-rzeszow", "pl", "13", "14"}


def test_profile_as_json(shipped, pkes):
    ran = pkes("profile", "--json")
    profile = json.loads(ran.out)
    assert list(profile) == ["cluster", "coordinator", "members"]
    assert profile["cluster"]["founded"] == "2014-10"
    assert profile["coordinator"]["id"] == "instytut-ekonomii-spolecznej"
    assert profile["members"]["declared"] == 14
    assert profile["members"]["listed"] == 13
    assert profile["members"]["by_sector"][1] == {
        "id": "ngo", "pl": "organizacje pozarządowe", "en": "NGOs", "members": 1,
    }  # fmt: skip


def test_profile_of_a_cluster_that_says_little(write_registry, pkes, terminal):
    write_registry(CLUSTER)
    assert pkes("profile").out == "Próba\nCoordinator: a\nMembers by sector:\n0 members listed\n"
    assert terminal("profile").split()[-3:] == ["0", "members", "listed"]


def test_profile_counts_members_of_sectors_it_does_not_know(write_registry, pkes):
    write_registry(f'{CLUSTER}[members.a]\nname = "A"\nsector = "x"\n')
    assert "another sector: 1 █\n1 member listed\n" in pkes("profile").out


def test_profile_without_fine_signs_where_the_terminal_has_none(shipped, terminal):
    seen = terminal("profile", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert "social economy        |      9 |  69% |#########\n" in seen
    assert "\n2. |wdra\\u017canie innowacyjnych" in seen


def test_paragraphs_of_a_text_are_parted_by_empty_lines_only(write_registry, pkes):
    write_registry(CLUSTER + 'description = """\nOne\nline.\n\n  Another\tone.\n"""\n')
    assert pkes("profile").out.startswith("Próba\nOne line.\nAnother one.\n")


def test_contact_is_one_sentence_with_phone_and_email(write_registry, pkes):
    write_registry(CLUSTER + 'contact = "Napisz do nas:"\nemail = "a@example.org"\n')
    assert pkes("profile").out.endswith("Napisz do nas: e-mail: a@example.org.\n")


def test_sectors(shipped, pkes, terminal, expect):
    expect("sectors-piped.txt", pkes("sectors").out)
    expect("sectors-80.txt", terminal("sectors"))
    lines = pkes("sectors", "--json").out.splitlines()
    assert lines[0] == '[{"id": "business", "pl": "biznes", "en": "business", "members": 1},'
    assert len(lines) == 5


def test_shipped_registry_is_in_canonical_form(shipped: Path):
    import tomli_w

    import pkes.registry.parsing
    from pkes.model.records import KINDS, records, toml_items

    text = shipped.read_text(encoding="utf-8")
    registry = pkes.registry.parsing.parse(text)
    document: dict[str, object] = {"format": registry.format}
    for kind in KINDS:
        held = {id: dict(toml_items(record)) for id, record in sorted(records(registry, kind).items())}
        document[kind.table] = held if kind.keyed else held[""]
    document = {name: held for name, held in document.items() if held}
    assert text == tomli_w.dumps(document, multiline_strings=True)


def test_profile_as_markdown_is_text_and_nothing_else(write_registry, pkes):
    write_registry(
        'format = 1\n[cluster]\nname = "A * B"\ncoordinator = "a"\ngoals = ["<b>", "x"]\n'
        '[sectors.ngo]\npl = "p"\nen = "NGOs"\n[members.a]\nname = "Igła"\nsector = "ngo"\n'
    )
    assert pkes("profile", "--markdown").out == (
        "# A * B\n\n- Coordinator: Igła\n\n## The cluster sets itself these goals\n\n- \\<b>\n- x\n\n"
        "## Members by sector\n\n- NGOs: 1\n\n1 member listed\n"
    )
    assert pkes("profile", "--markdown", "--json").status == 2
