"""Calling louder: an urgent ticket that nobody answers goes up step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.tickets.actions import values
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.errors import Invalid
from estafeta.tickets.performers import acknowledgement
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Ticket


@action(Verb.ESCALATE)
def escalate(
    ticket: Ticket,
    *,
    by: Person,
    step: int,
    people: Sequence[Person],
    channels: Sequence[str] = (),
) -> Done:
    """Call these people over these channels; the ticket itself stays as it is.

    `step` counts from 1. No channels: all by which each can be reached. Raises Invalid when somebody
    has answered meanwhile: this is asked of the locked ticket, so that no call follows an answer.
    """
    if not acknowledgement.still_calls(ticket):
        raise Invalid("", _("Somebody has answered meanwhile."))
    facts = {"step": step, "people": values.people_named(people), "channels": [*channels]}
    return Done(facts)
