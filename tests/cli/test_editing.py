"""`pkes edit MEMBER` in the user's editor."""

import re
import stat

import pytest

from tests.cli.dialogue import Dialogue
from tests.cli.editors import Editor, empty_fields, without_help
from tests.cli.registry_with_inquiries import ERASED, NEW
from tests.cli.registry_with_inquiries import REGISTRY as WITH_INQUIRIES
from tests.cli.registry_with_members import REGISTRY, changed_lines

IGLA = """\
# the first of all
[members.igla] # founder
name = "Igła"
sector = "ngo" # so they say
nip = "1234563218"
tags = [
  "szycie", # by hand
]
# ask for the key
"""
REFUSED = "pkes: it cannot be written so:\n"


@pytest.fixture
def registry(write_registry):
    return write_registry(REGISTRY)


@pytest.fixture
def editor(tmp_path, monkeypatch):
    return Editor(tmp_path / "editor", monkeypatch)


def test_the_record_is_shown_with_its_comments_below_some_help(registry, editor):
    editor.rounds([])
    said, status = Dialogue("edit", "igla").end()
    assert (said, status) == ("pkes: nothing was changed\n", 0)
    assert without_help(editor.seen()) == IGLA
    help = editor.seen().partition("# the first")[0]
    assert all(line.startswith("#pkes: ") and len(line) < 80 for line in help.splitlines())
    assert "short_name" in help
    assert "Sectors: ngo" in help
    assert "inquiry" not in help  # a command of its own sets it
    assert registry.read_text(encoding="utf-8") == REGISTRY
    assert editor.drafts == []


def test_empty_fields_are_offered_and_left_out_again(registry, editor):
    editor.rounds(
        [
            ("replace", '# town = ""', 'town = "Łańcut"'),
            ("replace", "# needs = []  # Needs", 'needs = ["chleb"] # soon'),
        ]
    )
    said, status = Dialogue("edit", "igla").end()
    assert (said, status) == ("~ member igla\n    Town   — → Łańcut\n    Needs  + chleb\n", 0)
    assert changed_lines(registry) == ['+ town = "Łańcut"', '+ needs = ["chleb"] # soon']
    offered = empty_fields(editor.seen())
    assert offered[:3] == ['# short_name = ""  # Short name', '# legal_form = ""  # Legal form',
                           "# social_enterprise =   # Social enterprise"]  # fmt: skip
    assert [line for line in offered if re.match("# (name|tags|inquiry) ", line)] == []
    assert editor.seen().index("# ask for the key") > editor.seen().index(offered[-1])


def test_the_titles_of_empty_fields_are_those_of_the_language(registry, editor):
    editor.rounds([("replace", '# phone = ""  # Telefon', 'phone = "+48 17 850 10 10"  # Telefon')])
    assert Dialogue("edit", "igla", PKES_LANG="pl").end()[1] == 0
    assert changed_lines(registry) == ['+ phone = "+48 17 850 10 10"']


def test_a_comment_of_its_own_is_not_taken_for_an_empty_field(write_registry, editor):
    own = '# town = ""  # Town'
    registry = write_registry(REGISTRY.replace("nip =", f"{own}\nnip =", 1))
    editor.rounds([("replace", 'name = "Igła"', 'name = "Igła i Nić"')])
    assert Dialogue("edit", "igla").end()[1] == 0
    assert editor.seen().count(own) == 1
    assert own in registry.read_text(encoding="utf-8")


def test_what_is_typed_is_written_as_it_is_typed(registry, editor):
    editor.rounds(
        [("replace", 'sector = "ngo" # so they say\nnip', 'town    = "Łańcut" # or near\nsector = "ngo"\nnip')]
    )
    said, status = Dialogue("edit", "igla").end()
    assert (said, status) == ("~ member igla\n    Town  — → Łańcut\n", 0)
    assert changed_lines(registry) == [
        '- sector = "ngo" # so they say', '+ town    = "Łańcut" # or near', '+ sector = "ngo"',
    ]  # fmt: skip
    assert editor.drafts == []


