"""All components together, with long words, in both themes: a page of development mode only."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from estafeta.desk import styleguide_samples as samples
from estafeta.lib import markdown

PAGES = ("components", "list", "ticket", "form", "dashboard", "signin", "error")


@require_safe
def styleguide(request: HttpRequest, page: str = "components") -> HttpResponse:
    """Show one of the pages of the styleguide; `?theme=dark` shows it in that theme."""
    if not settings.DEBUG or page not in PAGES:
        raise Http404
    return render(request, f"styleguide/{page}.html", context(page, request.GET.get("theme")))


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """What the sample pickers find."""
    if not settings.DEBUG:
        raise Http404
    wanted = request.GET.get("q", "").casefold()
    found = [person for person in samples.PEOPLE if wanted in person.name.casefold()]
    results = [
        {"value": one.hue, "label": one.name, "initials": one.initials, "hue": one.hue}
        for one in found
    ]
    return JsonResponse({"results": results})


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What the sample Markdown looks like."""
    if not settings.DEBUG:
        raise Http404
    return HttpResponse(markdown.render(request.POST.get("text", "")))


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


urlpatterns = [
    path("styleguide", styleguide, name="styleguide"),
    path("styleguide/people.json", people),
    path("styleguide/preview", preview),
    path("styleguide/<str:page>", styleguide),
]
