"""Building blocks: bodies of which every field may be left out, and answers that have a version."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, StringConstraints

from estafeta.api.schemas.base import Body, Id, Out

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Line = Annotated[str, StringConstraints(max_length=250)]
Switch = Annotated[bool, Field(strict=True)]


def left_out(**more: Any) -> Any:
    """A field that may be left out, and then stays as it is; it has no default to be shown."""
    return Field(default_factory=lambda: None, **more)


class Change(Body):
    """What is left out stays as it is."""

    def given(self) -> dict[str, Any]:
        """What was sent, by name."""
        return {name: getattr(self, name) for name in sorted(self.model_fields_set)}


class Versioned(Out):
    """A row whose `ETag` tells whether it has changed; `counted` are fields that do so by themselves."""

    counted: ClassVar[frozenset[str]] = frozenset()

    def version(self) -> str:
        """What the tag is made from."""
        return self.model_dump_json(exclude=set(self.counted))


class PlaceBody(Body):
    """Where something stands in its tree."""

    parent: Id | None = Field(None, description="Inside this one; null: at the top")
    before: Id | None = Field(None, description="Before this one of those there; null: after all")


class Done(Out):
    """It is done; what is deleted is not there any more."""

    done: bool = True
