"""What each list is called, holds, and says when it is empty."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.desk.lists import chips
from estafeta.desk.lists.screen import Screen
from estafeta.desk.navigation import counters_of, my_departments
from estafeta.desk.page import DeskRequest
from estafeta.tickets.lists import listing
from estafeta.tickets.lists.counters import Load
from estafeta.tickets.lists.filters import is_id
from estafeta.tickets.models import SavedView


def inbox(request: DeskRequest) -> Screen:
    """What is addressed to the person and his departments."""
    load = counters_of(request).inbox
    return Screen(
        title=_("Inbox"),
        listing=listing.inbox(request.user),
        summary=_summary(load),
        quick=chips.of_work(load),
        empty_title=_("Nothing for you and your departments"),
        empty_text=_("Tickets that others send to you or to your department appear here at once."),
    )


def sent(request: DeskRequest) -> Screen:
    """What the person asked for."""
    amounts = counters_of(request).sent
    return Screen(
        title=_("Sent") if request.user.is_agent else _("My tickets"),
        listing=listing.sent(request.user),
        summary=_open(amounts.total()),
        quick=chips.of_sent(amounts),
        empty_title=_("You have not asked for anything yet"),
        empty_text=_("Write a ticket, and here you will see who has it and how it goes."),
    )


def following(request: DeskRequest) -> Screen:
    """What the person follows."""
    return Screen(
        title=_("Following"),
        listing=listing.following(request.user),
        quick=chips.of_all(),
        empty_title=_("You follow no ticket"),
        empty_text=_("Follow a ticket on its page, and what happens to it reaches you."),
    )


def archive(request: DeskRequest) -> Screen:
    """What is over."""
    return Screen(
        title=_("Archive"),
        listing=listing.archive(request.user),
        empty_title=_("The archive is empty"),
        empty_text=_("Finished tickets move here by themselves after some days."),
    )


def everything(request: DeskRequest) -> Screen:
    """All the person may see."""
    return Screen(
        title=_("All I may see"),
        listing=listing.everything(request.user),
        quick=chips.of_all(),
        empty_title=_("There is nothing to see yet"),
        empty_text=_("Tickets of your departments, your own, and those you worked on appear here."),
    )


def department(request: DeskRequest, pk: int) -> Screen:
    """One department's tickets; 404 for those whose business they are not."""
    row = next((row for row in my_departments(request.user) if row.pk == pk), None)
    if row is None:
        raise Http404
    load = counters_of(request).department(pk)
    return Screen(
        title=row.name,
        listing=listing.department(request.user, pk),
        summary=_summary(load),
        quick=chips.of_work(load),
        home=pk,
        empty_title=_("Nothing in this department"),
        empty_text=_("Tickets addressed to the department appear here at once."),
    )


NAMED = {
    "inbox": inbox, "sent": sent, "following": following, "archive": archive, "all": everything,
}  # fmt: skip
"""By the name of the list."""


def of_view(view: SavedView, asked: listing.Listing, *, is_changed: bool) -> Screen:
    """A list under the name somebody gave it."""
    return Screen(
        title=view.name,
        listing=asked,
        empty_title=_("Nothing in this view"),
        empty_text=_("Tickets that fit its filters appear here at once."),
        view=view,
        is_changed=is_changed,
    )


def title_of(request: DeskRequest, name: str) -> str:
    """What the list of this name is called."""
    titles = {
        "inbox": _("Inbox"), "following": _("Following"), "archive": _("Archive"),
        "all": _("All I may see"),
        "sent": _("Sent") if request.user.is_agent else _("My tickets"),
    }  # fmt: skip
    number = name.removeprefix("department-")
    if is_id(number):
        return next((row.name for row in my_departments(request.user) if row.pk == int(number)), "")
    return titles.get(name, "")


def _summary(load: Load) -> str:
    if not load.late:
        return _open(load.open)
    late = ngettext("%(count)s late", "%(count)s late", load.late) % {"count": load.late}
    return f"{_open(load.open)}, {late}"


def _open(amount: int) -> str:
    return ngettext("%(count)s open", "%(count)s open", amount) % {"count": amount}
