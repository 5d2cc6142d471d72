"""Pages are sent compressed where nobody stands in between who would do it: a list is a tenth then.

Behind a proxy it is the proxy's work (docs), and costs us nothing. The fastest level is enough.
"""

from __future__ import annotations

import gzip
import io
import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

LEAST = 4096
"""Smaller ones fit into the first packets anyway."""
MOST_PADDING = 100


class CompressingMiddleware:
    """Compress whole pages and large fragments."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._is_ours = not settings.ALLAUTH_TRUSTED_PROXY_COUNT

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, compressed where the browser takes it."""
        response = self.get_response(request)
        if not self._is_ours or not _is_page(response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            response.content = compressed(response.content)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(response.content))
        return response


def _is_page(response: HttpResponse) -> bool:
    return (
        not response.streaming
        and response.headers.get("Content-Type", "").startswith("text/html")
        and "Content-Encoding" not in response.headers
        and len(response.content) >= LEAST
    )


def compressed(content: bytes) -> bytes:
    """With a length that says nothing exact: nobody guesses what is inside by how well it shrinks."""
    written = io.BytesIO()
    name = "a" * secrets.randbelow(MOST_PADDING)
    with gzip.GzipFile(name, "wb", compresslevel=1, fileobj=written, mtime=0) as file:
        file.write(content)
    return written.getvalue()
