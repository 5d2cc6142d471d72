"""The story as HTML for paper: the lines of `shown.py` with a look, and nothing else."""

from __future__ import annotations

from html import escape
from itertools import groupby

from estafeta.tickets.proof.storyfile.shown import Line, Story, lines_of

STYLE = """
@page { size: A4; margin: 18mm 16mm 20mm;
  @bottom-left { content: "No %(number)s"; } @bottom-right { content: counter(page) " / " counter(pages); } }
@page { @bottom-left { font: 8pt Inter, "DejaVu Sans", sans-serif; color: #555; }
  @bottom-right { font: 8pt Inter, "DejaVu Sans", sans-serif; color: #555; } }
html { font: 9.5pt/1.45 Inter, "Noto Sans", "DejaVu Sans", sans-serif; color: #16181d; font-variant-ligatures: none; hyphens: none; }
p { margin: 0; overflow-wrap: anywhere; }
.over { color: #555; font-size: 8.5pt; }
h1 { margin: 1mm 0 4mm; font-size: 15pt; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 7mm 0 2mm; padding-bottom: 1mm; border-bottom: 0.4pt solid #b9bec8; font-size: 11pt; break-after: avoid; }
table { border-collapse: collapse; width: 100%%; }
th { width: 38mm; padding: 0.6mm 3mm 0.6mm 0; color: #555; font-weight: normal; text-align: left; vertical-align: top; }
td { padding: 0.6mm 0; vertical-align: top; overflow-wrap: anywhere; }
.hash { font-family: "DejaVu Sans Mono", monospace; font-size: 7.5pt; }
.text { margin-top: 4mm; white-space: pre-wrap; }
.one { display: block; padding: 1.6mm 0; border-bottom: 0.3pt solid #dfe2e8; }
.entry { display: inline-block; min-width: 7mm; color: #777; font-size: 8pt; }
.at { margin-right: 2mm; color: #555; font-size: 8pt; }
.who { font-weight: 600; }
.reason, .notice, .old { margin: 0.6mm 0 0 7mm; color: #444; }
.notice { color: #9a3412; }
.reply, .note { margin: 1mm 0 0 7mm; padding: 1.4mm 2.4mm; border-left: 0.8mm solid #9db4e8; background: #f4f7fd; white-space: pre-wrap; }
.note { border-left-color: #e0b24a; background: #fdf7e8; }
.withheld { display: inline; color: #777; font-style: italic; }
.proof { margin-bottom: 2mm; color: #333; }
"""
INLINE = frozenset({"entry", "at", "who", "words", "withheld"})


def html_of(story: Story) -> str:
    """The whole document."""
    number, language = int(story["ticket"]["number"]), escape(story["language"])
    title = escape(story["words"]["heading"])
    body = "".join(_part(key, list(lines)) for key, lines in groupby(lines_of(story), PartOf()))
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}'
        f"</title><style>{STYLE % {'number': number}}</style></head><body>{body}</body></html>"
    )


class PartOf:
    """Lines that belong together: a table, one entry, a paragraph of its own."""

    def __init__(self) -> None:
        self._nth, self._kind = 0, ""

    def __call__(self, line: Line) -> tuple[int, str]:
        kind = _kind_of(line)
        if kind != self._kind or line.kind == "entry" or kind == "single":
            self._nth += 1
        self._kind = kind
        return self._nth, kind


def _kind_of(line: Line) -> str:
    if line.kind in ("label", "value", "hash"):
        return "table"
    if line.kind in ("over", "title", "section", "text", "proof"):
        return "single"
    return "entry"


def _part(key: tuple[int, str], lines: list[Line]) -> str:
    if key[1] == "table":
        return f"<table>{''.join(map(_cell, lines))}</table>"
    if key[1] == "single":
        return _single(lines[0])
    return f'<div class="one">{"".join(map(_piece, lines))}</div>'


def _cell(line: Line) -> str:
    if line.kind == "label":
        return f"<tr><th>{escape(line.text)}</th>"
    return f'<td class="{line.kind}">{escape(line.text)}</td></tr>'


def _single(line: Line) -> str:
    tag = {"title": "h1", "section": "h2"}.get(line.kind, "p")
    return f'<{tag} class="{line.kind}">{escape(line.text)}</{tag}>'


def _piece(line: Line) -> str:
    tag = "span" if line.kind in INLINE else "p"
    return f'<{tag} class="{line.kind}">{escape(line.text)}</{tag}> '
