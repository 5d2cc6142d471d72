"""A browser says that it takes messages, that its address has changed, or that it is over."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from estafeta.accounts import sessions
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person
from estafeta.desk.page import DeskRequest, signed_in
from estafeta.notifications import addresses, channel_settings
from estafeta.notifications.channels.webpush import WebPush
from estafeta.notifications.channels.webpush.signing_out import BROWSER
from estafeta.notifications.channels.webpush.subscription import Subscription
from estafeta.notifications.models import Address
from estafeta.notifications.models.address import fingerprint_of

LONGEST = 2000


@signed_in
@require_POST
def subscribe(request: DeskRequest) -> HttpResponse:
    """Keep this browser; whoever used it before hears nothing here any more."""
    channel = channel_settings.ready().get(WebPush.name)
    if channel is None:
        return HttpResponse(status=409)
    browser = _sent(request)
    try:
        given = browser.given(request.headers.get("User-Agent", ""))
        given = given._replace(details={BROWSER: sessions.browser_of(request.session)})
        with transaction.atomic():
            rows = Address.objects.filter(
                channel=WebPush.name, fingerprint=fingerprint_of(given.value)
            )
            rows.exclude(person=request.user).delete()
            addresses.keep(channel, given, owner=request.user, by=request.user)
    except Invalid as wrong:
        return JsonResponse({"detail": str(wrong)}, status=422)
    return HttpResponse(status=204)


@signed_in
@require_POST
def unsubscribe(request: DeskRequest) -> HttpResponse:
    """The browser takes no more."""
    rows = addresses.of(request.user).filter(fingerprint=fingerprint_of(_sent(request).value))
    for address in rows.filter(channel=WebPush.name):
        addresses.remove(address, by=request.user)
    return HttpResponse(status=204)


@csrf_exempt
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """The browser's maker has given it another address: its service worker tells, without a page.

    Who knows the old address with its keys is that browser; nobody else was ever told them.
    """
    old = Subscription(*(request.POST.get(f"old_{name}", "")[:LONGEST] for name in _FIELDS))
    rows = Address.objects.filter(channel=WebPush.name, fingerprint=fingerprint_of(old.value))
    row = rows.exclude(person=None).select_related("person").first()
    channel = channel_settings.ready().get(WebPush.name)
    if row is None or channel is None:
        return HttpResponse(status=404)
    person = row.person
    assert isinstance(person, Person)
    try:
        given = _sent(request).given(request.headers.get("User-Agent", ""))
    except Invalid as wrong:
        return JsonResponse({"detail": str(wrong)}, status=422)
    with transaction.atomic():
        row.value, row.label = given.value, given.label
        row.stopped_at, row.stopped_reason = None, ""
        twins = addresses.of(person).filter(channel=WebPush.name, fingerprint=row.fingerprint)
        twins.exclude(pk=row.pk).delete()
        row.save()
    return HttpResponse(status=204)


_FIELDS = ("auth", "endpoint", "p256dh")


def _sent(request: HttpRequest) -> Subscription:
    return Subscription(*(request.POST.get(name, "")[:LONGEST] for name in _FIELDS))
