"""What changed in a registry along git's history, in real repositories."""

import pytest

from pkes.errors import Ambiguous, NotFound
from pkes.git import history
from pkes.git.history import History, Step
from pkes.git.repository import Object, Repository
from pkes.git.revisions import Revision
from pkes.registry.parsing import parse
from tests.git.repositories import Git, new_repository

HEAD = 'format = 1\n[cluster]\nname = "K"\n'
BROKEN = HEAD + "x = ["


@pytest.fixture
def git(tmp_path, monkeypatch):
    return new_repository(tmp_path / "repository", monkeypatch)


def registry(*members: str, head: str = HEAD) -> str:
    """Return a registry with members: each an id, and fields behind it."""
    tables = [f"[members.{id}]\n{fields}\n" for id, _, fields in (one.partition(" ") for one in members)]
    return head + "".join(tables)


def save(git: Git, text: str, message: str) -> None:
    git.write("registry.toml", text)
    git.commit(message)


def words(step: Step) -> tuple[str, ...]:
    """Return the subject of a revision and its changes in short words; a mark where it cannot be read."""
    if step.changes is None:
        return step.revision.subject, "?"
    return step.revision.subject, *(
        " ".join(str(part) for part in (one.kind, one.id, one.action, one.field) if part) for one in step.changes
    )


def told(git: Git, wanted: str = "", now: str | None = None) -> list[tuple[str, ...]]:
    """Return the steps of all records, or of one, as the registry is now: as committed, unless it is given."""
    repository = Repository.find(git.registry)
    assert repository
    with history.opened(repository) as past:
        held = parse(now) if now else past.newest()
        steps = past.steps(past.keys_of(wanted, held), held) if wanted else past.steps()
        return [words(step) for step in steps]


def test_an_empty_history(git):
    assert told(git) == []
    with pytest.raises(NotFound):
        told(git, "a")


def test_the_first_commit_adds_everything(git):
    save(git, registry('a name = "A"', "b"), "one")
    assert told(git) == [("one", "cluster changed name", "member a added", "member b added")]


def test_the_newest_comes_first_with_what_it_changed(git):
    save(git, registry("a"), "one")
    save(git, registry('a town = "T"'), "two")
    save(git, registry('a town = "T"') + "# a comment\n", "three")
    save(git, registry('a town = "U"', "b", head=HEAD + "[policy]\nretention_months = 1\n"), "four")
    assert told(git)[:3] == [
        ("four", "policy changed retention_months", "member a changed town", "member b added"),
        ("three",),
        ("two", "member a changed town"),
    ]


def test_bom_and_line_ends_are_no_change(git):
    save(git, registry("a"), "one")
    (git.folder / "registry.toml").write_bytes(b"\xef\xbb\xbf" + registry("a").replace("\n", "\r\n").encode())
    git.commit("two")
    assert told(git)[0] == ("two",)


def test_a_file_that_goes_takes_all_along(git):
    save(git, registry("a"), "one")
    git("rm", "-q", "registry.toml")
    git.commit("two")
    assert told(git)[0] == ("two", "cluster changed name", "member a removed")


# Revisions that cannot be read.


@pytest.mark.parametrize(
    "data",
    [BROKEN.encode(), b"\xff", b"", b"\0", "\ufeff\ufeff".encode(), b"format = 99\n[cluster]\n", b"<<<<<<< a\n"],
    ids=["no-toml", "no-utf-8", "empty", "nul", "two-boms", "newer", "conflict"],
)
def test_one_that_cannot_be_read_is_left_out_of_the_comparison(git, data):
    save(git, registry("a"), "one")
    (git.folder / "registry.toml").write_bytes(data)
    git.commit("broken")
    (git.folder / "registry.toml").write_bytes(data + b"\n#")
    git.commit("broken again")
    save(git, registry('a town = "T"'), "mended")
    assert told(git)[:3] == [("mended", "member a changed town"), ("broken again", "?"), ("broken", "?")]