def test_a_field_may_be_called_by_its_title(registry, editor):
    editor.rounds([("replace", "nip =", 'miejscowość = "Łańcut"\nTelefon = "+48 17 850 00 00"\nnip =')])
    said, status = Dialogue("edit", "igla").end()
    assert (said, status) == ("~ member igla\n    Town   — → Łańcut\n    Phone  — → +48 17 850 00 00\n", 0)
    assert changed_lines(registry) == ['+ town = "Łańcut"', '+ phone = "+48 17 850 00 00"']


def test_a_key_on_record_that_is_no_field_can_be_set_and_cleared(write_registry, editor):
    path = write_registry(REGISTRY.replace("nip =", 'telefon = "1"\ncolour = "red"\nnip =', 1))
    editor.rounds([("replace", 'telefon = "1"\n', ""), ("replace", '"red"', '"blue"')])
    _said, status = Dialogue("edit", "igla").end()
    assert status == 0
    assert path.read_text(encoding="utf-8") == REGISTRY.replace("nip =", 'colour = "blue"\nnip =', 1)


def test_comments_alone_are_written_too(registry, editor):
    editor.rounds([("replace", "# ask for the key", "# the key is at the mill")])
    said, status = Dialogue("edit", "igla").end()
    assert (said, status) == ("pkes: no field changed, only comments or the layout\n", 0)
    assert changed_lines(registry) == ["- # ask for the key", "+ # the key is at the mill"]


@pytest.mark.parametrize("left", ["", "\n \n", "#pkes: Save\n"])
def test_emptied_is_untouched(registry, editor, left):
    editor.rounds([("put", left)])
    before = registry.stat().st_mtime_ns
    assert Dialogue("edit", "igla").end() == ("pkes: nothing was changed\n", 0)
    assert registry.stat().st_mtime_ns == before
    assert editor.drafts == []


def test_a_mistake_leads_back_with_the_error_above_its_line(registry, editor):
    editor.rounds([("replace", '"Igła"', '"Igła')], [("replace", '"Igła\n', '"Igła i Nić"\n')])
    said, status = Dialogue("edit", "igla").end()
    assert said.startswith(REFUSED + "  3: not TOML: ")
    assert said.endswith("~ member igla\n    Name  Igła → Igła i Nić\n")
    assert status == 0
    second = without_help(editor.seen(1)).splitlines()
    assert second[2].startswith("#pkes: the next line: not TOML: ")
    assert second[3] == 'name = "Igła'
    assert "#pkes" not in registry.read_text(encoding="utf-8")
    assert changed_lines(registry) == ['- name = "Igła"', '+ name = "Igła i Nić"']


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        pytest.param('name = "Igła"', "name = 1", 3, '"members.igla.name" is of the wrong type', id="type"),
        pytest.param('name = "Igła"\n', "", 2, "member igla, name: it is required", id="required"),
        pytest.param('"1234563218"', '"1234563219"', 5, "member igla, nip: not a NIP", id="value"),
        pytest.param('sector = "ngo"', 'sector = "ngi"', 4, 'unknown sector "ngi" (did you mean "ngo"?)', id="sector"),
        pytest.param("nip =", "left = 2025-02-30\nnip =", 5, "not TOML", id="no day"),
        pytest.param("nip =", 'inquiry = "x"\nnip =', 5, '"inquiry" is set by a command of its own only', id="inquiry"),
        pytest.param("nip =", 'telefom = "1"\nnip =', 5, 'unknown field "telefom" (did you mean "Phone"?)', id="key"),
        pytest.param("[members.igla]", "[members.nit]", 2, 'has to be [members.igla]; "pkes rename"', id="id"),
        pytest.param("[members.igla]", "[[members.igla]]", 2, "is of the wrong type", id="array"),
        pytest.param("[members.igla] # founder\n", "", 2, "has to be [members.igla]", id="no header"),
        pytest.param("# the first of all\n", "a = 1\n", 1, "nothing but [members.igla]", id="key above"),
        pytest.param("# ask for the key", '[members.x]\nname = "X"', 9, "nothing but [members.igla]", id="another"),
        pytest.param("# ask for the key", "[policy]", 9, "nothing but [members.igla]", id="a table of the file"),
    ],
)
def test_what_leads_back(registry, editor, old, new, line, says):
    editor.rounds([("replace", old, new)], [("put", "")])
    said, status = Dialogue("edit", "igla").end()
    assert (said.count(f"  {line}: "), status) == (1, 0)
    assert says in said
    help = editor.seen().partition("# the first")[0].count("\n")
    shown = editor.seen(1).splitlines()[help + line - 1]
    assert shown.startswith("#pkes: the next line: ")
    assert says in shown
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_all_that_a_write_would_refuse_is_shown_at_once(registry, editor):
    wrong = 'email = "x"\nphone = "y"\n'
    mend = [("replace", 'email = "x"\n', ""), ("replace", 'phone = "y"\n', "")]
    editor.rounds([("replace", "nip =", f"{wrong}nip =")], mend)
    said, status = Dialogue("edit", "igla").end()
    assert said == (
        f"{REFUSED}  5: member igla, email: not an e-mail address: there is no @ in it\n"
        "  6: member igla, phone: not a phone number: there is a letter in it\npkes: nothing was changed\n"
    )
    assert status == 0
    assert without_help(editor.seen(1)).splitlines()[4:8:2] == [
        "#pkes: the next line: member igla, email: not an e-mail address: there is no @ in it",
        "#pkes: the next line: member igla, phone: not a phone number: there is a letter in it",
    ]


