"""Where a person can go, with counts: the sidebar and the phone's bottom bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from estafeta.accounts import announcing, tree
from estafeta.accounts.models import Department, Person
from estafeta.chat.operators.asking import may_ask
from estafeta.chat.operators.receiving import somebody_receives
from estafeta.chat.queries import unread_rooms
from estafeta.notifications.seen import unseen_count
from estafeta.tickets.lists import saved_views
from estafeta.tickets.lists.counters import Counters, open_of

if TYPE_CHECKING:
    from estafeta.desk.page import DeskRequest

MOST_DEPARTMENTS = 15
"""Longer trees have a page of their own."""

MOST_VIEWS = 20
"""In the menu; the rest are on their own page."""

Item = dict[str, Any]


def counters_of(request: DeskRequest) -> Counters:
    """The numbers of whoever asks, shared by everything on one page."""
    kept = request.__dict__.get("counters")
    if kept is None:
        kept = request.__dict__["counters"] = Counters(request.user)
    return kept


def shell(request: DeskRequest) -> dict[str, Any]:
    """The layout's `shell`."""
    announced = announcing.shown_to(request.user)
    shown = ",".join(str(row.pk) for row in announced)
    return {
        "announcements": announced,
        "person": request.user,
        "nav": sections(request),
        "bottom": _bottom(request),
        "unread": unread(request),
        "home_url": "/",
        "search_url": "/search",
        "new_url": "/tickets/new",
        "quick_url": "/quick",
        "bell_url": "/notifications/panel",
        "profile_url": "/profile",
        "sign_out_url": "/sign-out",
        "ticket_url": "/tickets/0",
        "navigation_url": f"/navigation?announced={shown}" if shown else "/navigation",
        "palette_url": "/palette",
        "theme_url": "/profile/theme",
    }


def unread(request: DeskRequest) -> int:
    """Unread notifications in the bell."""
    kept = request.__dict__.get("unread")
    if kept is None:
        kept = request.__dict__["unread"] = unseen_count(request.user)
    return kept


def sections(request: DeskRequest) -> list[dict[str, Any]]:
    """The sidebar."""
    person = request.user
    found = [{"title": "", "items": _own(request)}]
    if views := _views(request):
        found.append({"title": _("Views"), "items": views})
    if departments := _departments(request):
        found.append({"title": _("Departments"), "items": departments})
    more = [_item(request, _("Announcements"), "/announcements", "volume")]
    if person.is_agent or person.standing.led_organisation:
        more.insert(0, _item(request, _("What happened"), "/feed", "history", key="f"))
    if person.is_agent:
        more.append(_item(request, _("Clients"), "/clients", "users"))
    if person.is_agent or person.is_administrator:
        more.append(_item(request, _("Answer templates"), "/answers", "template"))
    if person.is_administrator:
        is_here = _place(request).startswith("/administration")
        more.append(
            _item(request, _("Administration"), "/administration", "settings", current=is_here)
        )
    found.append({"title": _("More"), "items": more})
    return found


def _own(request: DeskRequest) -> list[Item]:
    counters, person = counters_of(request), request.user
    items = [_item(request, _("Dashboard"), "/", "layout-dashboard", key="h")]
    if person.is_agent:
        items.append(_inbox(request))
    sent = _("Sent") if person.is_agent else _("My tickets")
    items.append(
        _item(request, sent, "/sent", "send", key="s", counter="sent", count=counters.sent.total())
    )
    if person.is_agent or person.standing.led_organisation:
        items.append(_item(request, _("All I may see"), "/tickets", "list", key="t"))
    items.append(_item(request, _("Following"), "/following", "eye", key="w"))
    items.append(_chat(request))
    if may_ask(person) and somebody_receives():
        items.append(_item(request, _("Ask an operator"), "/ask", "message-circle", key="o"))
    items.append(_item(request, _("Archive"), "/archive", "archive", key="a"))
    return items


def _inbox(request: DeskRequest) -> Item:
    load = counters_of(request).inbox
    return _item(
        request, _("Inbox"), "/inbox", "inbox", key="i", counter="inbox", count=load.open
    )  # fmt: skip


def _chat(request: DeskRequest) -> Item:
    count = request.__dict__.get("unread_rooms")
    if count is None:
        count = request.__dict__["unread_rooms"] = unread_rooms(request.user)
    return _item(
        request, _("Chat"), "/chat", "messages", key="m", counter="chat", count=count or "",
        current=_place(request).startswith("/chat"),
    )  # fmt: skip


def _views(request: DeskRequest) -> list[Item]:
    """Saved views; their numbers are asked for when the page is there (js/view_counts.js)."""
    views = [view for view in saved_views.of(request.user) if view.in_menu]
    items = [
        _item(
            request, view.name, f"/views/{view.pk}", "bookmark", counter=f"view-{view.pk}", count=""
        )
        for view in views[:MOST_VIEWS]
    ]
    if items:
        items.append(_item(request, _("All views"), "/views", "", deep=True))
    return items


def my_departments(person: Person) -> list[Department]:
    """Whose tickets are the person's business: for directors all, in the order of the tree."""
    standing = person.standing
    return tree.departments(None if standing.is_director else standing.departments)


def _departments(request: DeskRequest) -> list[Item]:
    counters = counters_of(request)
    mine = [
        row for row in my_departments(request.user)
        if row.is_active or open_of(counters.amounts(row.pk))
    ]  # fmt: skip
    known = {row.pk for row in mine}
    items = [_department(request, row, known) for row in mine[:MOST_DEPARTMENTS]]
    if len(mine) > MOST_DEPARTMENTS:
        items.append(_item(request, _("All departments"), "/departments", "building"))
    return items


def _department(request: DeskRequest, department: Department, known: set[int]) -> Item:
    counters = counters_of(request)
    is_deep = bool(known & set(department.path_numbers()[:-1]))
    return _item(
        request, department.name, f"/departments/{department.pk}", "" if is_deep else "building",
        count=open_of(counters.amounts(department.pk)), deep=is_deep,
        counter=f"department-{department.pk}",
        hot=bool(counters.late_by_department.get(department.pk)),
    )  # fmt: skip


def _item(request: DeskRequest, label: str, url: str, icon: str, **more: Any) -> Item:
    current = _place(request) == url
    return {"label": label, "url": url, "icon": icon, "current": current, **more}


def _place(request: DeskRequest) -> str:
    """The page on which the person is, also when only a part of it is asked for."""
    return urlsplit(request.headers.get("HX-Current-URL", "")).path or request.path


def _bottom(request: DeskRequest) -> list[Item]:
    mine = _item(request, _("My tickets"), "/sent", "send")
    return [
        _inbox(request) if request.user.is_agent else mine,
        _item(request, _("New"), "/tickets/new", "plus"),
        _chat(request),
        _item(request, _("Events"), "/notifications", "bell", count=unread(request)),
        _item(request, _("More"), "", "menu-2"),
    ]
