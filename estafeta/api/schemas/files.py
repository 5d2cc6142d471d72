"""Files as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from estafeta.api.schemas.base import Named, Out, Page
from estafeta.api.schemas.tickets import a_name
from estafeta.tickets.models import Attachment


class FileOut(Out):
    """A file: a draft of yours until a verb takes its id in `files`."""

    id: int
    name: str
    size: int = Field(description="Bytes, as kept: of pictures, place and device are left out")
    kind: Literal[
        "picture", "document", "text", "archive", "sound", "video", "program", "other"
    ] = Field(description="Told from its bytes")
    type: str = Field(description="Media type, told from its bytes")
    sha256: str
    ticket: int | None = Field(description="Null: a draft")
    comment: int | None
    is_note: bool = Field(description="It belongs to a note: for staff only")
    owner: Named
    uploaded_at: datetime
    attached_at: datetime | None

    @classmethod
    def of(cls, row: Attachment) -> FileOut:
        """Expects the owner to be loaded."""
        return cls(
            id=row.pk, name=row.name, size=row.size,
            kind=row.kind,  # type: ignore[arg-type]
            type=row.type, sha256=row.digest, ticket=row.ticket_id, comment=row.comment_id,
            is_note=row.is_note, owner=a_name(row.owner), uploaded_at=row.uploaded_at,
            attached_at=row.attached_at,
        )  # fmt: skip


class Files(Page):
    """Files of a ticket, oldest first. Those of notes are missing for those who may not see them."""

    files: list[FileOut]
