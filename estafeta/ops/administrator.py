"""The way into an installation from its command line."""

from __future__ import annotations

from estafeta.accounts.actions import passwords, people, rights
from estafeta.accounts.actions.set_up import create_administrator
from estafeta.accounts.models import Person


def make_administrator(
    *, login: str, name: str | None, email: str, password: str
) -> tuple[Person, bool]:
    """Make the person or let an existing one in again; tell whether it is a new one.

    Each step is an action of the system and stands in the security trail.
    """
    person = Person.objects.filter(login__iexact=login).first()
    if person is None:
        made = create_administrator(name=name or login, login=login, email=email, password=password)
        return made, True
    system = Person.objects.system()
    passwords.change_password(person, password, by=system)
    if not person.is_active:
        people.reactivate(person, by=system)
    rights.set_rights(person, by=system, is_administrator=True)
    given = {key: value for key, value in (("name", name), ("email", email)) if value}
    if given:
        people.edit_card(person, by=system, **given)
    return person, False
