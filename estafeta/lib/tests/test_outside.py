from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any, ClassVar

import pytest

from estafeta.lib.outside import Refused, Unreachable, Way, addresses, check, proxy_of

INSIDE = (
    "127.0.0.1", "127.8.8.8", "10.0.0.7", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.0",
    "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::1",
    "fec0::1", "::7f00:1", "::ffff:0:127.0.0.1", "64:ff9b:1::7f00:1",
)  # fmt: skip
OUTSIDE = ("8.8.8.8", "93.184.215.14", "2606:4700::1111", "64:ff9b::808:808")


@pytest.mark.parametrize("ip", INSIDE)
def test_what_stands_around_the_server_is_inside(ip: str) -> None:
    assert not addresses.is_outside(ip_address(ip))
    host = f"[{ip}]" if ":" in ip else ip
    with pytest.raises(Refused, match="inside"):
        check(f"https://{host}/")


@pytest.mark.parametrize("ip", OUTSIDE)
def test_the_internet_is_outside(ip: str) -> None:
    assert addresses.is_outside(ip_address(ip))


@pytest.mark.parametrize(
    "host", ["127.1", "0x7f000001", "2130706433", "017700000001", "127.0.0.1."]
)
def test_other_spellings_of_this_machine_are_no_way_round(host: str) -> None:
    with pytest.raises(Refused):
        check(f"https://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org",
        "https://", "https:///x", "https://a:b@example.org/", "https://example.org:99999/",
        "https://example.org/\r\nX: y", "https://exa mple.org/", "http://example.org/",
        "https://[::1", "https://example.org/" + "x" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_web_address_over_tls_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        check(url)


def test_hosts_and_networks_inside_can_be_allowed() -> None:
    assert check("http://chat.corp:8065/a?b", ["chat.corp"]).port == 8065
    assert check("http://a.corp/", ["*.corp"]).host == "a.corp"
    assert check("http://10.1.2.3/", ["10.1.0.0/16"]).origin == "http://10.1.2.3"
    for url in ("http://10.2.0.1/", "http://evilcorp/", "http://corp/"):
        with pytest.raises(Refused):
            check(url, ["10.1.0.0/16", "*.corp"])


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.seen.append((self.path, self.client_address, body))  # type: ignore[attr-defined]
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/secret")
        elif self.path == "/large":
            self.send_response(200)
            self.send_header("Content-Length", "10000000")
            self.end_headers()
            self.wfile.write(b"x" * 10_000_000)
            return
        elif self.path == "/drip":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.1)
            return
        else:
            self.send_response(429 if self.path == "/busy" else 200)
            self.send_header("Retry-After", "7")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")
        if self.path == "/once":
            self.close_connection = True

    def log_message(self, *_: Any) -> None: ...

    def handle(self) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):
            super().handle()


@pytest.fixture
def server() -> Iterator[Any]:
    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.daemon_threads = True
    made.seen = []  # type: ignore[attr-defined]
    made.url = f"http://127.0.0.1:{made.server_port}"  # type: ignore[attr-defined]
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def test_messages_share_a_connection_and_survive_that_it_was_closed(server: Any) -> None:
    with Way(["127.0.0.1"]) as way:
        for path in ("/a", "/b", "/once", "/c"):
            answer = way.request("POST", server.url + path, headers={}, body=b"hello")
            assert (answer.status, answer.body) == (200, b"ok")
    assert [path for path, *_ in server.seen] == ["/a", "/b", "/once", "/c"]
    assert len({client for _, client, _ in server.seen}) == 2


def test_redirects_are_answers_and_no_way_further(server: Any) -> None:
    with Way(["127.0.0.1"]) as way:
        assert way.request("POST", server.url + "/moved", headers={}).status == 302
    assert [path for path, *_ in server.seen] == ["/moved"]


def test_an_answer_is_cut(server: Any) -> None:
    with Way(["127.0.0.1"], most_bytes=1000) as way:
        assert len(way.request("POST", server.url + "/large", headers={}).body) == 1000
        assert way.request("POST", server.url + "/a", headers={}).status == 200


def test_a_server_that_drips_does_not_hold_us(server: Any) -> None:
    began = time.monotonic()
    with Way(["127.0.0.1"], seconds=0.5) as way, pytest.raises(Unreachable, match="too long"):
        way.request("POST", server.url + "/drip", headers={})
    assert time.monotonic() - began < 3


