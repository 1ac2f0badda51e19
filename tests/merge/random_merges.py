"""The three-way merge on many random pairs of branches, and plain git on the same.

    python tests/merge/random_merges.py [--cases N] [--forms N] [--pairs N] [--seed N]

First branches that may meet: each merge is held against the oracle, once in three with git's own clean text merge at
hand, as the driver has it. Then the same with changes of form on either side. Then branches of edits that do not touch,
in a registry of thirteen members: how many pairs conflict here and with plain git, and how many comments are lost. The
same numbers give the same figures.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pkes.errors import PkesError
from pkes.merge.text import merge
from tests.merge import branches, disjoint, forms, merge_faults, plain_git
from tests.merge.merge_faults import Fault, Merged, Versions

SHOWN = 10
"""So many of the wrong cases are told by their seed."""


def try_oracle(seeds: range) -> Iterator[str]:
    """Yield the figures of the merges of random branches."""
    figures: Counter[str] = Counter()
    wrong = []
    for seed in seeds:
        versions = branches.pair(seed)
        textual = plain_git.clean(versions) if seed % 3 == 0 else None
        merged, faults = merge_and_judge(versions, textual)
        figures["conflicts"] += len(merged.conflicts) if merged else 0
        figures["pairs with conflicts"] += bool(merged and merged.conflicts)
        figures["with git's text"] += textual is not None
        figures["comments named as lost"] += len(merged.lost) if merged else 0
        figures["comments repeated"] += len(merge_faults.repeated(merged, versions)) if merged else 0
        figures["duplicate ids"] += any(fault.what == "duplicate" for fault in faults)
        if faults:
            wrong.append(f"  {seed}: {faults[0].what}: {faults[0].detail}")
    yield f"{len(seeds):,} random pairs of branches against the oracle: {len(wrong)} wrong"
    yield from wrong[:SHOWN]
    yield "; ".join(f"{figures[name]:,} {name}" for name in sorted(figures))


def try_forms(seeds: range) -> Iterator[str]:
    """Yield the figures of the merges of branches with changes of form on either side."""
    figures: Counter[str] = Counter()
    wrong = []
    for seed in seeds:
        merged, faults = forms.merge_and_judge(seed)
        figures["pairs with conflicts"] += bool(merged and merged.conflicts)
        figures["pairs with a form named as not taken"] += bool(merged and merged.unformed)
        if faults:
            wrong.append(f"  {seed}: {faults[0].what}: {faults[0].detail}")
    yield f"{len(seeds):,} random pairs of branches with other forms: {len(wrong)} wrong"
    yield from wrong[:SHOWN]
    yield "; ".join(f"{figures[name]:,} {name}" for name in sorted(figures))


def merge_and_judge(versions: Versions, textual: str | None) -> tuple[Merged | None, list[Fault]]:
    """Return a merge and what is wrong with it. A merge that is refused is wrong, too."""
    try:
        merged = merge(*versions, textual)
    except PkesError as error:
        return None, [Fault("refused", repr(error))]
    return merged, merge_faults.judge(merged, versions, textual)


def try_disjoint(seeds: range) -> Iterator[str]:
    """Yield the figures of the merges of branches that do not touch."""
    figures: Counter[str] = Counter()
    for seed in seeds:
        versions, union = disjoint.pair(seed)
        plain = plain_git.merge_file(versions)
        figures["plain conflicts"] += plain.conflicts
        figures["plain pairs"] += plain.conflicts > 0
        merged, faults = merge_and_judge(versions, None if plain.conflicts else plain.text)
        figures["wrong"] += bool(faults) or (merged is not None and not disjoint.is_union(merged.text, union))
        if merged:
            figures["pairs"] += bool(merged.conflicts)
            figures["conflicts"] += len(merged.conflicts)
            figures["named"] += len(merged.lost)
            figures["verbatim"] += merged.text == plain.text
        figures["lost"] += sum(fault.what == "comment lost" for fault in faults)
    yield f"{len(seeds):,} random pairs of branches with disjoint edits, thirteen members"
    yield f"  plain git: {figures['plain pairs']} pairs with conflicts, {figures['plain conflicts']} conflicts"
    yield f"  pkes: {figures['pairs']} pairs with conflicts, {figures['conflicts']} conflicts; {figures['wrong']} wrong"
    yield (
        f"  comments lost: {figures['lost']}, and {figures['named']} named as lost; "
        f"git's own text stands in {figures['verbatim']} pairs"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="The three-way merge on random pairs of branches.")
    parser.add_argument("--cases", type=int, default=10_000, help="pairs against the oracle (10000)")
    parser.add_argument("--forms", type=int, default=10_000, help="pairs with changes of form (10000)")
    parser.add_argument("--pairs", type=int, default=500, help="pairs of disjoint branches (500)")
    parser.add_argument("--seed", type=int, default=0, help="the seed of the first pair (0)")
    options = parser.parse_args()
    for figures, count in ((try_oracle, options.cases), (try_forms, options.forms), (try_disjoint, options.pairs)):
        start = time.perf_counter()
        for line in figures(range(options.seed, options.seed + count)):
            print(line)
        print(f"  {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
