"""A tie knows whether its ticket is in the archive."""

from typing import Any

from django.db import migrations, models


def settle(apps: Any, schema_editor: Any) -> None:
    ties = apps.get_model("tickets", "Participant").objects.filter(ticket__status="archived")
    ties.update(is_current=False)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0005_entries_are_never_replaced")]
    operations = [
        migrations.RemoveIndex("participant", "participant_latest"),
        migrations.AddField("participant", "is_current", models.BooleanField(default=True)),
        migrations.RunPython(settle, migrations.RunPython.noop),
        migrations.AddIndex(
            "participant",
            models.Index(
                fields=["person"], name="participant_current", condition=models.Q(is_current=True)
            ),
        ),
    ]
