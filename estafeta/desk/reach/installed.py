"""What a browser fetches to carry this place beyond its pages: the service worker and the manifest."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from estafeta.accounts.brand import brand

SOURCE = Path(__file__).resolve().parents[2] / "static" / "js" / "service_worker.js"
BACKGROUND = "#ffffff"


@cache
def _code() -> bytes:
    return SOURCE.read_bytes()


@cache
def _tag() -> str:
    return f'"{hashlib.sha256(_code()).hexdigest()[:20]}"'


@require_safe
@condition(etag_func=lambda *_: _tag())
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, so that it speaks for every page; its version is its content."""
    response = HttpResponse(_code(), content_type="text/javascript; charset=utf-8")
    patch_cache_control(response, no_cache=True)
    return response


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What lets a phone put this place on its home screen; iPhones push to nothing else."""
    looks = brand()
    icons = [
        {"src": static(f"icons/app-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    told = {
        "id": "/", "name": looks.name, "short_name": looks.name[:30], "start_url": "/",
        "scope": "/", "display": "standalone", "background_color": BACKGROUND,
        "theme_color": BACKGROUND, "icons": icons,
    }  # fmt: skip
    body = json.dumps(told, ensure_ascii=False)
    response = HttpResponse(body, content_type="application/manifest+json; charset=utf-8")
    patch_cache_control(response, max_age=3600)
    return response
