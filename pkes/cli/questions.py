"""Questions: asked on stderr and answered on stdin, and only if both are terminals."""

import sys
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NoReturn, TypeVar

import typer

from pkes.checks.findings import Finding
from pkes.cli.terminal import lines, output
from pkes.errors import Missing, PkesError, Taken, UnknownName, WrongValue
from pkes.i18n import YES_AND_NO, _, language_in_use
from pkes.model import dates, records
from pkes.model.names import member_id
from pkes.model.records import Field, Member, Registry
from pkes.model.values import read
from pkes.registry import members
from pkes.registry.selection import find_sector, is_current
from pkes.storage import store
from pkes.text.characters import safe

T = TypeVar("T")

BACK = ("back", "wstecz")
"""The answers that leave at any question, in either language, without writing anything."""

_REQUIRED = ("name", "sector")
"""The fields of a member that are asked for if they are not given."""


def is_interactive() -> bool:
    """Return whether a question can be asked: stdin and stderr are terminals."""
    try:
        return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))
    except ValueError:  # closed
        return False


def confirm(question: str, *, default: bool = False) -> bool:
    """Ask a yes-or-no question until it is answered; nothing typed is `default`. Raises `KeyboardInterrupt`."""
    # Answers in every language are understood: a habit must not produce the opposite.
    answers = {"": default}
    for yes, no in YES_AND_NO.values():
        answers |= {yes: True, yes[0]: True, no: False, no[0]: False}
    prompt = _("{question} [Y/n] ") if default else _("{question} [y/N] ")
    while True:
        answer = ask_line(prompt.format(question=question)).lower()
        if answer in answers:
            return answers[answer]


def ask(question: str, parse: Callable[[str], T], default: str = "") -> T:
    """Ask for a value until `parse` accepts it; an empty answer means `default`.

    `parse` raises a `PkesError` for an invalid answer; the error is shown and the question repeated. Raises
    `KeyboardInterrupt` if the user aborts.
    """
    from pkes.cli.messages.errors import words

    prompt = f"{question} [{default}]: " if default else f"{question}: "
    while True:
        try:
            return parse(ask_line(prompt) or default)
        except PkesError as error:
            wrong = words(error)
            output.fail(wrong.what, *wrong.below)


def choose(
    question: str,
    choices: Sequence[tuple[T, str]],
    parse: Callable[[str], T] | None = None,
    default: str = "",
) -> T:
    """Ask for one of several numbered choices; an answer is a number, or what `parse` accepts.

    `default` is used if nothing is typed. Raises `KeyboardInterrupt` as `ask` does.
    """
    longest = len(str(len(choices)))
    for number, (_thing, label) in enumerate(choices, 1):
        output.message(f"  {number:{longest}}  {safe(label)}\n")

    def read(text: str) -> T:
        if text.isascii() and text.isdigit() and 0 < int(text) <= len(choices):
            return choices[int(text) - 1][0]
        if parse is None:
            raise UnknownName("number", text, ())
        return parse(text)

    return ask(question, read, default)


def ask_line(prompt: str) -> str:
    """Return a typed line, without spaces at its ends.

    Raises `Exit` for a word of `BACK`, and `KeyboardInterrupt` at the end of the input as for Ctrl-C.
    """
    try:
        typed = lines.read(safe(prompt)).strip()
    except (EOFError, KeyboardInterrupt):
        # The next message begins on a line of its own.
        output.message("\n")
        raise KeyboardInterrupt from None
    if typed.lower() in BACK:
        leave()
    return typed


def leave() -> NoReturn:
    """End the command with nothing written, and say so. Raises `Exit`."""
    output.hint(_("nothing was changed"))
    raise typer.Exit


