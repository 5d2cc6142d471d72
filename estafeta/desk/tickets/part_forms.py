"""What the verbs ask that put a ticket under another one and take it off again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from estafeta.desk.tickets.relation_fields import TicketField
from estafeta.desk.tickets.relation_forms import WithOther


class MakeSubtask(WithOther):
    """make_subtask: of which ticket."""

    submit = gettext_lazy("Make it a part")
    consequence = gettext_lazy(
        "The other ticket shows it among its sub-tickets, and asks before it is completed while "
        "this one is open. Place, people and requester of both stay as they are."
    )

    other = TicketField(gettext_lazy("Part of which ticket"), goes_on=True)


class DetachSubtask(WithOther):
    """detach_subtask: off the ticket that the address names."""

    kind = "danger-primary"
    submit = gettext_lazy("Take it off")

    other = TicketField(gettext_lazy("Part of which ticket"))

    def prepare(self) -> None:
        super().prepare()
        field: Any = self.fields["other"]
        field.kind = "hidden"
        chosen = field.chosen(self.data.get("other") or self.initial.get("other"))
        if chosen:
            self.consequence = _(
                "It is no part of %(ticket)s any more and stands for itself. Nothing else changes."
            ) % {"ticket": chosen[0][1]}
