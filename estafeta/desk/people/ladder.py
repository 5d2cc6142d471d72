"""Administration: how urgent tickets call louder when nobody answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from estafeta.accounts.errors import Invalid
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.tabs import tabs
from estafeta.notifications import channel_settings
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.ladder import rungs
from estafeta.notifications.ladder.rungs import Step
from estafeta.notifications.models import Rung, Whom

Line = dict[str, Any]


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def ladder(request: DeskRequest) -> HttpResponse:
    """The steps one below the other, and an empty one to add; before the last one goes, it asks."""
    lines: list[Line] = [_line(row) for row in Rung.objects.all()]
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        stored, lines = lines, _sent(request.POST)
        try:
            if stored and not lines and "without" not in request.POST:
                lines = stored
                raise Invalid({"last": [_("Without steps an urgent ticket calls only once.")]})
            rungs.change(by=request.user, steps=[_step(line) for line in lines])
        except Invalid as wrong:
            errors = wrong.errors
        else:
            messages.success(request, _("The steps are saved."))
            return HttpResponseRedirect(reverse("manage_ladder"))
    ready = channel_settings.ready()
    context = {
        "tabs": tabs("manage_ladder"), "lines": lines, "errors": errors, "most": rungs.MOST,
        "whom": Whom.choices,
        "channels": [
            (name, channel.label)
            for name, channel in CHANNELS.items()
            if channel.is_personal and (name in ready or _is_used(name, lines))
        ],
    }  # fmt: skip
    return render_page(request, "desk/people/ladder.html", context, status=422 if errors else 200)


def _is_used(channel: str, lines: list[Line]) -> bool:
    return any(channel in line["channels"] for line in lines)


def _line(rung: Rung) -> Line:
    return {"minutes": rung.after_minutes, "whom": rung.whom, "channels": rung.channels}


def _sent(data: QueryDict) -> list[Line]:
    """Only the empty step that was offered may stay empty."""
    if "without" in data:
        return []
    lines = [
        (
            place,
            {
                "minutes": data.get(f"{place}-minutes", "").strip(),
                "whom": data.get(f"{place}-whom", ""),
                "channels": data.getlist(f"{place}-channels"),
            },
        )
        for place in range(rungs.MOST + 1)
        if f"{place}-minutes" in data and f"{place}-remove" not in data
    ]
    return [line for place, line in lines if line["minutes"] or str(place) != data.get("new")]


def _step(line: Line) -> Step:
    minutes = str(line["minutes"])
    whole = int(minutes) if minutes.isascii() and minutes.isdigit() and len(minutes) < 7 else 0
    return Step(whole, line["whom"], line["channels"])
