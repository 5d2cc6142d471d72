"""Whom an announcement reaches: foreseen before it is sent, and who has read it since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from estafeta.accounts import announcement_readers, permissions
from estafeta.accounts.models import Announcement
from estafeta.desk.page import DeskRequest, page_number, render_page, signed_in
from estafeta.lib.ids import bounded
from estafeta.notifications.models import Delivery, DeliveryState

ROWS = 50
NAMED = 12
SHOWN = ("all", "read", "unread")


@dataclass(frozen=True)
class Foreseen:
    """Who would get it now."""

    count: int
    without_mail: int
    names: list[str]

    @property
    def more(self) -> int:
        """So many are not named."""
        return self.count - len(self.names)


def foreseen(values: dict[str, Any]) -> Foreseen:
    """What sending would mean; `values` are those of the form, cleaned."""
    found = announcement_readers.readers(
        values["audience"], departments=list(values["departments"]), roles=values["roles"]
    )
    names = list(found.order_by("name", "pk").values_list("name", flat=True)[:NAMED])
    return Foreseen(found.count(), found.filter(email="").count(), names)


@require_safe
@signed_in
def readers(request: DeskRequest, number: int) -> HttpResponse:
    """Who has read it and who has not, for whoever may change it."""
    row = Announcement.objects.filter(pk=bounded(number)).first()
    if row is None or not permissions.may_change_announcement(request.user, row):
        raise Http404
    everybody = announcement_readers.readers_of(row)
    wanted = request.GET.get("show", "all")
    people = {
        "read": everybody.filter(read_at__isnull=False).order_by("-read_at", "pk"),
        "unread": everybody.filter(read_at=None).order_by("name", "pk"),
    }.get(wanted, everybody.order_by("name", "pk"))
    page = Paginator(people, ROWS).get_page(page_number(request))
    wanted = wanted if wanted in SHOWN else "all"
    count, read = everybody.count(), everybody.filter(read_at__isnull=False).count()
    context = {
        "row": row, "people": page, "count": count, "read": read,
        "shown": [
            {"label": label, "href": f"?show={key}", "current": key == wanted, "count": number}
            for key, label, number in (
                ("all", _("All"), count),
                ("unread", _("Not yet"), count - read),
                ("read", pgettext("readers", "Have read"), read),
            )
        ],
        "sent": _sent(row),
        "newer": f"?show={wanted}&page={page.number - 1}" if page.has_previous() else "",
        "older": f"?show={wanted}&page={page.number + 1}" if page.has_next() else "",
    }  # fmt: skip
    return render_page(request, "desk/announcements/readers.html", context)


def _sent(row: Announcement) -> dict[str, int]:
    """How many messages stand where."""
    rows = Delivery.objects.filter(announcement=row).order_by().values("state")
    found = dict(rows.annotate(n=Count("pk")).values_list("state", "n"))
    return {str(state.label): found[state] for state in DeliveryState if state in found}
