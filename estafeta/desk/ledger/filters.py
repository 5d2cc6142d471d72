"""What narrows the ledger, as it stands in the address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from estafeta.accounts.models import Person
from estafeta.lib.ids import bounded
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.models import DeliveryState
from estafeta.notifications.models.delivery import DeliveryQuerySet

MOST_PEOPLE = 200


@dataclass(frozen=True)
class Filters:
    """What means nothing is left out."""

    channel: str = ""
    state: str = ""
    person: str = ""
    """Words of a name, a login or an address."""
    ticket: int = 0
    cause: str = ""
    before: int = 0

    @classmethod
    def of(cls, query: QueryDict) -> Filters:
        """Take them out of an address."""
        channel, state = query.get("channel", ""), query.get("state", "")
        return cls(
            channel=channel if channel in CHANNELS else "",
            state=state if state in DeliveryState.values else "",
            person=query.get("person", "").strip()[:100],
            ticket=_number(query.get("ticket", "").strip().lstrip("#№ ")),
            cause=query.get("cause", "")[:100],
            before=_number(query.get("before", "")),
        )

    def narrow(self, rows: DeliveryQuerySet) -> DeliveryQuerySet:
        """Only what they ask for."""
        if self.channel:
            rows = rows.filter(channel=self.channel)
        if self.state:
            rows = rows.filter(state=self.state)
        if self.cause:
            rows = rows.filter(cause=self.cause)
        if self.person:
            people = Person.objects.find(self.person).values_list("pk", flat=True)[:MOST_PEOPLE]
            rows = rows.filter(person__in=list(people))
        if self.ticket:
            rows = rows.filter(Q(notification__ticket=self.ticket) | Q(entry__ticket=self.ticket))
        if self.before:
            rows = rows.filter(pk__lt=self.before)
        return rows

    def address(self, *, before: int = 0) -> str:
        """The same as a query; another page of it with `before`."""
        values = {
            "channel": self.channel, "state": self.state, "person": self.person,
            "ticket": self.ticket or "", "cause": self.cause, "before": before or "",
        }  # fmt: skip
        return "?" + urlencode({key: value for key, value in values.items() if value})

    @property
    def channels(self) -> list[tuple[str, object]]:
        """For a field."""
        return [("", _("All")), *((name, one.label) for name, one in CHANNELS.items())]

    @property
    def states(self) -> list[tuple[str, object]]:
        """For a field."""
        return [("", _("All")), *DeliveryState.choices]


def _number(text: str) -> int:
    return bounded(int(text)) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
