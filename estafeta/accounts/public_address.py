"""The address that links in mails begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from estafeta.accounts.models import Site

if TYPE_CHECKING:
    from django.http import HttpRequest


def base_for(request: HttpRequest) -> str:
    """What settings or administrator have said; only where neither has, what the browser asked.

    For requests of whoever administers: anybody else could send any Host header, and the link that
    is built from it would lead to him.
    """
    return Site.current().address or request.build_absolute_uri("/").rstrip("/")


def base_for_anybody(request: HttpRequest) -> str:
    """The same where anybody may ask; nothing while neither address nor host names are set."""
    if not Site.current().address and "*" in settings.ALLOWED_HOSTS:
        return ""
    return base_for(request)
