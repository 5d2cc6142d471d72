"""The picture on the home screen: ours, or made of the logo of the installation."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from estafeta.accounts import logos
from estafeta.accounts.brand import app_icon as app_icon_address
from estafeta.accounts.models import Site

SIZES = (192, 512)
ANY, MASKABLE = "any", "maskable"
FILLED = {ANY: 0.84, MASKABLE: 0.62}
"""How much of the square a logo takes; systems cut a fifth off the edge of a maskable one."""
GROUND = (255, 255, 255, 255)
CORNER = 0.2
A_YEAR = 31_536_000


def listed() -> list[dict[str, str]]:
    """For the manifest."""
    return [
        {"src": app_icon_address(size, purpose), "sizes": f"{size}x{size}", "type": "image/png",
         "purpose": purpose}
        for purpose in FILLED for size in SIZES
    ]  # fmt: skip


@require_safe
def app_icon(request: HttpRequest, purpose: str, size: int, name: str) -> HttpResponse:
    """The logo in a square; for everybody, as the logo itself is."""
    site = Site.known()
    if site is None or site.logo != name or size not in SIZES or purpose not in FILLED:
        raise Http404
    try:
        content = _made(name, size, purpose)
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(content, content_type="image/png")
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


@lru_cache(maxsize=len(SIZES) * len(FILLED))
def _made(name: str, size: int, purpose: str) -> bytes:
    from PIL import Image, ImageDraw

    with Image.open(settings.MEDIA_ROOT / logos.FOLDER / name) as logo:
        drawn: Any = logo.convert("RGBA")
    most = round(size * FILLED[purpose])
    scale = min(most / drawn.width, most / drawn.height)
    fitting = (max(1, round(drawn.width * scale)), max(1, round(drawn.height * scale)))
    drawn = drawn.resize(fitting, Image.Resampling.LANCZOS)
    square: Any = Image.new("RGBA", (size, size), GROUND if purpose == MASKABLE else (0, 0, 0, 0))
    if purpose == ANY:
        corner = round(size * CORNER)
        ImageDraw.Draw(square).rounded_rectangle((0, 0, size - 1, size - 1), corner, GROUND)
    place = ((size - drawn.width) // 2, (size - drawn.height) // 2)
    square.alpha_composite(drawn, place)
    written = io.BytesIO()
    square.save(written, "PNG", optimize=True)
    return written.getvalue()
