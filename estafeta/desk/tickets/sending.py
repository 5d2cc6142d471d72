"""What a form sends about itself: a one-time key, and how much of the journal its writer had seen."""

from __future__ import annotations

import hashlib
import json
import secrets

from django.http import HttpRequest

from estafeta.lib.text import one_line
from estafeta.tickets.submissions import Key

MOST = 2**31 - 1
_ABOUT_ITSELF = frozenset({"csrfmiddlewaretoken", "seen", "key"})


def fresh_key() -> str:
    """For one form: however often it arrives, it acts once."""
    return secrets.token_urlsafe(12)


def key_of(request: HttpRequest, *, otherwise: str = "") -> Key | None:
    """The key the form carried, with a digest of where it was sent and what was filled in.

    A text first sent as a reply and then as a note, or to another ticket, is not the same again.
    """
    key = one_line(request.POST.get("key", "")[:100]) or otherwise
    if not key:
        return None
    fields = sorted(
        (name, values) for name, values in request.POST.lists() if name not in _ABOUT_ITSELF
    )
    sent = json.dumps([request.path, fields]).encode()
    return Key(f"desk:{key}", hashlib.sha256(sent).hexdigest())


def seen_of(request: HttpRequest) -> int | None:
    """How long the journal was on the page from which this was sent."""
    return a_number(request.POST.get("seen") or request.GET.get("seen"))


def a_number(text: str | None) -> int | None:
    """A plain number that both engines can compare, or nothing."""
    if text and text.isascii() and text.isdigit() and len(text) <= 10:
        return min(int(text), MOST)
    return None
