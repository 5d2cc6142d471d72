"""Administration: what the priorities are called, and their colours."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from estafeta.accounts.actions import branding
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Site
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.tabs import tabs
from estafeta.tickets.models import Priority

COLOURS = {
    "": gettext_lazy("As it is in the product"),
    "grey": pgettext_lazy("colour", "Grey"),
    "blue": pgettext_lazy("colour", "The accent colour"),
    "green": pgettext_lazy("colour", "Green"),
    "amber": pgettext_lazy("colour", "Amber"),
    "red": pgettext_lazy("colour", "Red"),
    "violet": pgettext_lazy("colour", "Violet"),
}


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def priorities(request: DeskRequest) -> HttpResponse:
    """A name in each language and a colour for each; the four values themselves stay."""
    looks, errors = Site.objects.get_or_create(pk=1)[0].priority_looks, {}
    if request.method == "POST":
        looks = _sent(request.POST)
        try:
            branding.change_priorities(by=request.user, looks=looks)
        except Invalid as wrong:
            errors = wrong.errors
        else:
            messages.success(request, _("The priorities are saved."))
            return HttpResponseRedirect(reverse("manage_priorities"))
    context = {
        "tabs": tabs("manage_priorities"), "errors": errors,
        "languages": settings.LANGUAGES, "colours": list(COLOURS.items()),
        "lines": [_line(value, looks.get(str(value.value), {})) for value in reversed(Priority)],
    }  # fmt: skip
    return render_page(
        request, "desk/people/priorities.html", context, status=422 if errors else 200
    )


def _sent(data: QueryDict) -> branding.Looks:
    return {
        str(value): {
            "names": {code: data.get(f"{value}-{code}", "") for code, _name in settings.LANGUAGES},
            "colour": data.get(f"{value}-colour", ""),
        }
        for value in Priority.values
    }


def _line(priority: Priority, look: dict[str, Any]) -> dict[str, Any]:
    own = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            own[code] = str(priority.own_label)
    return {
        "value": priority.value, "label": priority.label, "own": own,
        "names": look.get("names", {}), "colour": look.get("colour", ""),
    }  # fmt: skip
