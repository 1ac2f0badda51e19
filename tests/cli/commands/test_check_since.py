"""`pkes check --since REV`: a pull request answers for its own findings, not for those that were there."""

import json

import pytest

from tests.cli.registry_with_faults import FAULTY, GOOD, MENDABLE
from tests.git.repositories import new_repository


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
B = '[members.b]\nname = "B"\nsector = "ngo"\nemail = "b@example.org"\nnip = "2"\n'


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
    "before",
    [
        pytest.param(b"<<<<<<< ours\n", id="merge-markers"),
        pytest.param(b"format = 1\n[cluster\n", id="no-toml"),
        pytest.param(OLD.encode("utf-16"), id="not-utf-8"),
        pytest.param(b"", id="empty"),
        pytest.param(OLD.replace("format = 1", "format = 9").encode(), id="newer-format"),
    ],
)
def test_a_revision_that_cannot_be_parsed_has_no_findings(git, pkes, before):
    git.registry.write_bytes(before)
    git.commit("Before")
    git.write("registry.toml", OLD)
    assert pkes("check", "--since", "HEAD") == pkes("check")


def test_a_revision_without_the_file_has_no_findings(git, pkes):
    git.registry.unlink()
    git.write("other", "x")
    git.commit("Before")
    git.write("registry.toml", OLD)
    assert pkes("check", "--since", "HEAD") == pkes("check")


@pytest.mark.parametrize("after", ["format = 1\n[cluster\n", "<<<<<<< ours\n"], ids=["syntax", "marker"])
def test_what_cannot_be_parsed_now_is_new(since, after):
    [found] = since(after, after)
    assert found[0] in ("syntax", "merge-marker")


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
        "pkes: registry.toml: it stands in no git repository, or git is not installed\n",
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
