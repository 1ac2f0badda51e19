"""Random histories of changes, saves and undos by the commands, in real repositories, against a model.

A change that came later is never lost, and what is refused is named.
"""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pkes.registry.parsing import parse
from tests.git.repositories import Git
from tests.merge.test_undo import FIELDS, model
from tests.proof import saved
from tests.proof.warm import Done, Warm

HISTORIES, FEWER = 2_000, 6
LENGTH = 12
IDS = "ab"
HEAD = """\
format = 1

[cluster]
name = "K"
coordinator = "k"

[sectors.ngo]
pl = "organizacje"
en = "NGOs"

[members.k]
name = "Kotwica"
sector = "ngo"
"""

Members = dict[str, dict[str, str]]


class History:
    """A random history in a repository, and what the model says of it: the members now, and in each commit."""

    def __init__(self, git: Git, warm: Warm, seed: int) -> None:
        self.git, self.warm, self.random = git, warm, random.Random(seed)
        self.now: Members = {}
        self.saved: list[tuple[str, Members]] = []
        self.seen: Counter[str] = Counter()
        self.wrong: list[str] = []
        git.registry.write_text(HEAD, encoding="utf-8")
        self.save()

    def go(self) -> None:
        for _ in range(LENGTH):
            step = self.random.choice((self.change, self.change, self.change, self.save, self.undo, self.undo))
            step()
            if self.wrong:
                return

    def run(self, *arguments: str) -> Done:
        return self.warm.run(self.git.folder, *arguments)

    def change(self) -> None:
        id = self.random.choice(IDS)
        if id not in self.now:
            self.expect(self.run("add", id * 3, "-s", "ngo", "--id", id, "-y"), {**self.now, id: {}})
        elif self.random.random() < 0.2:
            self.expect(self.run("remove", id, "-y"), {key: held for key, held in self.now.items() if key != id})
        else:
            field, value = self.random.choice(FIELDS), self.random.choice(["Jasło", "Krosno", "Sanok", ""])
            held = {**self.now[id], field: value}
            held = {name: text for name, text in held.items() if text}
            self.expect(self.run("edit", id, f"{field}={value}", "-y"), {**self.now, id: held})

    def save(self) -> None:
        self.expect(self.run("save"), self.now)
        if not self.saved or self.saved[-1][1] != self.now:
            self.saved.append((self.git("rev-parse", "HEAD"), self.now))

    def undo(self) -> None:
        is_unsaved = self.now != self.saved[-1][1]
        place = self.random.randrange(1, len(self.saved)) if len(self.saved) > 1 else None
        if is_unsaved and (place is None or self.random.random() < 0.5):
            self.take_back(self.run("undo", "-y"), self.saved[-1][1], self.now)
        elif place is not None:
            hash, after = self.saved[place]
            self.take_back(self.run("undo", hash, "-y"), self.saved[place - 1][1], after)

    def take_back(self, done: Done, before: Members, after: Members) -> None:
        members, left = model(before, after, self.now)
        named = {id for id in IDS if f"member {id}" in done.err}
        # Where nothing is left and nothing changes, it is so already.
        status = (2 if members == self.now else 1) if left else 0
        if done.status != status:
            self.wrong.append(f"exit {done.status} instead of {status}: {done.err}")
        if left != named:
            self.wrong.append(f"left are {left}, named {named}")
        self.seen["left something" if left else "undone"] += 1
        self.expect(None, members)

    def expect(self, done: Done | None, members: Members) -> None:
        """Compare the registry with the members that the model has."""
        if done is not None and done.status:
            self.wrong.append(f"exit {done.status}: {done.err}")
        held = parse(self.git.registry.read_text(encoding="utf-8")).members
        found = {
            id: {field: value for field in FIELDS if (value := getattr(member, field))}
            for id, member in held.items()
            if id != "k"
        }
        if found != members:
            self.wrong.append(f"{found} instead of {members}")
        self.now = members


def test_random_histories_against_a_model(pair, folder, is_short, seed, say):
    count = FEWER if is_short else HISTORIES
    runs = [(warm, folder / str(at), range(seed + at, seed + count, len(pair))) for at, warm in enumerate(pair)]
    with ThreadPoolExecutor() as pool:
        results = [*pool.map(lambda run: told(*run), runs)]
    seen = sum((seen for seen, _ in results), Counter())
    wrong = [one for _, wrong in results for one in wrong]
    say(f"{count} random histories: {dict(seen)}; {len(wrong)} wrong (seed {seed})")
    assert wrong == []
    assert seen["undone"]
    assert is_short or seen["left something"]


def told(warm: Warm, folder: Path, seeds: range) -> tuple[Counter[str], list[str]]:
    """Return what was seen in some histories, each by its seed, and what was wrong."""
    folder.mkdir()
    seen: Counter[str] = Counter()
    wrong: list[str] = []
    for seed in seeds:
        place = folder / str(seed)
        place.mkdir()
        history = History(saved.new(place), warm, seed)
        history.go()
        seen += history.seen
        wrong += [f"seed {seed}: {one}" for one in history.wrong]
    return seen, wrong
