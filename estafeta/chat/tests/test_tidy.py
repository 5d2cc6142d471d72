"""What is thrown away, and what is not."""

from __future__ import annotations

import io
from datetime import timedelta

from estafeta.chat import files, log, tidy
from estafeta.chat.actions import common_room, write
from estafeta.chat.models import Change, Message, RoomFile
from estafeta.chat.tests.talks import say
from estafeta.lib import blobs, clock
from tests.cast import Cast


def test_old_changes_go_and_messages_stay(cast: Cast) -> None:
    with clock.standing_at(clock.now() - timedelta(days=8)):
        say(common_room(), cast.agent)
        newest = say(common_room(), cast.agent)
    assert tidy.forget_changes() == 1
    assert (Change.objects.get().message, log.newest()) == (newest, Change.objects.get().pk)
    assert Message.objects.count() == 2


def test_drafts_of_files_go_after_two_weeks_and_what_was_sent_stays(cast: Cast) -> None:
    with clock.standing_at(clock.now() - timedelta(days=15)):
        draft = files.keep_draft(io.BytesIO(b"1"), "a.txt", by=cast.agent)
        sent = files.keep_draft(io.BytesIO(b"2"), "b.txt", by=cast.agent)
        write(common_room(), "", by=cast.agent, files=[sent.pk])
    fresh = files.keep_draft(io.BytesIO(b"3"), "c.txt", by=cast.agent)
    assert files.forget_due() == 1
    assert set(RoomFile.objects.all()) == {sent, fresh}
    assert not blobs.blobs().exists(draft.blob)
    assert blobs.blobs().exists(sent.blob)
