"""How one gets into the demo: one password for all, made anew by each installation, and tokens."""

from __future__ import annotations

import json
import os
import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from estafeta.accounts.models import ApiToken, Person
from estafeta.accounts.models.api_token import Scope, digest

WORDS = ("estafeta", "relay", "baton", "field", "wheat", "tractor", "engine", "ledger", "harvest")
TOKEN_DAYS = 365


def _private(name: str, text: str) -> None:
    """Write a file only its owner can read; it appears whole or not at all."""
    file = settings.DATA / name
    draft = file.with_name(f".{name}.{os.getpid()}")
    with open(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as out:
        out.write(text)
    draft.replace(file)


def password() -> str:
    """The demo's password; made at the first call."""
    file: Path = settings.DATA / "demo_password"
    if not file.exists():
        made = "-".join([*(secrets.choice(WORDS) for _ in range(2)), secrets.token_hex(3)])
        _private(file.name, made + "\n")
    return file.read_text().strip()


def tokens(logins: list[str]) -> dict[str, str]:
    """A token that may read and change for each login, the same at every call while it is valid."""
    file: Path = settings.DATA / "demo_tokens.json"
    kept = json.loads(file.read_text()) if file.exists() else {}
    people = {person.login: person for person in Person.objects.filter(login__in=logins)}
    given = {login: kept.get(login) or "" for login in logins if login in people}
    for login, secret in given.items():
        if not _works(people[login], secret):
            until = timezone.now() + timedelta(days=TOKEN_DAYS)
            scope = Scope.ADMIN if people[login].is_administrator else Scope.WRITE
            _row, given[login] = ApiToken.make(
                people[login], name="Demo", scope=scope, expires_at=until
            )
    if given != kept:
        _private(file.name, json.dumps(given, indent=2) + "\n")
    return given


def _works(person: Person, secret: str) -> bool:
    row = ApiToken.objects.filter(person=person, digest=digest(secret)).first()
    return row is not None and row.is_valid
