"""What completion must carry: asked by the verb itself, so that no way leads around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from estafeta.lib.sniff import Kind
from estafeta.lib.text import one_line
from estafeta.tickets.errors import Invalid
from estafeta.tickets.files import attachments
from estafeta.tickets.models.topic import Evidence
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Department, Person
    from estafeta.tickets.models import Ticket, Topic

LONGEST_NUMBER = 60


def kinds(values: Iterable[str], *, field: str = "evidence") -> list[str]:
    """Each kind once, in the order of the enum. Raises Invalid for an unknown one."""
    wanted = set(values)
    if wanted - set(Evidence.values):
        raise Invalid(field, _("There is no such evidence."))
    return [kind.value for kind in Evidence if kind in wanted]


def wanted(
    given: Sequence[str] | None, *, topic: Topic | None, department: Department, by: Person
) -> list[str]:
    """What a new ticket asks: what is given, and what its topic asks unless a head says otherwise."""
    of_the_topic = topic.evidence if topic else []
    if given is None:
        return kinds(of_the_topic)
    return kinds(given if _leads(by, department) else [*given, *of_the_topic])


def changed(
    ticket: Ticket, given: Sequence[str], *, topics: Iterable[Topic | None], by: Person
) -> list[str]:
    """What a ticket asks from now on. Raises Invalid where it is not for `by` to ask less."""
    found = kinds(given)
    less = set(ticket.evidence) - set(found)
    if not less or _leads(by, ticket.department):
        return found
    if any(less & set(topic.evidence) for topic in (*topics, *_earlier_topics(ticket)) if topic):
        raise Invalid("evidence", _("The topic asks for this: only the head may do without."))
    if any(less & set(asked) for asked in ticket.merged.values_list("evidence", flat=True)):
        raise Invalid(
            "evidence",
            _("A ticket that was merged into this one asks for it: only the head may do without."),
        )
    return found


def _earlier_topics(ticket: Ticket) -> Iterable[Topic]:
    """Nobody gets rid of what a topic asks by choosing another topic first."""
    from estafeta.tickets.models import Topic

    edits = ticket.entries.filter(verb=Verb.EDIT).values_list("facts", flat=True)
    names = {name for facts in edits if (name := facts.get("old", {}).get("topic"))}
    return Topic.objects.filter(name__in=names) if names else ()


def _leads(person: Person, department: Department) -> bool:
    return person.standing.is_director or department.pk in person.standing.headed


def carried(
    ticket: Ticket, *, by: Person, reason: str, number: str, files: Sequence[int]
) -> dict[str, Any]:
    """Facts of what is carried. Raises Invalid at the field of what is missing.

    A photo is a picture by its content, whatever its name; where a file is asked besides, it is
    another one.
    """
    number = one_line(number)
    if len(number) > LONGEST_NUMBER:
        raise Invalid("number", _("At most %(most)s characters fit.") % {"most": LONGEST_NUMBER})
    if number and not any(map(str.isdigit, number)):
        raise Invalid("number", _("A number has at least one digit."))
    if Evidence.TEXT in ticket.evidence and not reason:
        raise Invalid("reason", _("Say what was done: this ticket asks for it."))
    if Evidence.NUMBER in ticket.evidence and not number:
        raise Invalid("number", _("Give the number: this ticket asks for it."))
    found = attachments.kinds_of(files, by=by)
    if Evidence.PHOTO in ticket.evidence and Kind.PICTURE not in found:
        raise Invalid("files", _("Add a photo: this ticket asks for it."))
    fewest = len({Evidence.PHOTO, Evidence.FILE} & set(ticket.evidence))
    if len(found) < fewest:
        raise Invalid("files", _("Add a file: this ticket asks for it."))
    facts: dict[str, Any] = {"number": number} if number else {}
    if brought := attachments.adopt(ticket, files, by=by):
        facts["files"] = brought
    return facts
