"""Each performer's own part, evidence, what waits for an answer, whose turn it is."""

from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.db.models import CASCADE, PROTECT, F, Q
from django.utils.dateparse import parse_datetime

NOBODY_SET_ONE = "9999-12-31T00:00:00+00:00"


def look_back(apps: Any, schema_editor: Any) -> None:
    """Deadlines were shifted before this was counted: the journal knows the first and how often."""
    tickets = apps.get_model("tickets", "Ticket").objects
    tickets.filter(status="review").update(review_since=F("changed_at"))
    tickets.exclude(due=parse_datetime(NOBODY_SET_ONE)).update(original_due=F("due"))
    entries = apps.get_model("tickets", "Entry").objects.filter(verb="set_deadline").order_by("pk")
    first: dict[int, str] = {}
    shifts: dict[int, int] = {}
    for ticket, facts in entries.values_list("ticket", "facts").iterator():
        first.setdefault(ticket, facts.get("old") or facts.get("new") or "")
        shifts[ticket] = shifts.get(ticket, 0) + bool(facts.get("old"))
    for ticket, iso in first.items():
        at = parse_datetime(iso) if iso else None
        tickets.filter(pk=ticket).update(original_due=at, shifts=shifts[ticket])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_policies_of_departments_and_branding"),
        ("tickets", "0007_policies_of_topics"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        # Of the model only: the table is as it was.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("entry", "verb", models.CharField(max_length=20))
            ]
        ),
        migrations.AddField("participant", "taken_at", models.DateTimeField(null=True)),
        migrations.AddField("participant", "finished_at", models.DateTimeField(null=True)),
        migrations.AddField("participant", "nudged_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "ticket",
            "evidence",
            models.JSONField("Completion must carry", default=list, blank=True),
        ),
        migrations.AddField(
            "ticket", "is_separate", models.BooleanField("Each finishes separately", default=False)
        ),
        migrations.AddField("ticket", "original_due", models.DateTimeField(null=True)),
        migrations.AddField("ticket", "shifts", models.PositiveIntegerField(default=0)),
        migrations.AddField("ticket", "proposed_due", models.DateTimeField(null=True)),
        migrations.AddField("ticket", "offered_until", models.DateTimeField(null=True)),
        migrations.AddField("ticket", "review_since", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "ticket",
            models.Index(
                fields=["offered_until"], name="ticket_offered",
                condition=Q(offered_until__isnull=False),
            ),
        ),
        migrations.CreateModel(
            "PendingDeadline",
            [
                (
                    "ticket",
                    models.OneToOneField(
                        "tickets.Ticket", PROTECT, primary_key=True, serialize=False,
                        related_name="pending_deadline",
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("since", models.DateTimeField()),
                ("by", models.ForeignKey(settings.AUTH_USER_MODEL, PROTECT, related_name="+")),
            ],
        ),
        migrations.CreateModel(
            "PendingHandOver",
            [
                (
                    "ticket",
                    models.OneToOneField(
                        "tickets.Ticket", PROTECT, primary_key=True, serialize=False,
                        related_name="pending_hand_over",
                    ),
                ),
                ("was_separate", models.BooleanField(default=False)),
                ("reason", models.CharField(max_length=500)),
                ("since", models.DateTimeField()),
                ("by", models.ForeignKey(settings.AUTH_USER_MODEL, PROTECT, related_name="+")),
                (
                    "department",
                    models.ForeignKey("accounts.Department", PROTECT, related_name="+"),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL, PROTECT, null=True, related_name="+"
                    ),
                ),
                ("people", models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")),
            ],
        ),
        migrations.CreateModel(
            "Turn",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "department",
                    models.OneToOneField(
                        "accounts.Department", CASCADE, null=True, related_name="+"
                    ),
                ),
                (
                    "last",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL, PROTECT, null=True, related_name="+"
                    ),
                ),
                (
                    "topic",
                    models.OneToOneField("tickets.Topic", CASCADE, null=True, related_name="+"),
                ),
            ],
            {
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(topic__isnull=True) ^ Q(department__isnull=True),
                        name="turn_of_a_topic_or_a_department",
                    )
                ]
            },
        ),
        migrations.RunPython(look_back, migrations.RunPython.noop),
    ]
