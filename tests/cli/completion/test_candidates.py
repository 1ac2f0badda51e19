"""What can stand at each place of the command line."""

import pytest
import typer
from typer.core import TyperGroup

from pkes import i18n
from pkes.checks.codes import CODES
from pkes.cli import command_tree
from pkes.cli.completion import candidates
from pkes.cli.completion.answer import split
from pkes.cli.completion.candidates import Candidate, fitting
from pkes.model.records import Inquiry, Member, fields
from tests.cli.registry_with_inquiries import ACCEPTED, ANSWERED, ERASED, NEW, REGISTRY

FREE = {
    "add": {"name", "id", "from_krs"},
    "rename": {"new"},
    "init": {"name", "short_name", "coordinator", "email"},
    "inquiry accept": {"id"},
    "note": {"text", "remind"},
    "inquiry note": {"text"},
    "privacy report": {"text"},
    "sectors add": {"id", "pl", "en"},
    "sectors edit": {"pl", "en"},
    "sectors rename": {"new"},
    "check": {"since", "max_removed"},
    "history": {"span", "since"},
    "query": {"sql"},
    "report": {"first", "last"},
    "save": {"text"},
    "undo": {"revision"},
    "": {"search", "limit", "on", "reason"},
}
"""What is typed freely, by command; "" are all commands. So are the fields of a record that no list of words fits."""


@pytest.fixture(autouse=True)
def in_english():
    i18n.use_language("en")


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


def found(line):
    *before, last = split(f"pkes {line}")
    arguments = [word.text for word in before[1:]]
    return candidates.complete(command_tree.pkes_command(), arguments, last.text, explained=True)


def values(line):
    return [candidate.value for candidate in found(line)]


def every_parameter(group, path="", context=None):
    """Yield each command of a group with its parameters that take a value."""
    inner = typer.Context(group, info_name=path, parent=context)
    for name in group.list_commands(inner):
        command = group.get_command(inner, name)
        place = f"{path} {name}".strip()
        for parameter in command.get_params(inner):
            if not getattr(parameter, "is_flag", False):
                yield place, parameter
        if isinstance(command, TyperGroup):
            yield from every_parameter(command, place, inner)


def test_nothing_that_takes_a_value_is_forgotten():
    known = {*fields(Member), *fields(Inquiry)}
    missing = [
        (place, parameter.name)
        for place, parameter in every_parameter(command_tree.pkes_command())
        if parameter.name not in {*FREE.get(place, ()), *FREE[""], *known, *candidates._OFFERED, *candidates._FILES}
        and not {f"{place} {parameter.name}"} & {*candidates._OFFERED, *candidates._FILES}
        and not candidates._choices(parameter)
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ["żółw", "Zoo", "igła"]),
        ("z", ["żółw", "Zoo"]),
        ("ŻÓ", ["żółw", "Zoo"]),
        ("zolw", ["żółw"]),
        ("gl", ["igła"]),
        ("turtle", ["żółw"]),
        ("o", []),
        ("x", []),
    ],
)
def test_fitting(typed, words):
    known = [Candidate("żółw", "a turtle"), Candidate("Zoo"), Candidate("igła")]
    assert [one.value for one in fitting(known, typed)] == words


def test_commands():
    assert values("") == list(command_tree.COMMANDS)
    assert found("inqu") == [("inquiry", "Who asks to join, from the first contact on.")]
    assert values("inquiry ") == list(command_tree.COMMANDS["inquiry"])
    assert found("inquiry reo") == [("reopen", "Open a closed inquiry again.")]
    assert values("sectors re") == ["rename", "remove"]


def test_options():
    assert values("--") == [
        "--registry", "--lang", "--version", "--install-completion", "--show-completion", "--help",
    ]  # fmt: skip
    assert found("list --no") == [("--no-headers", "No line of titles; with one field: bare values, one a line.")]
    assert values("add X --no") == ["--no-social-enterprise", "--no-public-contact", "--note", "--notes"]
    assert values("note x --dry-run --") == ["--remind", "--done", "--json", "--help"]
    assert "--tags" in values("list --tags a --t")  # it may be repeated


@pytest.mark.parametrize("command", ["show", "edit", "rename", "leave", "remove", "match"])
def test_members(registry, command):
    assert found(f"{command} ig") == [("igla", "Igła")]
    assert values(f"{command} żó") == ["zolw"]


@pytest.mark.parametrize("command", ["inquiry show", "inquiry edit", "inquiry note", "inquiry remove", "privacy erase"])
def test_inquiries(registry, command):
    assert set(values(f"{command} ")) == {NEW, ANSWERED, ACCEPTED, ERASED, *values(f"{command} ")}
    assert (NEW, "join, new") in found(f"{command} ")
    assert NEW in values(f"privacy erase {ERASED} ")


@pytest.mark.parametrize(
    ("step", "yes", "no"),
    [("answer", NEW, ANSWERED), ("accept", ANSWERED, ACCEPTED), ("decline", NEW, ACCEPTED), ("reopen", ACCEPTED, NEW)],
)
def test_a_step_is_offered_the_inquiries_that_can_take_it(registry, step, yes, no):
    assert yes in values(f"inquiry {step} ")
    assert no not in values(f"inquiry {step} ")


