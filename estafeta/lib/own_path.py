"""Where a page may send a person on to: only to paths of this installation."""

from __future__ import annotations

from django.utils.http import url_has_allowed_host_and_scheme


def own_path(asked: str) -> str:
    """The path when it is one of ours, else nothing: no scheme, no host, no backslash tricks."""
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return ""