def test_what_is_wrong_is_said(git):
    save(git, BROKEN, "one")
    (git.folder / "registry.toml").unlink()
    (git.folder / "registry.toml").symlink_to("elsewhere")
    git.commit("link")
    repository = Repository.find(git.folder / "x")
    with history.opened(repository._replace(path="registry.toml")) as past:
        link, one = past.steps()
    assert (one.problem.code, one.problem.line) == ("syntax", 4)
    assert link.problem.code == "syntax"


def test_a_first_one_that_cannot_be_read_leaves_everything_to_the_next(git):
    save(git, BROKEN, "one")
    save(git, registry("a"), "two")
    assert told(git) == [("two", "cluster changed name", "member a added"), ("one", "?")]


def test_a_file_that_the_clone_lacks_cannot_be_read(git, tmp_path):
    save(git, registry("a"), "one")
    save(git, registry("b"), "two")
    git("config", "uploadpack.allowFilter", "true")
    git("clone", "-q", "--filter=blob:none", f"file://{git.folder}", "../clone")
    clone = Git(tmp_path / "clone")
    clone("remote", "set-url", "origin", "../gone")
    with history.opened(Repository.find(clone.registry)) as past:
        two, one = past.steps()
    assert (words(two), words(one)) == (("two", "?"), ("one", "?"))
    assert one.problem is two.problem is None


def test_one_whose_origin_is_unknown_adds_nothing():
    objects = {"new": registry("a").encode(), "old": BROKEN.encode()}
    past = History(
        [Revision("h", "2024-05-01", "Test", "one", "new", ("old",))],
        lambda hashes: (Object(hash, "blob", objects[hash]) for hash in hashes),
    )
    assert [words(step) for step in past.steps()] == [("one", "?")]


# Merges.


def merge(git: Git, base: str, ours: str, theirs: str, merged: str) -> list[tuple[str, ...]]:
    save(git, base, "base")
    git("checkout", "-qb", "side")
    save(git, theirs, "theirs")
    git("checkout", "-q", "main")
    save(git, ours, "ours")
    git("merge", "-q", "-s", "ours", "--no-commit", "side")
    save(git, merged, "merge")
    return told(git)


def test_a_merge_that_only_brings_both_sides_together_is_left_out(git):
    steps = merge(
        git,
        registry("a", "b"),
        registry('a town = "T"', "b", "c"),
        registry("a", 'b town = "U"'),
        registry('a town = "T"', 'b town = "U"', "c"),
    )
    assert sorted(steps) == [
        ("base", "cluster changed name", "member a added", "member b added"),
        ("ours", "member a changed town", "member c added"),
        ("theirs", "member b changed town"),
    ]


def test_a_merge_shows_what_differs_from_both_sides(git):
    steps = merge(
        git,
        registry("a", "b", "gone", "d"),
        registry('a town = "T"', "b", "gone", "n", "d"),
        registry('a town = "U"', 'b town = "U"', "gone"),
        registry('a town = "V"', 'b town = "U"', 'n town = "N"', "m"),
    )
    assert steps[0] == (
        "merge", "member a changed town", "member gone removed", "member m added", "member n changed town"
    )  # fmt: skip


# One record.


def test_a_record_is_followed_through_renames(git):
    save(git, registry('a name = "N"', "z"), "one")
    save(git, registry('a name = "N"', 'z town = "Z"'), "other")
    save(git, registry('b name = "N"\ntown = "T"', "z"), "renamed")
    save(git, registry('b name = "N"\ntown = "U"', "z"), "two")
    save(git, registry('c name = "N"\ntown = "U"', "z"), "renamed again")
    expected = [
        ("renamed again", "member c renamed id"),
        ("two", "member b changed town"),
        ("renamed", "member b renamed id", "member b changed town"),
        ("one", "member a added"),
    ]
    assert told(git, "c") == expected
    assert told(git, "d", now=registry('d name = "N"\ntown = "U"', "z")) == expected
    assert told(git, "b") == expected
    assert told(git, "a") == expected[2:]


