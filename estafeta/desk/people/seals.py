"""Administration: the seals over the whole journal, newest first."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from estafeta.accounts.models import Site
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.tabs import tabs
from estafeta.lib import mail_server
from estafeta.lib.ids import bounded
from estafeta.tickets.models import Entry, Seal
from estafeta.tickets.proof.seal_mail import seal_and_mail

ROWS = 50


@administrator
@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """A page of seals, and how much is not sealed yet."""
    text = request.GET.get("before", "")
    before = bounded(int(text)) if text.isdecimal() and len(text) < 20 else 0
    rows = Seal.objects.newest_first()
    found = list((rows.filter(number__lt=before) if before else rows)[: ROWS + 1])
    newest = rows.first()
    unsealed = Entry.objects.filter(pk__gt=newest.up_to if newest else 0)
    context = {
        "tabs": tabs("seals"), "seals": found[:ROWS],
        "newest": reverse("seals") if before else "",
        "older": f"?before={found[ROWS - 1].number}" if len(found) > ROWS else "",
        "unsealed": unsealed.order_by("pk")[:10_000].count(),
        "address": Site.current().seal_address, "sends_mail": bool(mail_server.current().host),
    }  # fmt: skip
    return render_page(request, "desk/people/seals.html", context)


@administrator
@require_POST
def make(request: DeskRequest) -> HttpResponse:
    """Do not wait for the night."""
    made = seal_and_mail()
    messages.success(request, _("Seal %(number)s is made.") % {"number": made[-1].number})
    return HttpResponseRedirect(reverse("seals"))
