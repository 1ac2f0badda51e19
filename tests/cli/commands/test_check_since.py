"""`pkes check --since REV`: a pull request answers for its own findings, not for those that were there."""

import json
import re

import pytest

from tests.cli.registry_with_faults import FAULTY, GOOD, MENDABLE
from tests.git.repositories import Git, new_repository


@pytest.fixture
def git(tmp_path, monkeypatch):
    git = new_repository(tmp_path / "repository", monkeypatch)
    monkeypatch.chdir(git.folder)
    return git


@pytest.fixture
def since(git, pkes):
    """Commit a registry, change it, and return the code, id and field of what is new."""

    def run(before, after, *options):
        git.write("registry.toml", before)
        git.commit("Before")
        git.write("registry.toml", after)
        ran = pkes("check", "--since", "HEAD", "--json", *options)
        found = [(one["code"], one["id"], one["field"]) for one in json.loads(ran.out)]
        assert ran.status == int("error" in ran.out)
        return found

    return run


OLD = GOOD + 'nip = "1"\ntown = " T"\ntwon = "x"\n'
"""It has an error and two warnings."""
B = '[members.b]\nname = "B"\nsector = "ngo"\nemail = "b@example.org"\nconfirmed = 2025-02-01\nnip = "2"\n'


@pytest.mark.parametrize(
    ("after", "new"),
    [
        pytest.param(OLD, [], id="nothing"),
        pytest.param("# one more\n\n" + OLD.replace('town = " T"\n', ""), [], id="lines-moved"),
        pytest.param(OLD.replace('nip = "1"', 'nip = "2"').replace('" T"', '"T "'), [], id="other-wrong-values"),
        pytest.param(OLD.replace('nip = "1"', 'nip = " 1"'), [], id="same-code"),
        pytest.param(OLD.replace("members.a", "members.b").replace('"a"', '"b"'), [], id="renamed"),
        pytest.param(
            OLD.replace("members.a", "members.b").replace('"a"', '"b"') + 'krs = "0"\n',
            [("krs", "b", "krs")], id="renamed-with-one-more",
        ),
        pytest.param(OLD + 'krs = "0"\n', [("krs", "a", "krs")], id="another-code"),
        pytest.param(OLD.replace("twon", "tonw"), [("unknown-key", "a", "tonw")], id="another-field"),
        pytest.param(OLD + B, [("nip", "b", "nip")], id="another-record"),
        pytest.param(
            OLD.replace("members.a", "members.b").replace('"A"', '"B"').replace('nip = "1"', 'nip = "2"'),
            [("unknown-member", None, "coordinator"), ("nip", "b", "nip"), ("spaces", "b", "town"),
             ("unknown-key", "b", "twon")],
            id="not-the-same-record",
        ),
        pytest.param(OLD.replace('nip = "1"', "nip = 1"), [("shape", "a", "nip")], id="shape"),
        pytest.param(OLD + 'tags = ["a ", "b "]\n', [("spaces", "a", "tags")] * 2, id="each-item"),
    ],
)  # fmt: skip
def test_only_what_is_new_is_found(since, after, new):
    assert since(OLD, after) == new


@pytest.mark.parametrize(("after", "new"), [('["b", " a"]', 0), ('["a ", " b", "c "]', 2), ("[]", 0)])
def test_items_count_as_often_as_they_occur(since, after, new):
    before = GOOD + 'tags = ["a ", "b"]\n'
    assert since(before, before.replace('["a ", "b"]', after)).count(("spaces", "a", "tags")) == new


def test_shape_faults_that_were_there_are_not_new(since):
    assert since(FAULTY, "# moved\n" + FAULTY.removeprefix("\ufeff")) == []


@pytest.mark.parametrize(
    ("before", "what"),
    [
        pytest.param(b"<<<<<<< ours\n", ":1:1: a merge marker that git left: <<<<<<<", id="merge-markers"),
        pytest.param(b"format = 1\n[cluster\n", ":2:9: not TOML", id="no-toml"),
        pytest.param(OLD.encode("utf-16"), ":1:1: not UTF-8", id="not-utf-8"),
        pytest.param(OLD.replace("format = 1", "format = 9").encode(), ": format 9", id="newer-format"),
    ],
)
def test_a_revision_that_cannot_be_parsed_is_wrong_usage(git, pkes, before, what):
    git.registry.write_bytes(before)
    hash = git.commit("Before")
    git.write("registry.toml", OLD)
    ran = pkes("check", "--since", "HEAD")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"pkes: nothing to compare with: {hash[:10]}:registry.toml{what}")


