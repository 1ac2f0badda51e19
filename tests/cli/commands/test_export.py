"""`pkes export`: which records it takes, with which fields, and what it refuses."""

import csv
import json
import sqlite3

import pytest

from tests.cli.exporting import INQUIRIES, MEMBERS, REGISTRY

FORMER = "pkes: 1 former member is left out (--status all takes it)\n"
UNKNOWN = "pkes: warning: unknown keys are not exported: colour, size\n"


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.fixture
def quiet(write_registry):
    """The same registry without what the program does not know."""
    alien = ('colours = ["blue"]\n', 'motto = "?"\n', 'colour = "red"\n', "size = 3\n")
    text = REGISTRY
    for one in alien:
        text = text.replace(one, "")
    return write_registry(text)


def rows(ran) -> list[list[str]]:
    assert ran.status == 0, ran.err
    return list(csv.reader(ran.out.splitlines(keepends=True)))


def ids(ran) -> list[str]:
    return [row[0] for row in rows(ran)[1:]]


def test_members_as_csv_where_nothing_else_is_asked_for(registry, pkes):
    ran = pkes("export")
    header, *records = rows(ran)
    assert header == MEMBERS
    assert dict(zip(header, records[0], strict=True)) == dict.fromkeys(MEMBERS, "") | {
        "id": "igla", "name": "Igła", "sector": "ngo", "social_enterprise": "true", "joined": "2014-10",
        "town": "Łańcut", "contact_person": "Anna Igielna", "email": "igla@example.org", "phone": "+48 12 345 67 89",
        "krs": "0000123456", "offers": "szycie\\; krawiectwo; haft\\\\koronki", "tags": "usługi",
        "inquiry": "2025-01-05-acc", "source": "rozmowa", "note": "jeden\ndwa",
    }  # fmt: skip
    assert [row[0] for row in records] == ["igla", "szkola"]
    assert ran.out.count("\r\n") == 3
    assert ran.err == FORMER + UNKNOWN
    assert ran == pkes("export", "members", "-f", "csv")


def test_inquiries(quiet, pkes):
    ran = pkes("export", "inquiries", "--format", "CSV")
    header, *records = rows(ran)
    assert header == INQUIRIES
    assert [row[0] for row in records] == ["2025-02-01-new", "2025-02-20-new"]
    assert ran.err == "pkes: 1 inquiry that is not open is left out (--status all takes it)\n"


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        pytest.param(["--status", "all"], ["dawna", "igla", "szkola"], id="all"),
        pytest.param(["--status", "former"], ["dawna"], id="former"),
        pytest.param(["--status", "current"], ["igla", "szkola"], id="the default, asked for"),
        pytest.param(["-s", "nauka", "--status", "all"], ["dawna", "szkola"], id="sector"),
        pytest.param(["-s", "ngo", "--sort=-name"], ["igla"], id="without those of other sectors"),
        pytest.param(["--town", "lancut"], ["igla"], id="town"),
        pytest.param(["--county", "RZESZÓW"], ["szkola"], id="county"),
        pytest.param(["--legal-form", "Uczelnia wyzsza"], ["szkola"], id="legal form"),
        pytest.param(["--tags", "usługi", "--tags", "x"], ["igla"], id="tags"),
        pytest.param(["--offers", "szycie; krawiectwo"], ["igla"], id="offers"),
        pytest.param(["--needs", "szycie"], ["szkola"], id="needs"),
        pytest.param(["--with", "needs"], ["szkola"], id="with a field"),
        pytest.param(["--without", "needs", "--status", "all"], ["dawna", "igla"], id="without a field"),
        pytest.param(["-q", "igieln"], ["igla"], id="search"),
        pytest.param(["--sort=-name", "--status", "all"], ["szkola", "igla", "dawna"], id="order"),
        pytest.param(["-n", "1", "--status", "all"], ["dawna"], id="limit"),
        pytest.param(["-n", "0", "--status", "all"], [], id="none"),
    ],
)
def test_the_filters_of_the_list_of_members(quiet, pkes, arguments, wanted):
    ran = pkes("export", *arguments)
    assert ids(ran) == wanted
    assert ran.err == ""
    assert pkes("list", "--fields", "id", "--no-headers", *arguments).out.split() == wanted


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        pytest.param(["--status", "all"], ["2025-01-05-acc", "2025-02-01-new", "2025-02-20-new"], id="all"),
        pytest.param(["--status", "accepted"], ["2025-01-05-acc"], id="one status"),
        pytest.param(["--overdue"], ["2025-02-01-new"], id="overdue"),
        pytest.param(["-s", "ngo"], ["2025-02-01-new"], id="sector"),
        pytest.param(["-q", "pytany"], ["2025-02-20-new"], id="search"),
        pytest.param(["--status", "all", "-n", "1", "--sort=-received"], ["2025-02-20-new"], id="order and limit"),
    ],
)
def test_the_filters_of_the_list_of_inquiries(quiet, pkes, arguments, wanted):
    ran = pkes("export", "inquiries", *arguments)
    assert ids(ran) == wanted
    assert ran.err == ""
    assert pkes("inquiry", "list", "--fields", "id", "--no-headers", *arguments).out.split() == wanted


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["--town", "Krosno"], FORMER, id="only a former one"),
        pytest.param(["--town", "Łańcót"], 'pkes: no member listed has town "Łańcót" (did you mean "Łańcut"?)\n',
                     id="no such town"),
        pytest.param(["-q", "nothing"], "pkes: no member fits\n", id="no such text"),
        pytest.param(["inquiries", "-q", "nothing"], "pkes: no open inquiry fits\n", id="no open inquiry"),
        pytest.param(["inquiries", "--status", "declined"], "pkes: no inquiry fits\n", id="no inquiry"),
    ],
)  # fmt: skip
def test_it_says_why_there_is_nothing(quiet, pkes, arguments, says):
    ran = pkes("export", *arguments)
    assert (ids(ran), ran.err) == ([], says)


