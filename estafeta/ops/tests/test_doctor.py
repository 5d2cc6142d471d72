"""What the doctor says of files."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.lib import clamd
from estafeta.ops import doctor
from estafeta.tickets.models import Renewal
from estafeta.tickets.models.renewal import FILE_NAMES


def told(question: str) -> doctor.Finding:
    return next(one for one in doctor.findings() if one.question == question)


@pytest.mark.django_db
def test_files_can_be_kept_or_it_says_why(settings: Any, tmp_path: Any) -> None:
    assert told("Files").is_fine
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    storages = {**settings.STORAGES}
    storages["attachments"] = {
        "BACKEND": "estafeta.lib.blobs.FolderBlobs", "OPTIONS": {"location": blocked},
    }  # fmt: skip
    settings.STORAGES = storages
    assert not told("Files").is_fine


@pytest.mark.django_db
def test_a_check_for_viruses_that_does_not_answer_shows(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told("Viruses").is_fine
    settings.CLAMD = "/nowhere/clamd.sock"
    assert "no file is accepted" in told("Viruses").answer
    monkeypatch.setattr(clamd, "scan", lambda _address, _file: None)
    assert told("Viruses").is_fine


@pytest.mark.django_db
def test_how_far_the_search_index_is_after_an_upgrade_shows() -> None:
    assert "as this version needs it" in told("Search").answer
    Renewal.objects.create(name=FILE_NAMES, done=150, total=400)
    assert "150 of 400" in told("Search").answer


@pytest.mark.django_db
def test_a_channel_that_is_on_and_does_not_work_is_named(settings: Any) -> None:
    from django.utils import timezone

    from estafeta.notifications import channel_settings
    from estafeta.notifications.models import ChannelSettings, ChannelState

    assert told("Channels").is_fine, "mail that nobody has set is no fault of a channel"
    row = ChannelSettings(channel="mail", is_on=True, changed_at=timezone.now())
    row.values = {}
    row.save()
    channel_settings.forget()
    assert "mail is on, but lacks: " in told("Channels").answer
    row.values = {"host": "mail.house.test"}
    row.save()
    channel_settings.forget()
    assert told("Channels").is_fine
    assert "mail.house.test:587" in told("Mail").answer
    ChannelState.objects.update_or_create(
        channel="mail", defaults={"failures": 3, "last_error": "535 Authentication failed"}
    )
    assert told("Channels").answer == "mail is on, but fails: 535 Authentication failed"
    settings.SECRET_KEY = "another"
    channel_settings.forget()
    assert "sealed under another key" in told("Channels").answer
