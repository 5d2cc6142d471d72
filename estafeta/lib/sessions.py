"""Django's sessions in the database, read with prepared SQL: every page reads one."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from estafeta.lib.prepared import Prepared


class SessionStore(db.SessionStore):
    """The session engine."""

    def _get_session_from_db(self) -> Any:
        row = _SESSION.first(key=self.session_key, now=timezone.now())
        if row is None:
            self._session_key = None
        return row


def _session(key: str, now: Any) -> Any:
    model = SessionStore.get_model_class()
    return model.objects.filter(session_key=key, expire_date__gt=now)


_SESSION = Prepared(_session)
