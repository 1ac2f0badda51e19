"""A crowd that works on the same registry: each runs command after command, and keeps what must come of it.

python -m tests.proof.many_writers FOLDER PEOPLE SECONDS SEED
"""

import json
import os
import random
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.proof import warm
from tests.proof.expected_records import ExpectedRecords, Wrong
from tests.proof.warm import Done
from tests.proof.writes import NAME

BEGIN = """\
format = 1

[cluster]
name = "Klaster"
coordinator = "all"

[policy]
answer_within_days = 14

[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"

[members.all]
name = "Wszyscy"
sector = "ngo"
"""
ACTIONS = {
    "add", "edit", "edit_inquiry", "fmt", "goal", "leave", "list", "list_inquiries", "look", "note", "policy", "read",
    "receive", "remove", "remove_inquiry", "rename", "sector", "take", "take_in",
}  # fmt: skip
"""All that is done, by the names of its functions."""
MOST = 8
"""So many members and inquiries each has at the most."""
STEPS = {
    "new": ("answer", "decline", "accept"),
    "answered": ("withdraw", "accept"),
    "declined": ("reopen", "erase"),
    "withdrawn": ("reopen", "erase"),
}
LOOKS = (
    "status --json", "profile --json", "sectors --json", "check --json", "match --json", "privacy report x --json",
    "privacy due --json", "show all --json", "export", "export inquiries -f json", "query SELECT(id)FROM(members)",
    "schema",
)  # fmt: skip

Action = Callable[[], object]


