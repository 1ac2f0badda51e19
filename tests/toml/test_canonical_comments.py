"""Comments in the canonical form, by examples: each stays with what it is about, whatever that becomes."""

import pytest

from pkes.errors import NotVerified
from pkes.toml import canonical as module
from pkes.toml.canonical import canonical
from tests.toml.examples import text

OF_A_TABLE = {
    "above-the-header": ("# X\n # Y\n[members.x]\n", "# X\n# Y\n[members.x]\n"),
    "above-the-header-below-another-table": (
        "[members.y]\nname = 1\n# X\n[members.x]\n",
        "# X\n[members.x]\n\n[members.y]\nname = 1\n",
    ),
    "behind-the-header": ("[members.x]# X\n", "[members.x] # X\n"),
    "at-the-head": ("[members.x]\n\n# X\n\n# Y\n\nname = 1\n", "[members.x]\n# X\n\n# Y\n\nname = 1\n"),
    "at-the-head-whatever-key-is-first": (
        "[members.x]\n# X\n\ntown = 2\nname = 1\n",
        "[members.x]\n# X\n\nname = 1\ntown = 2\n",
    ),
    "at-the-head-of-the-file": (
        "# Title\n\n# X\nodd = 2\nformat = 1\n",
        "# Title\n\nformat = 1\n# X\nodd = 2\n",
    ),
    "at-the-end": (
        "[members.x]\ntown = 2\nname = 1\n# X\n\n[cluster]\n",
        "[cluster]\n\n[members.x]\nname = 1\ntown = 2\n# X\n",
    ),
    "at-the-end-and-no-key": ("[members.x]\n# X\n\n[members.y]\n", "[members.x]\n# X\n\n[members.y]\n"),
    "at-the-head-and-no-key-left": (
        "[members.x]\n# X\n\n# Y\n\nweb = {}\n# Z\n",
        "[members.x]\n# X\n# Y\n# Z\n\n[members.x.web]\n",
    ),
    "of-an-element-of-an-array": (
        "# X\n[[list]] # Y\na = 1\n# Z\n\n# U\n[[list]] # V\n",
        "# X\n[[list]] # Y\na = 1\n# Z\n\n# U\n[[list]] # V\n",
    ),
    "of-a-table-in-an-element": (
        "[[list]]\n[[list]]\n# X\n[list.in]\n[[list.in.rows]]\n[[list.in.rows]] # Y\n",
        "[[list]]\n\n[[list]]\n\n# X\n[list.in]\n\n[[list.in.rows]]\n\n[[list.in.rows]] # Y\n",
    ),
}

OF_A_FIELD = {
    "above": ('[members.x]\n# X\n # Y\ntown = 2\nname = "N"\n', '[members.x]\nname = "N"\n# X\n# Y\ntown = 2\n'),
    "behind": ("[members.x]\ntown=2# X\nname = 1\t# Y\n", "[members.x]\nname = 1 # Y\ntown = 2 # X\n"),
    "behind-a-text": ("x = '''\n# no\n'''# X\n", 'x = """\n# no\n""" # X\n'),
    "apart": (
        "[members.x]\nname = 1\n# X\n\n# Y\n\n# Z\ntown = 2\n",
        "[members.x]\nname = 1\n\n# X\n\n# Y\n\n# Z\ntown = 2\n",
    ),
    "apart-with-each-side-in-order": (
        "[members.x]\ntown = 2\nsector = 3\n\n# X\n\nwebsite = 4\nname = 1\n",
        "[members.x]\nsector = 3\ntown = 2\n\n# X\n\nname = 1\nwebsite = 4\n",
    ),
}