def required(registry: Registry, values: Mapping[str, Any], *, asks: bool, as_fields: bool = False) -> dict[str, Any]:
    """Return the required fields of a member, asking for missing ones; the sector is given by id or label.

    Raises `Missing` if nobody can be asked: it names the arguments of `add`, or of a command that takes them
    `as_fields`.
    """
    if not (asks and registry.sectors):
        require_given(values, as_fields=as_fields)
    # Given values are checked before anything is asked.
    found: dict[str, Any] = {"sector": find_sector(registry, values["sector"])} if "sector" in values else {}
    found["name"] = values["name"] if "name" in values else ask(_("Name"), partial(read, _fields()["name"]))
    if "sector" not in values:
        found["sector"] = ask_sector(registry, _("Sector, by number or name"))
    return found


def require_given(names: Container[str], *, as_fields: bool = False) -> None:
    """Raise `Missing` if a required field of a member is not given."""
    if missing := [name for name in _REQUIRED if name not in names]:
        from pkes.cli.messages.values import field_name

        options = {"name": _("NAME"), "sector": "--sector"}
        raise Missing(*(f"{field_name(name).lower()}=…" if as_fields else options[name] for name in missing))


def ask_sector(registry: Registry, question: str) -> str:
    """Ask for a sector of a registry, by its number in the shown list, its id or its label; return the id."""
    labels = [(id, sector.label(language_in_use())) for id, sector in registry.sectors.items()]

    def parse(text: str) -> str:
        return find_sector(registry, str(read(_fields()["sector"], text)))

    return choose(question, labels, parse)


def _fields() -> dict[str, Field]:
    return records.fields(Member)


def require_form(id: str | None, field: str = "id") -> None:
    """Raise `WrongValue` for a given id that no record could have; it names the `field` that the id is for."""
    if id:
        members.unused_id((), id, field)


def ask_whether_known(alike: Iterable[Member], *, asks: bool = True) -> None:
    """Say on stderr which members on record look like one that is to be added; ask whether to add it all the same.

    Raises `Exit` if it is not to be added.
    """
    known = [_line(member) for member in alike]
    if known:
        output.warn(_("it seems to be on record already:"), *known[: output.MOST_LISTED])
        if asks and not confirm(_("Add it all the same?")):
            leave()


def _line(member: Member) -> str:
    about = ", ".join(filter(None, (member.name, member.town)))
    gone = "" if is_current(member, dates.today()) else f" ({_('no longer a member')})"
    return f"  {member.id}  {about}{gone}"


def free_id(registry: Registry, name: str, id: str | None, *, asks: bool, yes: bool, says_known: bool = True) -> str:
    """Return the id of a member to be: the one given, else the one that its name gives.

    Where it is taken by a member of the same name, that is said first, unless it was and not `says_known` again.
    Where it cannot be taken, another one is offered to somebody who can be asked. Raises `Taken` for a name that gives
    none.
    """
    wanted = member_id(name) if id is None else id
    if says_known and not yes and id is None and wanted in registry.members:
        ask_whether_known(members.named_alike(registry, name), asks=False)
    if wanted and (not asks or wanted not in registry.members):
        return wanted
    if not asks:
        raise Taken("id", "", "") if id is None else WrongValue("id", "empty")
    offered = members.free_id(registry, wanted or "member")
    if yes:
        return offered
    question = _("Its id ({id} is taken)").format(id=wanted) if wanted else _("Its id")
    return ask(question, partial(members.new_id, registry), default=offered)


def was_asked(given: Container[str], name: str, id: str | None, chosen: str) -> bool:
    """Return whether any of a new member's required fields, or its id, was asked for instead of being given."""
    return not all(field in given for field in _REQUIRED) or chosen != (member_id(name) if id is None else id)


def whether_known(_preview: store.Written, warnings: Sequence[Finding]) -> str | None:
    """Return the question before adding a member that seems to exist already, or None."""
    known = any(finding.code in ("name-twice", "email-twice") for finding in warnings)
    return _("Add it all the same?") if known else None


def whether_right(preview: store.Written, warnings: Sequence[Finding]) -> str | None:
    """Return the question before adding a member that nobody typed; without a terminal, as `whether_known`."""
    return whether_known(preview, warnings) or (_("Add it so?") if is_interactive() else None)
