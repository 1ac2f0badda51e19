"""The English texts of the cluster in a merge, and where a change of them is taken back."""

import pytest

from pkes.merge.text import merge
from pkes.merge.undo import undo
from pkes.registry.parsing import parse

BASE = 'format = 1\n\n[cluster]\nname = "Próba"\ncoordinator = "a"\n'
REST = '\n[members.a]\nname = "A"\nsector = "x"\n'


def english(*lines):
    return "".join(["\n[cluster.en]\n", *(f"{line}\n" for line in lines)])


def test_what_each_side_says_stands_in_one_table():
    ours, theirs = (BASE + english(*lines) + REST for lines in (['name = "N"'], ["# theirs", 'description = "D"']))
    merged = merge(BASE + REST, ours, theirs)
    assert merged.conflicts == ()
    assert merged.text == BASE + english('name = "N"', "# theirs", 'description = "D"') + REST


def test_a_conflict_is_about_the_one_field():
    base, ours, theirs = (
        BASE + english(f'name = "{name}"', *more, f'contact = "{contact}"') + REST
        for name, more, contact in (("N", [], "C"), ("O", [], "C"), ("T", ['goals = ["g"]'], "C2"))
    )
    merged = merge(base, ours, theirs)
    assert merged.conflicts == (("cluster", None, "en.name"),)
    assert merged.text == BASE + english(
        "<<<<<<< ours: cluster en.name", 'name = "O"', "=======", 'name = "T"', ">>>>>>> theirs: cluster en.name",
        'goals = ["g"]', 'contact = "C2"',
    ) + REST  # fmt: skip


def test_changed_here_and_taken_away_there_is_a_conflict():
    base, ours, theirs = (BASE + part + REST for part in (english('name = "N"'), english('name = "O"'), ""))
    for mine, other in ((ours, theirs), (theirs, ours)):
        merged = merge(base, mine, other)
        assert merged.conflicts == (("cluster", None, "en.name"),)
        assert 'name = "O"' in merged.text
        assert "<<<<<<< ours: cluster en.name" in merged.text


@pytest.mark.parametrize("later", ["", '\n[members.b]\nname = "B"\nsector = "x"\n'], ids=["at once", "later"])
def test_undo_takes_the_table_back(later):
    with_texts = BASE + english("# draft", 'name = "N"') + REST
    assert undo(BASE + REST, with_texts, with_texts + later).text == BASE + REST + later
    undone = undo(with_texts, BASE + REST, BASE + REST + later)
    assert parse(undone.text).cluster.en.name == "N"


def test_undo_leaves_what_was_written_since():
    before, after, now = (BASE + english(*lines) + REST for lines in (
        ['name = "N"'], ['name = "M"', 'contact = "C"'], ['name = "M"', 'contact = "later"'],
    ))  # fmt: skip
    undone = undo(before, after, now)
    assert undone.left == (("cluster", None, "en.contact"),)
    assert undone.text == BASE + english('name = "N"', 'contact = "later"') + REST
