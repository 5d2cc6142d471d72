"""Administration: the words of all messages of one channel, event by event and language by language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.tabs import tabs
from estafeta.notifications.models import MessageTemplate
from estafeta.notifications.wording.places import PLACES, events_of


@administrator
@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """Which are changed, and which could not be used; `?channel=` chooses."""
    ways = list(PLACES.values())
    chosen = request.GET.get("channel", "")
    chosen = chosen if chosen in PLACES else ways[0].name
    rows = list(MessageTemplate.objects.all())
    context = {
        "tabs": tabs("manage_templates"), "channels": ways, "chosen": chosen,
        "counts": {way.name: sum(row.channel == way.name for row in rows) for way in ways},
        "events": list(events_of(chosen).values()), "languages": settings.LANGUAGES,
        "changed": {(row.event, row.language): row for row in rows if row.channel == chosen},
    }  # fmt: skip
    return render_page(request, "desk/channels/templates.html", context)
