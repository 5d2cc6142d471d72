"""How bodies about other tickets and people become keywords: what is not seen is not there."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from estafeta.accounts.models import Person
from estafeta.api.lookups import department_named, people_named, person_named
from estafeta.api.schemas import relations
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Ticket

Keywords = dict[str, Any]


def followers(body: relations.FollowBody, ticket: Ticket, by: Person) -> Keywords:
    return {"people": people_named(by, body.people)}


def a_follower(body: relations.UnfollowBody, ticket: Ticket, by: Person) -> Keywords:
    return {"person": person_named(by, body.person, "person")}


def linked(body: relations.LinkBody, ticket: Ticket, by: Person) -> Keywords:
    return {"other": _ticket(by, body.other), "kind": body.kind}


def the_other(body: relations.MergeBody, ticket: Ticket, by: Person) -> Keywords:
    return {"other": _ticket(by, body.other), "reason": body.reason}


def split_off(body: relations.SplitBody, ticket: Ticket, by: Person) -> Keywords:
    return {
        "comment": body.comment,
        "title": body.title,
        "department": department_named(body.department),
        "people": people_named(by, body.people),
        "requester": person_named(by, body.requester, "requester"),
    }


def a_part(body: relations.SubtaskBody, ticket: Ticket, by: Person) -> Keywords:
    return {
        "title": body.title,
        "text": body.text,
        "department": department_named(body.department),
        "people": people_named(by, body.people),
        "deadline": body.deadline,
        "priority": body.priority.number if body.priority else None,
    }


def the_whole(body: relations.WholeBody, ticket: Ticket, by: Person) -> Keywords:
    return {"other": _ticket(by, body.other)}


def _ticket(by: Person, number: int) -> Ticket:
    found = Ticket.objects.visible_to(by).filter(pk=number).first()
    if found is None:
        raise Invalid("other", _("There is no ticket %(number)s.") % {"number": number})
    return found
