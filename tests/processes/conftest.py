"""An installation that sends its mail to a server of the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.installation import Installation, installation
from tests.services.smtp import Mailbox, mail_server


@pytest.fixture
def box() -> Iterator[Mailbox]:
    """What the server has taken."""
    with mail_server() as box:
        yield box


@pytest.fixture
def made(tmp_path: Path, box: Mailbox) -> Iterator[Installation]:
    """The installation."""
    with installation(
        tmp_path, smtp_host="127.0.0.1", smtp_port=str(box.port), smtp_security="none"
    ) as made:
        yield made
