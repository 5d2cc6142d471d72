"""Why a verb was refused. Faces turn these into messages beside fields, 403, 409 and 422."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.tickets.models import Entry, Ticket


class Refused(Exception):
    """A verb did not happen; `str()` says why in the language of whoever reads it."""


class NotAllowed(Refused):
    """This person may not do this to this ticket (403)."""

    def __init__(self, verb: Verb) -> None:
        self.verb = verb
        super().__init__(verb)

    def __str__(self) -> str:
        return _("You may not do this here: %(verb)s.") % {"verb": self.verb.label}


class NotNow(Refused):
    """The ticket's status does not allow it (409)."""

    def __init__(self, verb: Verb, ticket: Ticket) -> None:
        self.verb, self.ticket = verb, ticket
        super().__init__(verb)

    def __str__(self) -> str:
        return _("Not possible now: %(verb)s. The ticket is: %(status)s.") % {
            "verb": self.verb.label,
            "status": self.ticket.get_status_display(),
        }


class Changed(Refused):
    """Somebody acted since the person looked (409); `entries` say what happened meanwhile."""

    def __init__(self, ticket: Ticket, entries: list[Entry]) -> None:
        self.ticket, self.entries = ticket, entries
        super().__init__(ticket.number)

    def __str__(self) -> str:
        return _("The ticket has changed since you opened it.")


class Invalid(Refused):
    """A value is not acceptable (422); `field` names the keyword it belongs to."""

    def __init__(self, field: str, message: str) -> None:
        self.field, self.message = field, message
        super().__init__(field, message)

    def __str__(self) -> str:
        return self.message


class Gone(Refused):
    """There is no such ticket, or not for this person (404)."""

    def __str__(self) -> str:
        return _("You do not see this ticket any more.")
