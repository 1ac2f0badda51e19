"""The life of inquiries, walked at random through the real commands beside a small model of it."""

import datetime
import json
import os
import random
import sys
import tempfile
import tomllib
from pathlib import Path
from unittest import mock

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pkes.cli import app
from tests.conftest import Ran, _Bytes, environment
from tests.registries import REGISTRY

# What the manual says, written a second time: from each status, the steps and where they lead.
CLOSING = {"accept": "accepted", "close": "closed", "decline": "declined", "withdraw": "withdrawn"}
STEPS = {
    "new": {"answer": "answered", **CLOSING},
    "answered": CLOSING,
    "accepted": {"reopen": ""},
    "closed": {"reopen": ""},
    "declined": {"reopen": ""},
    "withdrawn": {"reopen": ""},
}
PERSONAL = ("name", "person", "email", "phone", "town", "message", "reason", "assigned_to", "notes")

OFFSETS = st.sampled_from([None, None, None, None, -2, -1])
"""In days from today; None: today, and the option is not given. Most often all is in order: else no life goes far."""
PLACES = st.integers(0, 1)
"""Two inquiries at a time: so each goes a long way."""


def in_order(inquiry):
    """Whether an inquiry's days follow each other as its life does."""
    days = [inquiry[name] for name in ("received", "answered", "closed", "erased") if name in inquiry]
    return days == sorted(days)


