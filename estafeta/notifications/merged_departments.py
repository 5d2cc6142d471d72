"""What stands in a department that becomes part of another: it follows, or it ends there.

Its addresses are of the people who move, so they move with them; webhooks that hear of it hear of the
other one too, for its tickets go on there. In whose name letters are sent and what its people hear of
by default are rules of the place: where they go, others hold.
"""

from __future__ import annotations

from estafeta.accounts.models import Department
from estafeta.notifications.channels.mail import senders
from estafeta.notifications.models import Address, DefaultWishes, MailSender, Webhook


def follow(department: Department, into: Department) -> None:
    """Inside the transaction of the merge."""
    there = set(Address.objects.filter(department=into).values_list("channel", "fingerprint"))
    for row in Address.objects.filter(department=department).order_by("pk"):
        if (row.channel, row.fingerprint) in there:
            row.delete()
        else:
            Address.objects.filter(pk=row.pk).update(department=into)
    for webhook in Webhook.objects.filter(departments=department):
        # Not instead: its tickets follow one by one.
        webhook.departments.add(into)
    MailSender.objects.filter(department=department).delete()
    DefaultWishes.objects.filter(department=department).delete()
    senders.forget()
