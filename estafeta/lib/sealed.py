"""Secrets as they lie in the database: of no use to whoever has only the database.

Fernet (AES-128-CBC and HMAC-SHA-256) under a key derived from the installation's own by HKDF. The
library is loaded when it is first needed, for most processes never open anything.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

_PURPOSE = b"estafeta secrets in the database"


class CannotBeOpened(Exception):
    """It was sealed under another key: the installation's key has changed since."""


def sealed(text: str) -> str:
    """Seal a secret; the same secret looks different each time."""
    return _box(settings.SECRET_KEY).encrypt(text.encode()).decode()


def opened(sealed_text: str) -> str:
    """Give the secret. Raises CannotBeOpened."""
    from cryptography.fernet import InvalidToken

    try:
        return _box(settings.SECRET_KEY).decrypt(sealed_text.encode()).decode()
    except InvalidToken as error:
        raise CannotBeOpened("It was sealed under another key.") from error


@lru_cache(maxsize=2)
def _box(secret: str) -> Fernet:
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    key = HKDF(SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
