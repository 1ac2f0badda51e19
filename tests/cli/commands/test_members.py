"""`pkes list` and `pkes show`."""

import json
import re

import pytest

from tests.registries import REGISTRY as SMALL
from tests.registries import with_member

REGISTRY = """\
format = 1
[cluster]
name = "Klaster"
coordinator = "igla"
[sectors.science]
pl = "nauka"
en = "science"
[sectors.social-economy]
pl = "ekonomia społeczna"
en = "social economy"
[members.igla]
name = "Igła"
sector = "social-economy"
town = "Łańcut"
social_enterprise = true
joined = "2014-10"
offers = ["szycie; krawiectwo", 'haft\\koronki']
tags = ["usługi"]
note = "Pierwszy wiersz\\n\\tdrugi"
inquiry = "2025-01-02-abc"
[members.szkola]
name = "Szkoła"
sector = "science"
town = "Rzeszów"
county = "Rzeszów"
needs = ["szycie"]
[members.dawna]
name = "Dawna"
sector = "science"
town = "Krosno"
left = 2024-05-01
[inquiries.2025-01-02-abc]
received = 2025-01-02
name = "Igła"
person = "Anna Igielna"
email = "igla@example.org"
channel = "email"
topic = "join"
status = "accepted"
member = "igla"
"""


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_list_on_a_terminal(shipped, terminal, expect, columns):
    seen = terminal("list", columns=columns)
    expect(f"list-{columns}.txt", seen)
    assert max(map(len, seen.splitlines())) <= columns
    assert "…" not in seen


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_list_by_sector_on_a_terminal(shipped, terminal, expect, columns):
    expect(f"list-by-sector-{columns}.txt", terminal("list", "--sort", "sector", columns=columns))


def test_list_on_a_pipe(shipped, pkes, expect):
    ran = pkes("list")
    assert (ran.status, ran.err) == (0, "")
    expect("list-piped.txt", ran.out)


def test_list_as_json(shipped, pkes, expect):
    expect("list.json", pkes("list", "--json").out)


def test_list_is_the_example_of_the_manual(shipped, pkes):
    assert pkes("list", "-s", "science").out == (
        "id\tname\tsector\tlegal_form\ttown\n"
        "uniwersytet-rzeszowski\tUniwersytet Rzeszowski\tscience\tuczelnia wyższa\tRzeszów\n"
    )
    ran = pkes("list", "--sort", "town", "--fields", "id,town", "-n", "2", "--json")
    assert json.loads(ran.out) == [
        {"id": "bergamotka", "town": "Dębica"},
        {"id": "chatka-malolatka", "town": "Krówniki"},
    ]


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ("", "igla szkola"),
        ("-s science", "szkola"),
        ("-s SCIENCE -s social-economy", "igla szkola"),
        ("-s nauka", "szkola"),
        ("--town lancut", "igla"),
        ("--town lancut --town rzeszow", "igla szkola"),
        ("--county RZESZOW", "szkola"),
        ("--tags uslugi", "igla"),
        ("--needs szycie", "szkola"),
        ("-q koronki", "igla"),
        ("-q lancut --town lancut", "igla"),
        ("--status former", "dawna"),
        ("--status all", "dawna igla szkola"),
        ("--sort -name", "szkola igla"),
        ("--sort social-enterprise --status all", "igla dawna szkola"),
        ("--sort joined", "igla szkola"),
        ("--sort id --status all -n 1", "dawna"),
        ("-n 0", ""),
    ],
)
def test_filters_and_order(registry, pkes, arguments, ids):
    ran = pkes("list", *arguments.split(), "--no-headers", "--fields", "id")
    assert (ran.status, ran.out.split(), ran.err) == (0, ids.split(), "")


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["--town", "Lancutt"], 'pkes: no member listed has town "Lancutt" (did you mean "Łańcut"?)\n'),
        (["--legal-form", "fundacja"], 'pkes: no member listed has legal_form "fundacja"\n'),
        (["-q", "nigdzie"], "pkes: no member fits\n"),
        (["-q", "krosno"], "pkes: only former members fit: --status former\n"),
        (["-s", "science", "--town", "Łańcut"], "pkes: no member fits\n"),
        (["-n", "0"], ""),
    ],
)
def test_an_empty_list_says_why(registry, pkes, arguments, hint):
    ran = pkes("list", *arguments)
    assert (ran.status, ran.out, ran.err) == (0, "id\tname\tsector\tlegal_form\ttown\n", hint)