def test_it_says_how_long_the_other_side_wants_peace(server: Any) -> None:
    with Way(["127.0.0.1"]) as way:
        assert way.request("POST", server.url + "/busy", headers={}).retry_after == 7


def _names(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Names resolve to these, one after another."""
    left = list(answers)

    def resolved(host: str, port: int, **_: Any) -> Any:
        ip = left.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    monkeypatch.setattr("estafeta.lib.outside.addresses.socket.getaddrinfo", resolved)
    return left


def test_a_name_that_points_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _names(monkeypatch, "192.168.0.1")
    with Way() as way, pytest.raises(Refused, match="inside"):
        way.request("POST", "https://evil.example/", headers={})


def test_a_name_is_asked_once_and_what_was_judged_is_connected_to(
    server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = _names(monkeypatch, "203.0.113.9", "127.0.0.1")
    asked: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], **_: Any) -> Any:
        asked.append(address)
        raise OSError("nobody there")

    monkeypatch.setattr("estafeta.lib.outside.ways.socket.create_connection", connect)
    monkeypatch.setattr(addresses, "is_outside", lambda ip: str(ip) == "203.0.113.9")
    with Way() as way, pytest.raises(Unreachable, match="nobody there"):
        way.request("POST", "https://rebinding.example/", headers={})
    assert asked == [("203.0.113.9", 443)]
    assert left == ["127.0.0.1"], "the second answer was never asked for"


def test_one_bad_address_among_good_ones_spoils_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", ("8.8.8.8", 443)), (2, 1, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr("estafeta.lib.outside.addresses.socket.getaddrinfo", lambda *_, **__: both)
    with pytest.raises(Refused):
        addresses.resolve("both.example", 443, ())


def test_nobody_there_is_no_verdict_about_the_message() -> None:
    with Way(["127.0.0.1"]) as way, pytest.raises(Unreachable):
        way.request("POST", "http://127.0.0.1:9/", headers={})


def _carry(source: socket.socket, to: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            to.sendall(data)
        to.shutdown(socket.SHUT_WR)


class _Tunnels(BaseHTTPRequestHandler):
    """An HTTP proxy that knows one password."""

    asked: ClassVar[list[tuple[str, str]]] = []

    def do_CONNECT(self) -> None:
        self.asked.append((self.path, self.headers.get("Proxy-Authorization", "")))
        host, _colon, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port))) as other:
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_carry, args=(other, self.connection))
            back.start()
            _carry(self.connection, other)
            back.join()

    def log_message(self, *_: Any) -> None: ...


def test_through_a_proxy_only_the_proxy_is_connected_to(server: Any) -> None:
    _Tunnels.asked.clear()
    through = ThreadingHTTPServer(("127.0.0.1", 0), _Tunnels)
    through.daemon_threads = True
    threading.Thread(target=through.serve_forever, daemon=True).start()
    proxy = proxy_of(f"http://anna:p%40ss@127.0.0.1:{through.server_port}")
    with Way(["127.0.0.1"], proxy=proxy) as way:
        assert way.request("POST", server.url + "/a", headers={}, body=b"hello").status == 200
    through.shutdown()
    through.server_close()
    place = server.url.removeprefix("http://")
    assert _Tunnels.asked == [(place, "Basic YW5uYTpwQHNz")]


def test_a_proxy_inside_is_refused_when_it_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _names(monkeypatch, "192.168.0.1")
    proxy = proxy_of("http://proxy.example")
    with Way(proxy=proxy) as way, pytest.raises(Refused, match=r"proxy\.example is inside"):
        way.request("POST", "https://api.example/", headers={})


@pytest.mark.parametrize("address", ["socks5://x", "http://", "http://x:99999", "", "x:3128"])
def test_what_is_no_proxy_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        proxy_of(address)


def test_an_answer_says_that_it_was_cut(server: Any) -> None:
    with Way(["127.0.0.1"]) as way:
        large = way.request("POST", server.url + "/large", headers={}, most_bytes=1000)
        assert (len(large.body), large.is_cut) == (1000, True)
        assert not way.request("POST", server.url + "/a", headers={}).is_cut
