"""Administrators see the seals over the journal and can make one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from estafeta.accounts.models import Site
from estafeta.desk.people import seals
from estafeta.tickets import actions
from estafeta.tickets.models import Seal
from estafeta.tickets.proof import sealing
from tests.cast import Cast

PAGE = "/administration/seals"
Door = Callable[[Any], Client]


def test_an_administrator_seals_and_sees_it(cast: Cast, at: Door) -> None:
    actions.open_ticket(by=cast.client, title="Printer", department=cast.it)
    door = at(cast.admin)
    page = door.get(PAGE).content.decode()
    assert "1 entry is not sealed yet." in page
    assert "Nobody gets the seals." in page
    page = door.post(f"{PAGE}/make", follow=True).content.decode()
    assert Seal.objects.get().hash in page
    assert "not sealed yet" not in page


def test_it_says_where_seals_go(cast: Cast, at: Door, settings: Any) -> None:
    Site.objects.filter(pk=1).update(seal_address="boss@example.org")
    Site.forget()
    assert "No mail server is set" in at(cast.admin).get(PAGE).content.decode()
    settings.EMAIL_HOST = "mail.example.org"
    assert "The seals go to boss@example.org." in at(cast.admin).get(PAGE).content.decode()


def test_there_are_pages_of_them(cast: Cast, at: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "ROWS", 2)
    for _day in range(3):
        sealing.seal_all()
    page = at(cast.admin).get(PAGE).content.decode()
    assert 'href="?before=2"' in page
    older = at(cast.admin).get(f"{PAGE}?before=2").content.decode()
    assert Seal.objects.get(number=1).hash in older
    assert Seal.objects.get(number=3).hash not in older
    assert at(cast.admin).get(f"{PAGE}?before={'9' * 30}").status_code == 200


def test_nobody_else_knows_of_them(cast: Cast, at: Door) -> None:
    assert at(cast.director).get(PAGE).status_code == 404
    assert at(cast.director).post(f"{PAGE}/make").status_code == 404