def test_list_of_a_registry_without_members(write_registry, pkes, terminal):
    write_registry('format = 1\n[cluster]\nname = "K"\n')
    assert pkes("list").err == "pkes: the registry has no such members\n"
    assert terminal("list") == "pkes: the registry has no such members\n0 members\n"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["-s", "scince"], 'pkes: unknown sector "scince" (did you mean "science"?)\nit can be: '),
        (["--fields", "id,twon"], 'pkes: unknown field "twon" (did you mean "town"?)\n'),
        (["--fields", ""], 'pkes: unknown field ""\n'),
        (["--sort", "-nmae"], 'pkes: unknown field "nmae" (did you mean "name"'),
        (["--status", "formr"], 'pkes: unknown status "formr" (did you mean "former"?)\n'),
        (["--fields", "id,town,id"], 'pkes: --fields: "id" is named twice\n'),
        (["-n", "-1"], "pkes: --limit: a whole number from 0 is expected\n"),
        (["-n", "two"], "pkes: --limit: a whole number from 0 is expected\n"),
        (["-n", "٢"], "pkes: --limit: a whole number from 0 is expected\n"),
    ],
)
def test_wrong_options_are_refused(registry, pkes, arguments, error):
    ran = pkes("list", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(error)


def test_cells_of_lines_lose_nothing_but_tabs_and_line_ends(registry, pkes):
    ran = pkes("list", "--fields", "id,social_enterprise,joined,left,offers,note", "--status", "all")
    assert ran.out == (
        "id\tsocial_enterprise\tjoined\tleft\toffers\tnote\n"
        "dawna\t\t\t2024-05-01\t\t\n"
        "igla\ttrue\t2014-10\t\tszycie\\; krawiectwo; haft\\\\koronki\tPierwszy wiersz  drugi\n"
        "szkola\t\t\t\t\t\n"
    )


def test_one_field_without_headers_is_bare_values_even_on_a_terminal(registry, terminal):
    assert terminal("list", "--fields", "name", "--no-headers") == "Igła\nSzkoła\n"


def test_columns_that_the_user_chose_are_never_left_out(shipped, terminal):
    seen = terminal("list", "--fields", "id,name,sector,legal_form,town,source", columns=60)
    assert seen.startswith(
        "Id          4hc\nName        4HC Sp. z o.o.\nSector      business\nLegal form  spółka z o.o.\n"
    )
    assert seen.endswith("\n\n13 members\n")


def test_labels_of_sectors_are_of_the_language(registry, terminal, pkes):
    assert "nauka" in terminal("list", LC_ALL="pl_PL.UTF-8", columns=100)
    assert "\tscience\t" in pkes("list", LC_ALL="pl_PL.UTF-8").out


def test_show_on_a_terminal(registry, terminal, expect):
    expect("show-80.txt", terminal("show", "igla"))


def test_show_on_a_pipe(registry, pkes, expect):
    expect("show-piped.txt", pkes("show", "igla").out)


def test_show_tells_unknown_keys_too(write_registry, pkes, terminal):
    write_registry(REGISTRY.replace("[members.szkola]", '[members.szkola]\ncolour = { red = 1 }\nwings = ["a;b", "c"]'))
    assert pkes("show", "szkola").out.endswith('\ncolour\t{"red":1}\nwings\ta\\;b; c\n')
    assert json.loads(pkes("show", "szkola", "--json").out)["colour"] == {"red": 1}
    assert "colour" in terminal("show", "szkola")


@pytest.mark.parametrize("command", ["list", "show igla", "export members --status all", "sectors"])
def test_a_table_that_is_misspelt_is_named(write_registry, pkes, command):
    tables = '[member.lost]\nname = "Z"\n[[sektory]]\n[tool.x]\n[memory]\n'
    write_registry(f"{REGISTRY}\n{tables}".replace("format = 1\n", "format = 1\ninquirys = 1\n"))
    assert pkes(*command.split()).err.splitlines() == [
        'pkes: warning: unknown table "member": no command shows what is in it (did you mean "members"?)',
        'pkes: warning: unknown table "sektory": no command shows what is in it (did you mean "sectors"?)',
    ]


def test_a_misspelt_table_is_not_named_where_it_is_counted_or_ignored(write_registry, pkes):
    table = '\n[member.lost]\nname = "Z"\n'
    write_registry(REGISTRY + table)
    assert "unknown table" not in pkes("status").err
    assert "at least 1 warning" in pkes("status").err
    write_registry(f'{REGISTRY}{table}\n[policy]\nignore = ["unknown-key"]\n')
    assert pkes("list").err == ""


def test_errors_of_every_read_make_one_warning(write_registry, pkes):
    write_registry(REGISTRY.replace('sector = "science"', 'sector = "sience"\ncolour = 1'))
    ran = pkes("list", "-n", "1", "--no-headers", "--fields", "id")
    assert ran == (0, "igla\n", 'pkes: warning: the registry has at least 2 errors\n"pkes check" shows them\n')


def test_show_as_json(registry, pkes):
    shown = json.loads(pkes("show", "szkola", "--json").out)
    assert list(shown)[:3] == ["id", "name", "short_name"]
    assert (shown["offers"], shown["needs"], shown["krs"]) == ([], ["szycie"], None)


@pytest.mark.parametrize(("wanted", "id"), [("slady", "stawiamy-slady"), ("platan", "rezydencja-pod-platanem")])
def test_show_finds_by_a_part(shipped, pkes, wanted, id):
    assert pkes("show", wanted).out.startswith(f"field\tvalue\nid\t{id}\n")


def test_show_finds_several(shipped, pkes):
    ran = pkes("show", "sp")
    assert (ran.status, ran.out) == (4, "")
    assert ran.err.startswith('pkes: 11 members fit "sp"; an id names one of them:\n  4hc ')


def test_show_finds_none(shipped, pkes):
    ran = pkes("show", "bergamota")
    assert (ran.status, ran.out) == (4, "")
    assert (
        ran.err == 'pkes: no member "bergamota" (did you mean "bergamotka"?)\n"pkes list --status all" shows them all\n'
    )


def test_one_long_id_does_not_cost_the_others_their_names(write_registry, terminal):
    write_registry(REGISTRY + f'[members.{"dlugi-" * 12}x]\nname = "{"d" * 70}"\nsector = "science"\ntown = "Krosno"\n')
    seen = terminal("list", columns=80)
    assert "Szkoła" in seen
    assert "Łańcut" in seen
    assert max(map(len, seen.splitlines())) <= 80


def test_an_unknown_key_is_shown_as_json(write_registry, terminal):
    write_registry(REGISTRY.replace("[members.szkola]", "zz = {d = 2020-01-01, t = 07:00:00}\n[members.szkola]"))
    assert '{"d":"2020-01-01","t":"07:00:00"}' in terminal("show", "igla")


def test_a_terminal_gets_links_of_what_is_an_address(write_registry, terminal):
    head = 'format = 1\n[cluster]\nname = "K"\ncoordinator = "a"\n[members.a]\nname = "A"\n'
    write_registry(head + 'email = "a@example.org"\nwebsite = "https://example.org/ą?x=1"\n')
    seen = terminal("show", "a", raw=True)
    links = re.findall(r"\x1b]8;id=\d+;([^\x1b]*)\x1b\\", seen)
    assert links == ["mailto:a@example.org", "https://example.org/%C4%85?x=1"]
    write_registry(head + 'email = "a@example.org;x"\nwebsite = "file:///etc/passwd"\n')
    assert "\x1b]8" not in terminal("show", "a", raw=True)
    assert "\x1b]8" not in terminal("show", "a", raw=True, TERM="dumb")


def test_members_with_a_field_and_without(shipped, pkes):
    assert pkes("edit", "slady", "phone=17 850 00 01", "tags+=x").status == 0
    assert pkes("list", "--with", "phone", "--fields", "id", "--no-headers").out == "stawiamy-slady\n"
    assert pkes("list", "--without", "phone", "--fields", "id", "--no-headers").out.count("\n") == 12
    assert pkes("list", "--with", "phone", "--without", "tags", "--json").out == "[]\n"
    ran = pkes("list", "--with", "fone")
    assert ran.status == 2
    assert ran.err.startswith('pkes: unknown field "fone" (did you mean "phone"?)\nfields: Name, ')


@pytest.mark.parametrize("sort", ["miejscowosc", "Miejscowość", "Town", "town"])
def test_fields_and_values_go_by_their_titles_and_labels(shipped, pkes, sort):
    wanted = pkes("list", "-s", "science", "--sort", "town", "--fields", "id,legal_form").out
    assert pkes("list", "-s", "nauk", "--sort", sort, "--fields", "ID, forma prawna").out == wanted
    assert pkes("list", "--status", "byli").out == pkes("list", "--status", "former").out


def test_bare_values_have_no_empty_line_for_what_is_absent(shipped, pkes):
    assert pkes("edit", "slady", "phone=17 850 00 01").status == 0
    assert pkes("list", "--fields", "phone", "--no-headers").out == "+48 17 850 00 01\n"


@pytest.mark.parametrize("columns", [80, 120, 200])
def test_a_phone_is_never_broken_and_the_roster_is_short(shipped, pkes, terminal, columns):
    assert len(terminal("list", columns=columns, PKES_LANG="pl").splitlines()) <= 20
    for member in ("slady", "bergamotka"):
        assert pkes("edit", member, "phone=17 850 00 01", "email=biuro@example.org").status == 0
    seen = terminal("list", columns=columns, PKES_LANG="pl")
    assert columns < 200 or seen.count("+48 17 850 00 01") == 2
    seen = terminal("list", "--fields", "name,phone,town", columns=columns)
    assert seen.count("+48 17 850 00 01") == 2


@pytest.mark.parametrize("columns", [80, 120])
def test_where_former_members_are_shown_the_day_they_left_is(write_registry, terminal, columns):
    write_registry(with_member(SMALL, "dawna", left="2015", town="Krosno", email="a@example.org"))
    assert "2015" in terminal("list", "--status", "all", columns=columns)


def test_who_is_on_record_is_said_before_that_the_id_is_taken(write_registry, pkes):
    write_registry(with_member(SMALL, "dawna", name="Dawna", town="Krosno"))
    ran = pkes("add", "Fundacja Dawna", "-s", "ngo")
    assert (ran.status, ran.err) == (
        2,
        "pkes: warning: it seems to be on record already:\n  dawna  Dawna, Krosno\n"
        'pkes: the id "dawna" is taken\nchoose another with --id\n',
    )
