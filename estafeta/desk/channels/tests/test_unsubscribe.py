"""The link at the end of a letter: for whom it is, and for nobody else."""

from __future__ import annotations

import pytest
from django.core import signing
from django.test import Client

from estafeta.accounts.models import Person
from estafeta.notifications import reply_token, unsubscribing
from estafeta.notifications.models import Mute, Wishes
from estafeta.notifications.unsubscribing import Ask
from tests.cast import Cast
from tests.orders import order

pytestmark = pytest.mark.usefixtures("is_set_up")
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def off(person: Person, kind: str) -> bool | None:
    row = Wishes.objects.filter(person=person).first()
    return row.matrix.get(kind, {}).get("mail") if row else None


def test_a_mail_program_mutes_the_ticket_without_cookies(cast: Cast) -> None:
    ticket = order(cast)
    link = unsubscribing.path_for(Ask(cast.agent.pk, ticket.pk, ("replied",)))
    program = Client(enforce_csrf_checks=True)
    for _again in range(3):
        assert program.post(link, ONE_CLICK).status_code == 200
    row = Mute.objects.get()
    assert (row.person, row.ticket) == (cast.agent, ticket)
    assert off(cast.agent, "replied") is None
    assert "estafeta_session" not in program.cookies, "nobody is signed in by it"


def test_looking_at_the_link_does_nothing(cast: Cast) -> None:
    ticket = order(cast, title="Secret plan")
    link = unsubscribing.path_for(Ask(cast.agent.pk, ticket.pk, ("replied",)))
    page = Client().get(link)
    assert "Hear no more of this ticket" in page.content.decode()
    assert "Secret plan" not in page.content.decode()
    assert "Anna" not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert Client().head(link).status_code == 200
    assert not Mute.objects.exists()


def test_a_summary_ends_the_mail_of_its_kinds_and_can_be_undone(cast: Cast) -> None:
    link = unsubscribing.path_for(Ask(cast.agent.pk, None, ("replied", "noted")))
    page = Client().post(link, ONE_CLICK).content.decode()
    assert "No more letters of this kind" in page
    assert (off(cast.agent, "replied"), off(cast.agent, "noted")) == (False, False)
    assert off(cast.agent, "done") is None
    Client().post(link, {"wish": "undo_kinds"})
    assert off(cast.agent, "replied") is True


def test_a_person_may_choose_kinds_instead_of_the_ticket(cast: Cast) -> None:
    ticket = order(cast)
    link = unsubscribing.path_for(Ask(cast.agent.pk, ticket.pk, ("replied",)))
    Client().post(link, {"wish": "kinds"})
    assert off(cast.agent, "replied") is False
    assert not Mute.objects.exists()
    Client().post(link, {"wish": "ticket"})
    Client().post(link, {"wish": "undo_ticket"})
    assert not Mute.objects.exists()


def test_a_forged_or_foreign_link_is_dead(cast: Cast) -> None:
    good = unsubscribing.path_for(Ask(cast.agent.pk, 1, ("replied",)))
    body, rest = good.removeprefix("/unsubscribe/").split(":", 1)
    other = unsubscribing.path_for(Ask(cast.head.pk, 1, ("replied",))).removeprefix("/unsubscribe/")
    for token in (
        f"{other.split(':', 1)[0]}:{rest}", f"{body}:{rest}x", "x", "x:y:z",
        signing.dumps([cast.agent.pk, 1, ["replied"]], salt="another purpose"),
        reply_token.token_for(1, cast.agent.pk),
    ):  # fmt: skip
        for answer in (
            Client().get(f"/unsubscribe/{token}"),
            Client().post(f"/unsubscribe/{token}"),
        ):
            assert answer.status_code == 404
    assert not Mute.objects.exists()
    assert not Wishes.objects.exists()


def test_somebody_who_was_switched_off_cannot_use_it(cast: Cast) -> None:
    link = unsubscribing.path_for(Ask(cast.agent.pk, None, ("replied",)))
    Person.objects.filter(pk=cast.agent.pk).update(is_active=False)
    assert Client().post(link, ONE_CLICK).status_code == 404
    assert not Wishes.objects.exists()


def test_kinds_that_a_later_version_no_longer_has_are_left_out(cast: Cast) -> None:
    link = unsubscribing.path_for(Ask(cast.agent.pk, None, ("gone", "replied")))
    Client().post(link, ONE_CLICK)
    assert set(Wishes.objects.get().matrix) == {"replied"}
