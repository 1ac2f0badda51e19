"""The merge of form: what one side alone gave a record is kept, with the other side's data in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkes.merge.text import merge
from pkes.registry.changes import apply, compare
from pkes.registry.parsing import parse
from pkes.toml.canonical import canonical

BASE = """\
format = 1

[cluster]
name="Klaster"

[sectors.ngo]
pl="p"
en="e"

[members.beta]
name="Beta"
sector="ngo"
town="Krosno"

[members.alfa]
name="Alfa"
sector="ngo"
"""
EDITED = BASE.replace("Krosno", "Sanok")


@pytest.mark.parametrize(
    "edited",
    [
        pytest.param(EDITED, id="changed"),
        pytest.param(EDITED.replace("[members.alfa]", "# since 2014\n[members.alfa]"), id="with-a-comment"),
        pytest.param(BASE + '\n[members.gamma]\nname = "Gamma"\nsector = "ngo"\n', id="added"),
        pytest.param(BASE.partition("\n[members.alfa]")[0] + "", id="removed"),
    ],
)
@pytest.mark.parametrize(
    "formed",
    [
        pytest.param(canonical, id="fmt"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="crlf"),
        pytest.param(lambda text: text.replace("=", " =  "), id="spacing"),
    ],
)
@pytest.mark.parametrize("is_ours", [False, True], ids=["theirs", "ours"])
def test_the_data_of_one_side_in_the_form_of_the_other(edited, formed, is_ours):
    form = formed(BASE)
    merged = merge(BASE, *((form, edited) if is_ours else (edited, form)))
    assert (merged.conflicts, merged.lost, merged.unformed) == ((), (), ())
    assert not compare(parse(merged.text), parse(edited))
    assert ("# since 2014" in merged.text) == ("# since 2014" in edited)
    if formed is canonical:
        assert canonical(merged.text) == merged.text
    else:
        assert merged.text.count("\r\n") in (0, merged.text.count("\n"))
        assert ('town =  "' in merged.text) == ('town =  "' in form)


def test_order_alone_is_form():
    tables = BASE.split("\n\n")
    reordered = "\n\n".join([*tables[:3], tables[4].rstrip("\n"), tables[3]]) + "\n"
    merged = merge(BASE, EDITED, reordered)
    assert merged.text == reordered.replace("Krosno", "Sanok")


def test_where_both_gave_form_ours_stands_and_the_records_are_named():
    ours = EDITED.replace('name="Alfa"', 'name   =   "Alfa"')
    merged = merge(BASE, ours, canonical(BASE))
    assert {("member", "alfa"), ("member", "beta")} <= set(merged.unformed)
    assert 'name   =   "Alfa"' in merged.text


def test_where_both_reorder_the_file_is_named():
    tables = BASE.rstrip("\n").split("\n\n")
    ours = "\n\n".join([tables[0], tables[1], tables[3], tables[4], tables[2]]) + "\n"
    theirs = "\n\n".join([tables[0], tables[4], tables[1], tables[2], tables[3]]) + "\n"
    merged = merge(BASE, ours.replace("Krosno", "Sanok"), theirs)
    assert merged.unformed == (("file", None),)


FIELDS = st.dictionaries(st.sampled_from(("town", "county", "street")), st.sampled_from("xyz"))


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from("abcd"), FIELDS), st.dictionaries(st.sampled_from("abcd"), FIELDS))
def test_a_branch_that_only_formats_meets_any_data(before, after):
    def text_of(members):
        parts = ['format = 1\n[cluster]\nname="K"\n']
        for id, held in members.items():
            parts += [f'[members.{id}]\nname="{id * 3}"\n', *(f'{name}="{value}"\n' for name, value in held.items())]
        return "".join(parts)

    base = text_of(before)
    wanted = parse(text_of(after))
    ours = apply(base, compare(parse(base), wanted), wanted).text
    merged = merge(base, ours, canonical(base))
    assert not compare(parse(merged.text), wanted)
    assert merged.unformed == ()
    assert {line for line in merged.text.splitlines() if '="' in line} <= {"", *ours.splitlines()} - {
        *base.splitlines()
    }
