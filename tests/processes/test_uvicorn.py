"""The application is plain ASGI: another server runs it too."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.installation import ROOT, Installation, eventually, free_port, installation

pytestmark = [pytest.mark.service, pytest.mark.slow]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Installation]:
    """Give an installation that uvicorn serves."""
    with installation(tmp_path) as made:
        made.port = free_port()
        command = [sys.executable, "-m", "uvicorn", "estafeta.asgi:application", "--port"]
        with made.log.open("w") as log:
            process = subprocess.Popen(
                [*command, str(made.port), "--timeout-graceful-shutdown", "2"],
                env=made.environment,
                cwd=ROOT,
                text=True,
                stdout=log,
                stderr=log,
            )
        made.started.append(process)
        eventually(lambda: made.get("/healthz") == 200, what="an answer")
        yield made


def test_pages_files_and_streams_answer_and_all_ends(made: Installation) -> None:
    assert made.get("/files/photos/1.webp?s=forged") == 404
    assert made.get("/events") in (200, 401, 403, 404)
    process = made.started[0]
    os.kill(process.pid, signal.SIGTERM)
    # uvicorn ends itself with the signal it was sent, once it has shut down in order.
    assert process.wait(10) in (0, -signal.SIGTERM)
    assert "Traceback" not in made.log.read_text()
