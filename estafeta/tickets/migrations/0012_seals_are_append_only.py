"""The database itself refuses to change what a seal says, and to delete seals."""

from typing import Any

from django.db import migrations

SEALED = "number, made_at, after, up_to, entries, root, security_length, security_head, previous_hash, hash"
SQLITE = [
    f"""CREATE TRIGGER seal_is_never_changed BEFORE UPDATE OF {SEALED} ON tickets_seal
       BEGIN SELECT RAISE(ABORT, 'seals are never changed'); END""",
    """CREATE TRIGGER seal_is_never_deleted BEFORE DELETE ON tickets_seal
       BEGIN SELECT RAISE(ABORT, 'seals are never deleted'); END""",
    """CREATE TRIGGER seal_is_never_replaced BEFORE INSERT ON tickets_seal
       WHEN EXISTS (SELECT 1 FROM tickets_seal WHERE id = NEW.id OR number = NEW.number)
       BEGIN SELECT RAISE(ABORT, 'seals are never changed'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION tickets_seal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'seals are never changed or deleted'; END $$""",
    f"""CREATE TRIGGER seal_is_never_changed BEFORE UPDATE OF {SEALED} ON tickets_seal
       FOR EACH ROW EXECUTE FUNCTION tickets_seal_is_append_only()""",
    """CREATE TRIGGER seal_is_never_deleted BEFORE DELETE ON tickets_seal
       FOR EACH ROW EXECUTE FUNCTION tickets_seal_is_append_only()""",
    """CREATE TRIGGER seal_is_never_truncated BEFORE TRUNCATE ON tickets_seal
       FOR EACH STATEMENT EXECUTE FUNCTION tickets_seal_is_append_only()""",
]


def protect(apps: Any, schema_editor: Any) -> None:
    vendor = schema_editor.connection.vendor
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0011_seals")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
