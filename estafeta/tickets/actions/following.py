"""Watching a ticket without working on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.tickets import permissions
from estafeta.tickets.actions import values
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.models import Ticket
from estafeta.tickets.permissions import Relation
from estafeta.tickets.relations import follows
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

MOST = 50
_MAY_REMOVE_OTHERS = (
    permissions.the_author,
    permissions.a_performer,
    permissions.the_head,
    permissions.a_director,
)


@action(Verb.FOLLOW)
def follow(ticket: Ticket, *, by: Person, people: Sequence[Person] = ()) -> Done:
    """Hear of everything that happens to it. Agents may also add others: these see the ticket then.

    Staff can follow, and colleagues of the client who asks.
    """
    others = [person for person in people if person.pk != by.pk]
    if others and not by.is_agent:
        raise NotAllowed(Verb.FOLLOW)
    if len(others) > MOST:
        raise Invalid("people", _("At most %(most)s people at once.") % {"most": MOST})
    for person in others:
        if not follows.may_follow(ticket, person):
            raise Invalid("people", _("%(name)s cannot follow it.") % {"name": person.name})
    wanted = {person.pk: person for person in people or [by]}
    added = [person for person in wanted.values() if follows.add(ticket, person)]
    if not added:
        words = _("They follow it already.") if others else _("You follow it already.")
        raise Invalid("people", words)
    return Done({} if added == [by] else {"people": values.people_named(added)})


@action(Verb.UNFOLLOW)
def unfollow(ticket: Ticket, *, by: Person, person: Person | None = None) -> Done:
    """Hear no more of it; `person` is somebody else who is to hear no more.

    Whom nothing but following tied to the ticket, does not see it any more.
    """
    who = person or by
    if who.pk != by.pk:
        relation = Relation.between(by, ticket)
        if not by.is_agent or not any(rule(relation) for rule in _MAY_REMOVE_OTHERS):
            raise NotAllowed(Verb.UNFOLLOW)
    if not follows.remove(ticket, who):
        words = _("%(name)s does not follow it.") % {"name": who.name}
        raise Invalid("person", words if who.pk != by.pk else _("You do not follow it."))
    return Done({} if who.pk == by.pk else {"people": values.people_named([who])})
