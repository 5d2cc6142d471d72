"""What concerns the person: the bell of the desk."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from estafeta.api.cursors import page_of
from estafeta.api.lookups import the_person
from estafeta.api.paging import After, Limit, linked
from estafeta.api.schemas.notifications import Bell, NotificationOut
from estafeta.notifications.concern import still_concern
from estafeta.notifications.models import Notification
from estafeta.notifications.seen import unseen_count

router = Router(tags=["You"])


@router.get("", response=Bell, operation_id="notifications", summary="Your notifications")
def notifications(
    request: HttpRequest, unseen: bool = False, after: After = None, limit: Limit = 50
) -> Bell:
    """Newest first; those of tickets that have left your sight are passed over.

    A page may therefore be shorter than `limit`; only a null `next` is the end. Reading them here
    leaves them unseen.
    """
    person = the_person(request)
    own = Notification.objects.filter(person=person).with_what_happened()
    own = own.select_related("person")
    rows, following = page_of(own.unseen() if unseen else own, after, limit, newest_first=True)
    mine = still_concern(rows)
    told = [NotificationOut.of(row) for row in rows if row.pk in mine]
    return linked(request, Bell(notifications=told, unseen=unseen_count(person), next=following))
