"""The README says what the program does."""

import subprocess
from pathlib import Path

from pkes.cli import findings, wording
from pkes.findings import SEVERITIES
from pkes.lifecycle import STEPS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
WORDS = wording.FAULTS | wording.MALFORMED | findings.WORDS


def test_the_table_of_codes_is_that_of_the_code():
    rows = [f"| `{code}` | {severity} | {WORDS[code]} |" for code, severity in SEVERITIES.items()]
    assert "\n".join(["| code | severity | says |", "|---|---|---|", *rows]) in README


def test_transcripts_are_true(shipped, pkes, tmp_path):
    import shlex

    blocks = [block.split("```")[0] for block in README.split("```console\n")[1:]]
    transcripts = [part for block in blocks for part in block.split("$ ")[1:]]
    assert transcripts
    for transcript in transcripts:
        command, _, expected = transcript.partition("\n")
        ran = pkes(*shlex.split(command.removesuffix(" | cat"))[1:])
        assert ran.out == expected, command


def test_ci_runs_the_test_command_of_the_readme():
    found = subprocess.run(
        ["grep", "-m", "1", "pytest", "README.md"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.startswith("python3 -m venv .venv && ")
    assert found.stdout.rstrip().endswith("pytest -q --cov")


def test_the_diagram_of_the_steps_is_drawn_from_the_table():
    drawn = [f"    {start} --> {step.leads_to}: {step.name}" for step in STEPS.values() for start in step.starts]
    diagram = ["```mermaid", "stateDiagram-v2", "    [*] --> new", *drawn, "```"]
    assert "\n".join(diagram) in README
