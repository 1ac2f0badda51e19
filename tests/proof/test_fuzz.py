"""Texts that are changed at random break no law. Where atheris is installed, what code they reach leads the changes."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.conftest import environment
from tests.proof.fuzz_laws import LAWS
from tests.proof.warm import ROOT

SECONDS = {"read": 4, "form": 7, "check": 3, "edit": 14, "merge": 7, "table": 6, "workbook": 5}
FEWER = 1.0
CORES = 2


@pytest.mark.parametrize("law", LAWS)
def test_no_text_breaks_a_law(law, is_short, seed, say):
    seconds = FEWER if is_short else SECONDS[law]
    with ThreadPoolExecutor() as pool:
        told = [*pool.map(lambda number: fuzzed(law, seconds, seed + number), range(1 if is_short else CORES))]
    found = {what: text for one in told for what, text in one["found"].items()}
    tried, spoken_of = (sum(one[key] for one in told) for key in ("tried", "spoken_of"))
    how = "led by atheris" if told[0]["led"] else "atheris is not installed"
    say(f"fuzzing, {law}: {tried} texts, {spoken_of} not refused: {len(found)} faults ({how}; seed {seed})")
    assert found == {}
    # A slow machine may meet no workbook in a second that is still one.
    assert spoken_of or is_short


def fuzzed(law: str, seconds: float, seed: int) -> dict[str, Any]:
    """Fuzz in a process of its own, and return what it tells."""
    command = [sys.executable, "-m", "tests.proof.fuzz", law, str(seconds), str(seed)]
    ran = subprocess.run(command, cwd=ROOT, env=environment({}), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    return json.loads(ran.stdout)
