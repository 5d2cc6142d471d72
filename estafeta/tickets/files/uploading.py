"""A file comes in and is kept as a draft of whoever brought it, before any verb."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from estafeta.files import intake
from estafeta.tickets.errors import Invalid, Refused
from estafeta.tickets.models import Attachment

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


class CannotCheck(Refused):
    """Files are checked for viruses here, and nobody could check this one now (503)."""

    def __str__(self) -> str:
        return str(intake.CannotCheck())


def keep_draft(file: IO[bytes], name: str, *, by: Person) -> Attachment:
    """Raises Invalid (field `files`) for what is not taken, CannotCheck."""
    try:
        taken = intake.take(file, name, waiting=Attachment.objects.drafts_of(by))
    except intake.NotTaken as error:
        raise Invalid("files", str(error)) from None
    except intake.CannotCheck as error:
        raise CannotCheck from error
    return Attachment.objects.create(owner=by, **taken)
