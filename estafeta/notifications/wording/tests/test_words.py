"""Words of administrators in place of the shipped ones, and back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import override_settings

from estafeta.accounts.errors import Invalid, NotAllowed
from estafeta.accounts.models import Person, SecurityEntry, Site
from estafeta.notifications import fan_out
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.mail.subjects import subject_of
from estafeta.notifications.content import Content, content_of
from estafeta.notifications.message import speaking_to
from estafeta.notifications.models import Delivery, MessageTemplate
from estafeta.notifications.wording import applying, saving
from estafeta.notifications.wording.events import EVENTS
from estafeta.tickets import actions
from tests.cast import Cast
from tests.orders import order, taken


@pytest.fixture(autouse=True)
def public(db: None) -> Any:
    Site.objects.update_or_create(pk=1, defaults={"public_url": "https://desk.house.test"})
    Site.forget()
    with override_settings(EMAIL_HOST="mail.house.test"):
        yield


def row_of(person: Person, *, channel: str = "mail") -> Delivery:
    while fan_out.run_once():
        pass
    row = Delivery.objects.filter(person=person, channel="mail").latest("pk")
    row.channel = channel
    return row


def said(row: Delivery) -> Content:
    with speaking_to(row.person):
        return content_of([row])


def write(
    cast: Cast, body: str, *, event: str = "replied", language: str = "en", **more: Any
) -> None:
    given = {"channel": "mail", "subject": "{{ title }}", **more}
    saving.save(event, language, by=cast.admin, body=body, **given)


def test_own_words_go_into_our_frame(cast: Cast) -> None:
    ticket = taken(cast, title="Принтер <1>", requester=cast.client)
    write(
        cast, "Dear {{ recipient }},\n\n**{{ actor }}** {{ phrase }} in {{ department }}.\n\n"
        "{{ said }}\n\n{{ button }}", subject="{{ label }}: {{ title | upcase }}",
    )  # fmt: skip
    actions.reply(ticket, by=cast.agent, text="Еду к **вам** <b>")
    row = row_of(cast.client)
    content = said(row)
    assert subject_of(content) == f"#{ticket.pk}: ПРИНТЕР <1>"
    assert content.own_words is not None
    html, text = content.own_words.html, content.own_words.text
    assert "Dear Clara Client," in html
    assert "<strong>Anna Agent</strong> replies in IT." in html
    assert 'class="quote said' in html
    assert "Еду к <strong>вам</strong> &lt;b&gt;" in html
    assert f'href="https://desk.house.test/tickets/{ticket.pk}"' in html
    assert "Еду к **вам** <b>" in text
    assert f"https://desk.house.test/tickets/{ticket.pk}" in text
    letter = CHANNELS["mail"].write(content, [row], {"host": "mail.house.test"})
    assert b"Subject: " in letter


def test_only_the_chosen_event_language_and_channel_change(cast: Cast) -> None:
    ticket = taken(cast, requester=cast.client)
    write(cast, "Ours", language="ru")
    write(cast, "Ours", event="noted")
    actions.reply(ticket, by=cast.agent, text="x")
    assert said(row_of(cast.client)).own_words is None
    write(cast, "Short: {{ quote }}", channel="telegram")
    row = row_of(cast.client, channel="telegram")
    content = said(row)
    assert (content.text, content.said, content.own_words) == ("Short: x", "", None)
    assert said(row_of(cast.client)).text != "Short: x"


@pytest.mark.parametrize("title", ["{{ recipient }} {% if %}", "**b** [x](javascript:alert(1))",
                                   "<script>alert(1)</script>", "said button {{ said }}"])  # fmt: skip
def test_a_title_stays_a_title(cast: Cast, title: str) -> None:
    import html

    order(cast, title=title)
    write(cast, "{{ title }}", event="offered")
    words = said(row_of(cast.agent)).own_words
    assert words is not None
    assert (words.subject, words.text) == (title, title)
    assert words.html.strip() == f"<p>{html.escape(title, quote=False)}</p>".replace('"', "&quot;")


def test_what_was_said_never_becomes_an_address(cast: Cast) -> None:
    ticket = taken(cast, requester=cast.client)
    write(cast, "[look]({{ said }}) and [open]({{ link }}) of {{ said }}")
    actions.reply(ticket, by=cast.agent, text="javascript:alert(1)")
    words = said(row_of(cast.client)).own_words
    assert words is not None
    assert 'href="javascript' not in words.html
    assert f'href="https://desk.house.test/tickets/{ticket.pk}"' in words.html
    assert "of javascript:alert(1)" in words.html


def test_words_that_fail_fall_back_and_are_named_once(cast: Cast) -> None:
    ticket = taken(cast, title="x", requester=cast.client)
    bomb = "{% for i in (1..9999) %}x{% endfor %}"
    with pytest.raises(Invalid):
        write(cast, bomb)
    write(cast, "Good")
    # As if it failed only on some tickets.
    MessageTemplate.objects.update(body=bomb)
    applying.forget()
    actions.reply(ticket, by=cast.agent, text="Hello")
    row = row_of(cast.client)
    content = said(row)
    assert content.own_words is None
    assert "Hello" in content.text
    kept = MessageTemplate.objects.get()
    assert kept.failed_at is not None
    assert "too often" in kept.failure
    said(row)
    assert MessageTemplate.objects.get().failed_at == kept.failed_at
    write(cast, "Mended")
    assert MessageTemplate.objects.get().failure == ""
    words = said(row).own_words
    assert words is not None
    assert words.text == "Mended"


def test_an_empty_result_is_not_sent(cast: Cast) -> None:
    order(cast)
    write(cast, "{% if said %}Text{% endif %}", event="offered")
    assert said(row_of(cast.agent)).own_words is None


def test_going_back_uses_the_shipped_words(cast: Cast) -> None:
    order(cast)
    write(cast, "Ours", event="offered")
    assert saving.reset("offered", "en", "mail", by=cast.admin)
    assert not saving.reset("offered", "en", "mail", by=cast.admin)
    assert said(row_of(cast.agent)).own_words is None
    kinds = [entry.kind for entry in SecurityEntry.objects.order_by("seq")]
    assert kinds[-2:] == ["settings.changed"] * 2
    assert "Ours" not in str([entry.facts for entry in SecurityEntry.objects.all()])


def test_a_fault_stands_beside_its_field(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        write(cast, "one\n{% if x %}", subject="{{ title | nope }}")
    assert caught.value.errors == {
        "subject": ["Line 1: There is no filter called “nope”."],
        "body": ["Line 2: A part is not closed: “endif” is missing."],
    }
    with pytest.raises(Invalid):
        write(cast, " ")
    with pytest.raises(Invalid):
        write(cast, "x", event="nonsense")
    assert not MessageTemplate.objects.exists()


def test_only_administrators_change_words(cast: Cast) -> None:
    for act in (
        lambda: saving.save("replied", "en", "mail", by=cast.director, subject="", body="x"),
        lambda: saving.reset("replied", "en", "mail", by=cast.head),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize("channel", ["mail", "telegram"])
def test_the_shipped_templates_say_what_the_code_says(cast: Cast, channel: str) -> None:
    """Whoever begins from them and changes nothing changes nothing."""
    ticket = taken(cast, title="Принтер", requester=cast.client)
    actions.reply(ticket, by=cast.agent, text="Еду к **вам**\n\nСкоро")
    row = row_of(cast.client, channel=channel)
    shipped = said(row)
    event = EVENTS["replied"]
    write(cast, channel=channel, **event.words(channel))
    own = said(row)
    if channel == "mail":
        assert own.own_words is not None
        assert own.own_words.subject == subject_of(shipped)
        assert "****" not in own.own_words.text
        assert "<em>" not in own.own_words.html, "there is no notice"
        for words in ("Anna Agent** replies", "Еду к **вам**", "Скоро", shipped.link):
            assert words in own.own_words.text
    else:
        assert (own.title, own.text) == (shipped.title, shipped.text)


def test_every_event_has_a_template_that_can_be_used(cast: Cast) -> None:
    from estafeta.notifications.wording.preview import content_for

    for event in EVENTS.values():
        content = content_for(event.name, None, reader=cast.admin)
        for channel in ("mail", "telegram"):
            draft = saving.drafted(event.name, "en", channel, **event.words(channel))
            assert saving.unknown_in(draft) == [], event.name
            made = applying.in_words_of(draft, content, ticket=None, recipient="Ada")
            assert made.own_words or made.text


def test_every_notice_and_every_kind_has_its_row() -> None:
    from estafeta.notifications.kinds import Kind
    from estafeta.notifications.notices import NOTICES

    assert set(EVENTS) == {*Kind.values, "gathered", *(f"notice.{name}" for name in NOTICES)}


def test_several_messages_have_words_too(cast: Cast) -> None:
    order(cast, title="Принтер")
    order(cast, title="Сканер")
    event = EVENTS["gathered"]
    write(cast, event.letter, event="gathered", subject="{{ count }} for you")
    row_of(cast.head)
    rows = list(Delivery.objects.filter(person=cast.head, channel="mail").order_by("pk"))
    with speaking_to(cast.head):
        words = content_of(rows).own_words
    assert words is not None
    assert words.subject == "2 for you"
    assert words.html.index("Принтер") < words.html.index("Сканер")


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("escalated", "calls louder, step 2: Repairs"), ("offered", "opens the ticket: Repairs"),
        ("mentioned", "mentions you"), ("replied", "replies"), ("done", "completes the ticket"),
    ],
)  # fmt: skip
def test_an_invented_ticket_shows_what_the_event_tells_of(
    cast: Cast, event: str, words: str
) -> None:
    from estafeta.notifications.wording.preview import content_for

    message = content_for(event, None, reader=cast.admin).message
    assert message is not None
    assert words in message.phrase
    assert bool(message.notice) == (event == "escalated")
