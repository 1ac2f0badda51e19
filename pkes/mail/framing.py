"""Repairs before parsing: where the headers of an e-mail end, and whether a second e-mail follows.

The parser takes a line among the headers that is not one as the beginning of the text: everything after it, including
MIME headers and base64, would become the message.
"""

import re

# RFC 5322, 2.2 and 4.5: the name of a header, and spaces that old programs put before the colon.
_HEADER = re.compile(rb"\A([!-9;-~]+)[ \t]*:")
_KNOWN = {
    b"bcc", b"cc", b"content-disposition", b"content-transfer-encoding", b"content-type", b"date", b"from",
    b"in-reply-to", b"message-id", b"mime-version", b"received", b"references", b"reply-to", b"return-path", b"sender",
    b"subject", b"to",
}  # fmt: skip
_FOLDS = (b" ", b"\t")
# The separator line of an mbox, escaped or not; some programs leave it among the headers.
_MBOX_LINE = re.compile(rb">*From (?![ \t]*:)")
# The headers of a mail, and those of its parts after their boundaries, each up to the first empty line.
_HEADS = re.compile(rb"(?:\A|(?<=\n)--[^\n]+\n(?=content-))(?P<head>(?:[^\n]+(?:\n|\Z))+)", re.IGNORECASE)
# The separator in an mbox: programs differ in what follows `From `, and not all put an empty line before it.
_SECOND_MAIL = re.compile(
    rb"""\n(?:(?<=\n\n)From\ |From\ [^\n]*\ [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?[ ])[^\n]*\n
        (?=(?P<head>(?:[^\n]+(?:\n|\Z)){1,50}))""",
    re.VERBOSE,
)


def with_whole_headers(data: bytes) -> tuple[bytes, bool]:
    """Return a mail (line ends LF) without the lines in its headers that are not headers, and whether there were any.

    Separator lines of an mbox do not count, because they are not part of the mail.
    """
    dropped = False

    def mended(found: re.Match[bytes]) -> bytes:
        nonlocal dropped
        head, lost = _mended(found["head"])
        dropped = dropped or lost
        return found[0][: found.start("head") - found.start()] + head

    return _HEADS.sub(mended, data), dropped


def holds_several(data: bytes) -> bool:
    """Return whether the data (line ends LF) is an mbox with more than one mail.

    An mbox begins with a line `From `. Such a line in the text of a mail begins another mail only if headers follow.
    """
    if not data.startswith(b"From "):
        return False
    return any(_is_head(found["head"]) for found in _SECOND_MAIL.finditer(data))


def _is_head(lines: bytes) -> bool:
    """Return whether all lines are headers, and those of a mail: the sender's, or two other known ones."""
    head = lines.removesuffix(b"\n").split(b"\n")
    names = _KNOWN.intersection(filter(None, map(_name, head)))
    return all(map(_belongs, head)) and (b"from" in names or len(names) > 1)


def _mended(head: bytes) -> tuple[bytes, bool]:
    """Return a head without the non-header lines before its last header, and whether text was lost."""
    lines = head.split(b"\n")
    begins = next((number for number, line in enumerate(lines) if not _MBOX_LINE.match(line)), 0)
    if _name(lines[begins]) is None:
        return head, False  # a plain letter, for example
    last = _last_header(lines)
    kept = [line for line in lines[:begins] if line.startswith(b"From ")][:1]
    lost = is_dropped = False
    for line in lines[begins : last + 1]:
        is_mbox = _MBOX_LINE.match(line) is not None
        is_dropped = is_mbox or not _belongs(line) or (is_dropped and line[:1] in _FOLDS)
        if is_dropped:
            lost = lost or not is_mbox
        else:
            kept.append(_HEADER.sub(rb"\1:", line))
    return b"\n".join(kept + lines[last + 1 :]), lost


def _last_header(lines: list[bytes]) -> int:
    """Return the number of the last line with a header that did not occur before; 0 if there is none.

    Repeated headers belong to a mail that is quoted in the text.
    """
    seen: set[bytes] = set()
    last = 0
    for number, line in enumerate(lines):
        name = _name(line)
        if name in _KNOWN and name not in seen:
            last = number
            seen.add(name)
    return last


def _name(line: bytes) -> bytes | None:
    found = _HEADER.match(line)
    return found[1].lower() if found else None


def _belongs(line: bytes) -> bool:
    """Return whether a line is a header or continues one."""
    return line[:1] in _FOLDS or _name(line) is not None
