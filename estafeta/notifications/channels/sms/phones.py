"""Telephone numbers: written as people write them, kept as +79123456789."""

from __future__ import annotations

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class Phone(NamedTuple):
    """For machines and for people."""

    number: str
    shown: str


def read(text: str, *, country: str) -> Phone:
    """A number with its country, or one of `country` ("RU"). Raises ValidationError."""
    import phonenumbers

    try:
        found = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        raise ValidationError(_("This is not a telephone number.")) from None
    if found.extension or not phonenumbers.is_possible_number(found):
        raise ValidationError(_("This is not a telephone number."))
    if not phonenumbers.is_valid_number(found):
        raise ValidationError(_("There is no such number. Begin with + and the country's code."))
    return Phone(
        phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164),
        phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.INTERNATIONAL),
    )


def is_country(code: str) -> bool:
    """Whether there are numbers of it."""
    import phonenumbers

    return code in phonenumbers.SUPPORTED_REGIONS
