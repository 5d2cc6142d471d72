"""In whose name a letter is sent: the department's of its ticket, else the installation's."""

from __future__ import annotations

from estafeta.accounts import tree
from estafeta.lib.short_memory import ShortMemory
from estafeta.notifications.channels.mail.addresses import sender_of, written
from estafeta.notifications.models import MailSender


def _rows() -> dict[int, tuple[str, str]]:
    rows = MailSender.objects.values_list("department", "name", "address")
    return {department: (name, address) for department, name, address in rows}


_kept = ShortMemory(_rows)


def forget() -> None:
    """Read again next time; for whoever has just changed one."""
    _kept.forget()


def sender_for(department: int | None, usual: str) -> str:
    """The nearest sender on the way up from the department; `usual` where there is none."""
    name, address = _nearest(department)
    own_name, own_address = sender_of(usual) or ("", usual)
    if not name and not address:
        return written(own_name, own_address)
    return written(name or own_name, address or own_address)


def _nearest(department: int | None) -> tuple[str, str]:
    senders = _kept.current()
    if department is None or not senders:
        return "", ""
    row = tree.by_id([department]).get(department)
    for place in reversed(row.path_numbers() if row else []):
        if place in senders:
            return senders[place]
    return "", ""