def test_a_wrong_key_hides_no_wrong_value_beside_it(registry, editor):
    wrong = 'telefom = "1"\nemail = "x"\nerased = 2025-01-01\nphone = 1\n'
    editor.rounds([("replace", "nip =", f"{wrong}nip ="), ("replace", "1234563218", "1234563219")], [("put", "")])
    said, status = Dialogue("edit", "igla").end()
    assert said == (
        f'{REFUSED}  5: unknown field "telefom" (did you mean "Phone"?)\n'
        "  6: member igla, email: not an e-mail address: there is no @ in it\n"
        '  7: "erased" is set by a command of its own only\n'
        '  8: "members.igla.phone" is of the wrong type: integer instead of string\n'
        "  9: member igla, nip: not a NIP: the check digit does not fit the others\npkes: nothing was changed\n"
    )
    assert status == 0


def test_what_only_follows_from_a_wrong_key_is_not_said_with_it(write_registry, editor):
    write_registry(WITH_INQUIRIES)
    editor.rounds([("replace", "email =", "emial ="), ("replace", 'topic = "join"', 'topic = "joy"')], [("put", "")])
    said, _status = Dialogue("inquiry", "edit", NEW).end()
    assert said.count('unknown field "emial" (did you mean "email"?)') == 1
    assert said.count("not one of join") == 1
    assert "is required" not in said


def test_words_dates_and_lists_are_taken_as_texts_as_an_assignment_takes_them(registry, editor):
    given = 'joined = "02.2024"\npublic_contact = "tak"\nneeds = "chleb; sól"\nemployees = "5"\n'
    editor.rounds([("replace", "nip =", f"{given}nip ="), ("replace", 'sector = "ngo"', 'sector = "NGOs"')])
    said, status = Dialogue("edit", "igla").end()
    assert status == 0, said
    assert [line for line in changed_lines(registry) if line.startswith("+")] == [
        '+ joined = "2024-02"', "+ public_contact = true", '+ needs = ["chleb", "sól"]',
        "+ employees = 5",
    ]  # fmt: skip


def test_a_spelling_near_to_one_in_use_is_warned_of(registry, editor):
    registry.write_text(
        REGISTRY.replace('name = "Fundacja Żółw"', 'name = "Fundacja Żółw"\ntags = ["Haft"]'), encoding="utf-8"
    )
    editor.rounds([("replace", '"szycie"', '"haft"')])
    said, status = Dialogue("edit", "igla").end()
    assert said.endswith('pkes: warning: member igla, Tags: "Haft" is in use, spelled nearly the same\n')
    assert status == 0


