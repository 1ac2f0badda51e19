"""`pkes check --github`: annotations for a workflow of GitHub."""

import pytest

from tests.cli.registry_with_faults import FAULTY, GOOD


def test_github_says_the_same(write_registry, pkes, expect):
    write_registry(FAULTY)
    ran = pkes("check", "--github")
    assert ran.status == 1
    expect("check-github.txt", ran.out)
    assert ran.err == "pkes: 17 errors, 8 warnings, 4 notes\n"
    assert ran.out.count("\n") == pkes("check").out.count("\n")


def test_github_takes_no_sign_for_its_own(write_registry, pkes, tmp_path):
    known = 'email = "b@example.org"\nconfirmed = 2025-02-01\n'
    write_registry(GOOD + f'["members"."a\\nb::%"]\nname = "B"\nsector = "100%"\n{known}')
    (tmp_path / "registry.toml").rename(tmp_path / "a,b:c%\n\x1b.toml")
    name = "a%2Cb%3Ac%25%0A\\x1b.toml"
    assert pkes("check", "--github", "a,b:c%\n\x1b.toml").out == (
        f"::error file={name},line=13,col=1,title=id::member: "
        "an id has only a-z, 0-9 and dashes, and no dash at an end\n"
        f"::error file={name},line=15,col=1,title=unknown-sector::member, sector: unknown sector\n"
    )


@pytest.mark.parametrize(
    ("workspace", "name"),
    [(".", "data/registry.toml"), ("data", "registry.toml"), ("other", "registry.toml"), ("", "registry.toml")],
    ids=["above", "the-folder", "elsewhere", "not-set"],
)
def test_github_is_told_the_file_as_the_workspace_has_it(tmp_path, pkes, monkeypatch, workspace, name):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/registry.toml").write_text(GOOD + 'town = ""\n')
    monkeypatch.chdir(tmp_path / "data")
    ran = pkes("check", "--github", GITHUB_WORKSPACE=workspace and str(tmp_path / workspace))
    assert ran.out.startswith(f"::warning file={name},line=13,")
    assert pkes("check", GITHUB_WORKSPACE=str(tmp_path)).out.startswith("registry.toml:13:")
