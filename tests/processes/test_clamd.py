"""A real ClamAV daemon looks into files that come in."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from estafeta.lib import clamd
from estafeta.tickets.errors import Invalid
from estafeta.tickets.files.uploading import CannotCheck, keep_draft
from estafeta.tickets.models import Attachment
from tests.cast import Cast

CLAMD = shutil.which("clamd") or "/usr/sbin/clamd"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SMALL_LIMIT = 1024 * 1024

pytestmark = [
    pytest.mark.service, pytest.mark.slow,
    pytest.mark.skipif(not Path(CLAMD).exists(), reason="clamav-daemon is not installed"),
]  # fmt: skip


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: Any) -> Iterator[str]:
    """With one signature of our own: that of the harmless test file of the trade."""
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "signatures").mkdir()
    mark = hashlib.md5(EICAR).hexdigest()
    (folder / "signatures" / "test.hdb").write_text(f"{mark}:{len(EICAR)}:Eicar-Test\n")
    address = folder / "clamd.sock"
    (folder / "clamd.conf").write_text(
        f"LocalSocket {address}\nDatabaseDirectory {folder / 'signatures'}\nForeground yes\n"
        f"LogFile {folder / 'log'}\nStreamMaxLength {SMALL_LIMIT}\n"
    )
    process = subprocess.Popen(
        [CLAMD, "--config-file", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL
    )
    try:
        for _attempt in range(300):
            if address.exists() or process.poll() is not None:
                break
            time.sleep(0.1)
        assert process.poll() is None, (folder / "log").read_text()
        yield str(address)
    finally:
        process.terminate()
        process.wait(20)


def test_it_finds_the_virus_and_lets_the_clean_pass(daemon: str) -> None:
    assert clamd.scan(daemon, io.BytesIO(EICAR)) == "Eicar-Test.UNOFFICIAL"
    assert clamd.scan(daemon, io.BytesIO(b"clean" * 100_000)) is None
    with pytest.raises(clamd.Unreachable):
        clamd.scan(daemon, io.BytesIO(bytes(2 * SMALL_LIMIT)))


def test_a_virus_is_not_kept_and_a_daemon_that_is_gone_lets_nothing_in(
    daemon: str, cast: Cast, settings: Any
) -> None:
    settings.CLAMD = daemon
    with pytest.raises(Invalid, match="Eicar"):
        keep_draft(io.BytesIO(EICAR), "letter.txt", by=cast.agent)
    assert keep_draft(io.BytesIO(b"clean"), "letter.txt", by=cast.agent)
    settings.CLAMD = f"{daemon}.gone"
    with pytest.raises(CannotCheck):
        keep_draft(io.BytesIO(b"clean"), "letter.txt", by=cast.agent)
    assert Attachment.objects.count() == 1
