"""The search index learns which words are names of files; rows that are there follow in the background."""

from typing import Any

from django.db import migrations, models


def order_renewal(apps: Any, schema_editor: Any) -> None:
    """Only where tickets have files: elsewhere there is nothing to make anew."""
    files = apps.get_model("tickets", "Attachment").objects.filter(ticket__isnull=False)
    total = files.filter(removed_at=None).order_by().values("ticket").distinct().count()
    if total:
        apps.get_model("tickets", "Renewal").objects.create(name="file names", total=total)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0021_telegram_is_a_door")]

    operations = [
        migrations.CreateModel(
            name="Renewal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True)),
                ("up_to", models.BigIntegerField(default=0)),
                ("done", models.PositiveBigIntegerField(default=0)),
                ("total", models.PositiveBigIntegerField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunPython(order_renewal, migrations.RunPython.noop),
    ]
