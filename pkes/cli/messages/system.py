"""Why the operating system refuses something, in the language of the user: Python knows its reasons in English only."""

from pkes import errors
from pkes.i18n import N_, _

_KNOWN = {
    N_("Operation not permitted"), N_("No such file or directory"), N_("Interrupted system call"),
    N_("Input/output error"), N_("No such device or address"), N_("Argument list too long"), N_("Exec format error"),
    N_("Bad file descriptor"), N_("Resource temporarily unavailable"), N_("Cannot allocate memory"),
    N_("Permission denied"), N_("Device or resource busy"), N_("File exists"), N_("Invalid cross-device link"),
    N_("No such device"), N_("Not a directory"), N_("Is a directory"), N_("Invalid argument"),
    N_("Too many open files in system"), N_("Too many open files"), N_("Text file busy"), N_("File too large"),
    N_("No space left on device"), N_("Illegal seek"), N_("Read-only file system"), N_("Too many links"),
    N_("Broken pipe"), N_("File name too long"), N_("No locks available"), N_("Function not implemented"),
    N_("Directory not empty"), N_("Too many levels of symbolic links"), N_("Operation not supported"),
    N_("Connection timed out"), N_("Stale file handle"), N_("Disk quota exceeded"), N_("Host is down"),
    N_("Transport endpoint is not connected"),
}  # fmt: skip


def reason(error: OSError) -> str:
    """Return the system's own words for an error, without the file's name."""
    return translated(errors.system_words(error))


def translated(words: str) -> str:
    """Return words of the system translated; those of anybody else stay as they are."""
    return _(words) if words in _KNOWN else words
