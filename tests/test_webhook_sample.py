"""The receiver in the documentation does what the documentation says."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from estafeta.notifications import deliver, fan_out
from estafeta.notifications.models import Delivery
from estafeta.notifications.webhooks import changing
from estafeta.notifications.webhooks.changing import Wanted
from tests.cast import Cast
from tests.orders import order
from tests.services.installation import eventually, free_port

SAMPLE = Path(__file__).resolve().parent.parent / "docs" / "samples" / "webhook_receiver.py"
pytestmark = pytest.mark.service


@pytest.fixture
def sample(tmp_path: Path, cast: Cast, settings: Any) -> Iterator[Any]:
    """A webhook and the sample that takes it; gives port and what the sample prints."""
    settings.INSIDE_ADDRESSES = ["127.0.0.1"]
    port, out = free_port(), tmp_path / "out"
    wanted = Wanted("CRM", f"http://127.0.0.1:{port}/", [], [], with_notes=False)
    _webhook, secret = changing.make(wanted, by=cast.admin)
    with out.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, str(SAMPLE), str(port)],
            env={**os.environ, "WEBHOOK_SECRET": secret},
            stdout=said,
            stderr=subprocess.DEVNULL,
        )
    try:
        eventually(lambda: _post(port, {}, b"x") == 401, what="the sample")
        yield port, out
    finally:
        process.terminate()
        process.wait()


def _post(port: int, headers: dict[str, str], body: bytes) -> int:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", body, headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def test_the_sample_takes_what_is_genuine_once_and_nothing_else(cast: Cast, sample: Any) -> None:
    port, out = sample
    order(cast, title="Принтер")
    fan_out.run_once()
    deliver.run_once()
    row = Delivery.objects.get(channel="webhook")
    assert row.server_id.startswith("204"), row.error
    assert "ticket.open" in out.read_text()
    changing.redeliver(row, by=cast.admin)
    time.sleep(0.1)
    deliver.run_once()
    row.refresh_from_db()
    assert row.server_id.startswith("204"), row.error
    assert out.read_text().count("ticket.open") == 1, "a repeat is acted on once"
    forged = {
        "webhook-id": "msg_9", "webhook-timestamp": str(int(time.time())),
        "webhook-signature": "v1,AAAA",
    }  # fmt: skip
    assert _post(port, forged, b"{}") == 401
