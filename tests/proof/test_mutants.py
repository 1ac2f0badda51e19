"""Small faults in the modules that writes depend on are noticed by their tests: as many as fit into the time."""

import re
import subprocess
import sys

from tests.conftest import environment
from tests.proof.warm import ROOT

SECONDS, SHARE = 40, 70.0
"""So long mutants are tried, and so many in a hundred are killed, whichever are drawn: more of all than of a few."""
FEW = "--count 4 --seed 0 --only storage/store"
FEWER_SHARE = 50.0
"""The short form tries the same few each time, however long it takes, of a module whose tests are quick."""


def test_mutants_are_killed(is_short, seed, say):
    options = FEW if is_short else f"--seconds {SECONDS} --seed {seed}"
    command = [sys.executable, "tests/proof/mutants.py", *options.split()]
    ran = subprocess.run(command, cwd=ROOT, env=environment({}), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    first, *rest = ran.stdout.splitlines()
    say(f"{first} ({options})")
    for line in rest:
        say(f"  {line}")
    share = re.search(r"([\d.]+) % killed", first)
    assert share
    assert float(share[1]) >= (FEWER_SHARE if is_short else SHARE)
