"""Why a change of people, departments or settings was refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.forms import BaseForm


class Refused(Exception):
    """Nothing was changed; `str()` says why in the language of whoever reads it."""


class NotAllowed(Refused):
    """This person may not do this (403)."""

    def __str__(self) -> str:
        return _("You may not do this.")


class Invalid(Refused):
    """Values are not acceptable (422): field -> messages, "" for the whole."""

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        self.errors = {field: list(messages) for field, messages in errors.items()}
        super().__init__(self.errors)

    def __str__(self) -> str:
        return " ".join(message for messages in self.errors.values() for message in messages)

    def put_into(self, form: BaseForm) -> None:
        """Show each message beside its field, or above the fields where there is none."""
        for field, told in self.errors.items():
            form.add_error(field if field in form.fields else None, told)

    @classmethod
    def at(cls, field: str, message: str) -> Invalid:
        """One message beside one field."""
        return cls({field: [message]})

    @classmethod
    def of(cls, error: ValidationError) -> Invalid:
        """What Django's validation found."""
        if hasattr(error, "error_dict"):
            return cls({("" if k == "__all__" else k): v for k, v in error.message_dict.items()})
        return cls({"": error.messages})
