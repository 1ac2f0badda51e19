"""Edits in random layouts: the text holds what was meant, and every other line is what it was."""

import copy

from hypothesis import event, given, settings
from hypothesis import strategies as st

from pkes.errors import CannotEdit
from pkes.registry import changes
from pkes.registry.parsing import parse
from pkes.toml.scan import comments
from tests.layouts import lay_out
from tests.random_registries import ALIEN, DATA, LINES, LISTS, MEMBERS, PARTIAL, TEXTS, registry

SEEDS = st.integers(0, 2**32)
FIELDS = {
    "name": LINES,
    "town": LINES,
    "phone": LINES,
    "joined": PARTIAL,
    "social_enterprise": st.booleans(),
    "offers": LISTS,
    "tags": LISTS,
    "note": TEXTS,
    "colour": ALIEN,
}


@given(data=DATA, seed=SEEDS)
def test_a_layout_reads_as_its_data(data, seed):
    assert changes.compare(parse(lay_out(data, seed).text), registry(data)) == ()


@given(before=DATA, after=DATA, seed=SEEDS)
@settings(max_examples=60)
def test_compare_then_apply_gives_the_target(before, after, seed):
    text = lay_out(before, seed).text
    target = registry(after)
    found = changes.compare(parse(text), target)
    try:
        edited = changes.apply(text, found, target)
    except CannotEdit:
        event("refused")
        return
    assert changes.compare(parse(edited.text), target) == ()
    assert text != edited.text or not found


@given(data=DATA.filter(lambda data: "members" in data), seed=SEEDS, draw=st.data())
@settings(max_examples=60)
def test_a_change_of_a_field_touches_no_other_line(data, seed, draw):
    laid = lay_out(data, seed)
    id = draw.draw(st.sampled_from(sorted(data["members"])), label="id")
    field = draw.draw(st.sampled_from(sorted(FIELDS)), label="field")
    value = draw.draw(st.one_of(st.none(), FIELDS[field]), label="value")
    after = copy.deepcopy(data)
    after["members"][id].pop(field, None)
    if value is not None:
        after["members"][id][field] = value

    target = registry(after)
    new = changes.apply(laid.text, changes.compare(parse(laid.text), target), target)

    assert changes.compare(parse(new.text), target) == ()
    # Blank lines may go with a table, and at the end of a text that ends without a line end.
    old = data["members"][id].get(field)
    blank_may_go = isinstance(old, dict) or not laid.text.endswith("\n")
    stays = {("members", id, field, "#")} if value is not None and not isinstance(old, dict) else set()
    others = [
        line
        for line, owner in laid.lines
        if (owner[:3] != ("members", id, field) or owner in stays) and (line.strip() or not blank_may_go)
    ]
    assert is_subsequence(others, lines_of(new.text))
    assert ("\r\n" in new.text) == ("\r\n" in laid.text)
    assert new.text.count("\r\n") in (0, new.text.count("\n"))
    assert new.text.endswith("\n") == laid.text.endswith("\n")


@given(data=DATA, record=MEMBERS, id=st.sampled_from(["0", "bb", "m", "zz"]), seed=SEEDS)
def test_a_new_member_touches_no_other_line(data, record, id, seed):
    laid = lay_out(data, seed)
    after = copy.deepcopy(data)
    after.setdefault("members", {})[id] = record
    target = registry(after)
    new = changes.apply(laid.text, changes.compare(parse(laid.text), target), target)
    assert changes.compare(parse(new.text), target) == ()
    assert is_subsequence([line for line, _ in laid.lines], lines_of(new.text))
    assert new.lost == ()


@given(data=DATA.filter(lambda data: "members" in data), seed=SEEDS, draw=st.data())
def test_removing_a_member_takes_its_own_lines_and_names_its_comments(data, seed, draw):
    laid = lay_out(data, seed)
    id = draw.draw(st.sampled_from(sorted(data["members"])), label="id")
    after = copy.deepcopy(data)
    del after["members"][id]
    target = registry(after)
    new = changes.apply(laid.text, changes.compare(parse(laid.text), target), target)
    assert changes.compare(parse(new.text), target) == ()
    others = [line for line, owner in laid.lines if owner[:2] != ("members", id) and line.strip()]
    assert [line for line in lines_of(new.text) if line.strip()] == others
    assert sorted([*comments(new.text), *new.lost]) == sorted(comments(laid.text.replace("\r", "")))


def is_subsequence(few: list[str], many: list[str]) -> bool:
    rest = iter(many)
    return all(line in rest for line in few)


def lines_of(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")
