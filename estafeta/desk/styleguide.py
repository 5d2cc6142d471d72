"""All components together, with long words, in both themes: a page of development mode only."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from estafeta.desk import styleguide_samples as samples

PAGES = ("components", "list", "ticket", "form", "dashboard", "signin", "error")


def styleguide(request: HttpRequest, page: str = "components") -> HttpResponse:
    """Show one of the pages of the styleguide; `?theme=dark` shows it in that theme."""
    if not settings.DEBUG or page not in PAGES:
        raise Http404
    return render(request, f"styleguide/{page}.html", context(page, request.GET.get("theme")))


def context(page: str, theme: str | None = None) -> dict[str, Any]:
    """What the templates of the styleguide need."""
    return {
        "theme": theme if theme in ("light", "dark") else "auto",
        "shell": samples.shell(page, PAGES),
        "rows": samples.rows(),
        "people": samples.PEOPLE,
        "relay": samples.relay(),
        "actions": samples.actions(),
        "now": samples.now(),
    }