def test_a_rename_on_one_branch_is_followed_on_the_other(git):
    steps = merge(
        git,
        registry('a name = "N"'),
        registry('b name = "N"'),
        registry('a name = "N"\ntown = "T"'),
        registry('b name = "N"\ntown = "T"'),
    )
    assert len(steps) == 3
    assert sorted(told(git, "b")) == [
        ("base", "member a added"), ("ours", "member b renamed id"), ("theirs", "member a changed town"),
    ]  # fmt: skip


def test_one_that_went_and_came_again(git):
    save(git, registry("a"), "one")
    save(git, registry(), "two")
    save(git, registry('a town = "T"'), "three")
    assert [step[0] for step in told(git, "a")] == ["three", "two", "one"]


def test_one_that_is_gone_is_found_by_its_exact_id(git):
    save(git, registry('a name = "A"', "ab"), "one")
    save(git, registry("ab"), "two")
    assert told(git, "a") == [("two", "member a removed"), ("one", "member a added")]
    with pytest.raises(NotFound):
        told(git, "A A")


def test_one_that_is_not_committed_yet_has_no_history(git):
    save(git, registry("a"), "one")
    assert told(git, "b", now=registry("a", "b")) == []


def test_a_revision_that_cannot_be_read_stands_where_it_may_have_changed_the_record(git):
    save(git, registry("a", "b"), "one")
    save(git, BROKEN, "broken")
    save(git, BROKEN + "\n", "broken again")
    save(git, registry('a town = "T"', "b"), "mended")
    assert [step[0] for step in told(git, "a")] == ["mended", "broken again", "broken", "one"]
    assert [step[0] for step in told(git, "b")] == ["one"]
    save(git, BROKEN + "#", "newest")
    assert [step[0] for step in told(git, "b")] == ["newest", "one"]


@pytest.mark.parametrize(
    ("wanted", "changes"),
    [
        ("cluster", ["cluster changed name"]),
        ("policy", ["policy changed retention_months"]),
        ("ngo", ["sector ngo added"]),
        ("ngo-house", ["member ngo-house added"]),
        ("HOUSE", ["member ngo-house added"]),
        ("Dom", ["member ngo-house added"]),
        ("2025-01-01-abc", ["inquiry 2025-01-01-abc added"]),
        ("lucja", ["inquiry 2025-01-01-abc added"]),
        ("same", ["inquiry same added"]),
    ],
)
def test_which_record_is_meant(git, wanted, changes):
    text = HEAD + (
        "[policy]\nretention_months = 1\n[sectors.ngo]\n[sectors.same]\n[members.ngo-house]\nname = 'Dom'\n"
        "[members.ngo-x]\n[members.policy-makers]\n"
        "[inquiries.2025-01-01-abc]\nperson = 'Łucja'\n[inquiries.same]\n"
    )
    save(git, text, "one")
    assert told(git, wanted) == [("one", *changes)]


def test_several_are_refused_and_the_nearest_named(git):
    save(git, registry("abc-1", "abc-2"), "one")
    with pytest.raises(Ambiguous):
        told(git, "abc")
    with pytest.raises(NotFound) as caught:
        told(git, "abd-1")
    assert (caught.value.kind, caught.value.suggestions[0]) == ("record", "abc-1")


# Cost.


def test_each_content_is_parsed_once(git, monkeypatch):
    from pkes.registry import parsing

    for number in range(12):
        save(git, registry(f'a town = "{number}"'), str(number))
    parsed = []
    monkeypatch.setattr(parsing, "parse", lambda text: parsed.append(text) or parse(text))
    assert len(told(git)) == 12
    assert len(parsed) == len(set(parsed)) == 12
