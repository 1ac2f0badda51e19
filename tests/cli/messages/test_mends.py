"""Which command mends a finding, and that there is one only where it would work."""

import pytest

from pkes.checks.findings import Finding
from pkes.cli.messages import mends
from tests.cli.registry_with_faults import FAULTY, GOOD, MENDABLE


@pytest.mark.parametrize(
    ("finding", "command"),
    [
        (("id", "member", "Igla", None), None),
        (("phone", "member", "a b", "phone"), None),
        (("phone", "member", "Igla", "phone"), None),
        (("erased-data", "inquiry", "Anna Igielna", "person"), None),
        (("phone", "member", "inline", "phone"), "fmt"),
        (("unlinked", "inquiry", "inline", "member"), "inquiry reopen inline"),
        (("unknown-key", "member", "inline", "twon"), "fmt"),
        (("id", "inquiry", "A", None), None),
        (("required", "member", "a", "sector"), "edit a sector=…"),
        (("required", "inquiry", "q", "topic"), "inquiry edit q topic=…"),
        (("required", "inquiry", "q", "status"), None),
        (("required", "sector", "s", "pl"), None),
        (("required", "cluster", None, "name"), "cluster edit name=…"),
        (("number", "policy", None, "retention_months"), "policy edit retention_months=…"),
        (("choice", "inquiry", "q", "channel"), "inquiry edit q channel=…"),
        (("choice", "inquiry", "q", "status"), None),
        (("unknown-inquiry", "member", "a", "inquiry"), None),
        (("unknown-member", "cluster", None, "coordinator"), "cluster edit coordinator=…"),
        (("unknown-member", "inquiry", "q", "member"), None),
        (("unknown-key", "member", "a", "twon"), "edit a"),
        (("unknown-key", "member", "a", "a b"), "edit a"),
        (("unknown-key", "member", "Igła", "twon"), None),
        (("unknown-key", "inquiry", "q", "twon"), "inquiry edit q"),
        (("unknown-key", "cluster", None, "en.nme"), "cluster edit"),
        (("unknown-key", "policy", None, "x"), "policy edit"),
        (("unknown-key", "sector", "s", "x"), None),
        (("name-or-person", "inquiry", "q", None), "inquiry edit q person=…"),
        (("email-or-phone", "inquiry", "q", None), "inquiry edit q email=…"),
        (("erased-data", "inquiry", "q", "person"), "privacy erase q"),
        (("retention-due", "inquiry", "q", "closed"), "privacy erase q"),
        (("overdue", "inquiry", "q", "received"), "inquiry answer q"),
        (("unlinked", "inquiry", "q", "member"), "inquiry reopen q"),
        (("undated", "inquiry", "q", "closed"), "inquiry edit q closed=…"),
        (("date-order", "inquiry", "q", "erased"), None),
        (("declared-members", "cluster", None, "declared_members"), "cluster edit declared_members=…"),
        (("syntax", "file", None, None), None),
        (("unknown-key", "file", None, "x"), None),
        (("spaces", "member", "a", "town"), "check --fix"),
        (("spaces", "member", "b", "town"), None),
        (("phone", "member", "a", "town"), "edit a town=…"),
    ],
    ids=lambda value: "-".join(map(str, value)) if isinstance(value, tuple) else None,
)
def test_the_command(finding, command):
    mendable = mends.Mendable({("member", "a", "town")}, {("member", "inline")})
    kind, *others = finding[1:]
    assert mends.command(Finding(finding[0], kind, *others, {}), mendable) == command


def test_what_can_be_mended_in_a_text():
    assert mends.mendable(GOOD) == mends.Mendable(set(), {("policy", None)})
    assert ("member", "igla", "phone") in mends.mendable(MENDABLE).places
    assert mends.mendable(FAULTY) is None
    assert mends.mendable("[") is None


def test_what_cannot_be_edited_yet():
    mendable = mends.mendable(GOOD + "[members.b]\n[members]\nc.name = ' C'\nd = {}\n[members.e.inner]\n")
    assert mendable.stuck == {("policy", None), ("member", "c"), ("member", "d"), ("member", "e")}
    spaces = Finding("spaces", "member", "c", "name", {})
    assert (mendable.fixes, mends.is_fixable(spaces, mendable), mends.command(spaces, mendable)) == (
        False,
        False,
        "fmt",
    )
