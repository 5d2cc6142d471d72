"""What a person's card may hold, beyond what the model itself checks."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

from django.conf import settings
from django.utils.translation import gettext as _

from estafeta.accounts.actions.action import check
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person

LOGIN = re.compile(r"[\w.@+-]+")


def check_person(person: Person) -> None:
    """Raise Invalid with every field that is not acceptable."""
    errors: dict[str, list[str]] = {}
    if person.login:
        if not LOGIN.fullmatch(person.login):
            errors["login"] = [_("A login has letters, digits and . @ + - _ only, no blanks.")]
        elif Person.objects.filter(login__iexact=person.login).exclude(pk=person.pk).exists():
            errors["login"] = [_("This login is taken.")]
    if person.language and person.language not in dict(settings.LANGUAGES):
        errors["language"] = [_("Choose a language.")]
    if person.time_zone and person.time_zone not in available_timezones():
        errors["time_zone"] = [_("There is no such time zone.")]
    try:
        check(person)
    except Invalid as found:
        told = errors.get("login", [])
        whole = [message for message in found.errors.pop("", []) if message not in told]
        errors = {**found.errors, **errors} | ({"": whole} if whole else {})
    if errors:
        raise Invalid(errors)
