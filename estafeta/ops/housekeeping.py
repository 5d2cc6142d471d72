"""Small nightly work that keeps an installation quick."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection

from estafeta.accounts.sessions import forget_dead


def statistics() -> None:
    """Let the database look again at what its tables hold, so that it chooses good plans."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA optimize" if connection.vendor == "sqlite" else "ANALYZE")


def sessions() -> None:
    """Delete sessions that have expired, and what tells of them."""
    call_command("clearsessions")
    forget_dead()
