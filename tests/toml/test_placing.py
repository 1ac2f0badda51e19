"""Where a new record is put in: in the group of its sector, by id within it, else where its id sorts."""

import pytest

from tests.toml.examples import add, edit, remove, text, update

GROUPED = text("""
    # Members

    # c
    [members.c]
    sector = "ngo"

    [members.z]
    sector = "ngo"

    # Science

    # q
    [members.q]
    sector = "science"

    [members.q.web]

    [members.s]
    sector = "science"
    # tail

    # Others

    [members.d]
    sector = "business"

    [members.e]
    sector = "science"

    # end
    """)


def inserted(old: str, new: str) -> str:
    assert GROUPED.count(old) == 1
    return GROUPED.replace(old, new)


def record(id: str, sector: str) -> str:
    return f'[members.{id}]\nsector = "{sector}"\n'


@pytest.mark.parametrize(
    ("id", "sector", "old", "new"),
    [
        pytest.param("b", "ngo", "# c\n", "{}\n# c\n", id="first-of-the-first"),
        pytest.param("m", "ngo", "[members.z]", "{}\n[members.z]", id="between"),
        pytest.param("a", "science", "# q\n", "{}\n# q\n", id="first-of-a-later-group"),
        pytest.param("r", "science", "[members.s]", "{}\n[members.s]", id="behind-a-table-inside"),
        pytest.param("zz", "science", "# tail\n", "# tail\n\n{}", id="last-of-a-group"),
        pytest.param("f", "business", "\n# end", "\n{}\n# end", id="shared-by-no-group-where-its-id-sorts"),
        pytest.param("d0", "", "[members.e]", "{}\n[members.e]", id="of-no-group-where-its-id-sorts"),
    ],
)
def test_a_new_record_goes_to_the_group_of_its_sector(id, sector, old, new):
    assert edit(GROUPED, add(id, sector=sector)).text == inserted(old, new.format(record(id, sector)))


def test_several_new_records_of_a_group_stand_in_order():
    new = f"{record('m', 'ngo')}\n{record('n', 'ngo')}\n[members.z]"
    assert edit(GROUPED, add("n", sector="ngo"), add("m", sector="ngo")).text == inserted("[members.z]", new)


def test_a_group_is_what_the_other_edits_make_of_it():
    edited = edit(GROUPED, add("a", sector="business"), update("e", sector="business"), add("b", sector="science"))
    assert edited.text.index("[members.a]") == edited.text.index("# Others\n\n") + len("# Others\n\n")
    edited = edit(GROUPED, remove("q"), remove("s"), add("b", sector="science"))
    assert "# Science\n\n# Others\n\n[members.d]" in edited.text
    assert edited.text.startswith(f"# Members\n\n{record('b', 'science')}\n# c\n")


def test_without_groups_the_id_decides():
    before = "".join([record("a", "ngo"), "\n", record("c", "business"), "\n", record("e", "ngo")])
    new = edit(before, add("f", sector="business")).text
    assert new == before + "\n" + record("f", "business")


def test_a_record_with_a_free_comment_inside_is_a_group_for_itself():
    before = record("a", "ngo") + "\n" + record("x", "ngo") + "\n# X\n\n[members.x.web]\n\n" + record("z", "ngo")
    assert edit(before, add("y", sector="ngo")).text == record("a", "ngo") + "\n" + record(
        "y", "ngo"
    ) + before.removeprefix(record("a", "ngo"))
