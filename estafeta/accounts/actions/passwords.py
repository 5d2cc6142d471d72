"""Passwords: set by oneself, by a link, by the command line; never shown, never mailed."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security, sessions
from estafeta.accounts.actions.action import action
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person
from estafeta.accounts.models.security_entry import Kind
from estafeta.accounts.reset_links import is_good, key_for, send_link_to

LONGEST = 500


def hashed(password: str, *, person: Person) -> str:
    """The hash of an acceptable password; takes a while, so never inside a transaction."""
    if len(password) > LONGEST:
        raise Invalid.at("password", _("This password is too long."))
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Invalid({"password": error.messages}) from None
    return make_password(password)


def change_password(person: Person, password: str, *, by: Person, keep: str | None = None) -> None:
    """Set it; every session but `keep` ends."""
    permissions.require(by.pk == person.pk or permissions.administers(by))
    _store(person, hashed(password, person=person), by=by, kind=Kind.PASSWORD_CHANGED, keep=keep)


def reset_password(person: Person, password: str, *, token: str) -> None:
    """Set it with the token of a link, which is used up by this; every session ends."""
    _store(
        person, hashed(password, person=person), by=person, kind=Kind.PASSWORD_RESET, token=token
    )


@action
def _store(
    person: Person,
    password_hash: str,
    *,
    by: Person,
    kind: Kind,
    keep: str | None = None,
    token: str | None = None,
) -> None:
    row = Person.objects.select_for_update().get(pk=person.pk)
    if token is not None and not is_good(row, token):
        raise Invalid.at("token", _("This link no longer works."))
    person.password = row.password = password_hash
    row.save(update_fields=["password"])
    sessions.end(row, keep=keep)
    security.record(kind, by=by, about=row)


@action
def offer_link(person: Person, *, by: Person, base: str) -> None:
    """Mail the person a link with which he sets his password; `base` is the site's address."""
    _require_who_may_sign_in(person, by=by)
    if not person.email:
        raise Invalid.at("", _("There is no e-mail address to send it to."))
    security.record(Kind.LINK_SENT, by=by, about=person, how="mail")
    send_link_to.enqueue(person.pk, base)


@action
def show_link(person: Person, *, by: Person) -> str:
    """The key of such a link, for an administrator to hand over where there is no mail."""
    _require_who_may_sign_in(person, by=by)
    security.record(Kind.LINK_SENT, by=by, about=person, how="shown")
    return key_for(person)


def _require_who_may_sign_in(person: Person, *, by: Person) -> None:
    permissions.require(permissions.administers(by))
    if not person.login or not person.is_active:
        raise Invalid.at("", _("Only somebody with a login who is switched on can sign in."))
