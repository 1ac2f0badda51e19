"""Warnings and notes that a registry ignores: by its policy, and behind a line."""

import json

import pytest

from tests.cli.registry_with_faults import GOOD

TOWN = 'town = " T"\n'
POLICY = '[policy]\nignore = ["spaces"]\n'


@pytest.fixture
def codes(write_registry, pkes):
    """Return the codes that are found in a registry, and what is said of their count."""

    def run(text):
        write_registry(text)
        return [one["code"] for one in json.loads(pkes("check", "--json").out)], pkes("check").err

    return run


NONE = "pkes: 0 errors, 0 warnings, 0 notes, 1 ignored\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(GOOD + TOWN + POLICY, id="policy"),
        pytest.param(GOOD + 'town = " T"  # pkes: ignore spaces\n', id="line"),
        pytest.param(GOOD + 'town = " T"#pkes:ignore empty, spaces\r\n', id="several"),
        pytest.param(GOOD + 'tags = [\n  "b",\n  " a", # pkes: ignore spaces\n]\n', id="item"),
        pytest.param(GOOD + "twon = 1 # pkes: ignore unknown-key\n", id="unknown-key"),
    ],
)
def test_what_is_ignored_is_counted(codes, text):
    assert codes(text) == ([], NONE)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(GOOD + "# pkes: ignore spaces\n" + TOWN, id="line-above"),
        pytest.param(GOOD + 'town = " T # pkes: ignore spaces"\n', id="in-a-text"),
        pytest.param(GOOD + 'tags = [\n  " b",\n  "a", # pkes: ignore spaces\n]\n', id="another-item"),
        pytest.param(GOOD + 'town = " T" # pkes: ignore empty\n', id="another-code"),
    ],
)
def test_other_findings_stay(codes, text):
    assert codes(text) == (["spaces"], "pkes: 0 errors, 1 warning, 0 notes\n")


@pytest.mark.parametrize("code", ["nip", "spacs", "Jan_Kowalski"])
def test_a_code_that_cannot_be_ignored_is_a_finding(codes, write_registry, pkes, code):
    found, _said = codes(GOOD + f'nip = "1" # pkes: ignore {code}\n[policy]\nignore = ["spaces", "{code}"]\n')
    assert sorted(found) == ["ignore", "ignore", "nip"]
    assert "Kowalski" not in pkes("check").out
    assert ('(did you mean "spaces"?)' in pkes("check").out) == (code == "spacs")


def test_it_stands_where_the_code_does(write_registry, pkes):
    write_registry('format = 1\n[policy]\nignore = [\n  "spaces",\n  "no",\n]\n')
    assert (
        'registry.toml:5:3: warning ignore policy, ignore: "no" is not the code of a warning or a note\n'
        in pkes("check").out
    )


def test_other_commands_do_not_tell_of_it_either(write_registry, pkes):
    write_registry(GOOD + TOWN + POLICY)
    assert json.loads(pkes("status", "--json").out)["findings"] == {"error": 0, "warning": 0, "note": 0}
    assert pkes("edit", "a", "county= X").err == ""


def test_the_policy_takes_codes(write_registry, pkes):
    path = write_registry(GOOD)
    assert pkes("policy", "edit", "ignore+=declared-members").status == 0
    assert '[policy]\nignore = [\n    "declared-members",\n]\n' in path.read_text()


def test_it_counts_among_what_is_new_only(tmp_path, monkeypatch, pkes):
    from tests.git.repositories import new_repository

    git = new_repository(tmp_path / "repository", monkeypatch)
    monkeypatch.chdir(git.folder)
    git.write("registry.toml", GOOD + TOWN)
    git.commit("Before")
    git.write("registry.toml", GOOD + TOWN + 'county = " C"\n' + POLICY)
    assert pkes("check", "--since", "HEAD") == (0, "", NONE)
