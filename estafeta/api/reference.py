"""The API described: for programs, and for people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from estafeta.accounts.models import Site
from estafeta.api import reading
from estafeta.api.document import document
from estafeta.api.rendering import as_json


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, open to everybody: it tells nothing of this installation's data."""
    response = HttpResponse(as_json(document()), content_type="application/json")
    response["Cache-Control"] = "public, max-age=300"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """A page on which to read it and to try it with one's own token."""
    context = {
        "intro": reading.intro(),
        "groups": reading.groups(),
        "theme": getattr(request.user, "theme", "auto"),
        "site_name": Site.current().organisation_name,
    }
    return render(request, "api/reference.html", context)