def test_a_revision_that_is_too_large_is_wrong_usage(git, pkes, monkeypatch):
    git.write("registry.toml", OLD + "#" * 100)
    hash = git.commit("Before")
    git.write("registry.toml", GOOD)
    monkeypatch.setattr("pkes.storage.sources.most_bytes", lambda: len(OLD.encode()) + 50)
    ran = pkes("check", "--since", "HEAD")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"pkes: nothing to compare with: {hash}:registry.toml: larger than")


def test_a_revision_without_the_file_has_no_findings(git, pkes):
    git.registry.unlink()
    git.write("other", "x")
    git.commit("Before")
    git.write("registry.toml", OLD)
    assert pkes("check", "--since", "HEAD") == pkes("check")


@pytest.mark.parametrize("after", ["format = 1\n[cluster\n", "<<<<<<< ours\n"], ids=["syntax", "marker"])
def test_what_cannot_be_parsed_now_is_new(since, after):
    [found] = since(GOOD, after)
    assert found[0] in ("syntax", "merge-marker")


@pytest.fixture
def branches(git):
    """A branch that began before main mended an old error, and made another."""
    git.write("registry.toml", OLD)
    git.commit("Begin")
    git("checkout", "-q", "-b", "topic")
    git.write("registry.toml", OLD + 'krs = "0"\n')
    git.commit("Topic")
    git("checkout", "-q", "main")
    git.write("registry.toml", GOOD)
    git.commit("Mend")
    git("checkout", "-q", "topic")
    return git


@pytest.mark.parametrize("revision", ["main", "main...topic", "main...", "...main"])
def test_a_branch_does_not_get_what_main_mended_as_new(branches, pkes, revision):
    found = json.loads(pkes("check", "--since", revision, "--json").out)
    assert [(one["code"], one["field"]) for one in found] == [("krs", "krs")]


def test_another_branch_has_a_merge_base_of_its_own(branches, pkes):
    branches("checkout", "-q", "main")
    branches.write("registry.toml", OLD + 'krs = "0"\n')
    assert len(json.loads(pkes("check", "--since", "main...topic", "--json").out)) == 1
    assert len(json.loads(pkes("check", "--since", "main", "--json").out)) == 4


def test_branches_of_no_common_history(branches, pkes):
    branches("checkout", "-q", "--orphan", "other")
    branches.commit("Other")
    ran = pkes("check", "--since", "main")
    assert ran == (2, "", 'pkes: "main" and "HEAD" have no common history\n')
    assert pkes("diff", "main...other").status == 2


def clone(git, tmp_path, monkeypatch, *options):
    git("config", "uploadpack.allowFilter", "true")
    git("config", "uploadpack.allowAnySHA1InWant", "true")
    git("clone", "-q", *options, f"file://{git.folder}", "../clone")
    monkeypatch.chdir(tmp_path / "clone")
    return Git(tmp_path / "clone")


def advice(ran, what):
    """Return the command of git that an error advises."""
    assert (ran.status, ran.out) == (2, "")
    first, *below = ran.err.splitlines()
    assert first == f"pkes: {what}"
    return re.search('"git ([^"]*)"', below[0])[1].split()


def test_a_shallow_clone_says_how_to_fetch_the_rest(branches, tmp_path, monkeypatch, pkes):
    cloned = clone(branches, tmp_path, monkeypatch, "--depth=1", "--no-single-branch")
    command = advice(
        pkes("check", "--since", "origin/main"),
        '"origin/main...HEAD": this shallow clone does not reach back far enough',
    )
    cloned(*command)
    assert [one["code"] for one in json.loads(pkes("check", "--since", "origin/main", "--json").out)] == ["krs"]