@pytest.mark.parametrize(
    "line",
    ["inquiry show ", "inquiry show A", "inquiry show anna", "history ", "privacy report ", "privacy report A",
     "inquiry edit 2025-02-20-new person=", "inquiry edit 2025-02-20-new town=", "inquiry add --person ",
     "inquiry add --town ", "edit igla contact_person=", "edit igla email=", "edit igla note=", "list -q "],
)  # fmt: skip
def test_a_person_is_never_shown(registry, line):
    shown = repr(found(line))
    for person in ("Anna", "Nowa", "Krosno", "example.org", "+48"):
        assert person not in shown


def test_records(registry):
    assert values("history ")[:2] == ["cluster", "policy"]
    assert {"igla", NEW} <= set(values("history "))


def test_sectors(registry):
    for line in ("list -s ", "add X --sector ", "sectors rename ", "sectors remove ", "inquiry add -s "):
        assert found(f"{line}ng") == [("ngo", "NGOs")]
    assert values("sectors add ng") == []
    assert values("init --sector so") == ["social-economy"]


def test_values_of_members(write_registry):
    held = 'town = "Łąka"\ntags = ["b", "ć"]\n[members.a]\nname = "A"\ntown = "Łańcut"\ntags = ["c", "b"]\n\n# the last'
    write_registry(REGISTRY.replace("\n# the last", held, 1))
    assert values("list --town ") == values("add X --town ") == values("inquiry add --town ") == ["Łańcut", "Łąka"]
    assert values("edit igla town=laka") == ["town=Łąka"]
    assert values("edit igla tags-=") == ["tags-=b", "tags-=c", "tags-=ć"]
    assert values("list --tags ") == ["b", "c", "ć"]
    assert values("list --needs ") == []


def test_words_of_the_program(registry):
    assert values("list --status ") == ["current", "former", "all"]
    assert values("inquiry list --status ") == [
        "open",
        "all",
        "new",
        "answered",
        "accepted",
        "closed",
        "declined",
        "withdrawn",
    ]
    assert values("export --status f") == ["former"]
    assert values("export inquiries --status wi") == ["withdrawn"]
    assert values("export -f s") == ["sqlite"]
    assert values("export in") == ["inquiries"]
    assert values("inquiry add --topic ") == ["join", "cooperate", "information"]
    assert values("inquiry add --channel=e") == ["--channel=email"]
    assert values("check --explain ") == list(CODES)
    assert found("check --explain name-t") == [("name-twice", "warning")]
    assert values("--lang ") == ["pl", "en"]


def test_fields(registry):
    assert values("list --sort ") == ["id", *fields(Member)]
    assert values("inquiry list --sort rec") == ["received"]
    assert values("history --field pho") == ["phone"]
    assert found("list --fields id,na") == [("id,name", "Full name")]
    assert values("list --fields town,to") == []
    assert values("import x.csv --map 'Adres e-mail=ema") == ["Adres e-mail=email"]
    assert values("import x.csv --as inquiries --map Data=rec") == ["Data=received"]
    assert values("import x.csv --map Da") == []


def test_assignments(registry):
    assert values("edit igla na") == ["name="]
    assert values("edit igla ta") == ["tags=", "tags+=", "tags-="]
    assert found("edit igla short") == [("short_name=", "Short name or acronym")]
    assert "inquiry=" not in values("edit igla ")
    assert "status=" not in values("inquiry edit x ")
    assert "town=" not in values("edit igla town=x ")
    assert "sector=" in values("inquiry accept x ")
    assert "received=" not in values("inquiry accept x ")
    assert values("cluster edit coord") == ["coordinator="]
    assert values("cluster edit coordinator=ig") == ["coordinator=igla"]
    assert values("policy edit ") == [
        "answer_within_days=",
        "retention_months=",
        "contact_retention_months=",
        "confirm_months=",
        "lawful_basis=",
        "autosave=",
        "ignore=",
        "ignore+=",
        "ignore-=",
    ]


def test_values_of_assignments(registry):
    assert values("edit igla sector=ng") == ["sector=ngo"]
    assert values("edit igla social-enterprise=") == ["social-enterprise=yes", "social-enterprise=no"]
    assert values("inquiry edit x channel=") == [
        f"channel={one}" for one in ("phone", "email", "web", "letter", "meeting")
    ]
    assert values("edit igla website=") == []
    assert values("edit igla nonsense=") == []


def test_members_that_the_court_register_knows(write_registry):
    write_registry(REGISTRY.replace("[members.", '[members.znany]\nname = "Z"\nkrs = "1"\n\n[members.', 1))
    assert values("verify ") == ["znany"]
    assert "town" in values("verify --fields ")
    assert values("verify --fields town,p") == ["town,postal_code"]
    assert found("verify --answers ") is None


def test_the_english_texts_of_the_cluster(registry):
    names = ["name=", "description=", "composition=", "goals=", "goals+=", "goals-=", "benefits=", "benefits+="]
    assert values("cluster edit en.")[: len(names)] == [f"en.{name}" for name in names]
    assert "en.name=" not in values("cluster edit en.name=X en.")
    assert found("cluster edit en.inv") == [("en.invitation=", "Who is invited to join, in English")]
