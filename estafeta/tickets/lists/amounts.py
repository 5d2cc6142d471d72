"""How many tickets several answers hold, counted together and only so far as it tells something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def counted(answers: Mapping[int, QuerySet[Any]], most: int) -> dict[int, int]:
    """By the same keys, at most `most` of each; one query for all, none for none."""
    parts: list[str] = []
    values: list[Any] = []
    found = dict.fromkeys(answers, 0)
    for key, rows in answers.items():
        try:
            sql, params = rows.order_by().values("pk")[:most].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT {int(key)}, COUNT(*) FROM ({sql}) AS answer_{int(key)}")
        values.extend(params)
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            found.update(dict(cursor.fetchall()))
    return found
