"""The places of a run: data folders, databases, and programs of the product with their settings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure.processes import tree
from bench.sizes import VERSION

HOME = Path(__file__).resolve().parent.parent
ROOT = HOME.parent
DATA, OUT = HOME / "data", HOME / "out"
PORT = 8171
START_SECONDS = 60

UNLIMITED = {
    f"ESTAFETA_{what}_PER_MINUTE": "0"
    for what in ("API_REQUESTS", "UPLOADS", "STORIES", "EXPORTS", "SEARCHES", "PREVIEWS")
} | {"ESTAFETA_ALIKE_TOLD_SINGLY": "0"}
"""One person asks here as often as a whole department, and each thing done is told by itself."""


@dataclass
class Installation:
    """One data set in one engine."""

    size: str
    folder: Path
    database_url: str = ""
    database_pids: list[int] = field(default_factory=list)

    def environment(self, **more: str) -> dict[str, str]:
        """What the product's programs are started with."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("ESTAFETA_")}
        if self.database_url:
            kept["ESTAFETA_DATABASE_URL"] = self.database_url
        return (
            kept | UNLIMITED | {"ESTAFETA_DATA": str(self.folder), "PYTHONPATH": str(ROOT)} | more
        )

    def run(self, module: str, *words: str) -> str:
        """Run a module of the bench inside this installation; give what it prints last."""
        done = subprocess.run(
            [sys.executable, "-m", module, *words], cwd=ROOT, env=self.environment(), check=True,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""

    @property
    def is_made(self) -> bool:
        """Whether the data set is there, in the form of today."""
        stamp = self.folder / "made"
        return stamp.exists() and stamp.read_text() == str(VERSION)

    def make(self) -> None:
        """Make the data set anew; what an interrupted attempt has left goes first."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        command = [sys.executable, "-m", "bench.sets.load", self.size]
        subprocess.run(command, cwd=ROOT, env=self.environment(), check=True)
        (self.folder / "made").write_text(str(VERSION))

    @contextmanager
    def served(self, *, workers: int = 2, **settings: str) -> Iterator[int]:
        """The real server with its worker; gives the pid of the supervisor."""
        log = self.folder / "serve.log"
        program = Path(sys.executable).with_name("estafeta")
        command = [program, "serve", "--port", str(PORT), "--workers", str(workers), "--no-demo"]
        with log.open("w") as out:
            server = subprocess.Popen(
                command, cwd=ROOT, env=self.environment(**settings), stdout=out, stderr=out
            )
            try:
                _wait_for(f"http://127.0.0.1:{PORT}/healthz", server, log)
                yield server.pid
            finally:
                end(server)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    last = time.monotonic() + START_SECONDS
    while time.monotonic() < last and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit(f"It does not answer at {address}:\n{log.read_text()[-2000:]}")


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and see to it that its children have ended too."""
    pids = tree(process.pid)
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pid in pids[1:]:
        if Path(f"/proc/{pid}").exists():
            time.sleep(0.5)
