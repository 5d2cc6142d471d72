"""The database itself refuses to change what the journal says."""

import pytest
from django.db import DatabaseError, connection, transaction

from estafeta.tickets.models import Entry
from tests.cast import Cast
from tests.orders import taken

COLUMNS = ", ".join(field.column for field in Entry._meta.concrete_fields if field.column != "id")
ALL = f"id, {COLUMNS}"
EVERYWHERE = [
    "UPDATE tickets_entry SET verb = 'cancel'",
    "UPDATE tickets_entry SET seq = seq WHERE seq = 1",
    "DELETE FROM tickets_entry WHERE seq = 2",
]
OF_SQLITE = [
    # The same place in the journal, and the same row.
    f"INSERT OR REPLACE INTO tickets_entry ({COLUMNS}) SELECT {COLUMNS} FROM tickets_entry",
    f"REPLACE INTO tickets_entry ({ALL}) SELECT {ALL} FROM tickets_entry WHERE seq = 1",
]


@pytest.mark.parametrize("sql", EVERYWHERE + OF_SQLITE + ["TRUNCATE tickets_entry CASCADE"])
def test_entries_are_neither_changed_nor_deleted_nor_replaced(cast: Cast, sql: str) -> None:
    if connection.vendor == "postgresql" and sql in OF_SQLITE:
        return
    if connection.vendor == "sqlite" and sql.startswith("TRUNCATE"):
        return
    taken(cast)
    connection.check_constraints()
    before = list(Entry.objects.values())
    with pytest.raises(DatabaseError, match="never"), transaction.atomic():
        connection.cursor().execute(sql)
    assert list(Entry.objects.values()) == before
