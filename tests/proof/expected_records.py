"""What a registry must hold, kept beside it by what each write says that it changed."""

from typing import Any

Record = dict[str, Any]


class Wrong(Exception):
    """What should never be."""


class ExpectedRecords:
    """The records of one writer, by kind and id, without absent fields."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], Record] = {}

    def ids(self, kind: str) -> list[str]:
        """Return the ids of a kind."""
        return [id for of, id in self.records if of == kind]

    def enter(self, change: dict[str, Any], *, says_old: bool = True) -> None:
        """Make a change. What it says of the old value must be what is held; an erasure says nothing."""
        key, old, new = (change["kind"], change["id"]), change["old"], change["new"]
        match change["action"]:
            case "added":
                was, old = self.records.get(key), None
                self.records[key] = present(new)
            case "removed":
                was, old = self.records.pop(key), present(old)
            case "renamed":
                was = old
                self.records[key] = self.records.pop((key[0], old))
            case _:
                held = self.records[key]
                was = held.pop(change["field"], [] if old == [] else None)
                held.update(present({change["field"]: new}))
        if says_old and was != old:
            raise Wrong(f"{change}: it was {was!r}")

    def compare(self, kind: str, found: list[Record], prefix: str) -> None:
        """Compare the records with those that were found; nobody else has an id that begins with the prefix."""
        held = {record["id"]: present(record) for record in found}
        if len(held) < len(found):
            raise Wrong(f"{kind}: an id twice")
        for id in self.ids(kind):
            if held.get(id) != self.records[kind, id]:
                raise Wrong(f"{kind} {id}: {held.get(id)} instead of {self.records[kind, id]}")
        if more := {id for id in held if id.startswith(prefix)} - {*self.ids(kind)}:
            raise Wrong(f"{kind}: {more} should not be there")


def present(record: Record) -> Record:
    """Return the fields of a record that are set."""
    return {name: value for name, value in record.items() if name != "id" and value not in (None, [], "")}
