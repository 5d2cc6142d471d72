"""Comments, what stands around them, drafts and answer templates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from estafeta.api.schemas.base import Body, Id, LongText, Named, Out, Page
from estafeta.api.schemas.tickets import a_name, maybe
from estafeta.tickets.conversation.reactions import Signs
from estafeta.tickets.models import AnswerTemplate, Comment, Draft, Sign
from estafeta.tickets.models.comment import CommentKind


class SignOut(Out):
    """How many gave this sign."""

    sign: Sign
    amount: int
    is_mine: bool


class CommentOut(Out):
    """A reply, or a note among staff. The text of a deleted one is empty."""

    id: int
    kind: Literal["reply", "note"]
    author: Named
    text: str
    text_html: str
    written_at: datetime
    answers: int | None = Field(description="Id of the comment that this one is about")
    edited_at: datetime | None
    deleted_at: datetime | None
    signs: list[SignOut]

    @classmethod
    def of(cls, comment: Comment, signs: Iterable[Signs] = ()) -> CommentOut:
        """Expects the author to be loaded."""
        return cls(
            id=comment.pk, kind=comment.kind,  # type: ignore[arg-type]
            author=a_name(comment.author), text=comment.text, text_html=comment.text_html,
            written_at=comment.written_at, answers=comment.answers_id,
            edited_at=comment.edited_at, deleted_at=comment.deleted_at,
            signs=[
                SignOut(sign=one.sign, amount=one.amount, is_mine=one.is_mine) for one in signs
            ],
        )  # fmt: skip


class Comments(Page):
    """Comments, oldest first."""

    comments: list[CommentOut]


class SignBody(Body):
    """A sign under a comment."""

    sign: Sign
    give: bool = Field(True, description="False takes it back")


class ReaderOut(Out):
    """Somebody who has opened the ticket since the comment was written."""

    person: Named
    is_current: bool = Field(description="Also since it was last changed")


class Readers(Out):
    """Who has seen the comment, without its author and you."""

    readers: list[ReaderOut]


class EarlierOut(Out):
    """What a comment said until it was changed."""

    text: str
    until: datetime


class EarlierWordings(Out):
    """The oldest first."""

    wordings: list[EarlierOut]


class DraftBody(Body):
    """What you have begun to write; an empty text forgets it."""

    text: LongText
    kind: CommentKind = CommentKind.REPLY
    answers: Id | None = None


class DraftOut(Out):
    """What you have begun to write and not sent."""

    text: str
    kind: CommentKind
    answers: int | None
    saved_at: datetime

    @classmethod
    def of(cls, draft: Draft) -> DraftOut:
        """Yours alone."""
        return cls(text=draft.text, kind=CommentKind(draft.kind), answers=draft.answers_id,
                   saved_at=draft.saved_at)  # fmt: skip


class MaybeDraft(Out):
    """Null: nothing is kept."""

    draft: DraftOut | None


class TemplateBody(Body):
    """An answer template; `department` null and `own` false: for all staff."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    text: LongText = Field(min_length=1, description="Markdown with placeholders like {requester}")
    own: bool = True
    department: Id | None = None


class TemplateOut(Out):
    """An answer template."""

    id: int
    title: str
    text: str
    own: bool
    department: Named | None

    @classmethod
    def of(cls, row: AnswerTemplate, text: str | None = None) -> TemplateOut:
        """`text`: the same with its places filled."""
        return cls(id=row.pk, title=row.title, text=row.text if text is None else text,
                   own=row.owner_id is not None, department=maybe(row.department))  # fmt: skip


class Templates(Out):
    """Those you can use, your own first."""

    templates: list[TemplateOut]


class Deleted(Out):
    """It is gone."""

    deleted: bool = True
