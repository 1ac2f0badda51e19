"""`pkes page`: the files it writes, and what it says of a folder that is not up to date."""

import pytest


@pytest.fixture
def written(shipped, pkes):
    assert pkes("page").status == 0
    return shipped.parent / "page"


def test_writes_both_languages_beside_the_registry_and_says_nothing_in_a_pipe(shipped, pkes):
    assert pkes("page") == (0, "", "")
    assert sorted(path.name for path in (shipped.parent / "page").iterdir()) == ["en.html", "index.html"]
    assert '<html lang="pl">' in (shipped.parent / "page" / "index.html").read_text()
    assert "13 members listed of 14 declared" in (shipped.parent / "page" / "en.html").read_text()


def test_leaves_the_rest_of_a_folder_alone(shipped, pkes):
    other = shipped.parent / "site"
    other.mkdir()
    (other / "robots.txt").write_text("x")
    assert pkes("page", "-o", "site").status == 0
    assert (other / "robots.txt").read_text() == "x"
    assert len(list(other.iterdir())) == 3


def test_says_on_a_terminal_what_it_has_written(shipped, terminal):
    assert "page/index.html: written" in terminal("page")


def test_check_says_that_all_is_up_to_date(written, pkes):
    assert pkes("page", "--check") == (0, "", "")
    assert pkes("page", "--check", PKES_TODAY="2026-01-01").status == 0


def test_check_says_what_is_missing_or_was_made_of_something_else(written, pkes):
    (written / "en.html").unlink()
    assert pkes("page", "--check") == (1, "", "pkes: page/en.html: not up to date\n")
    pkes("edit", "platan", "town=Tyczyn")
    ran = pkes("page", "--check")
    assert (ran.status, ran.err) == (1, "pkes: page/index.html: not up to date\npkes: page/en.html: not up to date\n")


def test_check_falls_where_the_roster_of_today_is_another_one(written, pkes):
    pkes("leave", "platan", "--on", "2025-04-01")
    assert pkes("page").status == 0
    assert pkes("page", "--check").status == 0
    assert pkes("page", "--check", PKES_TODAY="2025-04-01").status == 1


def test_check_writes_nothing(shipped, pkes):
    assert pkes("page", "--check").status == 1
    assert not (shipped.parent / "page").exists()


def test_another_day_counts_members_without_a_date(shipped, pkes):
    ran = pkes("page", "--on", "2024-01-31")
    assert (ran.status, ran.err) == (0, "pkes: 13 members without a date of joining are counted\n")
    assert '<meta name="date" content="2024-01-31">' in (shipped.parent / "page" / "index.html").read_text()


def test_a_folder_that_is_a_file_is_an_error(shipped, pkes):
    (shipped.parent / "page").write_text("x")
    assert pkes("page").status not in (0, 1)
    assert pkes("page", "--check").status not in (0, 1)
    assert (shipped.parent / "page").read_text() == "x"


def test_other_commands_do_not_pay_for_it(shipped, process):
    ran = process("profile", PYTHONVERBOSE="1")
    assert "import 'pkes.i18n'" in ran.err
    assert "import 'htpy'" not in ran.err
