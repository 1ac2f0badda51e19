"""Sixteen processes mix all commands on one registry: nothing is lost, doubled or torn, and readers see whole files."""

import json
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from tests.conftest import environment
from tests.proof import many_writers, writes
from tests.proof.expected_records import present
from tests.proof.warm import ROOT
from tests.proof.writes import NAME

PEOPLE = 16
SECONDS, FEWER = 60, 5
READS = ("list", "list_inquiries", "read", "look")


def test_a_crowd_loses_nothing(folder, is_short, seed, say, warm):
    path = folder / NAME
    path.write_text(many_writers.BEGIN, encoding="utf-8")
    seconds = FEWER if is_short else SECONDS
    told = work(folder, seconds, seed)

    counts = sum((Counter(one["counts"]) for one in told), Counter())
    locked, reads = counts.pop("locked out", 0), sum(counts[name] for name in READS)
    written = counts.total() - reads
    say(f"{PEOPLE} processes for {seconds} s: {written} writes, {reads} reads, {locked} locked out (seed {seed})")
    say("  " + ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in sorted(counts.items())))

    assert [one["fault"] for one in told if one["fault"]] == []
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    records = {(kind, id): record for one in told for kind, id, record in one["records"]}
    assert held(warm, folder) == records
    assert sorted(data["cluster"].get("goals", [])) == sorted(goal for one in told for goal in one["goals"])
    assert data["policy"]["answer_within_days"] in {14, *(days for one in told for days in one["days"])}
    assert warm.run(folder, "check", "--json").status == 0
    assert writes.leftovers(path) == []
    assert written
    assert reads
    # A slow machine has no time for everything in a few seconds.
    assert is_short or counts.keys() == many_writers.ACTIONS


def work(folder: Path, seconds: float, seed: int) -> list[dict[str, Any]]:
    """Let all work at once; return what each tells at the end."""
    command = [sys.executable, "-m", "tests.proof.many_writers", str(folder), str(PEOPLE), str(seconds), str(seed)]
    ran = subprocess.run(command, cwd=ROOT, env=environment({}), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in ran.stdout.splitlines()]


def held(warm, folder: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the records that the registry holds, but for those that were there from the beginning."""
    found = {}
    for kind, arguments in (("member", ["list"]), ("inquiry", ["inquiry", "list"])):
        for record in json.loads(warm.run(folder, *arguments, "--status", "all", "--json").out):
            found[kind, record["id"]] = present(record)
    for record in json.loads(warm.run(folder, "sectors", "--json").out):
        record.pop("members")
        found["sector", record["id"]] = present(record)
    del found["member", "all"], found["sector", "ngo"]
    return found
