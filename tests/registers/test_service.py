"""Asking a register that stands on this machine: what it may answer, and how often it is asked."""

import threading

import pytest

from pkes.errors import NotSecure, RegisterFailed
from pkes.registers import service
from pkes.registers.extract import MOST_BYTES, read
from pkes.registers.service import Service
from tests.registers import server
from tests.registers.answers import NUMBER, answer


class Clock:
    """A clock that only goes on by sleeping; `slept` are the pauses."""

    def __init__(self):
        self.now = 1000.0
        self.slept = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def register():
    with server.running() as running:
        yield running


@pytest.fixture
def asked(register, clock):
    """Ask the register, and return its answer, or the code and the details of the failure."""
    asking = Service(register.url, clock, clock.sleep)

    def ask(number=NUMBER):
        try:
            return asking.answer(number)
        except RegisterFailed as error:
            return error.code, error.detail

    return ask


def paths(register):
    return [path.rpartition("/")[2] for path in register.asked]


P, S = f"{NUMBER}P", f"{NUMBER}S"
ASKED_P, ASKED_S = (f"{NUMBER}?rejestr={one}&format=json" for one in "PS")


def test_entrepreneurs_are_asked_first(register, asked, clock):
    register.holds(P, answer())
    assert read(asked(), NUMBER).number == NUMBER
    assert (paths(register), clock.slept) == ([ASKED_P], [])
    assert register.asked[0].startswith("/api/krs/OdpisAktualny/")


def test_associations_are_asked_where_that_has_none(register, asked, clock):
    register.holds(S, answer())
    assert asked() == answer()
    assert (paths(register), clock.slept) == ([ASKED_P, ASKED_S], [1.0])


def test_one_that_is_in_neither(register, asked):
    assert asked() == ("not-found", {})
    assert paths(register) == [ASKED_P, ASKED_S]


def test_one_request_a_second(register, asked, clock):
    for number in ("0000999001", "0000999002", "0000999003"):
        register.holds(f"{number}P", answer(number))
        asked(number)
    assert clock.slept == [1.0, 1.0]
    clock.now += 5
    asked()
    assert clock.slept == [1.0, 1.0]


@pytest.mark.parametrize("code", [429, 500, 503, 400, 204])
def test_what_passes_is_tried_again(register, asked, clock, code):
    register.holds(P, server.status(code), server.status(code), server.body(answer()))
    assert asked() == answer()
    assert (paths(register), clock.slept) == ([ASKED_P] * 3, [1.0, 1.0])


def test_it_is_tried_twice_more_and_given_up(register, asked):
    register.holds(P, server.status(503))
    assert asked() == ("status", {"status": 503})
    assert paths(register) == [ASKED_P] * 3


@pytest.mark.parametrize(
    ("said", "waited"), [("3", 3.0), ("100000", 10.0), ("0", 1.0), ("soon", 1.0), ("-3", 1.0), ("²", 1.0)]
)
def test_it_waits_as_long_as_it_is_told_within_bounds(register, asked, clock, said, waited):
    register.holds(P, server.status(429, retry_AFTER=said), server.body(answer()))
    assert asked() == answer()
    assert clock.slept == [waited]


@pytest.mark.parametrize("reply", [server.silent, server.dripping])
def test_an_answer_takes_its_time_only_so_long(register, asked, monkeypatch, reply):
    monkeypatch.setattr(service, "TIMEOUT", 0.2)
    end = threading.Event()
    register.holds(P, reply(end))
    assert asked() == ("slow", {})
    end.set()
    assert paths(register) == [ASKED_P] * 3


def test_a_connection_that_says_nothing_is_slow(register, asked, monkeypatch):
    monkeypatch.setattr(service, "TIMEOUT", 0.1)
    monkeypatch.setattr(service, "within", lambda _seconds, ask: ask())
    end = threading.Event()
    register.holds(P, server.silent(end))
    assert asked() == ("slow", {})
    end.set()


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(server.garbage, id="no HTTP"),
        pytest.param(server.body(b"{", length=5), id="cut off"),
        pytest.param(lambda _handler: None, id="nothing"),
    ],
)
def test_what_breaks_off_is_tried_again(register, asked, reply):
    register.holds(P, reply, server.body(answer()))
    assert asked() == answer()
    register.holds(P, reply)
    assert asked()[0] in ("broken", "unreachable")
    assert paths(register) == [ASKED_P] * 5


