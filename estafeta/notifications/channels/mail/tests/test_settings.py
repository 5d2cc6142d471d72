"""What is set on the page, what is set outside, and who wins."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import override_settings

from estafeta.accounts import reset_links
from estafeta.accounts.models import SecurityEntry, Site
from estafeta.lib import mail_server as way_out
from estafeta.notifications import channel_settings
from estafeta.notifications.administering import settings as administering
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.models import ChannelSettings
from tests.cast import Cast
from tests.services.smtp import Mailbox, mail_server

MAIL = CHANNELS["mail"]
HOUSE = "estafeta.lib.mail_backend.HouseBackend"


def save(cast: Cast, *, is_on: bool = True, **given: Any) -> list[str]:
    form = administering.form_of(MAIL, {"port": "587", "security": "starttls", **given})
    assert form.is_valid(), form.errors
    return administering.save(MAIL, by=cast.admin, is_on=is_on, values=form.cleaned_data)


def test_what_the_page_says_counts_at_once(cast: Cast) -> None:
    assert not channel_settings.is_ready(MAIL)
    save(cast, host="mail.house.test", user="desk", password="geheim", sender="Desk <d@house.test>")
    server = way_out.current()
    assert (server.host, server.user, server.password) == ("mail.house.test", "desk", "geheim")
    assert server.sender == "Desk <d@house.test>"
    assert channel_settings.is_ready(MAIL)
    save(cast, is_on=False, host="mail.house.test")
    assert not channel_settings.is_ready(MAIL)


def test_an_empty_password_keeps_the_old_one_and_no_secret_shows(cast: Cast) -> None:
    save(cast, host="mail.house.test", user="desk", password="geheim")
    assert save(cast, host="mail.house.test", user="other") == ["user"]
    assert way_out.current().password == "geheim"
    assert "geheim" not in administering.form_of(MAIL).as_p()
    assert "geheim" not in ChannelSettings.objects.get().sealed_values
    assert "geheim" not in repr(way_out.current())
    facts = [entry.facts for entry in SecurityEntry.objects.all()]
    assert "password" in facts[1]["fields"]
    assert "geheim" not in str(facts)
    assert "other" not in str(facts), "names of fields, not values"


def test_a_secret_can_be_forgotten(cast: Cast) -> None:
    save(cast, host="mail.house.test", password="geheim")
    form = administering.form_of(
        MAIL, {"host": "mail.house.test", "port": "25", "security": "none"}
    )
    assert form.is_valid()
    administering.save(
        MAIL, by=cast.admin, is_on=True, values=form.cleaned_data, forgotten=frozenset({"password"})
    )
    assert way_out.current().password == ""


def test_what_is_set_outside_wins_and_is_not_written_over(cast: Cast) -> None:
    save(cast, host="mail.house.test", user="desk", password="geheim", sender="a@house.test")
    outside = {"EMAIL_HOST": "outside.test", "EMAIL_HOST_USER": "", "EMAIL_HOST_PASSWORD": ""}
    with override_settings(**outside, DEFAULT_FROM_EMAIL="Out <out@outside.test>"):
        server = way_out.current()
        assert (server.host, server.user, server.password) == ("outside.test", "", "")
        assert server.sender == "Out <out@outside.test>"
        form = administering.form_of(MAIL)
        assert form.fields["host"].disabled
        assert not form.fields["verifies"].disabled
        save(cast, host="evil.test", password="x", name="desk.house.test")
        assert way_out.current().host == "outside.test"
    assert way_out.current().host == "mail.house.test", "the page's own stays as it was"
    assert way_out.current().password == "geheim"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("host", "two words"), ("port", "70000"), ("sender", "Desk <nobody>"),
        ("sender", "a@b.org\r\nBcc: c@d.org"), ("reply_to", "desk+x@house.test"),
        ("reply_to", "desk"), ("reply_to", "a-very-long-mailbox-name@house.test"),
        ("authority", "-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_refused_beside_its_field(cast: Cast, field: str, value: str) -> None:
    given = {"host": "mail.house.test", "port": "587", "security": "starttls", field: value}
    assert list(administering.form_of(MAIL, given).errors) == [field]


def test_a_password_does_not_cross_a_bare_line(cast: Cast) -> None:
    given = {"host": "mail.house.test", "port": "25", "security": "none", "user": "desk"}
    assert list(administering.form_of(MAIL, given).errors) == ["security"]
    assert administering.form_of(MAIL, {**given, "host": "127.0.0.1"}).is_valid()


def test_only_administrators_change_channels(cast: Cast) -> None:
    from estafeta.accounts.errors import NotAllowed

    with pytest.raises(NotAllowed):
        administering.save(MAIL, by=cast.director, is_on=True, values={})


def test_a_changed_key_silences_the_channel_and_nothing_else(cast: Cast) -> None:
    save(cast, host="mail.house.test")
    with override_settings(SECRET_KEY="another"):
        channel_settings.forget()
        assert channel_settings.values_of("mail") == {}
        assert not channel_settings.is_ready(MAIL)


@pytest.mark.service
def test_links_to_set_a_password_leave_by_the_same_server(cast: Cast) -> None:
    with mail_server() as box, override_settings(EMAIL_BACKEND=HOUSE):
        _set(cast, box)
        reset_links.send_link_to.call(cast.agent.pk, "https://desk.house.test")
        assert box.receivers == ["anna@example.org"]
        assert box.letters[0]["From"] == "Desk <desk@house.test>"


@pytest.mark.service
def test_a_letter_that_names_its_own_sender_keeps_it(cast: Cast) -> None:
    with mail_server() as box, override_settings(EMAIL_BACKEND=HOUSE):
        _set(cast, box)
        assert EmailMessage("S", "B", "own@house.test", ["a@b.org"]).send() == 1
        assert box.letters[0]["From"] == "own@house.test"


def test_without_a_server_such_mails_are_not_sent(db: None) -> None:
    Site.current()
    with override_settings(EMAIL_BACKEND=HOUSE):
        assert EmailMessage("S", "B", to=["a@b.org"]).send() == 0
    assert not mail.outbox


def _set(cast: Cast, box: Mailbox) -> None:
    given = {"host": "127.0.0.1", "port": str(box.port), "security": "none"}
    save(cast, **given, sender="Desk <desk@house.test>")
