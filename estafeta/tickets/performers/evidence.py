"""What completion carries: looked at by the verb itself, so that no way leads around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from estafeta.lib.sniff import Kind
from estafeta.lib.text import one_line
from estafeta.tickets.errors import Invalid
from estafeta.tickets.files import attachments
from estafeta.tickets.models.topic import Evidence

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Ticket

LONGEST_NUMBER = 60


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
