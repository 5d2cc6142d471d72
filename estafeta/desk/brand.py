"""The style sheet of an accent colour: a function of the colour alone, so it may be kept for ever."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from estafeta.lib import colours

NAMES = {
    "accent": "--accent", "strong": "--accent-strong", "on_accent": "--on-accent",
    "soft": "--accent-soft", "text": "--accent-text",
}  # fmt: skip
A_YEAR = 31_536_000


@require_safe
def sheet(request: HttpRequest, colour: str) -> HttpResponse:
    """`/brand/2457c5.css`; for everybody, because the sign-in page wears it too."""
    if not colours.is_colour(f"#{colour}"):
        raise Http404
    response = HttpResponse(written(f"#{colour}"), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def written(colour: str) -> str:
    """Our tokens, with both shades of each."""
    light, dark = asdict(colours.light(colour)), asdict(colours.dark(colour))
    pairs = [f"{NAMES[name]}: light-dark({light[name]}, {dark[name]});" for name in NAMES]
    selected = f"--selected: light-dark({light['soft']}, {dark['soft']});"
    return f":root {{ {' '.join([*pairs, selected])} }}\n"