def test_the_same_mistake_again_ends_it_and_the_text_is_kept(registry, editor):
    editor.rounds([("replace", "1234563218", "1")], [])
    said, status = Dialogue("edit", "igla").end()
    assert status == 2
    (draft,) = editor.drafts
    assert said.splitlines()[2:] == [
        "pkes: the text is as wrong as before; nothing was changed",
        f"pkes: what was typed is kept in {draft}",
    ]
    assert 'nip = "1"' in draft.read_text(encoding="utf-8")
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert stat.S_IMODE(draft.parent.stat().st_mode) == 0o700
    assert draft.name == "igla.toml"
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_a_warning_does_not_lead_back(registry, editor):
    editor.rounds([("replace", "nip =", 'email = "zolw@example.org"\nnip =')])
    said, status = Dialogue("edit", "igla").end()
    assert 'warning: member igla, email: "zolw" has the same e-mail address' in said
    assert status == 0
    assert changed_lines(registry) == ['+ email = "zolw@example.org"']


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        pytest.param('phone = "22 123 45 67"', 'phone = "+48 22 123 45 67"', id="phone"),
        pytest.param("phone = '22 123 45 67' # desk", 'phone = "+48 22 123 45 67" # desk', id="literal"),
        pytest.param('postal_code = "35 001"', 'postal_code = "35-001"', id="postal code"),
        pytest.param('website = "example.org/"', 'website = "https://example.org/"', id="website"),
        pytest.param('krs = "999001"', 'krs = "0000999001"', id="KRS"),
        pytest.param('email = " nic@example.org "', 'email = "nic@example.org"', id="e-mail"),
        pytest.param('town = " Łąka"', 'town = "Łąka"', id="text"),
        pytest.param("town = 'Łąka'", "town = 'Łąka'", id="as it is"),
    ],
)
def test_what_is_typed_gets_its_usual_form_and_nothing_else_changes(write_registry, editor, typed, written):
    before = REGISTRY.replace('sector = "ngo" # so', 'note = "22 123 45 67 "\nsector = "ngo" # so')
    registry = write_registry(before)
    editor.rounds([("replace", "nip =", f"{typed}\nnip =")])
    assert Dialogue("edit", "igla").end()[1] == 0
    assert changed_lines(registry, before) == [f"+ {written}"]


def test_a_number_with_dashes_is_the_number_without(registry, editor):
    editor.rounds([("replace", "1234563218", "526-000-12-46")])
    assert Dialogue("edit", "igla").end()[1] == 0
    assert '+ nip = "5260001246"' in changed_lines(registry)


def test_what_was_wrong_before_is_no_matter(write_registry, editor):
    registry = write_registry(REGISTRY.replace('nip = "1234563218"', 'nip = "1"'))
    editor.rounds([("replace", "nip =", 'town = "Łąka"\nnip =')])
    assert Dialogue("edit", "igla").end()[1] == 0
    assert 'town = "Łąka"' in registry.read_text(encoding="utf-8")


def test_what_is_typed_is_cleaned_with_a_warning(registry, editor):
    editor.rounds([("replace", '"Igła"', '"Ig\u200błа"'.replace("а", "a")), ("replace", "\n", "\r\n")])
    said, status = Dialogue("edit", "igla").end()
    assert "warning: the text: characters that are not text were left out" in said
    assert said.endswith("pkes: nothing was changed\n")
    assert status == 0


def test_lines_that_only_look_like_help_stay(write_registry, editor):
    text = REGISTRY.replace("# the first of all", "#pkes: the first of all")
    registry = write_registry(text)
    editor.rounds([("replace", "nip =", 'town = "Łąka"\nnip =')])
    assert Dialogue("edit", "igla").end()[1] == 0
    assert editor.seen().startswith("##pkes: ")
    assert changed_lines(registry, text) == ['+ town = "Łąka"']


# The options, and who can be edited.