def test_fields(registry, pkes):
    ran = pkes("export", "--fields", "town,legal-form,id", "--sort", "town")
    assert ran.out == "town,legal_form,id\r\nŁańcut,,igla\r\nRzeszów,uczelnia wyższa,szkola\r\n"
    assert ran.err == FORMER
    assert json.loads(pkes("export", "--fields", "offers,id", "-f", "json", "-n", "1").out) == [
        {"offers": ["szycie; krawiectwo", "haft\\koronki"], "id": "igla"}
    ]


def test_one_unknown_key_is_named(write_registry, pkes):
    write_registry('format = 1\n[cluster]\nname = "K"\n[members.a]\nname = "A"\n"a\\u001bb" = 1\nleft = 2000-01-01\n')
    assert pkes("export", "--status", "all").err.endswith("pkes: warning: an unknown key is not exported: a\\x1bb\n")
    assert "unknown key" not in pkes("export").err


class TestPublic:
    HIDDEN = ("contact_person", "note", "notes", "reminders", "inquiry", "source")

    @pytest.mark.parametrize("format", ["csv", "json", "ndjson", "vcard", "markdown"])
    def test_leaves_out_what_is_personal(self, quiet, pkes, format):
        out = pkes("export", "--public", "--status", "all", "-f", format).out
        assert "Łańcut" in out
        for personal in ("Anna", "example.org", "345 67", "jeden", "2025-01-05", "rozmowa", *self.HIDDEN):
            assert personal not in out

    @pytest.mark.parametrize("format", ["csv", "json", "ndjson", "vcard", "markdown", "jsonld"])
    def test_has_the_contact_of_a_member_that_agreed(self, write_registry, pkes, format):
        text = '[members.{id}]\nname = "{id}"\nsector = "s"\nemail = "{id}@example.org"\npublic_contact = {agreed}\n'
        members = "".join(text.format(id=id, agreed=agreed) for id, agreed in (("a", "true"), ("b", "false")))
        write_registry(
            'format = 1\n[cluster]\nname = "K"\ncoordinator = "a"\n[sectors.s]\npl = "s"\nen = "s"\n' + members
        )
        out = pkes("export", "--public", "-f", format).out.replace("\\", "")
        assert ("a@example.org" in out, "b@example.org" in out) == (True, False)

    @pytest.mark.parametrize("format", ["csv", "json", "ndjson", "jsonld", "vcard", "markdown"])
    def test_what_was_talked_about_never_goes_out(self, quiet, pkes, format):
        text = quiet.read_text(encoding="utf-8")
        talked = 'public_contact = true\nnotes = ["2025-01-07 SECRET"]\nreminders = ["2025-09-01 SECRET"]\n'
        quiet.write_text(text.replace('sector = "ngo"\n', f'sector = "ngo"\n{talked}', 1), encoding="utf-8")
        assert "SECRET" in pkes("export", "-f", "json").out
        assert "SECRET" not in pkes("export", "--public", "-f", format).out

    def test_as_linked_data_nothing_else_goes_out(self, quiet, pkes):
        out = pkes("export", "--status", "all", "-f", "jsonld").out
        assert "Łańcut" in out
        for personal in ("Anna", "example.org", "345 67", "jeden", "2025-01-05", "rozmowa"):
            assert personal not in out
        ran = pkes("export", "inquiries", "-f", "jsonld")
        assert (ran.status, ran.out) == (2, "")

    def test_leaves_the_other_columns(self, quiet, pkes):
        assert rows(pkes("export", "--public"))[0] == [name for name in MEMBERS if name not in self.HIDDEN]
        assert rows(pkes("export", "--public", "--fields", "town,id"))[0] == ["town", "id"]

    def test_goes_for_a_database_too(self, quiet, pkes):
        assert pkes("export", "--public", "-o", "a.db").status == 0
        assert b"Anna" not in (quiet.parent / "a.db").read_bytes()

    @pytest.mark.parametrize("name", HIDDEN)
    def test_refuses_a_field(self, quiet, pkes, name):
        ran = pkes("export", "--public", "--fields", f"id,{name.replace('_', '-')}")
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(f"pkes: --public: it leaves out {name}\n")

    def test_refuses_inquiries(self, quiet, pkes):
        ran = pkes("export", "inquiries", "--public", "--fields", "id")
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("pkes: --public: inquiries are not for lists that are published\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["membres"], 'unknown kind of record "membres" (did you mean "members"?)', id="kind"),
        pytest.param(["-f", "vcrd"], 'unknown format "vcrd" (did you mean "vcard"?)', id="format"),
        pytest.param(["-f", "excel"], 'unknown format "excel"', id="excel is an option"),
        pytest.param(["--fields", "id,tonw"], 'unknown field "tonw" (did you mean "town"', id="field"),
        pytest.param(["--fields", "id,id"], '--fields: "id" is named twice', id="field twice"),
        pytest.param(["--sort", "colour"], 'unknown field "colour"', id="order"),
        pytest.param(["--status", "open"], 'unknown status "open"', id="status of inquiries"),
        pytest.param(["inquiries", "--status", "curent"], 'unknown status "curent"', id="status of members"),
        pytest.param(["-s", "ngi"], 'unknown sector "ngi" (did you mean "ngo"?)', id="sector"),
        pytest.param(["-n", "-1"], "--limit: a whole number from 0 is expected", id="limit"),
        pytest.param(["--overdue"], "--overdue: members have no such filter", id="filter of inquiries"),
        pytest.param(["inquiries", "--town", "x"], "--town: inquiries have no such filter", id="town of inquiries"),
        pytest.param(["inquiries", "--legal-form", "x"], "--legal-form: inquiries have no", id="filter of members"),
        pytest.param(["inquiries", "--without", "nip"], "--without: inquiries have no", id="fields of members"),
        pytest.param(["--with", "nipp"], 'unknown field "nipp" (did you mean "nip"?)', id="field to have"),
        pytest.param(["all", "-f", "csv"], "all: only xlsx and sqlite hold all kinds in one", id="all in csv"),
        pytest.param(["all", "-o", "a.json"], "all: only xlsx and sqlite hold all kinds in one", id="all by suffix"),
        pytest.param(["all", "-s", "ngo"], '--sector: it does not go with "all"', id="all of a sector"),
        pytest.param(["all", "--status", "former"], '--status: it does not go with "all"', id="all of a status"),
        pytest.param(["all", "-n", "0"], '--limit: it does not go with "all"', id="some of all"),
        pytest.param(["all", "--public"], '--public: it does not go with "all"', id="all in public"),
    ],
)
def test_it_refuses(quiet, pkes, arguments, says):
    ran = pkes("export", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"pkes: {says}")
    assert sorted(path.name for path in quiet.parent.iterdir()) == ["registry.toml"]


