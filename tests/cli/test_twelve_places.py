"""One person in twelve places: `report` finds them in the file, `erase` in git, and what erasure leaves it names."""

import json
import unicodedata

import pytest

from tests.git.repositories import new_repository
from tests.registries import REGISTRY

PERSON, EMAIL, PHONE = "Żaneta Śliwa", "zaneta@example.org", "+48 16 648 00 00"
NFD = unicodedata.normalize("NFD", PERSON)
ID, OTHER = "2022-01-02-abc", "2024-05-06-def"
NOBODYS = "# nobody's"


FILE = f"""\
{REGISTRY}contact_person = "{NFD}"
note = "the sister of {PERSON}"

[members.zolw]
name = "Fundacja Żółw"
sector = "ngo"
guests = {{ monday = ["ŻANETA ŚLIWA"] }}

# Żaneta Śliwa called twice
[inquiries.{ID}]
received = 2022-01-02
person = "{PERSON}"
email = "{EMAIL}"
phone = "{PHONE}"
channel = "phone"
topic = "join"
message = "Tu ZANETA SLIWA."
status = "declined"
closed = 2022-03-01
lawful_basis = "zgoda, {PERSON}"
notes = ["2022-01-03 oddzwonić: 16 648-00-00"]
whose = "{PERSON}"

# nobody's: {EMAIL.upper()}

[inquiries.{OTHER}]
received = 2024-05-06
name = "Inna"
email = "inna@example.org"
channel = "web"
topic = "join"
message = "Pozdrowienia od: Żaneta\\tŚliwa" # +48166480000
status = "new"
"""

PLACES = [
    ("member", "igla", "contact_person"),
    ("member", "igla", "note"),
    ("member", "zolw", "guests"),
    ("inquiry", ID, None),
    *(("inquiry", ID, field) for field in ("person", "message", "lawful_basis", "whose")),
    ("inquiry", OTHER, "message"),
]
"""Where the person's name is, in the order of the file."""


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """The person in the file, in an old commit, on another branch, in a stash and in the index."""
    git = new_repository(tmp_path / "repository", monkeypatch)
    git.write(".gitignore", ".*.lock\n")
    git.write("registry.toml", REGISTRY)
    git.commit("Begin")
    git.write("registry.toml", f"{REGISTRY}note = '{NFD.upper()}'\n")
    git.commit("Old")
    git.write("registry.toml", REGISTRY)
    git.commit("Clear")
    git("switch", "-q", "-c", "topic", "HEAD~2")
    git.write("mails/one.eml", f"From: =?utf-8?q?x?= <{EMAIL}>\n")
    git.commit("Branch")
    git("switch", "-q", "main")
    git.write("registry.toml", f"{REGISTRY}phone = '16/648 00 00'\n")
    git("stash")
    git.write("registry.toml", f"{REGISTRY}# {PERSON}\n")
    git("add", "registry.toml")
    git.write("registry.toml", FILE)
    monkeypatch.chdir(git.folder)
    return git


def test_report_finds_every_place_of_the_file(planted, pkes):
    held = json.loads(pkes("privacy", "report", PERSON, "--json").out)
    about = [(one["kind"], one["id"], one["field"]) for one in held]
    assert [place for place in about if place in PLACES] == PLACES
    assert {one[1] for one in about} == {"igla", "zolw", ID, OTHER}
    for wanted in (NFD, "żaneta śliwa", "ZANETA  SLIWA"):
        assert json.loads(pkes("privacy", "report", wanted, "--json").out) == held


@pytest.mark.parametrize(
    ("wanted", "parts"),
    [
        (EMAIL, [f'email = "{EMAIL}"', NOBODYS]),
        ("16 6480000", [f'phone = "{PHONE}"', "notes =", 'message = "Pozdrowienia']),
    ],
)
def test_report_finds_address_and_number(planted, pkes, wanted, parts):
    lines = {one["line"] for one in json.loads(pkes("privacy", "report", wanted, "--json").out)}
    assert lines >= {line_of(FILE, part) for part in parts}


def test_erase_names_what_it_leaves_in_the_file(planted, pkes):
    ran = pkes("privacy", "erase", ID, "-y")
    text = planted.registry.read_text(encoding="utf-8")
    left = {
        "member igla, contact_person": "contact_person",
        "member igla, note": "note",
        "member zolw, guests": "guests",
        f"inquiry {ID}, lawful_basis": "lawful_basis",
        f"inquiry {OTHER}, message": 'message = "Pozdrowienia',
        f"inquiry {OTHER}, a comment": "# +48",
    }
    for place, part in left.items():
        assert f"held elsewhere, too: registry.toml:{line_of(text, part)}: {place}\n" in ran.err
    assert f"registry.toml:{line_of(text, NOBODYS)}: " in ran.err
    assert ran.err.count("held elsewhere, too:") == len(left) + 1


def test_erase_finds_it_in_commits_branches_stashes_and_the_index(planted, pkes):
    said = pkes("privacy", "erase", ID, "-y").err
    old, branch = planted("rev-parse", "main~1"), planted("rev-parse", "topic")
    start = said.index("pkes: warning: cleared in the file; still in 2 commits\n")
    lines = said[start:].split("\npkes: ")[0].splitlines()[1:]
    assert sorted(lines[:2]) == sorted(f"  {hash[:10]}  2024-05-01" for hash in (old, branch))
    assert lines[2:] == ["  main", "  topic", "  stash@{0}", "  the index"]


def test_erase_tells_nothing_personal_but_the_comments_that_go(planted, pkes):
    ran = pkes("privacy", "erase", ID, "-y")
    said = (ran.out + ran.err).replace("# Żaneta Śliwa called twice", "")
    assert ran.status == 0
    assert not any(word in said.casefold() for word in ("żaneta", "zaneta", "śliwa", "sliwa", "648", NFD.casefold()))


def test_once_every_named_place_is_cleared_report_finds_nothing(planted, pkes):
    assert pkes("privacy", "erase", ID, "-y").status == 0
    for id, *changes in (["igla", "contact_person=", "note="],):
        assert pkes("edit", id, *changes).status == 0
    assert pkes("inquiry", "remove", OTHER, "-y").status == 0
    text = planted.registry.read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith(("guests", "lawful_basis", "# nobody's"))]
    planted.write("registry.toml", "\n".join(kept) + "\n")
    for wanted in (PERSON, EMAIL, PHONE):
        assert json.loads(pkes("privacy", "report", wanted, "--json").out) == []