def test_dry_run_writes_nothing_and_keeps_what_was_typed(registry, editor):
    editor.rounds([("replace", "nip =", 'town = "Łąka"\nnip =')])
    said, status = Dialogue("edit", "igla", "--dry-run").end()
    (draft,) = editor.drafts
    assert (said, status) == (
        "~ member igla\n    Town  — → Łąka\npkes: a dry run: nothing was written\n"
        f"pkes: what was typed is kept in {draft}\n",
        0,
    )
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_json(registry, editor):
    editor.rounds([("replace", "nip =", 'town = "Łąka"\nnip =')])
    said, status = Dialogue("edit", "igla", "--json").end()
    assert said == (
        '[{"kind": "member", "id": "igla", "action": "changed", "field": "town", "old": null, "new": "Łąka"}]\n'
    )
    assert status == 0


@pytest.mark.parametrize("command", [["edit", "igla"], ["inquiry", "edit", "2025"], ["cluster", "edit"]])
def test_without_a_terminal_something_is_missing(registry, process, editor, command):
    assert process(*command) == (2, "", "pkes: FIELD=VALUE … is missing\n")
    assert editor.count == 0


def test_a_former_member_by_a_part_of_its_name(write_registry, editor):
    registry = write_registry(REGISTRY.replace('email = "zolw@example.org"', "left = 2020-01-01"))
    editor.rounds([("replace", "left = 2020-01-01\n", "")])
    assert Dialogue("edit", "żółw").end()[1] == 0
    assert "left" not in registry.read_text(encoding="utf-8")


def test_an_inquiry_but_not_what_a_step_sets(write_registry, editor):
    registry = write_registry(WITH_INQUIRIES)
    editor.rounds(
        [("replace", 'status = "new"', 'status = "answered"')],
        [("replace", "answered", "new"), ("replace", "Krosno", "Sanok")],
    )
    said, status = Dialogue("inquiry", "edit", NEW).end()
    assert '"status" is set by a command of its own only' in said
    assert status == 0
    assert changed_lines(registry, WITH_INQUIRIES) == ['- town = "Krosno"', '+ town = "Sanok"']


def test_an_inquiry_erased_meanwhile_stays_erased(write_registry, editor):
    registry = write_registry(WITH_INQUIRIES)
    editor.rounds(
        [("run", "inquiry", "decline", NEW), ("run", "privacy", "erase", NEW, "-y"), ("replace", "Krosno", "Sanok")]
    )
    said, status = Dialogue("inquiry", "edit", NEW).end()
    assert status == 5
    assert "somebody else changed it meanwhile" in said
    assert "Sanok" not in registry.read_text(encoding="utf-8")
    assert ERASED in WITH_INQUIRIES


def test_the_cluster_and_the_policy(write_registry, editor):
    registry = write_registry(REGISTRY + "\n[policy]\nretention_months = 12\n")
    editor.rounds([("replace", "members = 2", "members = 3")], [("replace", "12", "24")])
    assert Dialogue("cluster", "edit").end()[1] == 0
    assert Dialogue("policy", "edit").end()[1] == 0
    assert changed_lines(registry, REGISTRY)[:2] == ["- declared_members = 2", "+ declared_members = 3"]
    assert "retention_months = 24" in registry.read_text(encoding="utf-8")


def test_a_policy_that_is_not_written_has_no_text(registry, editor):
    assert Dialogue("policy", "edit").end() == ("pkes: FIELD=VALUE … is missing\n", 2)


def test_nobody_is_no_text(registry, editor):
    assert Dialogue("edit", "nobody").end()[1] == 4


@pytest.mark.parametrize(
    "written", ['[members]\nx = { name = "X", sector = "ngo" }\n', '[members]\nx.name = "X"\nx.sector = "ngo"\n']
)
def test_a_layout_that_is_not_one_piece(write_registry, editor, written):
    write_registry(REGISTRY.replace("[members.", "[members.x-") + written)
    said, status = Dialogue("edit", "x").end()
    assert status == 5
    assert re.match(r"pkes: registry.toml:\d\d: this layout cannot be edited safely \(members\.x\)", said)
    assert editor.count == 0
