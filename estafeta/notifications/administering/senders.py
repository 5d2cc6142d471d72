"""In whose name letters of departments are sent."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Department, Person
from estafeta.accounts.models.security_entry import Kind
from estafeta.lib.text import one_line
from estafeta.notifications.channels.mail import senders
from estafeta.notifications.channels.mail.addresses import is_address
from estafeta.notifications.models import MailSender

LONGEST_NAME = 100


def change_senders(given: dict[Department, tuple[str, str]], *, by: Person) -> int:
    """Name and address for each department; both empty: as above it. How many changed."""
    permissions.require(permissions.administers(by))
    wanted = {one: (one_line(name), one_line(address)) for one, (name, address) in given.items()}
    errors: dict[str, list[str]] = {}
    for department, (name, address) in wanted.items():
        if address and (not is_address(address) or not address.isascii()):
            errors[f"address-{department.pk}"] = [_("This is no mail address.")]
        if len(name) > LONGEST_NAME:
            errors[f"name-{department.pk}"] = [
                _("At most %(count)s letters.") % {"count": LONGEST_NAME}
            ]
    if errors:
        raise Invalid(errors)
    with transaction.atomic():
        rows = {row.department_id: row for row in MailSender.objects.select_for_update()}
        changed = [
            department for department, (name, address) in wanted.items()
            if _differs(rows.get(department.pk), name, address)
        ]  # fmt: skip
        for department in changed:
            _keep(department, *wanted[department])
        if changed:
            names = sorted(department.name for department in changed)
            security.record(Kind.SETTINGS_CHANGED, by=by, channel="mail", senders=names)
    senders.forget()
    return len(changed)


def _differs(row: MailSender | None, name: str, address: str) -> bool:
    return (row.name, row.address) != (name, address) if row else bool(name or address)


def _keep(department: Department, name: str, address: str) -> None:
    if name or address:
        words = {"name": name, "address": address}
        MailSender.objects.update_or_create(department=department, defaults=words)
    else:
        MailSender.objects.filter(department=department).delete()