@pytest.mark.parametrize("kept", ["blob:none", "tree:0"])
@pytest.mark.parametrize("command", [["check", "--json", "--since"], ["diff", "--json"]])
def test_a_partial_clone_says_how_to_fetch_the_rest(branches, tmp_path, monkeypatch, pkes, kept, command):
    cloned = clone(branches, tmp_path, monkeypatch, f"--filter={kept}")
    base = branches("merge-base", "main", "topic")
    ran = pkes(*command, base)
    cloned(*advice(ran, f'"{base}": this partial clone does not hold what is needed'))
    assert "krs" in pkes(*command, base).out


@pytest.mark.parametrize("revision", ["origin/main", "main"])
def test_a_branch_that_was_not_fetched(branches, tmp_path, monkeypatch, pkes, revision):
    cloned = clone(branches, tmp_path, monkeypatch, "--single-branch")
    cloned(*advice(pkes("check", "--since", revision), f'git knows no revision "{revision}"'))
    assert [one["code"] for one in json.loads(pkes("check", "--since", revision, "--json").out)] == ["krs"]


def test_a_revision_before_the_end_of_a_shallow_clone(branches, tmp_path, monkeypatch, pkes):
    cloned = clone(branches, tmp_path, monkeypatch, "--depth=1")
    assert "neither" in pkes("diff", "HEAD~1").err
    cloned(*advice(pkes("check", "--since", "HEAD~1"), 'git knows no revision "HEAD~1"'))
    assert pkes("check", "--since", "HEAD~1").status == 1


def test_a_hash_that_was_not_fetched(branches, tmp_path, monkeypatch, pkes):
    cloned = clone(branches, tmp_path, monkeypatch, "--single-branch")
    hash = branches("rev-parse", "main")
    cloned(*advice(pkes("check", "--since", hash), f'git knows no revision "{hash}"'))
    assert pkes("check", "--since", hash).status == 1


# Members that were removed.


def member(id):
    return f'[members.{id}]\nname = "{id.upper()}"\nsector = "ngo"\nkrs = "000000000{len(id)}"\n'


@pytest.fixture
def five(git):
    """A registry of five members, of which two went, one left and one was renamed."""
    others = ["bb", "ccc", "dddd", "eeeee"]
    git.write("registry.toml", GOOD + "".join(map(member, others)))
    git.commit("Five")
    git.write("registry.toml", GOOD + member("bb") + "left = 2024-01-01\n" + member("ccc").replace(".ccc", ".new"))
    return git


SAID = "registry.toml:1:1: error members-removed file: 2 of 5 members were removed, more than {}\n"


@pytest.mark.parametrize(("most", "is_error"), [("1", True), ("2", False), ("0", True), ("39%", True), ("40%", False)])
def test_a_branch_that_removes_more_members_is_an_error(five, pkes, most, is_error):
    ran = pkes("check", "--since", "HEAD", "--max-removed", most)
    assert (ran.status, ran.out) == ((1, SAID.format(most)) if is_error else (0, ""))


def test_where_nobody_was_there_nobody_was_removed(git, pkes):
    git.write("registry.toml", GOOD.partition("[members")[0])
    git.commit("None")
    git.write("registry.toml", GOOD)
    assert pkes("check", "--since", "HEAD", "--max-removed", "0%").status == 0


@pytest.mark.parametrize("most", ["", "-1", "x", "1.5", "10 %", "%", "\u0663"])
def test_how_many_is_a_number_or_a_share(five, pkes, most):
    ran = pkes("check", "--since", "HEAD", f"--max-removed={most}")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.splitlines()[0] == "pkes: --max-removed: a whole number from 0 is expected, or one with %"


# A registry that git moved.


def move(git, to):
    (git.folder / to).parent.mkdir(exist_ok=True)
    git("mv", "registry.toml", to)


@pytest.mark.parametrize("is_committed", [True, False])
def test_a_registry_that_was_moved_is_followed(git, pkes, is_committed):
    git.write("registry.toml", OLD)
    first = git.commit("Before")
    move(git, "data/registry.toml")
    if is_committed:
        git.commit("Move")
        git("mv", "data/registry.toml", "data/cluster.toml")
        git.commit("Move again")
    path = "data/cluster.toml" if is_committed else "data/registry.toml"
    git.write(path, OLD + 'krs = "0"\n')
    found = json.loads(pkes("-r", path, "check", "--since", first, "--json").out)
    assert [one["code"] for one in found] == ["krs"]
    changes = json.loads(pkes("-r", path, "diff", first, "--json").out)
    assert [(one["id"], one["field"]) for one in changes] == [("a", "krs")]


