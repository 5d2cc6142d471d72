"""What tickets are about."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from estafeta.api.schemas.tickets import TopicOut, Topics
from estafeta.tickets.models import Acceptance, Topic

router = Router(tags=["Tickets"])


@router.get("", response=Topics, operation_id="topics", summary="What a ticket may be about")
def topics(request: HttpRequest) -> Topics:
    """The active topics with what they fill in."""
    rows = Topic.objects.filter(is_active=True)
    return Topics(
        topics=[
            TopicOut(id=row.pk, name=row.name, parent=row.parent_id, department=row.department_id,
                     acceptance=Acceptance(row.acceptance))
            for row in rows
        ]
    )  # fmt: skip
