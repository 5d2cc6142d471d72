"""How the body of each verb becomes the keywords of its function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from estafeta.accounts.models import Person
from estafeta.api import relating
from estafeta.api.lookups import department_named, people_named, topic_named
from estafeta.api.schemas import bodies
from estafeta.tickets.models import Acceptance, Ticket
from estafeta.tickets.verbs import Verb

Keywords = dict[str, Any]
Reading = Callable[[Any, Ticket, Person], Keywords]


def as_given(body: bodies.VerbBody, ticket: Ticket, by: Person) -> Keywords:
    """The fields are the keywords."""
    return body.model_dump(exclude={"seen"})


def the_people(body: bodies.AssignBody, ticket: Ticket, by: Person) -> Keywords:
    return {
        "people": people_named(by, body.people),
        "reason": body.reason,
        "separate": body.separate,
    }


def whose_parts(body: bodies.ReturnBody, ticket: Ticket, by: Person) -> Keywords:
    return {"people": people_named(by, body.people), "reason": body.reason}


def the_place(body: bodies.HandOverBody, ticket: Ticket, by: Person) -> Keywords:
    department = department_named(body.department)
    return {
        "department": department,
        "people": people_named(by, body.people),
        "reason": body.reason,
        "separate": body.separate,
    }


def the_whole(body: bodies.EditBody, ticket: Ticket, by: Person) -> Keywords:
    """The verb takes all fields; those left out are as they were."""
    given = body.model_fields_set
    topic = topic_named(body.topic) if "topic" in given else ticket.topic
    return {
        "title": ticket.title if body.title is None else body.title,
        "text": ticket.text if body.text is None else body.text,
        "topic": topic,
        "acceptance": body.acceptance or Acceptance(ticket.acceptance),
        "evidence": body.evidence,
    }


def the_priority(body: bodies.PriorityBody, ticket: Ticket, by: Person) -> Keywords:
    return {"priority": body.priority.number, "reason": body.reason}


READINGS: dict[Verb, Reading] = {
    Verb.ASSIGN: the_people,
    Verb.HAND_OVER: the_place,
    Verb.RETURN_TO_WORK: whose_parts,
    Verb.EDIT: the_whole,
    Verb.SET_PRIORITY: the_priority,
    Verb.FOLLOW: relating.followers,
    Verb.UNFOLLOW: relating.a_follower,
    Verb.LINK: relating.linked,
    Verb.UNLINK: relating.linked,
    Verb.MERGE: relating.the_other,
    Verb.SPLIT: relating.split_off,
    Verb.ADD_SUBTASK: relating.a_part,
    Verb.MAKE_SUBTASK: relating.the_whole,
    Verb.DETACH_SUBTASK: relating.the_whole,
}


def keywords_of(verb: Verb, body: bodies.VerbBody, ticket: Ticket, *, by: Person) -> Keywords:
    """What the function of the verb is called with, besides ticket and actor. Raises Invalid."""
    return READINGS.get(verb, as_given)(body, ticket, by)
