"""Somebody leaves: what lies in his hands, and where it goes."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.accounts import sessions
from estafeta.accounts.models import Person
from estafeta.api.administration import room
from estafeta.api.administration.lookups import person_or_404, somebody
from estafeta.api.administration.people import shown
from estafeta.api.lookups import the_person
from estafeta.api.paging import Number
from estafeta.api.problems import Refusal, at_field
from estafeta.api.schemas.administration.leaving import (
    DeactivateBody,
    LeavingOut,
    LeftOut,
    LeftTicket,
)
from estafeta.api.schemas.tickets import a_name
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Ticket
from estafeta.tickets.upkeep import leaving
from estafeta.tickets.upkeep.leaving import Heirs

router = room.router("Administration: people")
MOST = 1000


@router.get(
    "/{int:number}/leaving", response=LeavingOut, operation_id="leaving",
    summary="What follows when somebody leaves",
)  # fmt: skip
def what_follows(request: HttpRequest, number: Number) -> LeavingOut:
    """The tickets that have to go somewhere, results that wait, sessions that end."""
    person = person_or_404(number)
    return LeavingOut(
        tickets=_left(person, the_person(request)), amount=leaving.left_by(person).count(),
        to_be_accepted=leaving.to_be_accepted_by(person), sessions=len(sessions.of(person)),
    )  # fmt: skip


@router.post(
    "/{int:number}/deactivate", response=LeftOut, operation_id="deactivate_person",
    summary="Switch somebody off",
)  # fmt: skip
def deactivate(request: HttpRequest, number: Number, body: DeactivateBody) -> LeftOut:
    """Signed out everywhere at once; all that was done stays.

    Open tickets have to go somewhere: while there are any and `tickets` does not say where, the
    answer is 422 with their list, and nothing has changed.
    """
    person, by = person_or_404(number), the_person(request)
    heirs = _heirs(body, person, by)
    moved = leaving.person_leaves(person, by=by, heirs=heirs)
    return LeftOut(person=shown(number), moved=moved)


def _heirs(body: DeactivateBody, person: Person, by: Person) -> Heirs:
    if body.tickets is None:
        _refuse_undecided(person, by)
    if body.tickets == "colleague":
        if body.colleague is None:
            raise Invalid("colleague", _("Choose who goes on with the tickets."))
        return Heirs(everything=somebody(body.colleague, "colleague"))
    if body.tickets != "each":
        return Heirs()
    wanted = [one.ticket for one in body.heirs]
    found = leaving.left_by(person).filter(pk__in=wanted)
    there = set(found.values_list("pk", flat=True))
    each: dict[int, Person] = {}
    for place, one in enumerate(body.heirs):
        if one.ticket not in there:
            raise Invalid(f"heirs/{place}/ticket", _("This ticket is not in these hands."))
        each[one.ticket] = somebody(one.person, f"heirs/{place}/person")
    return Heirs(each=each)


def _refuse_undecided(person: Person, by: Person) -> None:
    if not person.is_active or not (amount := leaving.left_by(person).count()):
        return
    words = ngettext(
        "%(count)s open ticket has to go somewhere. Say where.",
        "%(count)s open tickets have to go somewhere. Say where.",
        amount,
    ) % {"count": amount}
    listed = [one.model_dump() for one in _left(person, by)]
    raise Refusal(422, words, body={"errors": [at_field("tickets", words)], "tickets": listed})


def _left(person: Person, by: Person) -> list[LeftTicket]:
    rows = leaving.left_by(person).select_related("department").order_by("pk")[:MOST]
    tickets = list(rows)
    mine = Ticket.objects.visible_to(by).filter(pk__in=[row.pk for row in tickets])
    readable = set(mine.values_list("pk", flat=True))
    return [
        LeftTicket(
            number=row.pk, label=row.written, department=a_name(row.department),
            title=row.title if row.pk in readable else None,
        )
        for row in tickets
    ]  # fmt: skip