def test_all_is_a_database_of_everything(registry, pkes):
    ran = pkes("export", "all", "--status", "all", "-o", "registry.db")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.splitlines() == [
        "pkes: warning: unknown keys are not exported: motto, colour, size, colours",
        "pkes: registry.db: 3 members, 3 inquiries written",
    ]
    database = sqlite3.connect(registry.parent / "registry.db")
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
    counts = {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
    assert counts == {
        "cluster": 1, "cluster_benefits": 0, "cluster_en_benefits": 0, "cluster_en_goals": 0, "cluster_goals": 2,
        "inquiries": 3, "inquiries_notes": 1, "members": 3, "members_needs": 1, "members_notes": 0,
        "members_offers": 2, "members_reminders": 0, "members_tags": 1, "policy": 1, "policy_ignore": 0, "sectors": 2,
    }  # fmt: skip
    assert database.execute(
        "SELECT m.name, i.person FROM cluster c JOIN members m ON m.id = c.coordinator"
        " JOIN inquiries i ON i.id = m.inquiry"
    ).fetchall() == [("Igła", "Anna Igielna")]
    references = database.execute("PRAGMA foreign_key_list(members)").fetchall()
    assert {row[2] for row in references} == {"sectors", "inquiries"}
    database.close()
    assert pkes("export", "all", "-f", "sqlite", "-o", "again.db").status == 0
    assert (registry.parent / "again.db").read_bytes() == (registry.parent / "registry.db").read_bytes()


def test_the_shipped_registry(shipped, pkes):
    ran = pkes("export", "--fields", "id,town", "-s", "science")
    assert ran == (0, "id,town\r\nuniwersytet-rzeszowski,Rzeszów\r\n", "")
