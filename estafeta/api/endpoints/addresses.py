"""Where messages reach you and your departments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Query, Router
from pydantic import Field

from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Department, Person
from estafeta.api.cursors import MOST_ID
from estafeta.api.lookups import the_person
from estafeta.api.paging import Number
from estafeta.api.schemas.addresses import (
    Act,
    ActBody,
    AddressBody,
    Addresses,
    AddressOut,
    ChannelOut,
)
from estafeta.notifications import addresses, channel_settings
from estafeta.notifications.addresses import Owner
from estafeta.notifications.addresses.owners import takes
from estafeta.notifications.models import Address

router = Router(tags=["You"])
OfDepartment = Annotated[
    Annotated[int, Field(ge=1, le=MOST_ID)] | None,
    Query(None, description="A department that you head; left out: yours"),
]


@router.get("", response=Addresses, operation_id="addresses", summary="Where you are reached")
def listing(request: HttpRequest, department: OfDepartment = None) -> Addresses:
    """Your addresses or a department's, and which channels take more."""
    owner = _owner(the_person(request), department)
    rows = addresses.of(owner).select_related("department")
    offered = [
        ChannelOut.of(channel, channel.address_form())
        for channel in channel_settings.ready().values()
        if channel.address_form is not None and takes(channel, owner)
    ]
    return Addresses(addresses=[AddressOut.of(row) for row in rows], channels=offered)


@router.post(
    "", response={201: AddressOut}, operation_id="add_address", summary="Add an address"
)  # fmt: skip
def add(request: HttpRequest, body: AddressBody) -> AddressOut:
    """A code goes there; with it you confirm that it is yours."""
    by = the_person(request)
    owner = _owner(by, body.department)
    channel = channel_settings.ready().get(body.channel)
    if channel is None or channel.address_form is None or not takes(channel, owner):
        raise Http404
    form = channel.address_form(body.fields)
    if not form.is_valid():
        raise Invalid(
            {f"fields/{name}": [str(one) for one in told] for name, told in form.errors.items()}
        )
    return AddressOut.of(addresses.begin(channel, form.cleaned_data, owner=owner, by=by))


@router.post(
    "/{int:address}/{act}", response=AddressOut, operation_id="change_address",
    summary="Confirm, test, switch or remove one",
)  # fmt: skip
def change(request: HttpRequest, address: Number, act: Act, body: ActBody) -> AddressOut:
    """`confirm` needs the code; `code` sends another one; `resume` tries a stopped address again."""
    by = the_person(request)
    # Where another system listens is no address of anybody: webhooks have their own page.
    rows = Address.objects.exclude(person=None, department=None)
    row = rows.filter(pk=address).select_related("department", "person").first()
    if row is None or not addresses.may_change(row.person or row.department, by=by):
        raise Http404
    shown = AddressOut.of(row)
    if act == Act.CONFIRM:
        addresses.confirm(row, body.code, by=by)
    else:
        ACTS[act](row, by)
    rows = Address.objects.filter(pk=address).select_related("department")
    return AddressOut.of(rows.get()) if rows.exists() else shown


ACTS: dict[Act, Callable[[Address, Person], object]] = {
    Act.CODE: lambda row, by: addresses.send_code(row, by=by),
    Act.ON: lambda row, by: addresses.switch(row, True, by=by),
    Act.OFF: lambda row, by: addresses.switch(row, False, by=by),
    Act.RESUME: lambda row, by: addresses.resume(row, by=by),
    Act.TEST: lambda row, by: addresses.send_test(row, by=by),
    Act.REMOVE: lambda row, by: addresses.remove(row, by=by),
}


def _owner(by: Person, department: int | None) -> Owner:
    if department is None:
        return by
    row = Department.objects.filter(pk=department).first()
    if row is None or not addresses.may_change(row, by=by):
        raise Http404
    return row
