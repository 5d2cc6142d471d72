"""The database itself refuses to change or delete journal entries."""

from typing import Any

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON tickets_entry
       BEGIN SELECT RAISE(ABORT, 'journal entries are never changed'); END""",
    """CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON tickets_entry
       BEGIN SELECT RAISE(ABORT, 'journal entries are never deleted'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION tickets_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'journal entries are never changed or deleted'; END $$""",
    """CREATE TRIGGER entry_is_append_only BEFORE UPDATE OR DELETE ON tickets_entry
       FOR EACH ROW EXECUTE FUNCTION tickets_entry_is_append_only()""",
    """CREATE TRIGGER entry_is_never_truncated BEFORE TRUNCATE ON tickets_entry
       FOR EACH STATEMENT EXECUTE FUNCTION tickets_entry_is_append_only()""",
]


def protect(apps: Any, schema_editor: Any) -> None:
    vendor = schema_editor.connection.vendor
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_tickets_and_journal")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
