"""The README says what the program does."""

import re
import shlex
import subprocess
from pathlib import Path

from pkes.checks.codes import CODES
from pkes.registry.inquiries import STEPS
from tests.conftest import SHIPPED
from tests.git.repositories import new_repository

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_codes_is_that_of_the_code():
    rows = [f"| `{code}` | {known.severity} | {known.says} |" for code, known in CODES.items()]
    assert "\n".join(["| code | severity | says |", "|---|---|---|", *rows]) in README


def test_transcripts_are_true(shipped, pkes, tmp_path):
    (tmp_path / "old.toml").write_bytes(shipped.read_bytes())
    blocks = [block.split("```")[0] for block in README.split("```console\n")[1:]]
    transcripts = [part for block in blocks for part in block.split("$ ")[1:]]
    assert transcripts
    for transcript in transcripts:
        command, _, expected = transcript.partition("\n")
        ran = pkes(*shlex.split(command.removesuffix(" | cat"))[1:])
        assert ran.out == expected, command


def polish():
    """Return the section for coordinators."""
    return README.split("## Po polsku\n")[1].split("\n## ")[0]


def test_the_ten_tasks_in_polish_can_be_done(shipped, process):
    commands = re.findall(r"`(pkes [a-z][^`]*)`", polish().split("\n\n")[1])
    assert len(commands) == 11
    for command in commands:
        ran = process(*shlex.split(command)[1:], PKES_LANG="pl")
        assert ran.status == 0, command


def test_the_polish_transcripts_are_true(shipped, terminal):
    transcripts = polish().split("```text\n")[1].split("```")[0].split("$ ")[1:]
    assert len(transcripts) == 3
    for transcript in transcripts:
        command, _, expected = transcript.partition("\n")
        assert terminal(*shlex.split(command)[1:], PKES_LANG="pl").strip() == expected.strip(), command


def test_ci_runs_the_test_command_of_the_readme():
    found = subprocess.run(
        ["grep", "-m", "1", "pytest", "README.md"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.startswith("python3 -m venv .venv && ")
    assert found.stdout.rstrip().endswith("pytest -q --cov -n auto")


def test_the_diagram_of_the_steps_is_drawn_from_the_table():
    drawn = [f"    {start} --> {step.leads_to}: {step.name}" for step in STEPS.values() for start in step.starts]
    diagram = ["```mermaid", "stateDiagram-v2", "    [*] --> new", *drawn, "```"]
    assert "\n".join(diagram) in README


def test_the_workflow_runs_what_there_is(tmp_path, monkeypatch, pkes):
    git = new_repository(tmp_path / "repository", monkeypatch)
    monkeypatch.chdir(git.folder)
    git.write("registry.toml", SHIPPED.read_text(encoding="utf-8"))
    git.commit("Begin")
    git("checkout", "-q", "-b", "topic")
    assert pkes("edit", "bergamotka", "town=Jasło").status == 0
    git.commit("Topic")
    block = re.search(r"^name: Registry\n.*?(?=^```)", README, re.DOTALL | re.MULTILINE)[0]
    commands = re.findall(r"run: pkes (.*)", block)
    ran = [pkes(*shlex.split(command.replace("$BASE", "main").partition(" > ")[0])) for command in commands]
    assert [one.status for one in ran] == [0, 0, 0]
    assert "| Town |" in ran[2].out
