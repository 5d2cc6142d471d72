"""The files that lie there are those of which the journal tells, or it is said which are not."""

from __future__ import annotations

import io
from pathlib import Path

from estafeta.lib.blobs import blobs
from estafeta.tickets import actions
from estafeta.tickets.files.check import check_all
from estafeta.tickets.files.uploading import keep_draft
from estafeta.tickets.models import Attachment
from tests.cast import Cast
from tests.orders import taken


def attached(cast: Cast, name: str) -> Attachment:
    row = keep_draft(io.BytesIO(b"text"), name, by=cast.agent)
    actions.reply(taken(cast), by=cast.agent, files=[row.pk])
    row.refresh_from_db()
    return row


def path(row: Attachment) -> Path:
    return Path(blobs().path(row.blob))  # type: ignore[attr-defined]


def test_nothing_is_wrong_with_what_nobody_touched(cast: Cast) -> None:
    row = attached(cast, "a.txt")
    attached(cast, "b.txt")
    actions.remove_file(row.ticket, by=cast.agent, file=row.pk)
    keep_draft(io.BytesIO(b"draft"), "draft.txt", by=cast.agent)
    assert list(check_all()) == []


def test_other_bytes_missing_bytes_and_other_names_are_told(cast: Cast) -> None:
    changed, missing, renamed = (attached(cast, name) for name in ("c.txt", "m.txt", "r.txt"))
    path(changed).write_bytes(b"tezt")
    path(missing).unlink()
    Attachment.objects.filter(pk=renamed.pk).update(name="harmless.txt")
    stranger = keep_draft(io.BytesIO(b"x"), "s.txt", by=cast.agent)
    Attachment.objects.filter(pk=stranger.pk).update(ticket=changed.ticket)
    told = "\n".join(check_all())
    assert "(c.txt): its bytes were changed" in told
    assert "(m.txt): its bytes are missing" in told
    assert "(harmless.txt): its name, size or digest was changed" in told
    assert "(s.txt): no entry tells of it" in told
