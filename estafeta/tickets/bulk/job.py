"""A long run as a background job."""

from __future__ import annotations

from django.utils import translation
from django_tasks import task

from estafeta.accounts.models import Site
from estafeta.tickets.bulk.runs import go_on
from estafeta.tickets.models import BulkRun


@task(max_attempts=4)
def work_off(run: int) -> None:
    """Go on with this run until it is finished; what is refused is told in the person's language."""
    row = BulkRun.objects.select_related("person").get(pk=run)
    with translation.override(row.person.language or Site.current().language):
        go_on(row)
