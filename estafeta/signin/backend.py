"""Who a session belongs to, read with prepared SQL: every page asks."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from estafeta.accounts.models import Person
from estafeta.lib.prepared import Prepared


class Backend(AuthenticationBackend):
    """allauth's backend: login or e-mail with a password."""

    def get_user(self, user_id: Any) -> Person | None:
        """The person, unless he may no longer sign in."""
        person = _PERSON.first(person=int(user_id))
        return person if person is not None and self.user_can_authenticate(person) else None


_PERSON: Prepared[Person] = Prepared(lambda person: Person.objects.filter(pk=person).order_by())
