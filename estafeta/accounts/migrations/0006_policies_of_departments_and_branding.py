"""Policies of departments, rights of people, the dictionary of positions, branding."""

from typing import Any

from django.db import migrations, models
from django.db.models import PROTECT


def collect_positions(apps: Any, schema_editor: Any) -> None:
    """The dictionary begins with what stands on the cards."""
    people = apps.get_model("accounts", "Person").objects.exclude(position="").order_by()
    position = apps.get_model("accounts", "Position")
    names = people.values_list("position", flat=True).distinct()
    position.objects.bulk_create(position(name=name) for name in names)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_security_entries_are_never_replaced")]
    operations = [
        migrations.CreateModel(
            "Position",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        error_messages={"unique": "There is already a position of this name."},
                        max_length=120,
                        unique=True,
                        verbose_name="Name",
                    ),
                ),
            ],
            {"ordering": ("name",)},
        ),
        migrations.AddField("department", "position", models.PositiveIntegerField(default=0)),
        migrations.AddField(
            "department",
            "prefix",
            models.CharField(
                "Prefix of ticket numbers", max_length=8, blank=True, default=""
            ),
        ),
        migrations.AddField(
            "department", "is_hidden", models.BooleanField("Hidden from others", default=False)
        ),
        migrations.AddField(
            "department",
            "hand_over_mode",
            models.CharField(
                "Tickets handed over to it",
                max_length=8,
                default="at_once",
                choices=[
                    ("at_once", "It is here at once"),
                    ("accept", "Somebody here accepts or declines it first"),
                ],
            ),
        ),
        migrations.AddField(
            "department",
            "hand_over_hours",
            models.PositiveIntegerField("Hours to accept or decline", default=24),
        ),
        migrations.AddField(
            "department",
            "hand_over_unanswered",
            models.CharField(
                "When nobody answers in time",
                max_length=4,
                default="back",
                choices=[
                    ("back", "Back to whom it came from"),
                    ("up", "To the department above"),
                ],
            ),
        ),
        migrations.AddField(
            "department",
            "assignment_mode",
            models.CharField(
                "Who gets new tickets",
                max_length=12,
                default="none",
                choices=[
                    ("none", "Nobody: whoever is free takes it"),
                    ("round_robin", "Everybody in turn"),
                    ("least_loaded", "Whoever has least to do"),
                ],
            ),
        ),
        migrations.AddField(
            "department",
            "merged_into",
            models.ForeignKey(
                "accounts.Department", PROTECT, null=True, blank=True, editable=False,
                related_name="+",
            ),
        ),
        migrations.AddField(
            "person",
            "may_announce",
            models.BooleanField("May send announcements", default=False),
        ),
        migrations.AddField(
            "person",
            "may_write_knowledge",
            models.BooleanField("May write knowledge articles", default=False),
        ),
        migrations.AddField(
            "person", "may_see_reports", models.BooleanField("May see reports", default=False)
        ),
        migrations.AddField(
            "site",
            "silence_days",
            models.PositiveIntegerField(
                "Working days of silence after which a result is accepted", default=0
            ),
        ),
        migrations.AddField(
            "site",
            "brand_name",
            models.CharField("Name of the system", max_length=40, blank=True, default=""),
        ),
        migrations.AddField(
            "site",
            "logo",
            models.CharField(max_length=120, blank=True, default="", editable=False),
        ),
        migrations.AddField(
            "site",
            "accent",
            models.CharField("Accent colour", max_length=7, blank=True, default=""),
        ),
        migrations.AddField(
            "site",
            "priority_looks",
            models.JSONField(default=dict, blank=True, editable=False),
        ),
        migrations.RunPython(collect_positions, migrations.RunPython.noop),
    ]
