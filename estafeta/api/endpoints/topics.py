"""What tickets are about."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from estafeta.api.lookups import the_person
from estafeta.api.schemas.tickets import PriorityName, TopicOut, Topics, a_name
from estafeta.tickets.models import Acceptance, Evidence, Priority, Topic

router = Router(tags=["Tickets"])


@router.get("", response=Topics, operation_id="topics", summary="What a ticket may be about")
def topics(request: HttpRequest) -> Topics:
    """The active topics with what they fill in."""
    rows, by = Topic.objects.filter(is_active=True), the_person(request)
    rows = rows.prefetch_related("performers") if by.is_agent else rows.filter(is_hidden=False)
    return Topics(
        topics=[
            TopicOut(id=row.pk, name=row.name, parent=row.parent_id, department=row.department_id,
                     acceptance=Acceptance(row.acceptance),
                     priority=PriorityName[Priority(row.priority).name],
                     evidence=[Evidence(kind) for kind in row.evidence],
                     performers=[a_name(person) for person in row.performers.all()]
                     if by.is_agent else [])
            for row in rows
        ]
    )  # fmt: skip
