"""Keys with which whoever sends a form or a request marks it, so that sending it twice acts once."""

from __future__ import annotations

from dataclasses import dataclass


class KeyReused(Exception):
    """The key was used before for something else (422 in the API)."""


@dataclass(frozen=True)
class Key:
    """Chosen by the sender; `digest` tells whether the same thing is sent again."""

    key: str
    digest: str
