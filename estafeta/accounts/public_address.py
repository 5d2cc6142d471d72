"""The address that links in mails begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estafeta.accounts.models import Site

if TYPE_CHECKING:
    from django.http import HttpRequest


def base_for(request: HttpRequest) -> str:
    """What settings or administrator have said; only where neither has, what the browser asked.

    Anybody can send any Host header: a link built from it could lead elsewhere.
    """
    return Site.current().address or request.build_absolute_uri("/").rstrip("/")
