"""Of several faults of one value the one that makes it wrong is told, not how it is written."""

from typing import Any

import pytest

from pkes.model.records import Inquiry, Member, fields
from pkes.model.values import fault, faults

FIELDS = fields(Inquiry) | fields(Member)


@pytest.mark.parametrize(
    ("name", "stored", "code"),
    [
        pytest.param("phone", " 12", "phone", id="spaces-around-a-wrong-number"),
        pytest.param("email", "a@b ", "email", id="spaces-behind-a-wrong-address"),
        pytest.param("nip", "123-456-32-19 ", "nip", id="spaces-and-form"),
        pytest.param("nip", "123-456-32-18 ", "spaces", id="spaces-before-form"),
        pytest.param("website", "o\u0301 b", "website", id="decomposed-and-wrong"),
        pytest.param("note", " a\u0007", "character", id="text"),
        pytest.param("channel", " phone", "choice", id="choice-with-spaces"),
    ],
)
def test_the_graver_fault_is_told(name: str, stored: Any, code: str) -> None:
    found = fault(FIELDS[name], stored)
    assert found is not None
    assert found[0] == code


@pytest.mark.parametrize(
    ("stored", "found"),
    [
        pytest.param(["a ", "b", "c\u0007 "], [(0, "spaces"), (2, "character")], id="one-an-item"),
        pytest.param(
            ["", "b\nc", "d ", "d "], [(0, "empty"), (1, "line-break"), (2, "spaces"), (3, "spaces")], id="each"
        ),
        pytest.param([], [(None, "empty")], id="no-items"),
        pytest.param(["a"], [], id="right"),
    ],
)
def test_every_item_of_a_list_has_its_own(stored: list[str], found: list[tuple[int | None, str]]) -> None:
    assert [(item, code) for _, item, (code, _detail) in faults(FIELDS["tags"], [stored])] == found


def test_every_value_of_a_column_has_its_own() -> None:
    column = ["12-345", None, " 12-345", "12-34", "12-345", "12-34"]
    found = [(number, item, code) for number, item, (code, _detail) in faults(FIELDS["postal_code"], column)]
    assert found == [(2, None, "spaces"), (3, None, "postal-code"), (5, None, "postal-code")]


def test_every_list_of_a_column_has_its_own() -> None:
    column = [["a"], None, ["a", "b "], [], ["b "]]
    found = [(number, item, code) for number, item, (code, _detail) in faults(FIELDS["tags"], column)]
    assert found == [(2, 1, "spaces"), (3, None, "empty"), (4, 0, "spaces")]
