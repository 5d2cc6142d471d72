"""Links with which a person sets a password: one-time, expiring, mailed by a background job."""

from __future__ import annotations

from email.utils import formataddr

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import base36_to_int, int_to_base36
from django.utils.translation import gettext as _
from django_tasks import task

from estafeta.accounts.models import Person, Site

_tokens = PasswordResetTokenGenerator()
PATH = "/password/reset/"


def key_for(person: Person) -> str:
    """What stands at the end of the link; it changes with the password and the last sign-in."""
    return f"{int_to_base36(person.pk)}-{_tokens.make_token(person)}"


def read(key: str) -> tuple[Person, str] | None:
    """The person of a good key, and the token in it; None when it is wrong, used or too old."""
    number, _dash, token = key.partition("-")
    try:
        person = Person.objects.filter(pk=base36_to_int(number), is_active=True).first()
    except (ValueError, OverflowError):
        return None
    if person is None or not person.login or not is_good(person, token):
        return None
    return person, token


def is_good(person: Person, token: str) -> bool:
    """Whether the token was made for this person as he is now, and lately."""
    return _tokens.check_token(person, token)


@task(max_attempts=5)
def send_links_for(address: str, base: str) -> None:
    """Mail a link to everybody who signs in with this address or login; to nobody if there is none."""
    people = Person.objects.active().exclude(login=None).exclude(email="")
    for person in people.filter(email__iexact=address) or people.filter(login__iexact=address):
        _mail(person, base)


@task(max_attempts=5)
def send_link_to(person: int, base: str) -> None:
    """Mail a link to one person, as an administrator asked."""
    found = Person.objects.active().exclude(login=None).exclude(email="").filter(pk=person).first()
    if found is not None:
        _mail(found, base)


def _mail(person: Person, base: str) -> None:
    site = Site.current()
    with translation.override(person.language or site.language):
        name = site.organisation_name or "Estafeta"
        context = {
            "person": person, "name": name, "base": base,
            "link": f"{base}{PATH}{key_for(person)}",
            "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        }  # fmt: skip
        mail = EmailMultiAlternatives(
            subject=_("Set your password: %(name)s") % {"name": " ".join(name.split())},
            body=render_to_string("signin/mail/reset.txt", context),
            to=[formataddr((" ".join(person.name.split()), person.email))],
            headers={"Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(render_to_string("signin/mail/reset.html", context), "text/html")
        mail.send()
