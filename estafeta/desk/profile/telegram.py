"""Linking one's Telegram: a code that is shown once, and the chats that are linked."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from estafeta.desk import once
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.desk.profile.tabs import tabs
from estafeta.notifications import channel_settings
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.telegram import linking


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: DeskRequest) -> HttpResponse:
    """The linked chats; POST makes a code, which the next page shows."""
    if not channel_settings.is_ready(CHANNELS[linking.NAME]):
        raise Http404
    if request.method == "POST":
        code = linking.new_code(request.user)
        told = {"code": code.text, "until": code.until.isoformat()}
        return once.redirect_with(request.path, told)
    told = once.told_to(request)
    bot = channel_settings.values_of(linking.NAME).get("bot") or ""
    context = {
        "tabs": tabs("reach"), "chats": linking.chats_of(request.user), "bot": bot,
        "code": told.get("code", ""),
        "until": datetime.fromisoformat(told["until"]) if "until" in told else None,
    }  # fmt: skip
    page = render_page(request, "desk/profile/telegram.html", context)
    return once.and_forget(request, page)


@signed_in
@require_POST
def unlink(request: DeskRequest, number: int) -> HttpResponse:
    """Let one of one's own chats go."""
    known = [row for row in linking.chats_of(request.user) if row.pk == number]
    if not known:
        raise Http404
    linking.unlink(known[0], by=request.user)
    messages.success(request, _("Telegram is no longer linked."))
    return HttpResponseRedirect("/profile/telegram")
