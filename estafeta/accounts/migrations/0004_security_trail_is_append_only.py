"""The database itself refuses to change or delete entries of the security trail."""

from typing import Any

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER security_entry_is_never_changed BEFORE UPDATE ON accounts_securityentry
       BEGIN SELECT RAISE(ABORT, 'security entries are never changed'); END""",
    """CREATE TRIGGER security_entry_is_never_deleted BEFORE DELETE ON accounts_securityentry
       BEGIN SELECT RAISE(ABORT, 'security entries are never deleted'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION accounts_securityentry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'security entries are never changed or deleted'; END $$""",
    """CREATE TRIGGER security_entry_is_append_only BEFORE UPDATE OR DELETE
       ON accounts_securityentry
       FOR EACH ROW EXECUTE FUNCTION accounts_securityentry_is_append_only()""",
    """CREATE TRIGGER security_entry_is_never_truncated BEFORE TRUNCATE ON accounts_securityentry
       FOR EACH STATEMENT EXECUTE FUNCTION accounts_securityentry_is_append_only()""",
]


def protect(apps: Any, schema_editor: Any) -> None:
    vendor = schema_editor.connection.vendor
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_security_trail")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
