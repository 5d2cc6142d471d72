"""The daily seal leaves the house: who keeps the mail can prove what the journal was on that day."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from estafeta.accounts.models import Site
from estafeta.lib import clock, mail_server
from estafeta.tickets.models import Seal
from estafeta.tickets.proof import sealing


def seal_day() -> None:
    """Seal what is new and mail the seal; once a day."""
    if not sealing.is_sealed_today():
        seal_and_mail()


def seal_and_mail() -> list[Seal]:
    """Seal what is new; the worker mails the last of the new seals, which stands for all."""
    made = sealing.seal_all()
    address = Site.objects.values_list("seal_address", flat=True).first()
    if address:
        with transaction.atomic():
            send_seal.enqueue(made[-1].number)
    return made


@task(max_attempts=12)
def send_seal(number: int) -> None:
    """Mail one seal to the address of the settings, and write down that it was."""
    seal = Seal.objects.filter(number=number).first()
    # Read now: whoever is chosen in the meantime gets it.
    site = Site.objects.filter(pk=1).first()
    if seal is None or seal.mailed_at is not None or site is None or not site.seal_address:
        return
    if not mail_server.current().host:  # no mail server is set: the seal says that nobody has it
        return
    with translation.override(site.language):
        name = " ".join((site.organisation_name or "Estafeta").split())
        mail = EmailMessage(
            subject=_("Seal %(number)s of the journal: %(name)s")
            % {"number": seal.number, "name": name},
            body=render_to_string("mail/seal.txt", {"seal": seal, "name": name}),
            to=[site.seal_address],
            headers={"Auto-Submitted": "auto-generated"},
        )
        mail.send()
    Seal.objects.filter(pk=seal.pk).update(mailed_to=site.seal_address, mailed_at=clock.now())
