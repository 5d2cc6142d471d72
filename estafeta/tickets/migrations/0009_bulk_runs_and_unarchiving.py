import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0008_parts_of_performers_and_pending_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="unarchived_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="BulkRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("verb", models.CharField(max_length=20)),
                ("arguments", models.JSONField(default=dict)),
                ("numbers", models.JSONField(default=list)),
                ("as_of", models.BigIntegerField(null=True)),
                (
                    "via",
                    models.CharField(
                        choices=[
                            ("desk", "on a page"),
                            ("api", "through the API"),
                            ("mail", "by mail"),
                            ("schedule", "by schedule"),
                            ("system", "by the system"),
                        ],
                        max_length=10,
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                ("done", models.JSONField(default=list)),
                ("refused", models.JSONField(default=list)),
                ("begun_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="tickets.bulkrun",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-id"], name="bulk_run_of_person")],
            },
        ),
    ]
