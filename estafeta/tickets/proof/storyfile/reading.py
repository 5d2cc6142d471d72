"""Finds the story in a file: JSON, or the PDF to which it is attached."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from estafeta.tickets.proof.storyfile.shown import Line, Story, letters, lines_of

ATTACHED = "story.json"
PICTURE = 3
"""A kind of object on a page, as the reader of PDFs numbers them."""


class NotAStory(Exception):
    """The file cannot be read as a story; the text says why."""


def read(file: Path) -> tuple[Story, list[str]]:
    """The story, and what does not fit on the pages around it. Raises NotAStory, OSError."""
    content = file.read_bytes()
    if content.startswith(b"%PDF"):
        return _of_pdf(content)
    return _of_json(content), []


def _of_json(content: bytes) -> Story:
    try:
        story = json.loads(content)
    except ValueError as error:
        raise NotAStory(f"this is neither a PDF nor JSON: {error}") from error
    if not isinstance(story, dict):
        raise NotAStory("this is JSON, but not a story")
    return story


def _of_pdf(content: bytes) -> tuple[Story, list[str]]:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as document:
            attached = [
                bytes(one.get_data())
                for one in map(document.get_attachment, range(document.count_attachments()))
                if one.get_name() == ATTACHED
            ]
            if len(attached) != 1:
                raise NotAStory(f"no file {ATTACHED} is attached to this PDF")
            story = _of_json(attached[0])
            return story, list(_page_faults(document, story))
    except (pypdfium2.PdfiumError, KeyError, TypeError, AttributeError) as error:
        raise NotAStory(f"this PDF cannot be read: {error!r}") from error


def _page_faults(document: Any, story: Story) -> Iterator[str]:
    """The pages must show the lines of the story and nothing else."""
    shown = []
    for number, page in enumerate(document, 1):
        text = letters(page.get_textpage().get_text_range())
        shown.append(text.removesuffix(letters(foot(story, number, len(document)))))
        if any(True for _picture in page.get_objects(filter=(PICTURE,))):
            yield f"page {number} carries a picture, and Estafeta writes none"
    seen = "".join(shown)
    at = 0
    for line in lines_of(story):
        wanted = letters(line.text)
        if seen[at : at + len(wanted)] != wanted:
            yield f"the pages do not show what is attached: {_begin(line)}"
            return
        at += len(wanted)
    if at != len(seen):
        yield f"the pages show more than is attached: “{seen[at : at + 60]}”"


def foot(story: Story, page: int, pages: int) -> str:
    """What stands below each page."""
    return f"No{story['ticket']['number']}{page}{pages}"


def _begin(line: Line) -> str:
    text = " ".join(line.text.split())
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"
