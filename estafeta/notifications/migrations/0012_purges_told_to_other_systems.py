from typing import Any

from django.db import migrations, models


def begin_with_the_last(apps: Any, schema_editor: Any) -> None:
    """What was purged before is no news."""
    last = apps.get_model("tickets", "Purge").objects.aggregate(seq=models.Max("seq"))["seq"]
    apps.get_model("notifications", "Progress").objects.update(purge=last or 0)


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0011_calls_of_talks"),
        ("tickets", "0014_relations"),
    ]

    operations = [
        migrations.AddField(
            model_name="progress",
            name="purge",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.RunPython(begin_with_the_last, migrations.RunPython.noop),
    ]
