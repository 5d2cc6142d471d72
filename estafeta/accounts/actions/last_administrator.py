"""Somebody must be able to administer: the last one stays."""

from __future__ import annotations

from django.utils.translation import gettext as _

from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person


def refuse_to_remove(person: Person) -> None:
    """Raise Invalid when without this person nobody could administer any more."""
    administrators = Person.objects.active().filter(is_administrator=True).exclude(login=None)
    if administrators.filter(pk=person.pk).exists() and administrators.count() == 1:
        raise Invalid.at(
            "", _("%(name)s is the last administrator. Make another one first.") % {"name": person}
        )
