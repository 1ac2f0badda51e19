"""A file that git reads, and a line more in it."""

import pytest

from pkes.errors import CannotExtend, CannotWrite
from pkes.storage import files


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(None, b"x\n", id="no file"),
        pytest.param(b"", b"x\n", id="empty"),
        pytest.param(b"a\n", b"a\nx\n", id="lines"),
        pytest.param(b"a", b"a\nx\n", id="no last line end"),
        pytest.param(b"a\r\nb\r\n", b"a\r\nb\r\nx\r\n", id="CR LF"),
        pytest.param(b"a\r\nb", b"a\r\nb\r\nx\r\n", id="CR LF, no last line end"),
        pytest.param(b"\xef\xbb\xbf", b"\xef\xbb\xbfx\n", id="BOM alone"),
        pytest.param(b"\xef\xbb\xbfa\n", b"\xef\xbb\xbfa\nx\n", id="BOM"),
    ],
)
def test_a_line_more(before, after):
    assert files.with_line(before, "x") == after


def test_read(tmp_path):
    path = tmp_path / ".gitignore"
    assert files.read(path) is None
    path.write_bytes("ż\r\n".encode())
    assert files.read(path) == "ż\r\n".encode()


def test_what_cannot_be_added_to(tmp_path):
    (tmp_path / "utf-16").write_bytes("a\n".encode("utf-16"))
    (tmp_path / "link").symlink_to("nowhere")
    for name, why in (("utf-16", "encoding"), ("link", "link")):
        with pytest.raises(CannotExtend) as caught:
            files.read(tmp_path / name)
        assert (caught.value.path, caught.value.why) == (str(tmp_path / name), why)
    too_long = tmp_path / ("x" * 300)
    for path in (tmp_path, too_long):
        with pytest.raises(CannotWrite):
            files.read(path)
