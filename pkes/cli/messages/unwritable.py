"""Why a file cannot be written; it is as it was."""

import shlex
from collections.abc import Callable
from typing import Any

from pkes import errors
from pkes.cli.messages import system
from pkes.cli.messages.values import dotted
from pkes.cli.messages.words import Words
from pkes.i18n import N_, _


def _locked(error: errors.Locked) -> Words:
    what = _("{path}: another program has been writing to it for {seconds:.0f} seconds; nothing was written")
    return Words(what.format(path=error.path, seconds=error.seconds), (_("try again when it has finished"),))


def _changed_meanwhile(error: errors.ChangedMeanwhile) -> Words:
    what = _("{path}: somebody else changed it meanwhile; nothing was written").format(path=error.path)
    return Words(what, (_("try again: the command then works on what is there now"),))


def _cannot_write(error: errors.CannotWrite) -> Words:
    what = _("{path}: cannot be written: {reason}; it is as it was")
    return Words(what.format(path=error.path, reason=system.reason(error.reason)))


def _already_there(error: errors.AlreadyThere) -> Words:
    return Words(_("{path}: it is there already, and was not overwritten").format(path=error.path))


def _cannot_edit(error: errors.CannotEdit) -> Words:
    what = _("{path}:{line}: this layout cannot be edited safely ({what}); nothing was written")
    way_out = _('"pkes fmt {path}" brings it into a form that can be edited').format(path=shlex.quote(error.path))
    return Words(what.format(path=error.path, line=error.line, what=dotted(error.what)), (way_out,))


_CANNOT_EXTEND = {
    "link": (N_("{path}: it is a symbolic link, which git does not follow"), N_("put a file of its own there")),
    "encoding": (N_("{path}: not UTF-8; it is as it was"), N_("save the file as UTF-8")),
}


def _cannot_extend(error: errors.CannotExtend) -> Words:
    what, way_out = _CANNOT_EXTEND[error.why]
    return Words(_(what).format(path=error.path), (_(way_out),))


WORDS: dict[type, Callable[[Any], Words]] = {
    errors.Locked: _locked,
    errors.ChangedMeanwhile: _changed_meanwhile,
    errors.CannotWrite: _cannot_write,
    errors.AlreadyThere: _already_there,
    errors.CannotEdit: _cannot_edit,
    errors.CannotExtend: _cannot_extend,
}
