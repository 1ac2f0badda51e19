"""The laws that the tests of every day try with few examples are tried with many; and merges, against the oracle.

A law is a property test of the suite: all that it takes is drawn by hypothesis.
"""

import importlib
import inspect
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import repeat
from multiprocessing import get_context
from typing import Any

import pytest
from hypothesis import is_hypothesis_test

from tests.merge import branches, disjoint, forms, plain_git
from tests.merge.random_merges import merge_and_judge

MODULES = (
    "checks.test_mending", "formats.test_round_trip", "merge.test_form", "merge.test_merge_laws", "merge.test_undo",
    "model.test_values",
    "registry.test_changes", "registry.test_changes_applied", "text.test_collation", "text.test_diff",
    "toml.test_arrays", "toml.test_canonical_banners", "toml.test_canonical_layouts", "toml.test_canonical_toml",
    "toml.test_edits", "toml.test_reading", "toml.test_render", "toml.test_scan", "toml.test_strip", "toml.test_tree",
)  # fmt: skip
CORES = 2
SECONDS, MERGING = 35.0, 8.0
"""So long are all the laws tried together, and each kind of merges."""
FEWER = 1
"""In the short form so many laws are tried, once: the tests have just tried each with as many examples."""


@cache
def laws() -> tuple[Callable[[], None], ...]:
    """Return the property tests that take nothing but what hypothesis draws."""
    return tuple(_laws())


def _laws() -> Iterator[Callable[[], None]]:
    for name in MODULES:
        module = importlib.import_module(f"tests.{name}")
        for function in vars(module).values():
            if is_hypothesis_test(function) and not inspect.signature(function).parameters:
                yield function


def test_the_laws_hold_of_many_examples(is_short, say):
    # The tests of every day try each with a few.
    numbers = range(FEWER if is_short else len(laws()))
    with ProcessPoolExecutor(CORES, get_context("fork")) as pool:
        results = [*pool.map(tried, numbers, repeat(0 if is_short else SECONDS * CORES / len(numbers)))]
    examples = sum(count for _, count, _ in results)
    fewest = min(results, key=lambda result: result[1])
    say(f"{len(numbers)} of {len(laws())} laws: {examples} examples, the fewest {fewest[1]}: {fewest[0]}")
    assert [fault for *_, fault in results if fault] == []


def test_merges_keep_the_form_that_one_side_gave(is_short, seed, say):
    first = seed * 1_000
    wrong, count = [], 0
    end = time.monotonic() + (1 if is_short else MERGING)
    while time.monotonic() < end:
        if faults := forms.merge_and_judge(first + count)[1]:
            wrong.append((first + count, faults))
        count += 1
    say(f"merges of {count} random pairs of branches with other forms (from seed {first}): {len(wrong)} wrong")
    assert wrong == []


def tried(number: int, seconds: float) -> tuple[str, int, str]:
    """Try a law for some seconds, at least once; return its name, the number of examples, and what is wrong."""
    law: Any = laws()[number]
    count, inner = 0, law.hypothesis.inner_test

    def counting(*given, **named):
        nonlocal count
        count += 1
        return inner(*given, **named)

    law.hypothesis.inner_test = counting
    end, fault = time.monotonic() + seconds, ""
    while not fault and (not count or time.monotonic() < end):
        try:
            law()
        except BaseException:
            fault = traceback.format_exc()
    return law.__name__, count, fault


@pytest.mark.parametrize("pairs", ["any", "disjoint"])
def test_merges_are_what_the_oracle_says(pairs, is_short, seed, say):
    first = seed * 1_000
    wrong, count = [], 0
    end = time.monotonic() + (1 if is_short else MERGING)
    while time.monotonic() < end:
        versions, union = (branches.pair(first + count), None) if pairs == "any" else disjoint.pair(first + count)
        textual = plain_git.clean(versions) if count % 10 == 0 else None
        merged, faults = merge_and_judge(versions, textual)
        if faults or (union and not (merged and disjoint.is_union(merged.text, union))):
            wrong.append((first + count, faults))
        count += 1
    say(f"merges of {count} random pairs of {pairs} branches (from seed {first}): {len(wrong)} wrong")
    assert wrong == []
