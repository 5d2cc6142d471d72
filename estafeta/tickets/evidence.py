"""What completion must carry: asked by the verb itself, so that no way leads around it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from estafeta.lib.text import one_line
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models.topic import Evidence

if TYPE_CHECKING:
    from estafeta.tickets.models import Ticket

LONGEST_NUMBER = 60


def kinds(values: Iterable[str], *, field: str = "evidence") -> list[str]:
    """Each kind once, in the order of the enum. Raises Invalid for an unknown one."""
    wanted = set(values)
    if wanted - set(Evidence.values):
        raise Invalid(field, _("There is no such evidence."))
    return [kind.value for kind in Evidence if kind in wanted]


def carried(ticket: Ticket, *, reason: str, number: str) -> dict[str, Any]:
    """Facts of what is carried. Raises Invalid at the field of what is missing."""
    number = one_line(number)
    if len(number) > LONGEST_NUMBER:
        raise Invalid("number", _("At most %(most)s characters fit.") % {"most": LONGEST_NUMBER})
    if number and not any(map(str.isdigit, number)):
        raise Invalid("number", _("A number has at least one digit."))
    if Evidence.TEXT in ticket.evidence and not reason:
        raise Invalid("reason", _("Say what was done: this ticket asks for it."))
    if Evidence.NUMBER in ticket.evidence and not number:
        raise Invalid("number", _("Give the number: this ticket asks for it."))
    return {"number": number} if number else {}
