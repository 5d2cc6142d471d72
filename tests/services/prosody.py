"""A real XMPP server: Prosody with accounts, a certificate of its own, and a person who reads."""

from __future__ import annotations

import asyncio
import datetime
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DOMAIN = "jabber.house.test"
PASSWORD = "relay-race-2026"
STARTUP_SECONDS = 15


class MissingError(Exception):
    """Prosody is not installed (Debian: apt-get install prosody)."""


@dataclass
class Prosody:
    """A running server."""

    folder: Path
    port: int
    tls_port: int
    authority: str
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Run it until it listens."""
        command = ["prosody", "--config", str(self.folder / "prosody.cfg.lua"), "-F"]
        with (self.folder / "output").open("wb") as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=output)
        end = time.monotonic() + STARTUP_SECONDS
        while True:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            assert time.monotonic() < end, (self.folder / "log").read_text()
            time.sleep(0.05)

    def stop(self) -> None:
        """End it; accounts and what it keeps for later stay."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)
            self.process = None

    def kept_for_later(self, name: str) -> str:
        """What lies there for somebody who is away."""
        path = self.folder / "data" / DOMAIN.replace(".", "%2e") / "offline" / f"{name}.list"
        return path.read_text() if path.exists() else ""


@contextmanager
def prosody(folder: Path, *, encrypted: bool = True) -> Iterator[Prosody]:
    """Run one with the accounts desk and anna."""
    if shutil.which("prosody") is None:
        raise MissingError("Prosody is not installed (Debian: apt-get install prosody)")
    authority = _certificate(folder)
    server = Prosody(folder, _free_port(), _free_port(), authority)
    (folder / "prosody.cfg.lua").write_text(_configuration(server, encrypted=encrypted))
    accounts = folder / "data" / DOMAIN.replace(".", "%2e") / "accounts"
    accounts.mkdir(parents=True)
    for name in ("desk", "anna"):
        (accounts / f"{name}.dat").write_text(f'return {{ ["password"] = "{PASSWORD}"; }};\n')
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _configuration(server: Prosody, *, encrypted: bool) -> str:
    folder = server.folder
    tls = '"tls"; ' if encrypted else ""
    return f"""
run_as_root = true
pidfile = "{folder}/pid"
data_path = "{folder}/data"
log = {{ info = "{folder}/log" }}
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {server.port} }}
c2s_direct_tls_ports = {{ {server.tls_port if encrypted else ""} }}
modules_enabled = {{ {tls}"roster"; "saslauth"; "disco"; "offline"; "ping" }}
modules_disabled = {{ "s2s"; "http" }}
authentication = "internal_plain"
c2s_require_encryption = {str(encrypted).lower()}
allow_unencrypted_plain_auth = {str(not encrypted).lower()}
c2s_direct_tls_ssl = {{ key = "{folder}/key.pem"; certificate = "{folder}/certificate.pem" }}
VirtualHost "{DOMAIN}"
  ssl = {{ key = "{folder}/key.pem"; certificate = "{folder}/certificate.pem" }}
"""


def _certificate(folder: Path) -> str:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, DOMAIN)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=7))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(DOMAIN)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM).decode()
    (folder / "certificate.pem").write_text(pem)
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )  # fmt: skip
    return pem


@dataclass
class Reader:
    """Anna before her client: keeps what arrives."""

    got: list[dict[str, str]] = field(default_factory=list)
    ready: threading.Event = field(default_factory=threading.Event)

    def wait_for(self, count: int, seconds: float = 10) -> list[dict[str, str]]:
        """Give so many messages, as soon as they are there."""
        end = time.monotonic() + seconds
        while len(self.got) < count:
            assert time.monotonic() < end, f"only {self.got}"
            time.sleep(0.02)
        return self.got


@contextmanager
def reading(server: Prosody, name: str = "anna") -> Iterator[Reader]:
    """Sign in as somebody and read until the block ends."""
    reader, loop = Reader(), asyncio.new_event_loop()
    made: list[Any] = []

    def run() -> None:
        from slixmpp import ClientXMPP

        asyncio.set_event_loop(loop)
        client: Any = ClientXMPP(f"{name}@{DOMAIN}/phone", PASSWORD, loop=loop)
        client.ssl_context.load_verify_locations(cadata=server.authority)
        client.enable_direct_tls = False

        def start(_event: Any) -> None:
            client.send_presence()
            reader.ready.set()

        def keep(message: Any) -> None:
            origin = message.xml.find("{urn:xmpp:sid:0}origin-id")
            reader.got.append(
                {
                    "id": message["id"], "body": message["body"], "thread": message["thread"],
                    "type": message["type"], "from": message["from"].bare,
                    "origin": "" if origin is None else origin.get("id", ""),
                }
            )  # fmt: skip

        client.add_event_handler("session_start", start)
        client.add_event_handler("message", keep)
        made.append(client)
        client.connect("127.0.0.1", server.port)
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert reader.ready.wait(15), (server.folder / "log").read_text()
    try:
        yield reader
    finally:

        async def leave() -> None:
            with suppress(Exception):
                await made[0].disconnect(wait=1)
            rest = asyncio.all_tasks() - {asyncio.current_task()}
            for task in rest:
                task.cancel()
            await asyncio.gather(*rest, return_exceptions=True)

        with suppress(Exception):
            asyncio.run_coroutine_threadsafe(leave(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
