"""What runs when. One row for each piece of periodic work; the worker and `doctor` read it.

The first column is the name people see, the second how often it runs, the third what is run.
`daily` work runs at night (UTC), when it disturbs nobody.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple, cast

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from estafeta.lib.jobs.backend import TableTask


class Row(NamedTuple):
    """One piece of periodic work."""

    name: str
    every: datetime.timedelta
    run: str
    # Moves the daily work away from midnight.
    offset: datetime.timedelta = datetime.timedelta()

    def due(self, now: datetime.datetime) -> datetime.datetime:
        """Give the last moment, up to now, at which this had to run."""
        since = datetime.datetime.min.replace(tzinfo=datetime.UTC) + self.offset
        return since + (now - since) // self.every * self.every


def minutes(count: int) -> datetime.timedelta:
    """Say how often in minutes."""
    return datetime.timedelta(minutes=count)


daily = datetime.timedelta(days=1)
at_two = datetime.timedelta(hours=2)

TIMETABLE = (
    Row(
        "Resume tickets whose waiting is over",
        minutes(1),
        "estafeta.tickets.upkeep.waking.resume_due",
    ),
    Row(
        "Answer for departments that are silent",
        minutes(5),
        "estafeta.tickets.upkeep.unanswered.settle_due",
    ),
    Row("Accept what nobody objects to", minutes(10), "estafeta.tickets.upkeep.silence.accept_due"),
    Row("Archive finished tickets", minutes(10), "estafeta.tickets.upkeep.archiving.archive_due"),
    Row(
        "Move what stands in merged departments",
        minutes(10),
        "estafeta.tickets.upkeep.department_merge.move_stragglers",
    ),
    Row(
        "Put down what lies in the hands of those who left",
        minutes(10),
        "estafeta.tickets.upkeep.leaving.put_down_forgotten",
    ),
    Row(
        "Tell of announcements that begin or end",
        minutes(1),
        "estafeta.accounts.announcing.tell_of_time",
    ),
    Row(
        "Let talks of operators who have gone wait again",
        minutes(1),
        "estafeta.chat.operators.upkeep.settle_due",
    ),
    Row(
        "Call louder for urgent tickets",
        minutes(1),
        "estafeta.notifications.ladder.climbing.climb_due",
    ),
    Row("Send announcements", minutes(1), "estafeta.notifications.mass.tell_due"),
    Row("Make the search index anew", minutes(1), "estafeta.tickets.upkeep.reindexing.go_on"),
    Row("Seal the journal and mail the seal", daily, "estafeta.tickets.proof.seal_mail.seal_day"),
    Row(
        "Give up messages that have become too old",
        minutes(10),
        "estafeta.notifications.ledger.expire_old",
    ),
    Row(
        "Tell other systems of removed tickets",
        minutes(1),
        "estafeta.notifications.webhooks.purges.tell",
    ),
    Row(
        "Switch off webhooks that take nothing",
        minutes(60),
        "estafeta.notifications.webhooks.failing.switch_off_due",
    ),
    Row(
        "Forget addresses that nobody proved",
        daily,
        "estafeta.notifications.addresses.forgetting.forget_unproved",
        at_two,
    ),
    Row("Forget old notifications", daily, "estafeta.notifications.tidy.forget_old", at_two),
    Row(
        "Forget old messages to departments and other systems",
        daily,
        "estafeta.notifications.tidy.forget_old_messages",
        at_two,
    ),
    Row(
        "Forget files that were not sent",
        minutes(60),
        "estafeta.tickets.files.attachments.forget_due",
    ),
    Row("Forget files of talks that were not sent", minutes(60), "estafeta.chat.files.forget_due"),
    Row("Forget old changes of talks", daily, "estafeta.chat.tidy.forget_changes", at_two),
    Row("Forget drawn pages", daily, "estafeta.files.previews.forget_old", at_two),
    Row("Refresh the database's statistics", daily, "estafeta.ops.housekeeping.statistics", at_two),
    Row(
        "Forget drafts of comments",
        daily,
        "estafeta.tickets.conversation.drafts.forget_old",
        at_two,
    ),
    Row("Forget pages that were left", minutes(60), "estafeta.presence.places.forget_old"),
    Row("Forget expired sessions", daily, "estafeta.ops.housekeeping.sessions", at_two),
    Row("Forget old bulk reports", daily, "estafeta.tickets.bulk.runs.forget_old", at_two),
    Row("Forget old background jobs", daily, "estafeta.lib.jobs.tidy.tidy", at_two),
)


@task(max_attempts=4)
def run_row(name: str) -> None:
    """Run one row of the timetable."""
    rows = {row.name: row for row in TIMETABLE}
    if name in rows:  # a row that this version no longer has is not an error
        import_string(rows[name].run)()


class Planner:
    """Turns rows that have become due into jobs, each once however many workers there are."""

    def __init__(self) -> None:
        self._planned: dict[str, datetime.datetime] = {}

    def plan(self) -> int:
        """Enqueue what has become due since the last call; tell how many."""
        now, count = timezone.now(), 0
        for row in TIMETABLE:
            due = row.due(now)
            if self._planned.get(row.name) != due:
                key = f"{row.name} @ {due.isoformat()}"
                cast(TableTask, run_row).only_once(key).enqueue(row.name)
                self._planned[row.name] = due
                count += 1
        return count
