"""What is set outside is shown, but no key and no password."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings

from tests.cast import Cast

SECRETS = {
    "secret_key": "sk-4711", "smtp_password": "pw-4711", "s3_secret_key": "s3-4711",
    "s3_access_key": "ak-4711", "database_url": "postgresql://u:db-4711@host/name",
}  # fmt: skip


@pytest.mark.django_db
def test_no_key_and_no_password_is_shown(cast: Cast, at: Any, monkeypatch: Any) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setattr(settings.CONFIGURATION, name, value)
    monkeypatch.setattr(settings.CONFIGURATION, "smtp_host", "mail.example.org")
    page = at(cast.admin).get("/administration").content.decode()
    assert "mail.example.org" in page
    assert "4711" not in page
    for name in type(settings.CONFIGURATION).model_fields:
        if "secret" in name or "password" in name or name.endswith("_key"):
            assert name in SECRETS, f"{name} holds a secret: try it here"
