"""How django-allauth works here: our messages, our trail, no sign-up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from estafeta.accounts import security
from estafeta.accounts.models import Person
from estafeta.accounts.models.security_entry import Kind
from estafeta.lib.text import fold


class Adapter(DefaultAccountAdapter):
    """The points at which allauth asks us."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Administrators add people; nobody adds himself."""
        return False

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Our views say what there is to say."""

    def get_login_stages(self) -> list[str]:
        """Nothing stands between the password and the sign-in: addresses are not verified."""
        return []

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where the request comes from; a local socket has no address."""
        return security.current_address() or "127.0.0.1"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Allauth's own key holds the Host header, which whoever guesses passwords can vary.
        return account_key(_typed(credentials))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write the failure down; what was typed as a login may be a password, so not all of it."""
        typed = _typed(credentials)
        found = people_meant_by(typed)
        about = found[0] if len(found) == 1 else None
        security.record(Kind.SIGN_IN_FAILED, by=None, about=about, login=masked(typed))

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Write the sign-in down."""
        security.record(Kind.SIGNED_IN, by=user, about=user)
        return super().post_login(request, user, **kwargs)


def _typed(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username") or credentials.get("email") or "")


def people_meant_by(typed: str) -> list[Person]:
    """Whose login or e-mail this is; at most two are looked for."""
    if not typed:
        return []
    return list(Person.objects.filter(Q(login__iexact=typed) | Q(email__iexact=typed))[:2])


def account_key(typed: str) -> str:
    """What tries are counted by: the same for a person's login and e-mail."""
    found = people_meant_by(typed)
    return f"person {found[0].pk}" if len(found) == 1 else fold(typed)


def masked(typed: str) -> str:
    """The first letters, enough to recognise one's own mistake."""
    return typed if len(typed) <= 3 else f"{typed[:3]}…"
