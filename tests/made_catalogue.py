"""Small catalogues of translations, as gettext reads them."""

import struct

_HEADER = (
    "Content-Type: text/plain; charset=UTF-8\n"
    "Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"
)


def write_catalogue(folder, language, forms):
    """Write a catalogue below a folder; `forms` are translations by messages, both with plurals as tuples."""
    texts = {"": _HEADER} | forms
    pairs = sorted((_joined(key), _joined(text)) for key, text in texts.items())
    start = 28 + 16 * len(pairs)
    tables, data = ([], []), b""
    for side in (0, 1):
        for pair in pairs:
            tables[side].append((len(pair[side]), start + len(data)))
            data += pair[side] + b"\0"
    # https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    numbers = [number for table in tables for entry in table for number in entry]
    path = folder / language / "LC_MESSAGES" / "pkes.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(head + struct.pack(f"<{len(numbers)}I", *numbers) + data)


def _joined(forms):
    return "\0".join([forms] if isinstance(forms, str) else forms).encode()
