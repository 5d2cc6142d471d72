"""Photos and files that come with a message, kept as drafts like every upload."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import gettext as _

from estafeta.accounts.models import Person
from estafeta.files import intake
from estafeta.notifications.channels.telegram.bot import LARGEST_FILE, Bot
from estafeta.tickets.errors import Invalid
from estafeta.tickets.files import uploading

_KINDS = {
    "document": "file", "video": "video.mp4", "audio": "audio.mp3", "voice": "voice.ogg",
    "video_note": "video.mp4",
}  # fmt: skip
"""Field of a message -> what the file is called where Telegram knows no name."""


def drafts(bot: Bot, message: dict[str, Any], *, by: Person) -> list[int]:
    """Ids of the kept files. Raises Invalid, CannotCheck, BotError, Unreachable."""
    found = _file(message)
    if found is None:
        return []
    number, name, size = found
    if size > min(LARGEST_FILE, intake.most_bytes()):
        raise Invalid("files", _too_large(name))
    path = bot.ask("getFile", file_id=number)["file_path"]
    content = bot.file(str(path))
    return [uploading.keep_draft(io.BytesIO(content), name, by=by).pk]


def _file(message: dict[str, Any]) -> tuple[str, str, int] | None:
    if photos := message.get("photo"):
        best = max(photos, key=lambda one: one.get("width", 0) * one.get("height", 0))
        return best["file_id"], f"photo-{message['message_id']}.jpg", int(best.get("file_size", 0))
    for kind, name in _KINDS.items():
        if file := message.get(kind):
            called = file.get("file_name") or name
            return file["file_id"], str(called), int(file.get("file_size", 0))
    return None


def _too_large(name: str) -> str:
    most = min(LARGEST_FILE, intake.most_bytes()) // intake.MEGABYTE
    words = _("%(name)s is too large: at most %(most)s MB fit.")
    return words % {"name": name[:100], "most": most}
