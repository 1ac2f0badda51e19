"""The open interface of the National Court Register (KRS) of the Ministry of Justice: asking it for an extract.

Nothing else in the program uses the network. What goes out is the number that is asked about.
"""

import ipaddress
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from http.client import HTTPException, HTTPResponse
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

from pkes.errors import NotSecure, RegisterFailed
from pkes.registers.extract import MOST_BYTES

ADDRESS = "https://api-krs.ms.gov.pl/api/krs/OdpisAktualny"
VARIABLE = "PKES_KRS_URL"
"""The variable that names another address."""

REGISTERS = ("P", "S")
"""Entrepreneurs; associations, foundations and other organisations. A foundation may stand in either."""

INTERVAL = 1.0
"""Seconds from one request to the next, at least: the register publishes no limit."""
TIMEOUT = 20.0
"""Seconds that one answer may take, whole."""
RETRIES = 2
LONGEST_PAUSE = 10.0
"""So many seconds are waited where the register says how long to wait, at most."""
MOST_REDIRECTS = 3

_OK, _NOT_FOUND = 200, 404
_PASSING = ("unreachable", "no-host", "slow", "broken")
_MOVED = (301, 302, 303, 307, 308)


class _Answer(NamedTuple):
    """What came back; the names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Service:
    """The register behind its interface, one request a second at most. `clock` and `sleep` are those of the system."""

    def __init__(
        self,
        address: str = ADDRESS,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """Take the address that stands before the number. Raises `NotSecure` for one that is not to be asked."""
        parts = _parts(address)
        if parts is None or parts.query or parts.fragment or "?" in address:
            raise NotSecure(VARIABLE)
        self._address = address.rstrip("/")
        self._clock, self._sleep = clock, sleep
        self._next = clock()

    @property
    def host(self) -> str:
        """The name of the machine that is asked."""
        return urlsplit(self._address).hostname or ""

    def answer(self, number: str) -> bytes:
        """Return the answer about a number of ten digits, from whichever register it stands in, as it came.

        Raises `RegisterFailed` where neither has it, or it cannot be had.
        """
        for register in REGISTERS:
            found = self._tried(f"{self._address}/{number}?rejestr={register}&format=json")
            if found.status == _OK:
                return found.body
        raise RegisterFailed("not-found")

    def _tried(self, url: str) -> _Answer:
        """Return an answer that is final, found or not found; what may pass is tried again."""
        left = RETRIES
        while True:
            try:
                found = self._followed(url)
            except RegisterFailed as error:
                if not left or error.code not in _PASSING:
                    raise
            else:
                if found.status in (_OK, _NOT_FOUND):
                    return found
                if not left:
                    raise RegisterFailed("status", status=found.status)
                self._next = max(self._next, self._clock() + _pause(found.headers))
            left -= 1

    def _followed(self, url: str) -> _Answer:
        """Return the answer at an address or where it leads to."""
        for _number in range(MOST_REDIRECTS + 1):
            self._wait()
            found = within(TIMEOUT, lambda url=url: _get(url))  # type: ignore[misc]
            if found.status not in _MOVED:
                return found
            target = _target(url, found.headers.get("location", ""))
            if target is None:
                break
            url = target
        raise RegisterFailed("redirect")

    def _wait(self) -> None:
        pause = self._next - self._clock()
        if pause > 0:
            self._sleep(pause)
        self._next = self._clock() + INTERVAL


def of_environment() -> Service:
    """Return the register at the address that the environment names, else its own. Raises `NotSecure`."""
    return Service(os.environ.get(VARIABLE) or ADDRESS)


def within(seconds: float, ask: Callable[[], _Answer]) -> _Answer:
    """Return what a call returns, or raise what it raises, within some seconds. Raises `RegisterFailed` after them.

    The timeouts of a socket hold for one piece of an answer, and none holds for looking up a name: an answer that
    comes byte by byte would take days. A call that takes too long is left to itself, and ends with the process.
    """
    result: list[_Answer] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            result.append(ask())
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failure:
        raise failure[0]
    if not result:
        raise RegisterFailed("slow")
    return result[0]


def _get(url: str) -> _Answer:
    """Ask for what stands at an address, once. Raises `RegisterFailed`."""
    opener = OpenerDirector()  # of the usual parts without those for redirects, for files and for FTP
    # What runs on this machine is asked without the proxy that leads out of it.
    opener.add_handler(ProxyHandler({} if _is_loopback(urlsplit(url).hostname) else None))
    opener.add_handler(HTTPHandler())
    opener.add_handler(HTTPSHandler())
    request = Request(url, headers={"Accept": "application/json", "User-Agent": "pkes"})
    try:
        with opener.open(request, timeout=TIMEOUT) as response:
            body = _body(response) if response.status == _OK else b""
            return _Answer(response.status, {name.lower(): value for name, value in response.headers.items()}, body)
    except (OSError, HTTPException, UnicodeError) as error:
        raise _failure(error.reason if isinstance(error, URLError) else error) from None


def _failure(reason: object) -> RegisterFailed:
    if isinstance(reason, TimeoutError):
        return RegisterFailed("slow")
    # The numbers of these two are none of the system's.
    if isinstance(reason, socket.gaierror | UnicodeError):
        return RegisterFailed("no-host")
    if isinstance(reason, ssl.SSLError):
        return RegisterFailed("certificate")
    return RegisterFailed("unreachable", reason=reason) if isinstance(reason, OSError) else RegisterFailed("broken")


def _body(response: HTTPResponse) -> bytes:
    """Return what an answer holds, cut behind the most that one may be. Raises `RegisterFailed` where it breaks off."""
    data = response.read(MOST_BYTES + 1)
    promised = response.headers.get("Content-Length", "")
    if promised.isdigit() and len(data) < min(int(promised), MOST_BYTES):
        raise RegisterFailed("broken")
    return data


def _pause(headers: Mapping[str, str]) -> float:
    """Return the seconds that an answer asks to wait, within bounds."""
    asked = headers.get("retry-after", "")
    return min(float(asked), LONGEST_PAUSE) if asked.isascii() and asked.isdigit() else 0.0


def _target(url: str, location: str) -> str | None:
    """Return where an address leads to, None where nothing may be asked there.

    That is so of this machine, too, where it is another one that says so: what runs here is not for strangers to name.
    """
    try:
        target = urljoin(url, location)
    except ValueError:
        return None
    parts = _parts(target)
    if parts is None or (_is_loopback(parts.hostname) and not _is_loopback(urlsplit(url).hostname)):
        return None
    return target


def _parts(address: str) -> SplitResult | None:
    """Return an address taken apart, None for one that may not be asked: only this machine is without encryption."""
    try:
        parts = urlsplit(address)
        has_port = parts.port != 0
    except ValueError:  # no port, or no address of IPv6
        return None
    is_allowed = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname))
    is_plain = address.isascii() and address.isprintable() and " " not in address and "@" not in parts.netloc
    return parts if is_allowed and is_plain and has_port and parts.hostname else None


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