OF_AN_ITEM = {
    "above": ("x = [\n# X\n1,\n    # Y\n\n# Z\n2]\n", "x = [\n    # X\n    1,\n    # Y\n    # Z\n    2,\n]\n"),
    "behind": ("x = [\n 1, # X\n 2 # Y\n]\n", "x = [\n    1, # X\n    2, # Y\n]\n"),
    "behind-several": ("x = [\n 1, 2, # X\n 3\n]\n", "x = [\n    1,\n    2, # X\n    3,\n]\n"),
    "behind-a-comma-of-its-own": ("x = [1\n, # X\n2]\n", "x = [\n    1,\n    # X\n    2,\n]\n"),
    "behind-the-opening-bracket": ("x = [# X\n1]\n", "x = [ # X\n    1,\n]\n"),
    "at-the-end": ("x = [1 # X\n # Y\n] # Z\n", "x = [\n    1, # X\n    # Y\n] # Z\n"),
    "no-item": ("x = [ # X\n # Y\n]\n", "x = [ # X\n    # Y\n]\n"),
    "inside-an-inner-array": (
        "x = [\n# X\n[1, # Y\n2], # Z\n[3]]\n",
        "x = [\n    # X\n    # Y\n    [1, 2], # Z\n    [3],\n]\n",
    ),
    "inside-a-text": ('x = ["# no", # X\n]\n', 'x = [\n    "# no", # X\n]\n'),
}

OF_WHAT_GETS_A_HEADER = {
    "an-inline-record": (
        "[members]\n# X\nx = { name = 1, tags = [ # Y\n] } # Z\n",
        "# X\n# Y\n[members.x] # Z\nname = 1\ntags = []\n",
    ),
    "an-inline-table-in-a-record": (
        "[members.x]\nname = 1\n# X\n\n# Y\nweb = { a = 1 } # Z\n# end\n",
        "[members.x]\nname = 1\n# end\n\n# X\n# Y\n[members.x.web] # Z\na = 1\n",
    ),
    "the-first-dotted-key-opens-it": (
        "[members]\n# X\nx.name = 1 # Y\n# Z\nx.town = 2\ny.name = 3\n# U\ny.town = 4\n",
        "# X\n[members.x]\nname = 1 # Y\n# Z\ntown = 2\n\n[members.y]\nname = 3\n# U\ntown = 4\n",
    ),
    "an-array-of-inline-tables": (
        "[members.x]\n# A\nrows = [ # B\n# C\n{ a = 1 }, # D\n# E\n{ b = [1, # F\n] },\n# G\n] # H\nname = 1\n",
        """
        [members.x]
        name = 1

        # A
        # B
        # H
        # C
        [[members.x.rows]] # D
        a = 1

        # E
        # F
        [[members.x.rows]]
        b = [
            1,
        ]
        # G
        """,
    ),
    "a-header-that-goes": (
        "# A\n\n# B\n[members] # C\n# D\n\n# E\ny = {}\n# F\n\n# G\n\n# H\n[members.x]\n",
        "# A\n\n# B\n# C\n\n# D\n\n# E\n[members.y]\n# F\n\n# G\n\n# H\n[members.x]\n",
    ),
}

NOBODYS = {
    "goes-with-what-follows": (
        "[members.y]\n\n# A\n\n\n# B\n\n# C\n[members.x]\n\n# D\n\n[cluster]\n",
        "# D\n\n[cluster]\n\n[members.y]\n\n# A\n\n# B\n\n# C\n[members.x]\n",
    ),
    "stays-last": (
        "[members.y]\n\n# A\n\n# B\n\n\n[members.x]\n\n# C\n\n# D",
        "[members.y]\n\n# A\n\n# B\n\n[members.x]\n\n# C\n\n# D\n",
    ),
    "alone-in-the-file": ("# A\n\n# B\n", "# A\n\n# B\n"),
}

GROUPS = {
    "table": OF_A_TABLE,
    "field": OF_A_FIELD,
    "item": OF_AN_ITEM,
    "header": OF_WHAT_GETS_A_HEADER,
    "nobody": NOBODYS,
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(*example, id=f"{group}-{name}")
        for group, examples in GROUPS.items()
        for name, example in examples.items()
    ],
)
def test_a_comment_stays_with_what_it_is_about(before, after, newline):
    assert canonical(text(before).replace("\n", newline)) == text(after)
    assert canonical(text(after)) == text(after)


def test_a_comment_is_kept_to_the_last_space():
    assert canonical("x = 1 #  two  \n\t#\ttab \n") == "x = 1 #  two  \n#\ttab \n"


def test_a_comment_lost_is_a_fault_of_the_program(monkeypatch):
    monkeypatch.setattr(module, "_behind", lambda about: "")
    with pytest.raises(NotVerified) as caught:
        canonical("x = 1 # C\n")
    assert caught.value.rule == "comments"
