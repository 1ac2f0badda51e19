"""Values for programs: what JSON has no number for is a text there."""

import json
from math import inf, nan

import pytest

from pkes.cli.terminal import plain
from tests.cli.registry_with_faults import GOOD


@pytest.mark.parametrize(
    ("value", "written"),
    [(inf, "inf"), (-inf, "-inf"), (nan, "nan"), (1.5, 1.5), ([inf, 1], ["inf", 1]), ((nan,), ["nan"]), (None, None)],
    ids=repr,
)
def test_a_number_that_json_does_not_have(value, written):
    held = {"a": value, "b": [{"c": value}]}
    expected = {"a": written, "b": [{"c": written}]}
    assert json.loads(plain.json(held)) == json.loads(plain.cell(held)) == expected
    assert json.loads(plain.json_array([held, value])) == [expected, written]


def test_it_is_told_apart_in_changes(write_registry, pkes):
    path = write_registry(GOOD + "x = inf\n")
    (path.parent / "new.toml").write_text(GOOD + "x = -inf\n")
    [change] = json.loads(pkes("diff", "registry.toml", "./new.toml", "--json").out)
    assert (change["old"], change["new"]) == ("inf", "-inf")
    assert json.loads(pkes("show", "a", "--json").out)["x"] == "inf"
