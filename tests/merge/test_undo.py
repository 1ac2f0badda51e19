"""Taking a change back: what it did is undone, and what came later stays."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkes.merge.records import Conflict
from pkes.merge.undo import undo
from pkes.registry.changes import apply, compare
from pkes.registry.parsing import parse

HEAD = 'format = 1\n\n[cluster]\nname = "K"\n\n'
FIELDS = ("town", "county", "street")
MEMBERS = st.dictionaries(
    st.sampled_from("abcd"), st.dictionaries(st.sampled_from(FIELDS), st.sampled_from("xyz")), max_size=4
)


def text_of(members):
    parts = [HEAD]
    for id, fields in sorted(members.items()):
        parts.append(f'# about {id}\n[members.{id}]\nname = "{id * 3}"\n')
        parts += [f'{field} = "{fields[field]}"\n' for field in FIELDS if field in fields]
        parts.append("\n")
    return "".join(parts)


def after_a_write(text, members):
    """Return the text after the change that makes its members these, as a command writes it."""
    wanted = parse(text_of(members))
    return apply(text, compare(parse(text), wanted), wanted).text


def model(before, after, now):
    """Return the members that taking a change back leads to, and which of them keep a later change."""
    members, left = {}, set()
    for id in before.keys() | after.keys() | now.keys():
        was, became, is_now = before.get(id), after.get(id), now.get(id)
        if was == became or is_now == was:
            result = is_now
        elif is_now == became:
            result = was
        elif None in (was, became, is_now) and became is not None:
            result = is_now
            left.add(id)
        else:
            result = dict(is_now)
            for field in FIELDS:
                one, other, held = (fields.get(field) for fields in (was, became or {}, is_now))
                if one != other and held == other:
                    result[field] = one
                elif one not in (other, held) and held != one:
                    left.add(id)
            result = {field: value for field, value in result.items() if value is not None}
        if result is not None:
            members[id] = result
    return members, left


@settings(max_examples=60)
@given(st.lists(MEMBERS, min_size=2, max_size=6), st.data())
def test_random_histories_against_a_model(history, data):
    texts = [text_of(history[0])]
    for members in history[1:]:
        texts.append(after_a_write(texts[-1], members))
    place = data.draw(st.integers(1, len(history) - 1))
    done = undo(texts[place - 1], texts[place], texts[-1])
    members, left = model(history[place - 1], history[place], history[-1])
    found = {
        id: {field: value for field in FIELDS if (value := getattr(member, field))}
        for id, member in parse(done.text).members.items()
    }
    assert found == members
    assert {conflict.id for conflict in done.left} == left


@given(MEMBERS, MEMBERS)
def test_the_last_change_taken_back_gives_the_same_bytes(before, after):
    old = text_of(before)
    new = after_a_write(old, after)
    assert undo(old, new, new).text == old


ONE = HEAD + '# friends\n[members.a]\nname = "A" # as on the sign\ntown = "T"\n'
INQUIRY = """\
[inquiries.2024-01-01-abc]
received = 2024-01-01
# she called twice
person = "Anna Nowak"
email = "anna@example.org"
topic = "join"
channel = "email"
status = "declined"
closed = 2024-02-01
nick = "Ania"
"""
ERASED = """\
[inquiries.2024-01-01-abc]
received = 2024-01-01
topic = "join"
channel = "email"
status = "declined"
closed = 2024-02-01
erased = 2026-03-01
"""


def test_what_was_changed_again_is_left_and_named():
    new, now = ONE.replace('"T"', '"U"'), ONE.replace('"T"', '"V"')
    done = undo(ONE, new, now)
    assert (done.text, done.left) == (now, (Conflict("member", "a", "town"),))


def test_form_alone_is_taken_back():
    assert undo(ONE, HEAD + '[members]\n[members.a]\nname="A"\ntown="T"\n', ONE) == (ONE, (), (), (), ())


def test_one_record_alone_comes_back_with_its_comments():
    old = ONE + '\n[members.b]\nname = "B"\n'
    now = HEAD
    done = undo(old, now, now, ("member", "a"))
    assert done.text.rstrip() == ONE.rstrip()


def test_a_renamed_record_is_found_by_either_id():
    renamed = ONE.replace("[members.a]", "[members.z]")
    for id in ("a", "z"):
        assert undo(ONE, renamed, renamed, ("member", id)).text == ONE


def test_the_cluster_alone():
    new = ONE.replace('"K"', '"L"').replace('"T"', '"U"')
    assert undo(ONE, new, new, ("cluster", None)).text == ONE.replace('"T"', '"U"')


@pytest.mark.parametrize("later", ["", '\n[members.b]\nname = "B"\n'])
def test_an_erasure_stays(later):
    old, new = HEAD + INQUIRY, HEAD + ERASED
    done = undo(old, new, new + later)
    assert done.erased == (("inquiry", "2024-01-01-abc"),)
    assert not any(word in done.text for word in ("Anna", "anna", "twice", "Ania"))
    assert parse(done.text).inquiries["2024-01-01-abc"].erased


def test_what_was_erased_later_does_not_come_back():
    base = HEAD + INQUIRY
    changed = base.replace("anna@example.org", "an@example.org")
    done = undo(base, changed, HEAD + ERASED)
    assert (done.text, done.erased) == (HEAD + ERASED, (("inquiry", "2024-01-01-abc"),))


def test_the_step_of_an_inquiry_that_was_erased_since_stays():
    closed = HEAD + INQUIRY
    new = closed.replace("closed = 2024-02-01\n", "").replace("declined", "new")
    done = undo(new, closed, HEAD + ERASED)
    assert (done.text, done.erased) == (HEAD + ERASED, (("inquiry", "2024-01-01-abc"),))


@pytest.mark.parametrize(
    ("since", "comes_back"), [("2026-03-02", True), ("2026-03-01", False), (None, False)], ids=["later", "same", "none"]
)
def test_what_was_entered_on_a_day_after_the_erasure_comes_back(since, comes_back):
    now = HEAD + '[members.a]\nname = "A"\nerased = 2026-03-01\n'
    old = now.replace("erased", 'email = "a@example.org"\nerased')
    done = undo(old, now, now, since=datetime.date.fromisoformat(since) if since else None)
    assert (done.text == old, bool(done.erased)) == (comes_back, not comes_back)


NEW = HEAD + INQUIRY.replace("closed = 2024-02-01\n", "").replace("declined", "new")
ACCEPTED = NEW.replace('"new"', '"accepted"\nclosed = 2024-02-01\nmember = "a"')
ACCEPTED += '\n[members.a]\nname = "A"\ninquiry = "2024-01-01-abc"\n'
PAIR = ("2024-01-01-abc", "a")


@pytest.mark.parametrize(
    "only", [None, ("member", "a"), ("inquiry", "2024-01-01-abc")], ids=["all", "member", "inquiry"]
)
def test_an_acceptance_is_taken_back_as_a_whole(only):
    assert parse(undo(NEW, ACCEPTED, ACCEPTED, only).text) == parse(NEW)


@pytest.mark.parametrize(
    "only", [None, ("member", "a"), ("inquiry", "2024-01-01-abc")], ids=["all", "member", "inquiry"]
)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('name = "A"', 'name = "A"\ntown = "T"'),
        ('"accepted"', '"accepted"\nreason = "x"\nanswered = 2024-01-02'),
    ],
    ids=["member", "inquiry"],
)
def test_an_acceptance_of_which_one_half_was_edited_is_taken_back_as_a_whole_or_left(only, old, new):
    now = ACCEPTED.replace(old, new)
    done = undo(NEW, ACCEPTED, now, only)
    if "town" in new:
        assert (done.text, done.linked) == (now, (PAIR,))
        assert Conflict("member", "a", None) in done.left
    else:
        assert "a" not in parse(done.text).members
        assert parse(done.text).inquiries[PAIR[0]].member is None


def test_the_acceptance_of_an_erased_inquiry_stays():
    now = HEAD + ERASED.replace('"declined"', '"accepted"\nmember = "a"') + ACCEPTED[ACCEPTED.index("\n[members") :]
    done = undo(NEW, ACCEPTED, now)
    assert (done.text, done.linked, done.erased) == (now, (PAIR,), (("inquiry", PAIR[0]),))
