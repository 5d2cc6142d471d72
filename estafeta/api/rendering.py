"""JSON as people write it: UTF-8 text, no escapes for Cyrillic."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja.renderers import BaseRenderer


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return str(value)


def as_json(data: Any) -> bytes:
    """UTF-8; lone surrogates, which UTF-8 cannot hold, become JSON's own escapes."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return text.encode("utf-8", "backslashreplace")


class Utf8Renderer(BaseRenderer):
    """Every answer of the API that is not a problem."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return as_json(data)
