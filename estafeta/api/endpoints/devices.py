"""Devices of a person that take messages while no program of ours runs there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from estafeta.accounts.actions.tokens import revoke_token
from estafeta.accounts.models import ApiToken
from estafeta.api.lookups import the_person
from estafeta.api.paging import Number
from estafeta.api.schemas.devices import (
    DeviceBody,
    DeviceOut,
    Devices,
    RenameBody,
    RevokeBody,
    Revoked,
)
from estafeta.notifications import addresses
from estafeta.notifications.addresses import devices
from estafeta.notifications.channels.webpush import keys
from estafeta.notifications.channels.webpush.device import device_of
from estafeta.notifications.models import Address

router = Router(tags=["You"])


@router.get("", response=Devices, operation_id="devices", summary="Your devices")
def listing(request: HttpRequest) -> Devices:
    """Those that programs registered; browsers are no devices."""
    rows = devices.devices_of(the_person(request))
    token = _token(request)
    return Devices(
        devices=[DeviceOut.of(row, token.pk) for row in rows], push_key=keys.current().public
    )


@router.post(
    "", response={201: DeviceOut}, operation_id="register_device", summary="Register a device"
)  # fmt: skip
def register(request: HttpRequest, response: HttpResponse, body: DeviceBody) -> DeviceOut:
    """Send it at every start: the same endpoint stays one device."""
    token = _token(request)
    row = devices.register(body.wanted(), token=token, by=the_person(request))
    response["Location"] = f"{request.path}/{row.pk}"
    return DeviceOut.of(row, token.pk)


@router.post(
    "/{int:number}", response=DeviceOut, operation_id="change_device",
    summary="Give it another endpoint",
)  # fmt: skip
def change(request: HttpRequest, number: Number, body: DeviceBody) -> DeviceOut:
    """The push service has moved it: it stays the same device."""
    row, token = _device(request, number), _token(request)
    row = devices.change(row, body.wanted(), token=token, by=the_person(request))
    return DeviceOut.of(row, token.pk)


@router.post(
    "/{int:number}/rename", response=DeviceOut, operation_id="rename_device",
    summary="Rename a device",
)  # fmt: skip
def rename(request: HttpRequest, number: Number, body: RenameBody) -> DeviceOut:
    """The name by which you know it."""
    row = devices.rename(_device(request, number), body.name, by=the_person(request))
    return DeviceOut.of(row, _token(request).pk)


@router.post(
    "/{int:number}/revoke", response=Revoked, operation_id="revoke_device",
    summary="Revoke a device",
)  # fmt: skip
def revoke(request: HttpRequest, number: Number, body: RevokeBody | None = None) -> Revoked:
    """No more messages go there; with `token_too` its program cannot act any more either."""
    row, by = _device(request, number), the_person(request)
    device = device_of(row)
    token = None
    if body is not None and body.token_too and device is not None:
        token = ApiToken.objects.filter(pk=device.token, person=by).first()
    addresses.remove(row, by=by)
    if token is not None:
        revoke_token(token, by=by)
    return Revoked(token_revoked=token is not None)


def _device(request: HttpRequest, number: int) -> Address:
    row = devices.devices_of(the_person(request)).filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def _token(request: HttpRequest) -> ApiToken:
    token: Any = request.auth  # type: ignore[attr-defined]
    found: ApiToken = token
    return found
