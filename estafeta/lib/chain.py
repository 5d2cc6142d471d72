"""The arithmetic of append-only tables: each row's hash covers its content and the hash before it.

Whoever changes, removes, adds or reorders a row has to change every hash after it, and the head
that is kept elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def moment(at: datetime) -> str:
    """A moment as it stands in hashed content: UTC, microseconds, the same on both engines."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def link(previous: str, content: Mapping[str, Any]) -> str:
    """SHA-256 over the previous hash and the content as canonical JSON (64 hex digits)."""
    return hashlib.sha256(f"{previous}\n{_canonical(content)}".encode()).hexdigest()


def new_salt() -> str:
    """128 random bits (32 hex digits): nobody guesses content through a hash that covers them."""
    return secrets.token_hex(16)


def commitment(salt: str, content: Mapping[str, Any]) -> str:
    """SHA-256 over the salt and the content: fixes the content, and tells nothing of it."""
    return hashlib.sha256(f"{salt}\n{_canonical(content)}".encode()).hexdigest()


def link_over(previous: str, committed: str) -> str:
    """SHA-256 over the previous hash and a commitment: can be checked without the content."""
    return hashlib.sha256(f"{previous}\n{committed}".encode()).hexdigest()
