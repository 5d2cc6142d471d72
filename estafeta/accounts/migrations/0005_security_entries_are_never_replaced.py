"""SQLite's INSERT OR REPLACE deletes without asking the trigger for deletes, so inserts ask too."""

from typing import Any

from django.db import migrations

SQLITE = """
    CREATE TRIGGER security_entry_is_never_replaced BEFORE INSERT ON accounts_securityentry
    WHEN EXISTS (SELECT 1 FROM accounts_securityentry WHERE id = NEW.id)
      OR EXISTS (SELECT 1 FROM accounts_securityentry WHERE seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'security entries are never changed'); END"""


def protect(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_security_trail_is_append_only")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
