"""Candidates for completion: commands, options, and words from the registry, but never persons."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pkes.cli.completion import cursor
from pkes.cli.messages.values import SEVERITY_WORDS, word
from pkes.i18n import _, language_in_use
from pkes.model.records import Cluster, Field, Inquiry, Member, Policy, Record, Registry, fields
from pkes.registry.selection import INQUIRY_STATUSES, MEMBER_STATUSES
from pkes.storage import store
from pkes.text.collation import collation_key, fold

if TYPE_CHECKING:
    from typer import Context
    from typer.core import TyperGroup


class Candidate(NamedTuple):
    """A word that can be typed, and its description, "" if it needs none."""

    value: str
    about: str = ""


class Position:
    """A value that is being typed: the part typed so far, and its command and option or argument.

    `before` holds all words before it.
    """

    def __init__(self, context: "Context", name: str, typed: str, before: Sequence[str]) -> None:
        self.command = context.command_path.removeprefix("pkes").strip()
        self.name = name
        self.typed = typed
        self.before = before
        self._path: Path | None = context.find_root().params.get("registry")

    @cached_property
    def registry(self) -> Registry:
        """The registry. Raises what `store.load` raises."""
        return store.load(self._path or store.find(Path())).registry

    @property
    def struct(self) -> type[Record]:
        """The kind of record whose fields the command is about."""
        if self.command in _STRUCTS:
            return _STRUCTS[self.command]
        return Inquiry if self.command.startswith("inquiry ") or "inquiries" in self.before else Member


_STRUCTS: dict[str, type[Record]] = {"inquiry accept": Member, "cluster edit": Cluster, "policy edit": Policy}


def complete(command: "TyperGroup", arguments: Sequence[str], typed: str, *, explained: bool) -> list[Candidate] | None:
    """Return the candidates for what is typed after the arguments of a command, or None for a file name.

    `explained` says whether descriptions of commands are wanted, too. Raises what `store.load` raises.
    """
    context = cursor.context_of(command, arguments)
    option, parameter, value = cursor.find(context, arguments, typed)
    if parameter is None:
        if value.startswith("-"):
            return [one for one in _options(context) if one.value.startswith(value)]
        return list(_commands(context, value, explained))
    found = _values_of(context, parameter, value, arguments)
    return None if found is None else [one._replace(value=option + one.value) for one in found]


def _values_of(context: Any, parameter: Any, typed: str, before: Sequence[str]) -> list[Candidate] | None:
    """Return the values of an option or argument that match the typed text, or None if it takes a file name."""
    position = Position(context, parameter.name or "", typed, before)
    if position.name in _FILES or f"{position.command} {position.name}" in _FILES:
        return None
    if offered := _OFFERED.get(f"{position.command} {position.name}") or _OFFERED.get(position.name):
        return fitting(offered(position), typed)
    return fitting(map(Candidate, _choices(parameter)), typed)


def fitting(candidates: Iterable[Candidate], typed: str) -> list[Candidate]:
    """Return the candidates that begin with the typed text, or else the only one that contains it.

    Case and diacritics do not count.
    """
    known = list(candidates)
    folded = fold(typed)
    if found := [one for one in known if fold(one.value).startswith(folded)]:
        return found
    parts = [one for one in known if folded in fold(one.value) or folded in fold(one.about)]
    # If there were several, a shell would replace the typed text by their common prefix, which may be anything.
    return parts if len(parts) == 1 else []


def _commands(context: Any, typed: str, explained: bool) -> Iterator[Candidate]:
    from typer.core import TyperGroup

    group = context.command
    if isinstance(group, TyperGroup):
        # The description of a command is in its module, and importing all of them would take too long.
        explained = explained and bool(typed or context.parent)
        for name in group.list_commands(context):
            if name.startswith(typed):
                command = group.get_command(context, name) if explained else None
                yield Candidate(name, (command.help or "") if command else "")


def _options(context: Any) -> Iterator[Candidate]:
    from typer.core import TyperOption

    for option in context.command.get_params(context):
        if not isinstance(option, TyperOption) or option.hidden:
            continue
        if option.multiple or not cursor.is_given(context, option):
            yield from (Candidate(name, option.help or "") for name in (*option.opts, *option.secondary_opts))


# The registry's records and words.


def _members(position: Position) -> Iterator[Candidate]:
    return (Candidate(member.id, member.name or "") for member in position.registry.members.values())


def _numbered(position: Position) -> Iterator[Candidate]:
    """Yield the members that can be looked up in the court register."""
    members = position.registry.members
    return (one for one in _members(position) if members[one.value].krs)


def _inquiries(position: Position) -> Iterator[Candidate]:
    """Yield the inquiries for which a step is possible, or all of them, without the names of their senders."""
    from pkes.registry.inquiries import STEPS

    step = STEPS.get(position.command.removeprefix("inquiry "))
    known = fields(Inquiry)
    for inquiry in position.registry.inquiries.values():
        if step is None or inquiry.status in step.starts:
            about = (word(inquiry.topic, known["topic"]), word(inquiry.status, known["status"]))
            yield Candidate(inquiry.id, ", ".join(filter(None, about)))


def _records(position: Position) -> Iterator[Candidate]:
    yield from (Candidate("cluster"), Candidate("policy"))
    yield from _persons(position)


def _persons(position: Position) -> Iterator[Candidate]:
    yield from _members(position)
    yield from _inquiries(position)


def _sectors(position: Position) -> Iterator[Candidate]:
    for id, sector in position.registry.sectors.items():
        yield Candidate(id, sector.labels.get(language_in_use(), ""))


def _first_sectors(_position: Position) -> Iterator[Candidate]:
    from pkes.storage.new_registry import SECTORS

    return (Candidate(id, sector.label(language_in_use())) for id, sector in SECTORS.items())


def _values(field: str, position: Position) -> Iterator[Candidate]:
    """Yield the values of members in a field, which must not contain personal data."""
    held: set[str] = set()
    for member in position.registry.members.values():
        value = getattr(member, field)
        held.update(value if isinstance(value, list) else [value] if value else [])
    return map(Candidate, sorted(held, key=collation_key))


_OPEN = tuple(name for name, field in fields(Member).items() if field.shared)
"""The fields of members whose values are offered. None of them is about a person."""


# The program's own words.


def _choices(parameter: Any) -> list[str]:
    """Return the words that an option or argument accepts, if its name in the help lists them: `pl|en`."""
    words = (parameter.metavar or "").split("|")
    return words if len(words) > 1 and all(word.islower() for word in words) else []


def _words(*words: str) -> Callable[[Position], Iterable[Candidate]]:
    return lambda _position: map(Candidate, words)


def _formats(_position: Position) -> Iterator[Candidate]:
    from pkes.formats import FORMATS

    return (Candidate(format.name) for format in FORMATS)


def _statuses(position: Position) -> Iterator[Candidate]:
    return map(Candidate, INQUIRY_STATUSES if position.struct is Inquiry else MEMBER_STATUSES)


def _columns(position: Position) -> Iterator[Candidate]:
    *before, _last = position.typed.split(",")
    for one in _field_names(position):
        if one.value not in before:
            yield one._replace(value=",".join([*before, one.value]))


def _compared(position: Position) -> Iterator[Candidate]:
    from pkes.registers.comparing import COMPARED

    return (one for one in _columns(position) if one.value.rpartition(",")[2] in COMPARED)


def _mapped(position: Position) -> Iterator[Candidate]:
    column, sign, _field = position.typed.rpartition("=")
    if sign:
        yield from (one._replace(value=f"{column}={one.value}") for one in _field_names(position))


def _field_names(position: Position) -> Iterator[Candidate]:
    yield Candidate("id")
    yield from (Candidate(field.name, _(field.description)) for field in fields(position.struct).values())


def _codes(_position: Position) -> Iterator[Candidate]:
    from pkes.checks.codes import CODES

    return (Candidate(name, _(SEVERITY_WORDS[code.severity])) for name, code in CODES.items())


# FIELD=VALUE.


def _assignments(position: Position) -> Iterator[Candidate]:
    name, sign, _value = position.typed.partition("=")
    known = {field.name: field for field in fields(position.struct).values() if not field.by_command}
    if sign:
        field = known.get(name.rstrip("+-").replace("-", "_"))
        yield from (one._replace(value=f"{name}={one.value}") for one in (_of_field(field, position) if field else ()))
        return
    set_already = {text.partition("=")[0].replace("-", "_") for text in position.before}
    for field in known.values():
        for sign in ("=", "+=", "-=") if field.type == "list" else ("=",):
            if field.name not in set_already:
                yield Candidate(field.name + sign, _(field.description))


def _names_and_assignments(position: Position) -> Iterator[Candidate]:
    if not any("=" in text for text in (*position.before, position.typed)):
        yield from _members(position) if position.struct is Member else _inquiries(position)
    yield from _assignments(position)


def _of_field(field: Field, position: Position) -> Iterable[Candidate]:
    """Return candidates for the value of a field."""
    if field.type == "bool":
        return map(Candidate, (_("yes"), _("no")))
    if field.form in ("sector", "member"):
        return _sectors(position) if field.form == "sector" else _members(position)
    if field.choices:
        return map(Candidate, field.choices)
    return _values(field.name, position) if field.name in _OPEN else ()


_OFFERED: dict[str, Callable[[Position], Iterable[Candidate]]] = {
    "member": _members,
    "verify members": _numbered,
    "verify fields": _compared,
    "inquiry": _inquiries,
    "record": _records,
    "persons": _persons,
    "sector": _sectors,
    "sectors edit id": _sectors,
    "sectors rename id": _sectors,
    "sectors remove id": _sectors,
    "init sector": _first_sectors,
    **{name: partial(_values, name) for name in _OPEN},
    **{name: _words(*field.choices) for name, field in fields(Inquiry).items() if name in ("channel", "topic")},
    "status": _statuses,
    "history field": _field_names,
    "sort": _field_names,
    "present": _field_names,
    "absent": _field_names,
    "fields": _columns,
    "mapped": _mapped,
    "explain": _codes,
    "assignments": _assignments,
    "words": _names_and_assignments,
    "format": _formats,
}
"""The function that yields candidates for an option or argument, by its name, or by command and name."""

_FILES = ("registry", "mail", "folder", "files", "file", "old", "diff new", "base", "ours", "theirs", "path",
          "answers", "save_answers")  # fmt: skip
"""The names of options and arguments that take a file."""
