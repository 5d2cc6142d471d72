"""Why something was refused in a talk. Faces turn these into 403, 404, 409 and 422."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refused(Exception):
    """Nothing was changed; `str()` says why in the language of whoever reads it."""


class NotAllowed(Refused):
    """This person may not do this here (403)."""

    def __init__(self, reason: str = "") -> None:
        self.reason = reason
        super().__init__(reason)

    def __str__(self) -> str:
        return self.reason or _("You may not do this in this talk.")


class NotNow(Refused):
    """The talk has gone on meanwhile (409)."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)

    def __str__(self) -> str:
        return self.reason


class Invalid(Refused):
    """A value is not acceptable (422); `field` names the keyword it belongs to."""

    def __init__(self, field: str, message: str) -> None:
        self.field, self.message = field, message
        super().__init__(field, message)

    def __str__(self) -> str:
        return self.message


class CannotCheck(Refused):
    """Files are checked for viruses here, and nobody could check this one now (503)."""