class Life(RuleBasedStateMachine):
    """A registry in a folder of its own, and what each command must make of it."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "registry.toml"
        self.path.write_text(REGISTRY, encoding="utf-8")
        self.today = datetime.date(2025, 3, 1)
        self.count = 0
        self.ids = []
        self.asking = {}
        self.joined = {}
        self.checked = b""

    def teardown(self):
        self.folder.cleanup()

    def pkes(self, *arguments: str) -> Ran:
        out, err = _Bytes(), _Bytes()
        env = environment({"PKES_TODAY": str(self.today), "PKES_REGISTRY": str(self.path)})
        with (
            mock.patch.dict(os.environ, env, clear=True),
            mock.patch.object(sys, "stdout", out),
            mock.patch.object(sys, "stderr", err),
        ):
            status = app.main(arguments)
        return Ran(status, out.text(), err.text())

    def refused(self, status: int, *arguments: str) -> None:
        before = self.path.read_bytes()
        ran = self.pkes(*arguments)
        assert (ran.status, ran.out) == (status, ""), (arguments, ran)
        assert ran.err.startswith("pkes: ")
        assert self.path.read_bytes() == before

    def done(self, *arguments: str) -> Ran:
        ran = self.pkes(*arguments)
        assert ran.status == 0, (arguments, ran)
        return ran

    def day(self, offset: int | None) -> tuple[datetime.date, list[str]]:
        day = self.today + datetime.timedelta(offset or 0)
        return day, [] if offset is None else ["--on", str(day)]

    def after(self, id: str, step: str, day: datetime.date) -> dict | None:
        """Return what an inquiry is after a step; None where the step is not allowed."""
        before = self.asking[id]
        if "erased" in before or step not in STEPS[before["status"]] or (step == "reopen" and "member" in before):
            return None
        if step == "reopen":
            kept = {name: value for name, value in before.items() if name not in ("closed", "reason")}
            return {**kept, "status": "answered" if "answered" in before else "new"}
        answered_too = ["answered", "closed"]
        set_to_day = {"answer": ["answered"], "accept": answered_too, "close": answered_too}.get(step, ["closed"])
        dates = {name: before.get(name, day) for name in set_to_day}
        after = {**before, **dates, "status": STEPS[before["status"]][step]}
        return after if in_order(after) else None

    # What may happen.

    @rule(days=st.integers(1, 30))
    def time_passes(self, days):
        self.today += datetime.timedelta(days)

    @initialize()
    def two_come_in(self):
        self.ids = [self.add(None), self.add(-2)]

    def add(self, offset: int | None) -> str:
        self.count += 1
        who = {"name": f"Nazwa {self.count:03}", "person": f"Osoba {self.count:03}", "sector": "ngo"}
        who["email"] = f"q{self.count:03}@example.org"
        received, _ = self.day(offset)
        given = [] if offset is None else ["--received", str(received)]
        given += [word for name, value in who.items() for word in (f"--{name}", value)]
        [change] = json.loads(self.done("inquiry", "add", *given, "--json").out)
        usual = {"received": received, "channel": "email", "topic": "join", "status": "new"}
        self.asking[change["id"]] = {**who, **usual}
        return change["id"]

    @rule(place=PLACES, offset=OFFSETS)
    def answer(self, place, offset):
        day, given = self.day(offset)
        self._step(self.ids[place], "answer", day, given)

    @rule(place=PLACES, offset=OFFSETS)
    def decline(self, place, offset):
        day, given = self.day(offset)
        self._step(self.ids[place], "decline", day, [*given, "--reason", "za daleko"], reason="za daleko")

    @rule(place=PLACES, offset=OFFSETS)
    def withdraw(self, place, offset):
        day, given = self.day(offset)
        self._step(self.ids[place], "withdraw", day, given)

    @rule(place=PLACES, offset=OFFSETS)
    def close(self, place, offset):
        day, given = self.day(offset)
        self._step(self.ids[place], "close", day, given)

    @rule(place=PLACES)
    def reopen(self, place):
        self._step(self.ids[place], "reopen", self.today, [])

    @rule(place=PLACES, offset=OFFSETS)
    def accept(self, place, offset):
        self.count += 1
        id, member = self.ids[place], f"member-{self.count:03}"
        day, given = self.day(offset)
        if self._step(id, "accept", day, [*given, "--id", member, "-y"], member=member):
            inquiry = self.asking[id]
            made = {name: inquiry[name] for name in ("name", "sector", "email")}
            self.joined[member] = {**made, "contact_person": inquiry["person"], "joined": day, "inquiry": id}

    def _step(self, id, step, day, given, **others) -> bool:
        after = self.after(id, step, day)
        if after is None:
            self.refused(2, "inquiry", step, id, *given)
            return False
        self.done("inquiry", step, id, *given)
        self.asking[id] = {**after, **others}
        return True

    @rule(place=PLACES)
    def a_taken_id(self, place):
        self.refused(2, "inquiry", "accept", self.ids[place], "--id", "igla", "-y")

    @rule(place=PLACES, status=st.sampled_from(sorted(STEPS)))
    def a_status_by_hand(self, place, status):
        self.refused(2, "inquiry", "edit", self.ids[place], f"status={status}")

    @rule(place=PLACES)
    def note(self, place):
        id = self.ids[place]
        if "erased" in self.asking[id]:
            self.refused(2, "inquiry", "note", id, "dzwoniono")
            return
        self.done("inquiry", "note", id, "dzwoniono")
        self.asking[id].setdefault("notes", []).append(f"{self.today} dzwoniono")

    @rule()
    def remove_member(self):
        if not self.joined:
            return
        id, _ = self.joined.popitem()
        self.done("remove", id, "-y")
        self.refused(4, "remove", id, "-y")
        for inquiry in self.asking.values():
            if inquiry.get("member") == id:
                del inquiry["member"]

    @rule(place=PLACES)
    def remove_inquiry(self, place):
        id = self.ids[place]
        self.done("inquiry", "remove", id, "-y")
        self.refused(4, "inquiry", "remove", id, "-y")
        del self.asking[id]
        for member in self.joined.values():
            if member.get("inquiry") == id:
                del member["inquiry"]
        self.ids[place] = self.add(None)

    @rule(place=PLACES)
    def erase(self, place):
        id = self.ids[place]
        before = self.asking[id]
        after = {name: value for name, value in before.items() if name not in PERSONAL}
        after.setdefault("erased", self.today)
        if before["status"] in ("new", "answered") or not in_order(after):
            self.refused(2, "privacy", "erase", id, "-y")
            return
        self.done("privacy", "erase", id, "-y")
        self.asking[id] = after
        if "erased" in before:
            # Nothing more can become of it: another one comes in.
            self.ids[place] = self.add(None)

    # What always holds.

    @invariant()
    def the_file_holds_what_the_model_does(self):
        text = self.path.read_text(encoding="utf-8")
        held = tomllib.loads(text)
        assert held.get("inquiries", {}) == self.asking
        assert held["members"] == {**tomllib.loads(REGISTRY)["members"], **self.joined}
        assert text.startswith(REGISTRY)

    @invariant()
    def check_shows_no_error(self):
        if (held := self.path.read_bytes()) == self.checked:
            return
        ran = self.pkes("check", "--json")
        assert ran.status == 0, ran
        self.checked = held
        assert [finding for finding in json.loads(ran.out) if finding["severity"] == "error"] == []


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=12, stateful_step_count=15)


def test_long_lives():
    # hypothesis likes to repeat itself; this goes everywhere, the same way every time.
    chance, life = random.Random(4), Life()
    life.two_come_in()
    for _ in range(300):
        place, offset = chance.randrange(2), chance.choice([None, None, None, -2, -1])
        step = chance.choice(["answer", "accept", "accept", "close", "decline", "withdraw", "reopen", "time", "others"])
        if step == "time":
            life.time_passes(chance.randrange(1, 9))
        elif step == "reopen":
            life.reopen(place)
        elif step != "others":
            getattr(life, step)(place, offset)
        elif (other := chance.choice(["member", "inquiry", "erase", "erase", "note"])) == "member":
            life.remove_member()
        else:
            {"inquiry": life.remove_inquiry, "erase": life.erase, "note": life.note}[other](place)
        life.the_file_holds_what_the_model_does()
    life.check_shows_no_error()
    life.teardown()
