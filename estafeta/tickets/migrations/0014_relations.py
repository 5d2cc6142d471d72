"""Followers, mentions, tags, links, sub-tickets, merges; protocols of what is removed for good.

The rows of a ticket's journal may be deleted where a protocol of that ticket stands, and nowhere else.
"""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT
STATUSES = [
    ("new", "New"), ("in_progress", "In progress"), ("waiting", "Waiting"), ("review", "In review"),
    ("done", "Done"), ("cancelled", "Cancelled"), ("archived", "Archived"), ("merged", "Merged"),
    ("deleted", "Deleted"),
]  # fmt: skip
LINKS = [("relates", "Relates to"), ("blocks", "Blocks"), ("duplicates", "Duplicates")]
SQLITE = [
    "DROP TRIGGER entry_is_never_deleted",
    """CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON tickets_entry
       WHEN NOT EXISTS (SELECT 1 FROM tickets_purge WHERE number = OLD.ticket_id)
       BEGIN SELECT RAISE(ABORT, 'journal entries are never deleted'); END""",
    """CREATE TRIGGER purge_is_never_changed BEFORE UPDATE ON tickets_purge
       BEGIN SELECT RAISE(ABORT, 'protocols are never changed'); END""",
    """CREATE TRIGGER purge_is_never_deleted BEFORE DELETE ON tickets_purge
       BEGIN SELECT RAISE(ABORT, 'protocols are never deleted'); END""",
]
POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION tickets_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
           IF TG_OP = 'DELETE' THEN
               IF EXISTS (SELECT 1 FROM tickets_purge WHERE number = OLD.ticket_id) THEN
                   RETURN OLD;
               END IF;
           END IF;
           RAISE EXCEPTION 'journal entries are never changed or deleted';
       END $$""",
    """CREATE FUNCTION tickets_purge_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'protocols are never changed or deleted'; END $$""",
    """CREATE TRIGGER purge_is_append_only BEFORE UPDATE OR DELETE ON tickets_purge
       FOR EACH ROW EXECUTE FUNCTION tickets_purge_is_append_only()""",
    """CREATE TRIGGER purge_is_never_truncated BEFORE TRUNCATE ON tickets_purge
       FOR EACH STATEMENT EXECUTE FUNCTION tickets_purge_is_append_only()""",
]


def protect(apps: Any, schema_editor: Any) -> None:
    vendor = schema_editor.connection.vendor
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def an_id() -> Any:
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def to_ticket(name: str, **more: Any) -> Any:
    return models.ForeignKey(on_delete=PROTECT, related_name=name, to="tickets.ticket", **more)


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0013_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("participant", "is_follower", models.BooleanField(default=False)),
        migrations.AddField("participant", "was_mentioned", models.BooleanField(default=False)),
        migrations.AddField("participant", "only_follows", models.BooleanField(default=False)),
        migrations.AddField("ticket", "is_related", models.BooleanField(default=False)),
        migrations.AddField("ticket", "merged_into", to_ticket("merged", null=True)),
        migrations.AddField(
            "ticket", "parent", to_ticket("subtasks", null=True, verbose_name="Part of")
        ),
        migrations.AlterField("tally", "status", models.CharField(choices=STATUSES, max_length=12)),
        migrations.AlterField(
            "ticket", "status", models.CharField(choices=STATUSES, default="new", max_length=12)
        ),
        migrations.CreateModel(
            "Tag",
            [
                ("id", an_id()),
                ("name", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=80, unique=True)),
            ],
            options={"ordering": ("key",)},
        ),
        migrations.CreateModel(
            "Tagging",
            [
                ("id", an_id()),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="taggings", to="tickets.tag"
                    ),
                ),
                ("ticket", to_ticket("taggings")),
            ],
            options={
                "ordering": ("tag__key",),
                "constraints": [
                    models.UniqueConstraint(fields=("tag", "ticket"), name="tagging_once_a_ticket")
                ],
            },
        ),
        migrations.CreateModel(
            "Link",
            [
                ("id", an_id()),
                ("kind", models.CharField(choices=LINKS, max_length=10)),
                ("other", to_ticket("links_to_it")),
                ("ticket", to_ticket("links")),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("ticket", "other", "kind"), name="link_once"),
                    models.CheckConstraint(
                        condition=~models.Q(ticket=models.F("other")), name="link_to_another"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "Purge",
            [
                ("id", an_id()),
                ("seq", models.PositiveBigIntegerField(unique=True)),
                ("number", models.BigIntegerField(unique=True)),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=500)),
                ("counts", models.JSONField(default=dict)),
                ("seals", models.JSONField(default=list)),
                ("previous_hash", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"ordering": ("seq",)},
        ),
        migrations.RunPython(protect, migrations.RunPython.noop),
    ]
