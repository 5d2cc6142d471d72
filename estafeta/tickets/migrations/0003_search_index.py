"""The full-text index: FTS5 on SQLite, two tsvector columns on PostgreSQL."""

from typing import Any

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE tickets_search USING fts5(
       public, staff, tokenize = "unicode61 remove_diacritics 0 tokenchars '-./@:_'")""",
]
POSTGRESQL = [
    """CREATE TABLE tickets_search (
       ticket bigint PRIMARY KEY, public tsvector NOT NULL, staff tsvector NOT NULL)""",
    "CREATE INDEX tickets_search_public ON tickets_search USING gin (public)",
    "CREATE INDEX tickets_search_staff ON tickets_search USING gin (staff)",
]


def make(apps: Any, schema_editor: Any) -> None:
    vendor = schema_editor.connection.vendor
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_journal_is_append_only")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
