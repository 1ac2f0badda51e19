"""A court register of our own on this machine, which answers as it is told to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

Reply = Callable[[BaseHTTPRequestHandler], None]
"""What writes an answer to one request."""


class Register:
    """What it answers, by number and register (`0000999001P`).

    Several replies come one after the other, the last one again and again. `asked` are the paths of the requests,
    `url` is what stands before them.
    """

    def __init__(self) -> None:
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[str] = []
        self.url = ""

    def holds(self, key: str, *replies: Reply | bytes) -> None:
        """Let a number in a register be answered: bytes are an extract."""
        self.replies[key] = [body(one) if isinstance(one, bytes) else one for one in replies]

    def reply(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        parts = urlsplit(handler.path)
        key = parts.path.rpartition("/")[2] + "".join(parse_qs(parts.query).get("rejestr", []))
        held = self.replies.get(key, [status(404)])
        (held[0] if len(held) == 1 else held.pop(0))(handler)


@contextmanager
def running() -> Iterator[Register]:
    """Give a register that answers until the block ends."""
    register = Register()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            register.reply(self)

        def log_message(self, *_arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        register.url = f"http://127.0.0.1:{server.server_port}/api/krs/OdpisAktualny"
        try:
            yield register
        finally:
            server.shutdown()
            thread.join()


def body(data: bytes, code: int = 200, length: int | None = None, **headers: str) -> Reply:
    """Answer with bytes; `length` says another number of them than there are."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(data) if length is None else length))
        handler.end_headers()
        handler.wfile.write(data)

    return write


def status(code: int, **headers: str) -> Reply:
    """Answer with a status and nothing else."""
    return body(b"", code, **headers)


def moved(target: str) -> Reply:
    """Lead to another address."""
    return status(302, Location=target)


def silent(until: threading.Event) -> Reply:
    """Answer nothing before an event comes."""

    def write(_handler: BaseHTTPRequestHandler) -> None:
        until.wait(10)

    return write


def dripping(until: threading.Event) -> Reply:
    """Answer with a byte now and then, so that each comes in time."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not until.wait(0.02):
            handler.wfile.write(b" ")

    return write


def garbage(handler: BaseHTTPRequestHandler) -> None:
    """Answer with what is not HTTP."""
    handler.wfile.write(b"\x00\x01\x02 no answer\r\n\r\n")
