"""The full-text index of messages: FTS5 on SQLite, a tsvector column on PostgreSQL."""

from typing import Any

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE chat_search USING fts5(
       words, tokenize = "unicode61 remove_diacritics 0 tokenchars '-./@:_'")""",
]
POSTGRESQL = [
    "CREATE TABLE chat_search (message bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX chat_search_words ON chat_search USING gin (words)",
]


def make(apps: Any, schema_editor: Any) -> None:
    vendor = schema_editor.connection.vendor
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def take_away(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE chat_search")


class Migration(migrations.Migration):
    dependencies = [("chat", "0001_rooms_and_messages")]
    operations = [migrations.RunPython(make, take_away)]