class Person:
    """Works on records of their own, whose names begin with theirs, and on a list and a field that are everybody's."""

    def __init__(self, folder: Path, name: str, seed: int, run: Callable[[warm.Job], Done] = warm.carry_out) -> None:
        self.folder, self.name, self.rng, self.run = folder, name, random.Random(seed), run
        self.expected = ExpectedRecords()
        self.goals: list[str] = []
        self.days: list[int] = []
        self.number = 0
        self.counts: Counter[str] = Counter()

    def step(self) -> None:
        """Do one thing, whatever it is."""
        action = self.rng.choice([*self.reads() * 2, *self.writes()])
        action()
        self.counts[action.__name__] += 1

    def reads(self) -> list[Action]:
        """Return what can be read."""
        return [self.list, self.list_inquiries, self.read, self.look]

    def writes(self) -> list[Action]:
        """Return what can be written now."""
        members, inquiries = len(self.expected.ids("member")), len(self.expected.ids("inquiry"))
        actions: list[Action] = [self.fmt, self.goal, self.policy, self.sector]
        actions += [self.add, self.add, self.take_in] if members < MOST else []
        actions += [self.receive, self.receive] if inquiries < MOST else []
        actions += [self.edit, self.edit, self.rename, self.leave, self.remove] if members else []
        actions += [self.edit_inquiry, self.note, self.take, self.take, self.remove_inquiry] if inquiries else []
        return actions

    def any(self, kind: str) -> str:
        return self.rng.choice(self.expected.ids(kind))

    def new(self) -> str:
        self.number += 1
        return f"{self.name}-{self.number}"

    # Writing.

    def add(self) -> None:
        id = self.new()
        self.write("add", f"Fundacja {id}", "--id", id, "-s", "ngo", "--note", id, "-y")

    def take_in(self) -> None:
        """Import new members from a spreadsheet."""
        ids = [self.new(), self.new()]
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            file.write("\n".join(["id,name,sector", *(f"{id},Fundacja {id},ngo" for id in ids)]))
            file.flush()
            self.write("import", file.name, "--yes")

    def edit(self) -> None:
        self.write("edit", self.any("member"), f"note={self.new()}", f"tags+={self.new()}")

    def rename(self) -> None:
        self.write("rename", self.any("member"), self.new())

    def leave(self) -> None:
        id = self.any("member")
        if "left" not in self.expected.records["member", id]:
            self.write("leave", id)

    def remove(self) -> None:
        self.write("remove", self.any("member"), "-y")

    def receive(self) -> None:
        id = self.new()
        self.write("inquiry", "add", "--name", f"Nić {id}", "--email", f"{id}@example.org", "-s", "ngo")

    def edit_inquiry(self) -> None:
        id = self.any("inquiry")
        if "erased" not in self.expected.records["inquiry", id]:
            self.write("inquiry", "edit", id, f"message={self.new()}")

    def note(self) -> None:
        id = self.any("inquiry")
        if "erased" not in self.expected.records["inquiry", id]:
            self.write("inquiry", "note", id, self.new())

    def take(self) -> None:
        """Take an inquiry a step further."""
        id = self.any("inquiry")
        held = self.expected.records["inquiry", id]
        steps = () if "erased" in held else STEPS.get(held["status"], ())
        match self.rng.choice(steps) if steps else None:
            case "accept":
                self.write("inquiry", "accept", id, "--id", self.new(), "-y")
            case "erase":
                self.write("privacy", "erase", id, "-y")
            case str(step):
                self.write("inquiry", step, id)

    def remove_inquiry(self) -> None:
        self.write("inquiry", "remove", self.any("inquiry"), "-y")

    def sector(self) -> None:
        """Bring in a sector, give it another id, or take it away."""
        known = self.expected.ids("sector")
        if not known:
            id = self.new()
            self.write("sectors", "add", id, "--pl", f"{id} p", "--en", f"{id} e")
        elif self.rng.random() < 0.5:
            self.write("sectors", "rename", *known, self.new())
        else:
            self.write("sectors", "remove", *known)

    def goal(self) -> None:
        """Put an item into a list that is everybody's, or take one out."""
        if len(self.goals) < MOST:
            item = self.new()
            if self.done("cluster", "edit", f"goals+={item}"):
                self.goals.append(item)
        elif self.done("cluster", "edit", f"goals-={self.goals[0]}"):
            del self.goals[0]

    def policy(self) -> None:
        """Change a field that is everybody's."""
        days = int(self.name.removeprefix("w")) * 100_000 + len(self.days)
        if self.done("policy", "edit", f"answer_within_days={days}"):
            self.days.append(days)

    def fmt(self) -> None:
        self.done("fmt")

    def done(self, *arguments: str) -> Done | None:
        """Run a writing command; return None where the lock was another's for too long."""
        ran = self.run({"folder": os.fspath(self.folder), "arguments": arguments})
        if ran.status == 5 and "another program" in ran.err:
            self.counts["locked out"] += 1
            return None
        if ran.status != 0:
            raise Wrong(f"{arguments}: exit {ran.status}: {ran.err}")
        return ran

    def write(self, *arguments: str) -> None:
        """Run a command that changes records, and enter what it says."""
        if ran := self.done(*arguments, "--json"):
            changes = json.loads(ran.out)
            if not changes:
                raise Wrong(f"{arguments}: nothing changed")
            for change in changes:
                self.expected.enter(change, says_old=arguments[0] != "privacy")

    # Reading.

    def list(self) -> None:
        self.expected.compare("member", json.loads(self.seen("list", "--status", "all", "--json")), f"{self.name}-")

    def list_inquiries(self) -> None:
        found = json.loads(self.seen("inquiry", "list", "--status", "all", "--json"))
        self.expected.compare("inquiry", found, f"{self.name}-")

    def read(self) -> None:
        """Read the file as any script may."""
        data = tomllib.loads((self.folder / NAME).read_text(encoding="utf-8"))
        if not {"all", *self.expected.ids("member")} <= data["members"].keys():
            raise Wrong("a member is missing in the file")
        if not {*self.expected.ids("inquiry")} <= data.get("inquiries", {}).keys():
            raise Wrong("an inquiry is missing in the file")
        if [goal for goal in data["cluster"].get("goals", []) if goal.startswith(f"{self.name}-")] != self.goals:
            raise Wrong("the goals are others in the file")

    def look(self) -> None:
        """Run some other command that reads."""
        self.seen(*self.rng.choice(LOOKS).split())

    def seen(self, *arguments: str) -> str:
        """Return what a reading command prints."""
        ran = self.run({"folder": os.fspath(self.folder), "arguments": arguments})
        if ran.status != 0:
            raise Wrong(f"{arguments}: exit {ran.status}: {ran.err}")
        return ran.out


def rehearse() -> None:
    """Do everything in a folder of its own, in this process, so that all is imported."""
    with tempfile.TemporaryDirectory() as made:
        (Path(made) / NAME).write_text(BEGIN, encoding="utf-8")
        person = Person(Path(made), "w0", 0, warm.rehearse)
        for _ in range(200):
            person.step()


def work(person: Person, seconds: float) -> dict[str, Any]:
    """Let a person work for some seconds, and return what came of it."""
    fault = ""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not fault:
        try:
            person.step()
        except Exception as error:  # it is for the test to tell
            fault = f"{person.name}: {type(error).__name__}: {error}"
    records = [[kind, id, record] for (kind, id), record in person.expected.records.items()]
    return {"counts": person.counts, "fault": fault, "records": records, "goals": person.goals, "days": person.days}


def main(folder: str, count: str, seconds: str, seed: str) -> None:
    """Let so many people work, each in a process, and print what came of it, a line for each."""
    rehearse()
    children = []
    for number in range(1, int(count) + 1):
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            os.close(reader)
            told = work(Person(Path(folder), f"w{number}", int(seed) + number), float(seconds))
            with os.fdopen(writer, "w") as answer:
                json.dump(told, answer)
            os._exit(0)
        os.close(writer)
        children.append(reader)
    for reader in children:
        with os.fdopen(reader) as answer:
            print(answer.read())


if __name__ == "__main__":
    main(*sys.argv[1:])
