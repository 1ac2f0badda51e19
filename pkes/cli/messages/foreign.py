"""Messages of the TOML parser and the system, in the language of the user.

The parser's messages are English: the error, then mostly `, expected ` and the alternatives. The usual ones are listed
here as the source of translations.
"""

from pkes import errors
from pkes.i18n import N_, _, language_in_use

_WRONG = {
    # Keys and tables.
    N_("key with no value"), N_("missing value for key"), N_("missing value"), N_("duplicate key"), N_("invalid key"),
    N_("invalid key-value pair"), N_("unexpected key or value"), N_("unexpected content"), N_("extra `=`"),
    N_("unexpected content between comment and newline"),
    N_("invalid unquoted key"), N_("unquoted keys cannot be empty"), N_("keys cannot be multi-line basic strings"),
    N_("keys cannot be multi-line literal strings"), N_("missing table open"), N_("unclosed table"),
    N_("unclosed array table"), N_("invalid table"), N_("cannot extend value of type string with a dotted key"),
    N_("cannot extend value of type integer with a dotted key"),
    N_("cannot extend value of type float with a dotted key"),
    N_("cannot extend value of type boolean with a dotted key"),
    N_("cannot extend value of type datetime with a dotted key"),
    N_("cannot extend value of type array with a dotted key"),
    N_("cannot extend value of type inline table with a dotted key"),
    # Arrays and inline tables.
    N_("unclosed array"), N_("missing array opening"), N_("missing comma between array elements"),
    N_("extra comma in array"), N_("unexpected `=` in array"), N_("unclosed inline table"),
    N_("missing inline table opening"), N_("invalid inline table element"), N_("missing key for inline table element"),
    N_("missing comma between key-value pairs"), N_("missing assignment between key-value pairs"),
    N_("extra assignment between key-value pairs"), N_("extra comma in inline table"),
    N_("trailing commas are not supported in inline tables"), N_("newlines are unsupported in inline tables"),
    N_("comments are unsupported in inline tables"),
    # Texts and comments.
    N_("string values must be quoted"), N_("missing opening quote"), N_("invalid basic string"),
    N_("invalid literal string"), N_("invalid multi-line basic string"), N_("invalid multi-line literal string"),
    N_("missing escaped value"), N_("too few unicode value digits"), N_("missing comment start"),
    N_("invalid comment character"), N_("carriage return must be followed by newline"),
    # Numbers, dates and the rest.
    N_("invalid value"), N_("invalid boolean"), N_("invalid integer number"), N_("invalid hexadecimal number"),
    N_("invalid octal number"), N_("invalid binary number"), N_("invalid float"), N_("invalid fraction"),
    N_("invalid exponent"), N_("invalid mantissa"), N_("unexpected leading zero"), N_("unexpected sign"),
    N_("redundant numeric sign"), N_("redundant integer number prefix"), N_("integers with a radix cannot be signed"),
    N_("radix must be lowercase"), N_("`_` may only go between digits"), N_("invalid date"), N_("invalid time"),
    N_("invalid datetime"), N_("invalid date-time"), N_("invalid offset"),
    # Errors that `pkes.toml.reading` itself detects.
    N_("a second byte order mark"),
}  # fmt: skip

_EXPECTED = {
    N_("nothing"), N_("key"), N_("value"), N_("newline"), N_("letters"), N_("numbers"), N_("digits"),
    N_("characters"), N_("printable characters"), N_("non-double-quote visible characters"),
    N_("non-single-quote visible characters"), N_("non-single-quote characters"), N_("basic string"),
    N_("literal string"), N_("unicode hexadecimal value"), N_("a four-digit year (YYYY)"),
    N_("a two-digit month (MM)"), N_("a two-digit day (DD)"), N_("a two-digit hour (HH)"),
    N_("a two-digit minute (MM)"), N_("a two-digit second (SS)"), N_("year or hour"), N_("month"), N_("day"),
    N_("hour"), N_("minute"), N_("second"), N_("nanosecond"), N_("month between 01 and 12"),
    N_("day between 01 and 31"), N_("day between 01 and 30"), N_("day between 01 and 29"),
    N_("day between 01 and 28"), N_("hour between 00 and 23"), N_("minute between 00 and 59"),
    N_("second between 00 and 60"), N_("second between 00 and 59"), N_("hours between 00 and 23"),
    N_("minutes between 00 and 59"), N_("`T` between date and time"), N_("+OFFSET"), N_("-OFFSET"),
}  # fmt: skip


def words(what: str) -> str:
    """Return the parser's message translated, or a general sentence if it is not completely known."""
    wrong, sign, rest = what.partition(", expected ")
    expected = rest.split(", ") if sign else []
    if not (wrong in _WRONG and all(_is_sign(one) or one in _EXPECTED for one in expected)):
        return what if language_in_use() == "en" else _("this is no syntax of TOML")
    if not expected:
        return _(wrong)
    things = ", ".join(one if _is_sign(one) else _(one) for one in expected)
    return _("{wrong}, expected {things}").format(wrong=_(wrong), things=things)


def _is_sign(expected: str) -> bool:
    """Return whether the expected item is a character in backquotes: `,` or `-` (MM-DD)."""
    return expected.startswith("`") and expected not in _EXPECTED


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
    N_("Transport endpoint is not connected"), N_("Connection refused"), N_("Connection reset by peer"),
    N_("Network is unreachable"), N_("No route to host"),
}  # fmt: skip


def reason(error: OSError) -> str:
    """Return the system's own message for an error, without the file's name."""
    return translated(errors.system_words(error))


def translated(words: str) -> str:
    """Return a message of the system translated; other messages are unchanged."""
    return _(words) if words in _KNOWN else words