def test_an_answer_that_is_too_large_is_not_read_whole(register, asked):
    register.holds(P, server.body(b" " * (MOST_BYTES + 100_000)))
    assert len(asked()) == MOST_BYTES + 1


def test_a_redirect_is_followed_and_counts_as_a_request(register, asked, clock):
    register.holds(P, server.moved("/elsewhere/1?rejestr=X"))
    register.holds("1X", server.moved(f"{register.url}/2?rejestr=X"))
    register.holds("2X", answer())
    assert asked() == answer()
    assert clock.slept == [1.0, 1.0]


@pytest.mark.parametrize(
    "target",
    [
        "http://example.org/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "http://127.0.0.1:0/",
        "https://[",
        "https://a b/",
    ],
)
def test_a_redirect_to_where_nothing_is_asked(register, asked, target):
    register.holds(P, server.moved(target))
    assert asked() == ("redirect", {})
    assert paths(register) == [ASKED_P]


def test_redirects_in_a_circle_end(register, asked):
    register.holds(P, server.moved(f"{register.url}/{ASKED_P}"))
    assert asked() == ("redirect", {})
    assert paths(register) == [ASKED_P] * 4


def test_the_network_does_not_lead_to_this_machine(monkeypatch, clock):
    moved = service._Answer(302, {"location": "http://127.0.0.1/secret"}, b"")
    here = service._Answer(200, {}, b"secret")
    monkeypatch.setattr(service, "_get", lambda url: here if "127.0.0.1" in url else moved)
    with pytest.raises(RegisterFailed, match="redirect"):
        Service("https://example.org", clock, clock.sleep).answer(NUMBER)


def test_nobody_listens(register, asked):
    url = register.url
    with server.running() as gone:
        register.url = gone.url
    failing = Service(register.url, Clock(), lambda _seconds: None)
    register.url = url
    with pytest.raises(RegisterFailed) as caught:
        failing.answer(NUMBER)
    assert (caught.value.code, type(caught.value.detail["reason"])) == ("unreachable", ConnectionRefusedError)


@pytest.mark.parametrize("host", ["nowhere.invalid", f"{'x' * 70}.example.org"])
def test_a_machine_that_nobody_knows(clock, host):
    with pytest.raises(RegisterFailed, match="no-host"):
        Service(f"https://{host}", clock, clock.sleep).answer(NUMBER)


def test_https_is_asked_for_where_it_is_demanded(register, clock):
    asking = Service(register.url.replace("http:", "https:"), clock, clock.sleep)
    with pytest.raises(RegisterFailed, match="certificate"):
        asking.answer(NUMBER)


def test_a_proxy_is_not_asked_about_this_machine(register, asked, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    register.holds(P, answer())
    assert asked() == answer()


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a/b",
        "https://example.org:8443/",
        "http://localhost:80",
        "http://127.0.0.1:1",
        "http://127.9.9.9",
        "http://[::1]:80/x",
    ],
)
def test_addresses_that_are_asked(address):
    assert Service(address).host


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org",
        "http://localhost.example.org",
        "http://128.0.0.1",
        "http://[::2]",
        "ftp://localhost",
        "file:///tmp/x",
        "https://",
        "https://:443/",
        "https://user:word@example.org",
        "https://example.org/?a=b",
        "https://example.org/?",
        "https://example.org/#a",
        "https://example.org:port",
        "https://example.org:0",
        "https://exa mple.org",
        "https://example.org/ą",
        "https://[",
        "example.org",
        "",
    ],
)
def test_addresses_that_are_not_asked(address):
    with pytest.raises(NotSecure):
        Service(address)


def test_the_environment_names_another_address(monkeypatch):
    monkeypatch.delenv("PKES_KRS_URL", raising=False)
    assert service.of_environment().host == "api-krs.ms.gov.pl"
    monkeypatch.setenv("PKES_KRS_URL", "http://localhost:1/x/")
    assert service.of_environment().host == "localhost"
