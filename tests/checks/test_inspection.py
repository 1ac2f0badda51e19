"""What is found in a text, and what of it an earlier text does not have."""

import datetime

import pytest
from hypothesis import given, settings

from pkes.checks.inspection import inspect
from pkes.errors import Malformed
from tests import random_registries
from tests.cli.registry_with_faults import FAULTY, GOOD, MENDABLE

TODAY = datetime.date(2025, 3, 1)


@pytest.mark.parametrize("text", [FAULTY.removeprefix("\ufeff"), MENDABLE, GOOD], ids=["faulty", "mendable", "good"])
def test_a_text_has_nothing_new_beside_itself(text):
    assert inspect(text, TODAY, text).found == []
    with pytest.raises(Malformed):
        inspect(text, TODAY, "[")


def test_what_is_new_has_its_own_place():
    before = GOOD + 'town = ""\n'
    after = "# moved\n" + before.replace('name = "A"', 'name = "A "')
    assert [(one.finding.code, one.line, one.column) for one in inspect(after, TODAY, before).found] == [
        ("spaces", 10, 1)
    ]


@settings(max_examples=40, deadline=None)
@given(random_registries.DATA, random_registries.DATA)
def test_what_is_new_is_a_part_of_what_is_found(before, after):
    import tomli_w

    old, new = tomli_w.dumps(before), tomli_w.dumps(after)
    everything = inspect(new, TODAY).found
    added = inspect(new, TODAY, old).found
    assert [one for one in everything if one in added] == added
    assert len(everything) - len(added) <= len(inspect(old, TODAY).found)
    assert inspect(new, TODAY, new).found == []
