"""Webhooks: which other systems hear of what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from estafeta.accounts.models import Department
from estafeta.api.administration import room
from estafeta.api.administration.room import IfMatch, as_it_was, created, tagged
from estafeta.api.cursors import page_of
from estafeta.api.lookups import department_named, the_person
from estafeta.api.paging import After, Limit, Number, linked
from estafeta.api.schemas.administration.webhooks import (
    WebhookAct,
    WebhookBody,
    WebhookChange,
    WebhookOut,
    Webhooks,
)
from estafeta.api.submitting import IdempotencyKey
from estafeta.notifications.models import Webhook
from estafeta.notifications.webhooks import changing
from estafeta.notifications.webhooks.changing import Wanted

router = room.router("Administration: messages")


@router.get("", response=Webhooks, operation_id="manage_webhooks", summary="Webhooks")
def listing(request: HttpRequest, after: After = None, limit: Limit = 50) -> Webhooks:
    """Which systems hear of tickets, and whether they take it."""
    rows, following = page_of(_rows(), after, limit)
    found = [WebhookOut.of(row) for row in rows]
    return linked(request, Webhooks(webhooks=found, next=following))


@router.post("", response={201: WebhookOut}, operation_id="add_webhook", summary="Add a webhook")
def add(
    request: HttpRequest,
    response: HttpResponse,
    body: WebhookBody,
    idempotency_key: IdempotencyKey = None,
) -> WebhookOut:
    """The answer has its secret, this once: repeated with the same key it has none."""
    by, told = the_person(request), list[str]()
    given = body.model_dump() | {"departments": _departments(body.departments)}

    def make() -> Webhook:
        webhook, secret = changing.make(Wanted(**given), by=by)
        told.append(secret)
        return webhook

    def show(number: int) -> WebhookOut:
        return WebhookOut.of(_webhook(number), told[0] if told else None)

    return created(request, response, idempotency_key, make, show)


@router.get(
    "/{int:number}", response=WebhookOut, operation_id="manage_webhook", summary="One webhook"
)
def one(request: HttpRequest, response: HttpResponse, number: Number) -> WebhookOut:
    """With the version for `If-Match`."""
    return tagged(response, WebhookOut.of(_webhook(number)))


@router.post(
    "/{int:number}", response=WebhookOut, operation_id="change_webhook", summary="Change a webhook"
)
def change(
    request: HttpRequest,
    response: HttpResponse,
    number: Number,
    body: WebhookChange,
    if_match: IfMatch = None,
) -> WebhookOut:
    """What is left out stays; its secret stays too, with another address."""
    by, values = the_person(request), body.given()
    if "departments" in values:
        values["departments"] = _departments(values["departments"])
    with as_it_was(if_match, lambda: WebhookOut.of(_webhook(number))):
        row = _webhook(number)
        kept: dict[str, Any] = {
            "name": row.name, "url": "", "kinds": row.kinds,
            "departments": list(row.departments.all()), "with_notes": row.with_notes,
        }  # fmt: skip
        changing.change(row, Wanted(**kept | values), by=by)
    return tagged(response, WebhookOut.of(_webhook(number)))


@router.post(
    "/{int:number}/{act}", response=WebhookOut, operation_id="act_on_webhook",
    summary="Switch, test or remove one, or give it another secret",
)  # fmt: skip
def act(
    request: HttpRequest, response: HttpResponse, number: Number, act: WebhookAct
) -> WebhookOut:
    """`on` tries a stopped one again; `rotate` answers with the new secret; a test goes by the queue."""
    by, row, secret = the_person(request), _webhook(number), None
    if act == WebhookAct.REMOVE:
        shown = WebhookOut.of(row)
        changing.remove(row, by=by)
        return shown
    if act == WebhookAct.ROTATE:
        secret = changing.rotate(row, by=by)
    elif act == WebhookAct.TEST:
        changing.send_test(row, by=by)
    else:
        changing.switch(row, act == WebhookAct.ON, by=by)
    return tagged(response, WebhookOut.of(_webhook(number), secret))


def _rows() -> Any:
    return Webhook.objects.select_related("address").prefetch_related("departments")


def _webhook(number: int) -> Webhook:
    found: Webhook | None = _rows().filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _departments(numbers: Iterable[int]) -> list[Department]:
    named = (department_named(number, "departments") for number in dict.fromkeys(numbers))
    return [one for one in named if one is not None]
