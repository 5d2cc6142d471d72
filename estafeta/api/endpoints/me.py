"""Who asks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone, translation
from ninja import Router

from estafeta.api.lookups import the_person
from estafeta.api.schemas.people import Me, MembershipOut, TokenOut
from estafeta.api.schemas.tickets import maybe

router = Router(tags=["You"])


@router.get("", response=Me, operation_id="me", summary="Who you are")
def me(request: HttpRequest) -> Me:
    """The person of the token, and what the token may do. Good for trying whether a token works."""
    return shown(request)


def shown(request: HttpRequest) -> Me:
    """The person of the token as he is now."""
    person, token = the_person(request), request.auth  # type: ignore[attr-defined]
    memberships: Any = person.memberships.select_related("department")
    return Me(
        id=person.pk, login=person.login, name=person.name, email=person.email,
        language=translation.get_language(), time_zone=timezone.get_current_timezone_name(),
        is_agent=person.is_agent, is_director=person.is_director,
        is_administrator=person.is_administrator, organisation=maybe(person.organisation),
        photo=person.photo_url,
        departments=[
            MembershipOut(id=row.department_id, name=row.department.name, is_head=row.is_head)
            for row in memberships
        ],
        token=TokenOut(name=token.name, scope=token.scope, expires_at=token.expires_at),
    )  # fmt: skip
