"""Saves and undos that are killed, or whose calls fail: the registry is whole, and git's index is not left locked."""

import os
import random
from collections import Counter
from statistics import median

import pytest

from tests.proof import failing_calls, faults, saved
from tests.proof.saved import SAVINGS

KILLS, FEWER = 200, 5
WARMING = 3
FAULTS = ("ENOSPC", "EIO", faults.KILL)


@pytest.fixture(params=SAVINGS, ids=lambda saving: saving.name)
def saving(request):
    return request.param


@pytest.fixture
def git(folder, saving):
    made = saved.new(folder)
    saved.lay_out(saving, made)
    return made


def test_one_that_is_killed_leaves_all_whole(saving, git, warm, is_short, seed, say):
    old, new = saved.states(saving, git, warm)
    moments, seen, wrong = random.Random(seed), Counter(), []
    times = []
    for _ in range(WARMING):
        saved.reset(saving, git)
        times.append(warm.run(git.folder, *saving.arguments).seconds)
    for number in range(FEWER if is_short else KILLS):
        saved.reset(saving, git)
        done = warm.run(git.folder, *saving.arguments, kill_after=moments.uniform(0, median(times)))
        seen["ended before" if done.status == 0 else "killed"] += 1
        wrong += [(number, one) for one in saved.judge(git, old, new)]
        if not saved.is_saved_by_the_next(git, warm):
            wrong.append((number, "the next save fails"))
    say(f"{saving.name}: {dict(seen)}; {len(wrong)} wrong (seed {seed})")
    assert wrong == [], f"seed {seed}"
    assert seen["killed"]


def test_a_call_that_fails_leaves_all_whole(saving, git, warm, is_short, say):
    old, new = saved.states(saving, git, warm)
    log = git.folder.with_name("calls.log")
    done = warm.run(git.folder, *saving.arguments, failing=failing_calls.orders(git.folder, log=os.fspath(log)))
    assert done.status == 0, done
    calls = failing_calls.read_log(log)
    assert calls
    wrong = []
    trials = [(number, fault) for number in range(len(calls)) for fault in FAULTS]
    for number, fault in trials[::9] if is_short else trials:
        saved.reset(saving, git)
        done = warm.run(
            git.folder, *saving.arguments, failing=failing_calls.orders(git.folder, number=number, fault=fault)
        )
        about = number, calls[number].name, fault
        wrong += [(*about, one) for one in saved.judge(git, old, new)]
        if fault != faults.KILL and done.status not in (0, *faults.FORESEEN, 4):
            wrong.append((*about, f"exit {done.status}: {done.err}"))
        if not saved.is_saved_by_the_next(git, warm):
            wrong.append((*about, "the next save fails"))
    say(f"{saving.name}: {len(calls)} calls, {len(trials)} failures: {len(wrong)} wrong")
    assert wrong == [], "\n".join(map(str, wrong))


def test_a_repository_that_cannot_be_written_is_said(folder, warm):
    git = saved.new(folder)
    saved.lay_out(SAVINGS[0], git)
    (git.folder / ".git" / "index.lock").touch()
    done = warm.run(git.folder, "save")
    assert (done.status, git.registry.read_text(encoding="utf-8")) == (5, saved.OURS)
    assert [*faults.judge_words(done)] == []
