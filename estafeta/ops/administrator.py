"""The way into an installation from its command line."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password

from estafeta.accounts.models import Person


def make_administrator(
    *, login: str, name: str | None, email: str, password: str
) -> tuple[Person, bool]:
    """Make the person or let an existing one in again; tell whether it is a new one."""
    person = Person.objects.filter(login__iexact=login).first()
    is_new = person is None
    if person is None:
        person = Person(login=login, name=name or login, email=email)
    person.name = name or person.name
    person.email = email or person.email
    person.is_administrator = person.is_active = True
    validate_password(password, person)
    person.set_password(password)
    person.full_clean()
    person.save()
    return person, is_new
