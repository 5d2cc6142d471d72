"""Administration: in whose name letters about the tickets of each department are sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Department
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.tabs import tabs
from estafeta.notifications.administering.senders import change_senders
from estafeta.notifications.channels.mail.addresses import sender_of
from estafeta.notifications.channels.mail.senders import sender_for
from estafeta.notifications.channels.mail.server import current
from estafeta.notifications.models import MailSender


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: DeskRequest) -> HttpResponse:
    """All departments that take tickets, each with a name and an address."""
    departments = Department.objects.active().in_tree_order()
    kept = {row.department_id: (row.name, row.address) for row in MailSender.objects.all()}
    given = {row: kept.get(row.pk, ("", "")) for row in departments}
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        data = request.POST
        given = {
            row: (data.get(f"name-{row.pk}", ""), data.get(f"address-{row.pk}", ""))
            for row in departments
        }
        try:
            change_senders(given, by=request.user)
        except Invalid as wrong:
            errors = wrong.errors
        else:
            messages.success(request, _("The senders are saved."))
            return HttpResponseRedirect(reverse("mail_senders"))
    usual = current().sender
    context = {
        "tabs": tabs("manage_channels"), "errors": errors, "usual": usual,
        "lines": [
            {
                "department": row, "depth": min(row.depth, 4), "name": name, "address": address,
                "is_own": row.pk in kept, "now": _readable(sender_for(row.pk, usual)),
                "is_open": bool(name or address) or f"address-{row.pk}" in errors,
            }
            for row, (name, address) in given.items()
        ],
    }  # fmt: skip
    return render_page(
        request, "desk/channels/senders.html", context, status=422 if errors else 200
    )


def _readable(sender: str) -> str:
    """Without the marks that headers need."""
    return " · ".join(filter(None, sender_of(sender) or (sender,)))
