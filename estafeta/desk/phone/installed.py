"""What a browser fetches to carry this place beyond its pages: the service worker and the manifest."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from estafeta.accounts.brand import brand
from estafeta.desk.phone import icons
from estafeta.lib import scripts

SOURCE = Path(__file__).resolve().parents[2] / "static" / "js" / "service_worker.js"
LIGHT = "#f6f7f9"
"""The ground of our pages (css/tokens.css)."""
LONGEST_SHORT_NAME = 30
SHELL = (
    "css/all.css", "css/pages/ticket.css", "js/theme_early.js", "js/app.js", "js/ticket.js",
    "js/new_ticket.js", "js/offline_list.js", "vendor/htmx-2.0.11.min.js", "icons/sprite.svg", "icons/favicon.svg",
    "icons/app-192.png", "fonts/inter-latin-wght-normal.woff2",
    "fonts/inter-cyrillic-wght-normal.woff2",
)  # fmt: skip
"""Without these no page looks like ours."""


@cache
def _code() -> bytes:
    told = {"root": settings.STATIC_URL, "shell": [static(path) for path in SHELL]}
    return f"const INSTALLED = {json.dumps(told)};\n{scripts.alone(SOURCE)}".encode()


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
    told: dict[str, Any] = {
        "id": "/", "name": looks.name, "short_name": looks.name[:LONGEST_SHORT_NAME],
        "lang": get_language() or "en", "dir": "ltr", "start_url": "/", "scope": "/",
        "display": "standalone", "background_color": LIGHT, "theme_color": LIGHT,
        "categories": ["business", "productivity"], "icons": icons.listed(),
        "shortcuts": [
            _shortcut(_("New ticket"), "/tickets/new"),
            _shortcut(_("My tickets"), "/mine"),
            _shortcut(_("Chat"), "/chat"),
        ],
        "share_target": {
            "action": "/share", "method": "POST", "enctype": "multipart/form-data",
            "params": {
                "title": "title", "text": "text", "url": "url",
                "files": [{"name": "files", "accept": ["image/*", "video/*", "audio/*", "text/*", "application/*"]}],
            },
        },
    }  # fmt: skip
    body = json.dumps(told, ensure_ascii=False)
    response = HttpResponse(body, content_type="application/manifest+json; charset=utf-8")
    patch_cache_control(response, private=True, max_age=3600)
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


def _shortcut(name: str, url: str) -> dict[str, Any]:
    icon = {"src": static("icons/app-192.png"), "sizes": "192x192", "type": "image/png"}
    return {"name": name, "url": url, "icons": [icon]}
