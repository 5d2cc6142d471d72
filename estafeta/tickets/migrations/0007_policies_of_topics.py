"""What follows from a topic: performers, priority, evidence, who gets new tickets."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0006_current_ties"),
        ("accounts", "0006_policies_of_departments_and_branding"),
    ]
    operations = [
        migrations.AddField(
            "topic",
            "performers",
            models.ManyToManyField(
                "accounts.Person", blank=True, related_name="+", verbose_name="Performers"
            ),
        ),
        migrations.AddField(
            "topic",
            "priority",
            models.PositiveSmallIntegerField(
                "Priority",
                default=2,
                choices=[(1, "Low"), (2, "Normal"), (3, "High"), (4, "Urgent")],
            ),
        ),
        migrations.AddField(
            "topic",
            "evidence",
            models.JSONField("Completion must carry", default=list, blank=True),
        ),
        migrations.AddField(
            "topic",
            "assignment_mode",
            models.CharField(
                "Who gets new tickets",
                max_length=12,
                blank=True,
                default="",
                choices=[
                    ("none", "Nobody: whoever is free takes it"),
                    ("round_robin", "Everybody in turn"),
                    ("least_loaded", "Whoever has least to do"),
                ],
            ),
        ),
        migrations.AddField(
            "topic", "is_hidden", models.BooleanField("Only for staff", default=False)
        ),
    ]
