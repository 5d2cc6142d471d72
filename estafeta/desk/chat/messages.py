"""Parts of a talk and single messages, as fragments."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from estafeta.accounts.models import Person
from estafeta.chat.actions.changing import is_too_late
from estafeta.chat.models import Message, Room, Seat
from estafeta.chat.permissions import Deed, Relation, may
from estafeta.desk.chat import history, shown
from estafeta.desk.chat.access import with_message, with_room
from estafeta.desk.page import DeskRequest
from estafeta.lib.ids import bounded

MOST_READERS = 200


@require_safe
@with_room
def part(request: DeskRequest, room: Room) -> HttpResponse:
    """Those before `before`, or after `after`; headers tell whether there are more."""
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    if before.isdecimal() and len(before) < 20:
        found = history.older(room, bounded(int(before)))
        more = found.has_older
    elif after.isdecimal() and len(after) < 20:
        found = history.newer(room, bounded(int(after)), most=history.MOST_NEW)
        more = found.has_newer
    else:
        raise Http404
    rows = shown.of(found.rows, request.user, before=found.before)
    response = render(request, "desk/chat/messages.html", {"said": rows})
    response.headers["X-More"] = "yes" if more else "no"
    return response


@require_safe
@with_message
def one(request: DeskRequest, message: Message) -> HttpResponse:
    """It anew, when it was changed."""
    above = message.room.messages.filter(pk__lt=message.pk).order_by("-pk").first()
    rows = shown.of([message], request.user, before=above)
    return render(request, "desk/chat/messages.html", {"said": rows})


@require_safe
@with_message
def menu(request: DeskRequest, message: Message) -> HttpResponse:
    """What can be done with it now."""
    relation = Relation(request.user, message.room, message)
    is_there = message.deleted_at is None and not message.is_line
    changes = is_there and not is_too_late(message)
    context = {
        "message": message,
        "may_answer": is_there and may(Deed.WRITE, relation),
        "may_edit": changes and may(Deed.EDIT, relation),
        "may_take_back": changes and may(Deed.TAKE_BACK, relation),
        "has_readers": is_there and not message.room.has_few and message.author == request.user,
    }
    return render(request, "desk/chat/menu.html", context)


@require_safe
@with_message
def earlier(request: DeskRequest, message: Message) -> HttpResponse:
    """What it said before it was corrected; of one taken back its author alone may read it."""
    if message.deleted_at is not None and message.author_id != request.user.pk:
        raise Http404
    wordings = list(message.wordings.all())
    if not wordings:
        raise Http404
    context = {"message": message, "wordings": wordings}
    return render(request, "desk/chat/earlier.html", context)


@require_safe
@with_message
def readers(request: DeskRequest, message: Message) -> HttpResponse:
    """Who has read it."""
    seats = Seat.objects.filter(room=message.room, read_up_to__gte=message.pk)
    people = Person.objects.filter(pk__in=seats.values("person")).exclude(pk=message.author_id)
    context = {"people": list(people[:MOST_READERS])}
    return render(request, "desk/chat/readers.html", context)
