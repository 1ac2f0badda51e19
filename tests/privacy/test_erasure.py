"""Erasure in random registries of random layouts: what is left of a person is named, and all else is as it was."""

import datetime
import tempfile
import unicodedata
from pathlib import Path

from hypothesis import event, given
from hypothesis import strategies as st

from pkes.model.records import KIND
from pkes.privacy import report
from pkes.registry import inquiries
from pkes.storage import store
from pkes.toml.edit import every
from pkes.toml.scan import comments
from tests.marked import lay_out, numbers
from tests.random_registries import CLUSTERS, DATES, IDS, LISTS, MEMBERS, SECTORS, TEXTS
from tests.toml.test_edits import is_subsequence, lines_of

DAY = datetime.date(2031, 1, 1)
PERSON, EMAIL, PHONE = "Anna Łącka", "anna@example.org", "+48 14 681 00 00"
SECRET = "§¶§"
"""Stands in every text about the person, and in no other."""

WORDS = tuple(
    f"{word} {SECRET}"
    for word in (
        *(PERSON, f"ask {PERSON}", "anna lacka", "ANNA ŁĄCKA", unicodedata.normalize("NFD", PERSON)),
        *(EMAIL, "<ANNA@example.org>", PHONE, "tel. (14) 681-00-00", "0048146810000"),
    )
)
ABOUT = st.sampled_from(WORDS)
TEXT = st.one_of(ABOUT, TEXTS)
NESTED = st.recursive(
    TEXT, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(IDS, inner, max_size=2), max_leaves=4
)
STATUSES = st.sampled_from(["accepted", "declined", "withdrawn", "odd"])


def about(strategy, **fields):
    """Return a strategy for records in which some fields may be about the person."""
    more = st.fixed_dictionaries({}, optional={**fields, "extra": NESTED})
    return st.builds(lambda record, more: record | more, strategy, more)


ERASED = st.fixed_dictionaries(
    {"person": st.just(PERSON), "email": st.just(EMAIL), "phone": st.just(PHONE), "status": STATUSES},
    optional={
        **dict.fromkeys(("name", "town", "message", "reason", "assigned_to"), ABOUT),
        "notes": st.lists(ABOUT, max_size=3),
        **dict.fromkeys(("received", "informed", "closed", "erased"), DATES),
        **dict.fromkeys(("sector", "topic", "lawful_basis"), st.sampled_from(["", "ngo", "Łąka # no"])),
        "colour": st.one_of(ABOUT, st.dictionaries(IDS, st.lists(ABOUT, max_size=2), max_size=2)),
    },
)
INQUIRIES = about(
    st.fixed_dictionaries({}, optional={"received": DATES, "status": STATUSES}),
    **dict.fromkeys(("name", "person", "email", "phone", "message", "lawful_basis"), TEXT),
    notes=st.lists(TEXT, max_size=3),
)
DATA = st.fixed_dictionaries(
    {
        "format": st.just(1),
        "cluster": about(CLUSTERS, contact=TEXT, source=TEXT),
        "inquiries": st.builds(
            lambda one, others: {"who": one, **others}, ERASED, st.dictionaries(IDS, INQUIRIES, max_size=2)
        ),
    },
    optional={
        "sectors": st.dictionaries(IDS, about(SECTORS, pl=TEXT), min_size=1, max_size=2),
        "members": st.dictionaries(
            IDS, about(MEMBERS, contact_person=TEXT, email=TEXT, offers=LISTS, note=TEXT), min_size=1, max_size=3
        ),
        "alien": st.dictionaries(st.sampled_from(["p", "q"]), TEXT, min_size=1),
    },
)


@given(data=DATA, seed=st.integers(0, 2**32))
def test_what_erasure_takes_is_gone_and_what_it_leaves_is_named(data, seed):
    laid = lay_out(data, seed, WORDS)
    before, after, lost = erase(laid.text)

    # All that is the record's own: fields, and comments by number.
    path = ("inquiries", "who")
    gone = set(inquiries.ERASED) | before.registry.inquiries["who"].extra.keys()
    left = after.registry.inquiries["who"]
    assert left.extra == {}
    assert not any(getattr(left, field, None) for field in gone)
    assert left.erased == data["inquiries"]["who"].get("erased", DAY)
    assert set(numbers(lost)) == laid.owned(path)
    assert sorted([*comments(after.text), *lost]) == sorted(comments(laid.text))

    # All that is not.
    others = laid.others(path)
    lines = lines_of(after.text)
    assert is_subsequence(others, lines)
    assert SECRET not in "\n".join(without(lines, others))

    places = report.elsewhere(after.text, after.registry, [PERSON, EMAIL, PHONE])
    event(f"{min(len(places), 5)} places")
    found = [numbers([held.value])[0] for held in places if held.field is None]
    assert found == [numbers([one])[0] for one in comments(after.text) if SECRET in one]
    named = {(held.kind, held.id, held.field) for held in places if held.field is not None}
    assert named == set(holders(data))
    for held in places:
        assert (held.value if held.field is None else held.field) in lines[held.line - 1]


def erase(text):
    """Return what was loaded before and after erasure, and the comments that went along."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "registry.toml"
        path.write_bytes(text.encode())
        before = store.load(path)
        written = store.edit(
            path,
            lambda registry: inquiries.erase(registry, "who", DAY),
            guard=lambda *_: None,
            without_comments={("inquiry", "who"): every},
        )
        return before, store.load(path), written.lost


def without(lines, others):
    """Return the lines that are not the others, which stand among them in their order."""
    rest = iter(others)
    wanted = next(rest, None)
    for line in lines:
        if line == wanted:
            wanted = next(rest, None)
        else:
            yield line


def holders(data):
    """Yield kind, id and field of all but the erased record in which a text is about the person."""
    kinds = {kind.table: kind for kind in KIND.values()}
    for table, held in data.items():
        kind = kinds.get(table)
        records = held if kind and kind.keyed else {None: held if kind else {table: held}}
        for id, record in records.items():
            for field, value in record.items():
                if SECRET in str(value) and (table, id) != ("inquiries", "who"):
                    yield (kind.name if kind else "file"), id, field
