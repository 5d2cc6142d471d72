from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms

from estafeta.lib.apprising import Hung, Speaker
from estafeta.notifications.channels.apprised import Services
from estafeta.notifications.channels.apprised.addressing import url_of
from estafeta.notifications.channels.channel import DeliveryError, Given
from estafeta.notifications.content import Content
from estafeta.notifications.models import Delivery
from tests.services.chats import APP, HOOK, TOPIC, Chats, chats
from tests.services.web import Reply

CHANNEL = Services()
CONTENT = Content(title="IT-7 Принтер", text="Clara opens", link="https://d.example/7")


def _fields(service: str, address: str, room: str = "", secret: str = "") -> dict[str, str]:
    return {"service": service, "address": address, "room": room, "secret": secret}


@pytest.fixture(scope="module")
def there() -> Iterator[Chats]:
    with chats() as made:
        yield made


@pytest.fixture
def heard(there: Chats, settings: Any) -> Chats:
    settings.INSIDE_ADDRESSES = ["127.0.0.1"]
    there.heard.clear()
    there.answers.clear()
    return there


def _send(given: Given, content: Content = CONTENT) -> str:
    with CHANNEL.open({}) as sender:
        return sender.send(CHANNEL.write(content, [Delivery(pk=1)], {}), to=given.value)


@pytest.mark.slow
def test_the_quick_forms_reach_mattermost_ntfy_and_gotify(heard: Chats) -> None:
    filled = [
        _fields("mattermost", f"{heard.url}/hooks/{HOOK}"),
        _fields("ntfy", heard.url, room=TOPIC),
        _fields("gotify", heard.url, secret=APP),
    ]
    given = [CHANNEL.check_address(fields) for fields in filled]
    with CHANNEL.open({}) as sender:
        for one in given:
            sender.send(CHANNEL.write(CONTENT, [Delivery(pk=1)], {}), to=one.value)
    assert [who for who, _told in heard.heard] == ["mattermost", "ntfy", "gotify"]
    for _who, told in heard.heard:
        assert "Принтер" in str(told)
        assert "https://d.example/7" in str(told)
    for one, secret in zip(given, (HOOK, TOPIC, APP), strict=True):
        assert secret not in one.label
        assert "127.0.0.1" in one.label


@pytest.mark.slow
def test_what_the_service_answers_decides_and_tells_no_secrets(heard: Chats) -> None:
    given = CHANNEL.check_address(_fields("gotify", heard.url, secret="AnotherTokenX9"))
    with pytest.raises(DeliveryError) as refused:
        _send(given)
    assert refused.value.address_is_dead
    assert "AnotherTokenX9" not in str(refused.value)
    good = CHANNEL.check_address(_fields("gotify", heard.url, secret=APP))
    for status, permanent in ((429, False), (503, False), (400, True)):
        heard.answers = [Reply(status, b"{}")]
        with pytest.raises(DeliveryError) as refused:
            _send(good)
        assert refused.value.permanent is permanent, status
        assert not refused.value.address_is_dead


@pytest.mark.slow
@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "json://example.org", "jsons://example.org", "exec://rm",
        "syslog://", "dbus://", "gnome://", "windows://", "macosx://", "mailto://a:b@example.org",
        "apprise://example.org/token", "config://x", "python://x", "https://example.org/x", "",
        "slack", "ntfy://10.0.0.1/topic", "ntfy://[::1]/topic", "gotify://169.254.169.254/token123",
    ],
)  # fmt: skip
def test_what_runs_here_or_calls_inside_is_no_address(url: str, speaker: Speaker) -> None:
    looked = speaker.look(url)
    assert looked.wrong
    assert not looked.service


@pytest.fixture(scope="module")
def speaker() -> Iterator[Speaker]:
    made = Speaker()
    yield made
    made.close()


@pytest.mark.slow
def test_a_name_that_points_inside_is_refused_when_it_is_called(speaker: Speaker) -> None:
    assert speaker.look("ntfy://localhost/topic").wrong == ""
    said = speaker.send("ntfy://localhost/topic", "t", "b")
    assert not said.is_sent
    assert "inside" in said.reason
    assert said.status == 403


@pytest.mark.slow
def test_parameters_that_name_files_are_dropped(heard: Chats, speaker: Speaker) -> None:
    from estafeta.lib.apprising.allowed import clean

    for name in ("template", "TEMPLATE", "%74emplate", "attach", "store", "verify"):
        assert "passwd" not in clean(f"slack://a/b/c?{name}=/etc/passwd&footer=yes")
    assert "footer=yes" in clean("slack://a/b/c?template=x&footer=yes")


def test_a_process_that_dies_or_hangs_is_told_and_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    speaker = Speaker()
    monkeypatch.setattr("estafeta.lib.apprising.SECONDS", 0.01)
    with pytest.raises(Hung):
        speaker.look("slack://a/b/c")
    assert speaker._process is None


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        (_fields("mattermost", "https://c.example:8065/team/hooks/abc"), "mmosts://c.example:8065/team/abc"),
        (_fields("ntfy", "https://ntfy.sh", "my topic"), "ntfys://ntfy.sh/my%20topic?mode=private"),
        (_fields("ntfy", "https://n.example", "t", "tk_1"), "ntfys://tk_1@n.example/t?auth=token"),
        (_fields("gotify", "https://g.example/push/", "", "A1"), "gotifys://g.example/push/A1"),
        (
            _fields("matrix", "https://m.example", "#it:m.example", "syt_x"),
            "matrixs://syt_x@m.example/%23it%3Am.example",
        ),
        (
            _fields("slack", "https://hooks.slack.com/services/T1/B2/c3"),
            "https://hooks.slack.com/services/T1/B2/c3",
        ),
        (_fields("other", " zulip://bot@org/token/stream "), "zulip://bot@org/token/stream"),
    ],
)  # fmt: skip
def test_the_quick_forms_make_the_librarys_addresses(fields: dict[str, str], url: str) -> None:
    assert url_of(fields) == url


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (_fields("slack", "https://evil.example/services/T1/B2/c3"), "address"),
        (_fields("slack", "https://evilhooks.slack.com.evil.example/"), "address"),
        (_fields("discord", "https://evildiscord.com/api/webhooks/1/2"), "address"),
        (_fields("mattermost", "https://c.example/abc"), "address"),
        (_fields("ntfy", "https://ntfy.sh"), "room"),
        (_fields("gotify", "https://g.example"), "secret"),
        (_fields("matrix", "https://m.example", "room", "t"), "room"),
        (_fields("ntfy", "ntfy.sh", "t"), "address"),
        (_fields("ntfy", "https://a:b@ntfy.sh", "t"), "address"),
        (_fields("ntfy", "https://ntfy.sh:99999", "t"), "address"),
    ],
)
def test_what_is_missing_is_told_at_its_field(fields: dict[str, str], field: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        url_of(fields)
    assert list(refused.value.message_dict) == [field]
