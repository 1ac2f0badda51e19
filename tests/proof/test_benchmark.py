"""The benchmark does the work that it times."""

import re
import subprocess
import sys

from tests.conftest import SHIPPED, environment

WORKS = (
    "start-up",
    "list by sector",
    "look-up",
    "status",
    "first row",
    "whole list",
    "one edit",
    "one member more",
    "an answer",
    "export to CSV",
    "export to JSON",
    "the page",
    "import of CSV",
    "merge",
    "check",
    "fmt",
)


def run(*arguments):
    command = [sys.executable, "tests/benchmark.py", "--runs", "1", *arguments]
    ran = subprocess.run(command, cwd=SHIPPED.parent, env=environment({}), capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    return ran.stdout.splitlines()


def test_all_that_is_there_on_every_machine_is_measured():
    _, head, *lines, last = run("--sizes", "3")
    assert [line[:15].strip() for line in lines if line[:15].strip()] == [*WORKS]
    ours = [line for line in lines if re.match(r".{25}(pkes|floor|python)", line)]
    assert len(ours) == 2 * len(WORKS) + 6
    time = slice(head.index("time") - 6, head.index("time") + 4)
    assert [line for line in ours if not re.fullmatch(r" *[\d,]+ ms", line[time])] == []
    assert last == "0 of 0 goals met"


def test_growth_is_told_between_sizes_and_a_goal_where_there_is_one():
    lines = run("--sizes", "3,13", "--only", "look-up", "--only", "start-up")
    assert [line[:25].split() for line in lines[2:-1] if line[:25].strip()] == [
        ["start-up", "3"], ["look-up", "3"], ["look-up", "13"]
    ]  # fmt: skip
    (shown,) = [line for line in lines if "pkes show" in line and line.startswith("look-up          ")][1:]
    assert re.search(r"ms +-?\d\.\d\d +\d+ MB +-?\d\.\d\d$", shown)


def test_what_takes_too_long_has_no_figure():
    lines = run("--sizes", "3", "--only", "look-up", "--patience", "0")
    assert [line for line in lines if "pkes show" in line and line.endswith("it takes longer than 0 s")]
