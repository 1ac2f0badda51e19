"""Converting the HTML of an e-mail to readable text: paragraphs, lists, links with addresses, table rows as lines."""

import re
from html.parser import HTMLParser

# Comments, declarations and instructions, including Outlook's conditions (`<![if …]>`): the parser fails on some. An
# unclosed one hides the rest, as in a browser.
_UNSEEN = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?][^>]*(?:>|\Z)", re.DOTALL)
# A `<` that does not begin a complete tag, as in <anna@example.org>. With many of them, the parser would search for the
# end of each, which can take minutes.
_NO_TAG = re.compile(r"""<(?!/?[a-z][\w:.-]*(?=[\s/>])[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>)""", re.IGNORECASE)
_HIDDEN = {"script", "style", "title", "template"}
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "table", "pre"}
_LINES = _PARAGRAPHS | {
    "address", "article", "aside", "body", "caption", "center", "dd", "div", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "header", "hr", "li", "main", "nav", "section", "tr",
}  # fmt: skip
_DEEPEST = 9
"""The maximum indentation of quotes and list items: deep nesting would make a short text huge."""


def read(html: str) -> str:
    """Return HTML, valid or not, as the text that a browser shows. Quoted lines begin with `> `."""
    html = _UNSEEN.sub("", html.replace("\r\n", "\n").replace("\r", "\n"))
    reader = _Reader()
    reader.feed(_NO_TAG.sub("&lt;", html))
    reader.close()
    lines = [line.rstrip() for line in "".join(reader.written).replace("\xa0", " ").split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


class _Reader(HTMLParser):
    """Builds the text as the parser proceeds. The space between two words is decided when the second word arrives."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._line = 0  # the number of the line that is being written
        self._ends = 0  # line ends before the next word
        self._space = False  # whether a space is due before the next word, if it stands on the same line
        self._sign = ""  # what opens the next word's item or cell
        self._row = -1  # the line on which a table's row has begun; 0 before its first word, -1 outside
        self._hidden = ""  # the element whose text is not shown
        self._verbatim = 0  # how many <pre> are open
        self._quotes = 0  # how many <blockquote> are open
        self._lists: list[int | None] = []  # the last number of each open list, None in one without numbers
        self._link: tuple[str, int] | None = (
            None  # the address of the open link, and where in `written` its text begins
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden and tag != "body":  # At <body>, a <title> was left open.
            return
        self._hidden = tag if tag in _HIDDEN else ""
        self._break(tag)
        if begin := getattr(self, f"_begin_{tag}", None):
            begin({name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._hidden = "" if tag == self._hidden else self._hidden
            return
        if end := getattr(self, f"_end_{tag}", None):
            end()
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._verbatim:
            for number, line in enumerate(data.split("\n")):
                self._ends += number > 0
                self._write(line)
            return
        text = re.sub(r"[ \t\n\f]+", " ", data)
        self._space |= text.startswith(" ")
        self._write(text.strip(" "))
        self._space |= text.endswith(" ")

    def _write(self, text: str) -> None:
        if not text:
            return
        if self._ends or not self.written:
            self._line += 1
            self.written.append("\n" * min(self._ends, 2) if self.written else "")
            self.written.append("> " * min(self._quotes, _DEEPEST))
        elif self._space and not self._sign:
            self.written.append(" ")
        if self._row == 0:
            self._row = self._line
        self.written += (self._sign, text)
        self._ends, self._space, self._sign = 0, False, ""

    def _break(self, tag: str) -> None:
        """End the line at the edge of a block; a paragraph has empty lines around it, except in a list or a row."""
        if tag in _LINES and not self._sign:  # <li><p>: the item's sign and its text stay together.
            self._ends = max(self._ends, 2 if tag in _PARAGRAPHS and not self._lists and self._row != 0 else 1)

    def _begin_br(self, _: dict[str, str]) -> None:
        self._ends += not self._sign

    def _begin_hr(self, _: dict[str, str]) -> None:
        self._write("---")
        self._break("hr")

    def _begin_img(self, values: dict[str, str]) -> None:
        self._write(" ".join(values.get("alt", "").split()))

    def _begin_pre(self, _: dict[str, str]) -> None:
        self._verbatim += 1

    def _end_pre(self) -> None:
        self._verbatim = max(self._verbatim - 1, 0)

    def _begin_blockquote(self, _: dict[str, str]) -> None:
        self._quotes += 1

    def _end_blockquote(self) -> None:
        self._quotes = max(self._quotes - 1, 0)

    def _begin_ul(self, _: dict[str, str]) -> None:
        self._lists.append(None)

    def _begin_ol(self, values: dict[str, str]) -> None:
        start = values.get("start", "")
        self._lists.append(int(start) - 1 if re.fullmatch("[0-9]{1,6}", start) else 0)

    def _end_ul(self) -> None:
        self._sign = ""
        del self._lists[-1:]

    _end_ol = _end_ul

    def _begin_li(self, _: dict[str, str]) -> None:
        number = self._lists[-1] if self._lists else None
        if number is not None:
            self._lists[-1] = number = number + 1
        indent = "  " * min(len(self._lists) - 1, _DEEPEST)
        self._sign = indent + ("- " if number is None else f"{number}. ")

    def _begin_tr(self, _: dict[str, str]) -> None:
        self._row, self._sign = 0, ""

    def _end_tr(self) -> None:
        self._row, self._sign = -1, ""

    _end_table = _end_tr

    def _begin_td(self, _: dict[str, str]) -> None:
        """Add a separator after the previous cell; begin a new line if that cell had several."""
        if 0 < self._row == self._line:
            self._sign, self._ends = " | ", 0
        elif self._row != 0:
            self._ends = max(self._ends, 1)

    def _end_td(self) -> None:
        if 0 < self._row == self._line:
            self._ends = 0  # <td><p>: a table of such cells still has a line a row.

    _begin_th, _end_th = _begin_td, _end_td

    def _begin_a(self, values: dict[str, str]) -> None:
        self._end_a()
        self._link = (_address(values.get("href", "")), len(self.written))

    def _end_a(self) -> None:
        address, start = self._link or ("", 0)
        text = "".join(self.written[start:]) if address else ""
        if text.strip() and _plain(text) != _plain(address):
            self.written.append(f" <{address}>")
        self._link = None


def _address(href: str) -> str:
    """Return the address of a link, as people would write it; "" for one that means nothing outside HTML."""
    href = "".join(href.split())
    if found := re.fullmatch(r"(?:mailto|tel):([^?]*).*", href, re.IGNORECASE):
        return found[1]
    return href if re.match("(?:https?|ftp)://", href, re.IGNORECASE) else ""


def _plain(address: str) -> str:
    """Return an address in a form for comparison: different spellings of it give the same."""
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", "".join(address.casefold().split())).rstrip("/")
