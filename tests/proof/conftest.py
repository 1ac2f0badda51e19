"""How the proof is run: its short form, the files it works on, the processes it runs, and the figures it prints."""

import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from tests.proof.warm import Warm

FIGURE = "figure"

Say = Callable[[str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--short", action="store_true", help="the proof in less than two minutes")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("same" if config.getoption("--short") else "anew")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [one for outcome in ("passed", "failed") for one in terminalreporter.getreports(outcome)]
    if figures := [line for one in reports for name, line in one.user_properties if name == FIGURE]:
        terminalreporter.section("figures of the proof")
        for line in figures:
            terminalreporter.line(line)


@pytest.fixture(scope="session")
def is_short(request: pytest.FixtureRequest) -> bool:
    """Whether the short form was asked for."""
    return bool(request.config.getoption("--short"))


@pytest.fixture
def seed(is_short: bool) -> int:
    """What is random comes of it. It is the same in the short form: a check of a change is to fail for the change."""
    return 1 if is_short else random.randrange(1_000_000)


@pytest.fixture
def say(record_property: Callable[[str, object], None]) -> Say:
    """Add a line to what is printed at the end; it goes with the report of the test, from whichever process ran it."""
    return partial(record_property, FIGURE)


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """A process that runs commands without having to import anything."""
    with Warm() as started:
        yield started


@pytest.fixture(scope="session")
def pair() -> Iterator[list[Warm]]:
    """Two of them, for two cores."""
    with Warm() as one, Warm() as other:
        yield [one, other]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder."""
    made = tmp_path / "folder"
    made.mkdir()
    return made
