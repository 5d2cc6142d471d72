"""`GET /healthz`: is this process able to answer? For load balancers and supervisors."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse


def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 if the database answers, else 503; says nothing a stranger may not know."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return _answer("no database", 503)
    return _answer("ok", 200)


def _answer(state: str, status: int) -> JsonResponse:
    return JsonResponse({"status": state}, status=status, headers={"Cache-Control": "no-store"})
