"""The code that whoever started the installation knows: without it nobody takes it over."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils.crypto import constant_time_compare


def _file() -> Path:
    return Path(settings.DATA) / "setup_code"


def setup_code() -> str:
    """The code, made when first asked for and kept readable by the owner only."""
    with suppress(FileExistsError):
        handle = os.open(_file(), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with open(handle, "w") as out:
            out.write(secrets.token_urlsafe(18))
    return _file().read_text().strip()


def is_right(code: str) -> bool:
    """Whether this is the code."""
    return constant_time_compare(code.strip().encode(), setup_code().encode())


def forget_code() -> None:
    """Remove it when it has done its work."""
    _file().unlink(missing_ok=True)


def set_up_address(base: str) -> str | None:
    """What `serve` prints while nobody has set the installation up; else None."""
    from estafeta.accounts.models import Site

    if Site.objects.filter(pk=1, is_set_up=True).exists():
        return None
    return f"{base}/first-run?code={setup_code()}"
