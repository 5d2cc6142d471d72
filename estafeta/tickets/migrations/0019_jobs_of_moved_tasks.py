"""Jobs that wait are named by the module of their task; two tasks moved into rooms."""

from typing import Any

from django.db import migrations

MOVED = {
    "estafeta.tickets.seal_mail.": "estafeta.tickets.proof.seal_mail.",
    "estafeta.tickets.department_merge.": "estafeta.tickets.upkeep.department_merge.",
}


def follow_the_tasks(apps: Any, schema_editor: Any) -> None:
    """Rename the tasks of jobs that were enqueued before the move."""
    for before, after in MOVED.items():
        for job in apps.get_model("jobs", "Job").objects.filter(task__startswith=before):
            job.task = after + job.task.removeprefix(before)
            job.save(update_fields=["task"])


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0018_bulk_runs_once_a_key"),
        ("jobs", "__first__"),
    ]
    operations = [migrations.RunPython(follow_the_tasks, migrations.RunPython.noop)]
