"""The list, one webhook with the log of its messages, and what can be done to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from estafeta.accounts.errors import Invalid
from estafeta.desk import once
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.tabs import tabs
from estafeta.desk.webhooks.form import WebhookForm
from estafeta.lib.ids import bounded
from estafeta.notifications.models import Delivery, Webhook
from estafeta.notifications.webhooks import changing

LATEST = 30


@administrator
@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """All of them, and how the last message of each fared."""
    latest = Delivery.objects.filter(target=OuterRef("address")).order_by("-pk").values("pk")[:1]
    rows = Webhook.objects.select_related("address").prefetch_related("departments")
    webhooks: list[Any] = list(rows.annotate(last=Subquery(latest)))
    last = Delivery.objects.in_bulk([row.last for row in webhooks if row.last])
    lines = [(row, last.get(row.last)) for row in webhooks]
    context = {"tabs": tabs("webhooks"), "lines": lines}
    return render_page(request, "desk/webhooks/list.html", context)


@administrator
@sensitive_post_parameters("url")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    """Add one; its secret is shown on its page, this once."""
    form = WebhookForm(None, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            webhook, secret = changing.make(form.wanted, by=request.user)
        except Invalid as wrong:
            wrong.put_into(form)
        else:
            return _with_secret(webhook, secret)
    return _page(request, form, None)


@administrator
@sensitive_post_parameters("url")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: DeskRequest, number: int) -> HttpResponse:
    """Show and change."""
    webhook = _webhook_or_404(number)
    form = WebhookForm(webhook, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            changing.change(webhook, form.wanted, by=request.user)
        except Invalid as wrong:
            wrong.put_into(form)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
            return HttpResponseRedirect(request.path)
    return once.and_forget(request, _page(request, form, webhook))


@administrator
@require_POST
def act(request: DeskRequest, number: int, what: str) -> HttpResponse:
    """Switch it, try it, give it another secret, send something again, remove it."""
    webhook = _webhook_or_404(number)
    if what not in ACTS:
        raise Http404
    try:
        return ACTS[what](request, webhook)
    except Invalid as wrong:
        messages.error(request, str(wrong))
        return _back(webhook)


def _page(request: DeskRequest, form: WebhookForm, webhook: Webhook | None) -> HttpResponse:
    rows = (
        Delivery.objects.filter(target=webhook.address_id) if webhook else Delivery.objects.none()
    )
    context: dict[str, Any] = {
        "tabs": tabs("webhooks"), "form": form, "webhook": webhook, "told": once.told_to(request),
        "log": rows.select_related("entry__ticket").order_by("-pk")[:LATEST],
        "overlap_hours": int(changing.OVERLAP.total_seconds() // 3600),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render_page(request, "desk/webhooks/webhook.html", context, status=status)


def _webhook_or_404(number: int) -> Webhook:
    rows = Webhook.objects.select_related("address").prefetch_related("departments")
    found = rows.filter(pk=bounded(number)).first()
    if found is None:
        raise Http404
    return found


def _back(webhook: Webhook) -> HttpResponse:
    return HttpResponseRedirect(reverse("webhook", args=[webhook.pk]))


def _with_secret(webhook: Webhook, secret: str) -> HttpResponse:
    return once.redirect_with(reverse("webhook", args=[webhook.pk]), {"secret": secret})


def _on(request: DeskRequest, webhook: Webhook) -> HttpResponse:
    changing.switch(webhook, True, by=request.user)
    messages.success(request, _("%(name)s hears of what happens.") % {"name": webhook.name})
    return _back(webhook)


def _off(request: DeskRequest, webhook: Webhook) -> HttpResponse:
    changing.switch(webhook, False, by=request.user)
    messages.success(
        request, _("Nothing is sent to %(address)s for now.") % {"address": webhook.name}
    )
    return _back(webhook)


def _test(request: DeskRequest, webhook: Webhook) -> HttpResponse:
    changing.send_test(webhook, by=request.user)
    messages.success(request, _("A test is on its way to %(address)s.") % {"address": webhook.name})
    return _back(webhook)


def _rotate(request: DeskRequest, webhook: Webhook) -> HttpResponse:
    return _with_secret(webhook, changing.rotate(webhook, by=request.user))


def _redeliver(request: DeskRequest, webhook: Webhook) -> HttpResponse:
    number = request.POST.get("delivery", "")
    known = number.isdecimal() and len(number) < 19
    rows = Delivery.objects.filter(target=webhook.address_id)
    delivery = rows.filter(pk=int(number)).first() if known else None
    if delivery is None:
        raise Http404
    changing.redeliver(delivery, by=request.user)
    messages.success(request, _("It is sent once more."))
    return _back(webhook)


def _remove(request: DeskRequest, webhook: Webhook) -> HttpResponse:
    changing.remove(webhook, by=request.user)
    messages.success(request, _("%(address)s is removed.") % {"address": webhook.name})
    return HttpResponseRedirect(reverse("webhooks"))


ACTS: dict[str, Callable[[DeskRequest, Webhook], HttpResponse]] = {
    "on": _on,
    "off": _off,
    "test": _test,
    "rotate": _rotate,
    "redeliver": _redeliver,
    "remove": _remove,
}
