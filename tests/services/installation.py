"""An installation of its own for a test: a data folder, a database, real processes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.services import prepared
from tests.services.ports import reserve

ROOT = prepared.ROOT
PORTS = range(18111, 18190)
PATIENCE = 30.0


def free_port() -> int:
    """Choose a private port for a server."""
    return reserve(PORTS)


def eventually(condition: object, *, seconds: float = PATIENCE, what: str = "it") -> None:
    """Wait until a condition holds."""
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what} did not happen within {seconds} s"
        time.sleep(0.05)


@dataclass
class Installation:
    """Commands and processes of one installation."""

    folder: Path
    environment: dict[str, str]
    started: list[subprocess.Popen[str]] = field(default_factory=list)
    port: int = 0

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "estafeta", *words]

    def run(self, *words: str, text: str = "", ok: bool = True) -> str:
        """Run a command to its end and give what it printed."""
        done = subprocess.run(
            self.command(*words),
            env=self.environment,
            cwd=ROOT,
            input=text,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
            check=False,
        )
        assert not ok or done.returncode == 0, done.stdout
        return done.stdout

    def python(self, code: str) -> str:
        """Run a piece of Python inside the installation."""
        return self.run("shell", "-c", code)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command that goes on running; its output goes to a file in the folder."""
        with self.log.open("a") as log:
            process = subprocess.Popen(
                self.command(*words),
                env=self.environment,
                cwd=ROOT,
                text=True,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.started.append(process)
        return process

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def serve(self, *words: str) -> subprocess.Popen[str]:
        """Start everything and wait until it greets."""
        self.port = free_port()
        process = self.start("serve", "--no-demo", "--port", str(self.port), *words)
        eventually(
            lambda: "Estafeta is running" in self.log.read_text() or process.poll() is not None,
            seconds=60,
            what="the greeting",
        )
        assert process.poll() is None, self.log.read_text()
        return process

    def get(self, path: str) -> int:
        """Ask for a page and give the status, or 0 if nobody answers."""
        address = f"http://127.0.0.1:{self.port}{path}"
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def end(self) -> None:
        """End what was started and is still running."""
        for process in self.started:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(15)
                if process.poll() is None:
                    process.kill()
                    process.wait()


def descendants(pid: int) -> list[int]:
    """Give the process and all that came from it."""
    found = [pid]
    with suppress(FileNotFoundError, ProcessLookupError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                found.extend(descendants(int(child)))
    return found


def is_running(pid: int) -> bool:
    """Tell whether a process does anything any more."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@contextmanager
def installation(folder: Path, *, fresh: bool = False, **settings: str) -> Iterator[Installation]:
    """Make an installation on the engine that the suite runs on, and end it afterwards.

    Unless it is to be `fresh`, its database has its shape already.
    """
    data = folder / "data"
    with prepared.database(data, fresh=fresh) as url:
        environment = prepared.outside()
        environment |= {"ESTAFETA_DATA": str(data), "ESTAFETA_DATABASE_URL": url}
        environment |= {f"ESTAFETA_{key.upper()}": value for key, value in settings.items()}
        environment["PYTHONUNBUFFERED"] = "1"
        made = Installation(folder, environment)
        try:
            yield made
        finally:
            made.end()
