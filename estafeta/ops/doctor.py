"""The questions `estafeta doctor` asks of an installation."""

from __future__ import annotations

import datetime
import io
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection
from django.utils import timezone

from estafeta.accounts.models import Site
from estafeta.lib import clamd, mail_server
from estafeta.lib.blobs import blobs, fresh_name
from estafeta.lib.jobs.models import Job, State
from estafeta.lib.sqlite.bundled import complaint
from estafeta.notifications.administering import health
from estafeta.ops import database
from estafeta.ops.timetable import TIMETABLE
from estafeta.tickets.upkeep import reindexing

# The most frequent row of the timetable shows within this time that no worker is at work.
WORKER_SLACK = datetime.timedelta(minutes=2)
LONG_QUEUE = datetime.timedelta(minutes=5)
LITTLE_ROOM = 1 << 30


@dataclass(frozen=True)
class Finding:
    """The answer to one question."""

    question: str
    is_fine: bool
    answer: str


def findings() -> Iterator[Finding]:
    """Ask everything; without a database the rest cannot be asked."""
    yield _data_folder()
    reachable = _database()
    yield reachable
    if not reachable.is_fine:
        return
    shape = _shape()
    yield shape
    if not shape.is_fine:
        return
    for ask in (_worker, _queue, _failed_jobs, _search, _mail, _channels, _files, _viruses):
        yield ask()


def _data_folder() -> Finding:
    folder = Path(settings.DATA)
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Finding("Data folder", False, f"{folder} cannot be written to: {error.strerror}")
    free = shutil.disk_usage(folder).free
    answer = f"{folder}, {free / (1 << 30):.1f} GB free"
    return Finding("Data folder", free > LITTLE_ROOM, answer)


def _database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Finding("Database", False, f"does not answer: {str(error).splitlines()[0]}")
    version = ".".join(map(str, connection.get_database_version()))
    if connection.vendor == "sqlite":
        name = str(settings.DATABASES["default"]["NAME"])
        parts = (Path(name), Path(f"{name}-wal"))
        size = sum(part.stat().st_size for part in parts if part.exists()) / (1 << 20)
        reason = complaint(connection.get_database_version())
        return Finding("Database", reason is None, reason or f"SQLite {version}, {size:.1f} MB")
    return Finding("Database", True, f"PostgreSQL {version}")


def _shape() -> Finding:
    waiting = database.pending()
    if waiting:
        return Finding(
            "Database's shape", False, f"{len(waiting)} steps to do; run: estafeta migrate"
        )
    return Finding("Database's shape", True, "as this version needs it")


def _worker() -> Finding:
    now = timezone.now()
    row = min(TIMETABLE, key=lambda row: row.every)
    last = Job.objects.filter(dedup_key__startswith=f"{row.name} @ ").order_by("-pk").first()
    if last is None or now - last.enqueued_at > row.every + WORKER_SLACK:
        return Finding("Worker", False, "none is running; start one: estafeta serve, or worker")
    return Finding("Worker", True, f"at work, last seen {_ago(now - last.enqueued_at)}")


def _queue() -> Finding:
    now = timezone.now()
    waiting = Job.objects.due(now).filter(state=State.READY)
    oldest = min((job.due_at for job in waiting), default=None)
    if oldest is None:
        return Finding("Background jobs", True, "none waiting")
    return Finding(
        "Background jobs",
        now - oldest < LONG_QUEUE,
        f"{len(waiting)} waiting, the oldest was due {_ago(now - oldest)}",
    )


def _failed_jobs() -> Finding:
    failed = Job.objects.filter(state=State.FAILED).order_by("-pk")
    count = failed.count()
    if not count:
        return Finding("Failed jobs", True, "none")
    last = failed[0]
    reason = (last.last_error.strip().splitlines() or ["unknown"])[-1]
    return Finding("Failed jobs", False, f"{count}; the last one, {last.task}: {reason}")


def _search() -> Finding:
    run = reindexing.progress()
    if run is None:
        return Finding("Search", True, "the index is as this version needs it")
    words = f"the index is being made anew: {run.done} of {run.total} tickets with files are done"
    return Finding("Search", True, words)


def _mail() -> Finding:
    server = mail_server.current()
    if not server.host:
        lacks = "no mail server is set (Administration, Channels, or ESTAFETA_SMTP_HOST)"
        return Finding("Mail", False, f"{lacks}: no mail is sent")
    goes = f"goes to {server.host}:{server.port}"
    if not Site.current().address:
        lacks = "the address people open is not set (ESTAFETA_PUBLIC_URL): mails have no links"
        return Finding("Mail", False, f"{goes}, but {lacks}")
    return Finding("Mail", True, goes)


def _channels() -> Finding:
    on = [one for one in health.of_all() if one.is_on]
    # Without a mail server mail is as it comes; the question above tells of it.
    ill = [one for one in on if one.state != "works" and not one.is_untouched]
    if not ill:
        names = ", ".join(one.channel.name for one in on if one.is_ready)
        return Finding("Channels", True, f"work: {names}" if names else "none is on")
    return Finding("Channels", False, "; ".join(map(_complaint, ill)))


def _complaint(one: health.Health) -> str:
    name = one.channel.name
    if one.is_sealed:
        return f"{name}: what is set was sealed under another key (ESTAFETA_SECRET_KEY)"
    if one.state == "missing":
        return f"{name} is on, but lacks: {', '.join(one.missing) or 'something'}"
    if one.state == "paused":
        return f"{name} is paused"
    return f"{name} is on, but fails: {one.last_error.splitlines()[0] if one.last_error else '?'}"


def _files() -> Finding:
    name = fresh_name()
    try:
        blobs().save(name, ContentFile(b"estafeta"))
        whole = blobs().size(name)
        blobs().delete(name)
    except Exception as error:  # what a storage far away raises is its own
        return Finding("Files", False, f"cannot be kept: {str(error).splitlines()[0]}")
    bucket = settings.CONFIGURATION.s3_bucket
    where = f"in the bucket {bucket}" if bucket else f"in {settings.MEDIA_ROOT}"
    return Finding("Files", whole == len(b"estafeta"), f"are kept {where}")


def _viruses() -> Finding:
    if not settings.CLAMD:
        return Finding("Viruses", True, "files are not checked (ESTAFETA_CLAMD is not set)")
    try:
        clamd.scan(settings.CLAMD, io.BytesIO(b"estafeta"))
    except clamd.Unreachable as error:
        reason = f"{settings.CLAMD} does not answer, so no file is accepted: {error}"
        return Finding("Viruses", False, reason)
    return Finding("Viruses", True, f"files are checked by {settings.CLAMD}")


def _ago(age: datetime.timedelta) -> str:
    seconds = int(age.total_seconds())
    return f"{seconds} s ago" if seconds < 120 else f"{seconds // 60} min ago"
