"""SQLite's INSERT OR REPLACE deletes without asking the trigger for deletes, so inserts ask too."""

from typing import Any

from django.db import migrations

SQLITE = """
    CREATE TRIGGER entry_is_never_replaced BEFORE INSERT ON tickets_entry
    WHEN EXISTS (SELECT 1 FROM tickets_entry WHERE id = NEW.id)
      OR EXISTS (SELECT 1 FROM tickets_entry WHERE ticket_id = NEW.ticket_id AND seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'journal entries are never changed'); END"""


def protect(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0004_orders_and_counters_of_lists")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
