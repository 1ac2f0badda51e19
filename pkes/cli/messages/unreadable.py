"""Why the registry cannot be read."""

from collections.abc import Callable
from typing import Any

from pkes import errors
from pkes.cli.messages import system
from pkes.cli.messages.values import malformed, way_out
from pkes.cli.messages.words import Words
from pkes.i18n import _


def _no_registry(error: errors.NoRegistry) -> Words:
    what = _('no registry.toml in "{folder}" or any folder above it').format(folder=error.folder)
    return Words(what, (_('name one: "pkes -r PATH …", or PKES_REGISTRY'),))


def _cannot_read(error: errors.CannotRead) -> Words:
    reason = system.reason(error.reason)
    return Words(_("{path}: cannot be read: {reason}").format(path=error.path, reason=reason))


def _malformed(error: errors.Malformed) -> Words:
    place = ":".join([error.path, *(str(number) for number in (error.line, error.column) if number)])
    return Words(f"{place}: {malformed(error.code, error.detail)}", way_out(error.code, error.detail))


def _not_in_revision(error: errors.NotInRevision) -> Words:
    return Words(_("{revision}:{path}: git has no such file there").format(revision=error.revision, path=error.path))


WORDS: dict[type, Callable[[Any], Words]] = {
    errors.NoRegistry: _no_registry,
    errors.CannotRead: _cannot_read,
    errors.Malformed: _malformed,
    errors.NotInRevision: _not_in_revision,
}