def test_a_registry_that_another_branch_moved_is_followed(branches, pkes):
    branches("checkout", "-q", "main")
    move(branches, "data/registry.toml")
    branches.commit("Move")
    branches("checkout", "-q", "topic")
    changes = json.loads(pkes("diff", "main", "--json").out)
    assert {(one["id"], one["field"]) for one in changes} == {
        (field and "a", field) for field in ("krs", "nip", "town", "twon")
    }


def test_a_registry_that_another_file_took_the_place_of_is_none(git, pkes):
    git.registry.unlink()
    git.write("other.toml", GOOD)
    git.commit("Before")
    git("mv", "other.toml", "another.toml")
    git.write("registry.toml", OLD)
    git.commit("After")
    assert pkes("diff", "HEAD~1").status == 3
    assert pkes("check", "--since", "HEAD~1") == pkes("check")


def test_any_name_of_a_revision_will_do(git, pkes):
    git.write("registry.toml", OLD)
    first = git.commit("One")
    git.write("registry.toml", GOOD)
    git.commit("Two")
    git("tag", "-a", "v1", "-m", "v1", first)
    git.write("registry.toml", OLD)
    for revision in (first, first[:8], "HEAD~1", "v1", "main~1"):
        assert pkes("check", "--since", revision).status == 0
    assert pkes("check", "--since", "HEAD").status == 1


@pytest.mark.parametrize("options", [[], ["--json"], ["--github"]])
def test_the_formats_say_the_same(git, pkes, options):
    git.write("registry.toml", GOOD)
    git.commit("Before")
    git.write("registry.toml", GOOD + 'nip = "1"\n')
    out = pkes("check", "--since", "HEAD", *options).out
    assert out == pkes("check", *options).out
    git.commit("After")
    assert pkes("check", "--since", "HEAD", *options).out == ("[]\n" if options == ["--json"] else "")


def test_strict_counts_new_warnings_only(git, pkes):
    git.write("registry.toml", OLD)
    git.commit("Before")
    assert pkes("check", "--since", "HEAD", "--strict").status == 0
    git.write("registry.toml", OLD + 'county = ""\n')
    assert pkes("check", "--since", "HEAD", "--strict").status == 1


def test_files_in_folders_are_compared_with_their_own_past(git, pkes):
    git.write("sub/a.toml", OLD)
    git.write("b.toml", GOOD)
    git.commit("Before")
    git.write("b.toml", OLD)
    found = json.loads(pkes("check", "--since", "HEAD", "--json", "sub/a.toml", "b.toml").out)
    assert {one["file"] for one in found} == {"b.toml"}


@pytest.mark.parametrize("revision", ["none", "", "--all", "HEAD:registry.toml"])
def test_an_unknown_revision_is_wrong_usage(git, pkes, revision):
    git.commit("Before")
    ran = pkes("check", f"--since={revision}")
    assert ran == (2, "", f'pkes: git knows no revision "{revision}"\n')


def test_outside_of_a_repository_there_is_no_revision(write_registry, pkes):
    write_registry(OLD)
    assert pkes("check", "--since", "HEAD") == (
        2,
        "",
        "pkes: registry.toml: it stands in no git repository, or git is not installed\n"
        '"git init" in its folder makes one\n',
    )


def test_a_missing_file_is_said_before_git_is_asked(git, pkes):
    ran = pkes("check", "--since", "none", "no/such.toml")
    assert ran == (3, "", "pkes: no/such.toml: cannot be read: No such file or directory\n")


def test_only_new_findings_have_an_excerpt(git, terminal):
    git.write("registry.toml", MENDABLE)
    git.commit("Before")
    git.write("registry.toml", MENDABLE.replace('name = "Fundacja', 'county = " x"\nname = "Fundacja'))
    seen = terminal("check", "--since", "HEAD")
    assert seen.startswith(
        "registry.toml:19:1: warning spaces member igla, county: spaces at an end\n"
        '    county = " x"\n    ^\n    to mend it: pkes check --fix\npkes: 0 errors, 1 warning, 0 notes\n'
    )
