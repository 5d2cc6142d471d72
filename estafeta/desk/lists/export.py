"""A list as a file and on paper: exactly what is shown, on all its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, cast
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from estafeta.accounts.models import Person
from estafeta.desk.limits import Limited, limited
from estafeta.desk.lists import columns, filter_words, looks
from estafeta.desk.lists.address import Address
from estafeta.desk.lists.columns import Column
from estafeta.desk.lists.named import asked
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.lib import clock, sheets, workbook
from estafeta.tickets.lists import whole
from estafeta.tickets.lists.paging import Question
from estafeta.tickets.models import Ticket

MOST_PRINTED = 1000
COMMA_LANGUAGES = ("en",)
"""Where the decimal sign is a comma, tables are separated by semicolons."""
WIDTHS = {"number": 9, "title": 60, "status": 14, "priority": 10, "via": 10}


@require_safe
@signed_in
@limited(Limited.EXPORT)
def csv_file(request: DeskRequest, list_name: str) -> HttpResponse:
    """Streamed, however long it is."""
    screen, chunks, _shown = _table(request, list_name)
    language = translation.get_language() or ""
    separator = "," if language.split("-")[0] in COMMA_LANGUAGES else ";"
    pieces = sheets.csv_pieces(chunks, separator=separator)
    return _file(pieces, screen.title, "csv", sheets.CSV_TYPE)


@require_safe
@signed_in
@limited(Limited.EXPORT)
def xlsx_file(request: DeskRequest, list_name: str) -> HttpResponse:
    """A workbook, streamed as well; moments and numbers are values, not texts."""
    screen, chunks, shown = _table(request, list_name)
    widths = [WIDTHS.get(column.name, 20) for column in shown]
    pieces = workbook.pieces(chunks, title=screen.title, widths=widths)
    return _file(pieces, screen.title, "xlsx", workbook.CONTENT_TYPE)


@require_safe
@signed_in
@limited(Limited.EXPORT)
def paper(request: DeskRequest, list_name: str) -> HttpResponse:
    """A plain table to be printed, with the filters in words above it."""
    screen, question = asked(request, list_name, request.GET)
    shown = looks.look_of(request.user, request.GET.get("look", "")).shown
    numbers = whole.numbers_of(question, MOST_PRINTED + 1)
    is_cut = len(numbers) > MOST_PRINTED
    tickets = [t for piece in whole.pieces_of(question, numbers[:MOST_PRINTED]) for t in piece]
    values = columns.values_of(tickets, [column.name for column in shown], request.user)
    context = {
        "screen": screen,
        "columns": shown,
        "rows": [list(values[ticket.pk].values()) for ticket in tickets],
        "filters": filter_words.active_chips(question.filters, Address(request), request.user),
        "is_cut": is_cut,
        "most": MOST_PRINTED,
        "now": clock.now(),
    }
    return render_page(request, "desk/lists/paper.html", context)


def _table(
    request: DeskRequest, name: str
) -> tuple[Any, Iterator[Iterable[sheets.Row]], Sequence[Column]]:
    screen, question = asked(request, name, request.GET)
    shown = looks.look_of(request.user, request.GET.get("look", "")).shown
    # Asked now, so that what is wrong with the question is an answer and not a broken file.
    numbers = whole.numbers_of(question)
    return screen, _chunks(question, numbers, shown), shown


def _chunks(
    question: Question, numbers: Any, shown: Sequence[Column]
) -> Iterator[Iterable[sheets.Row]]:
    """The heading, then some hundreds of rows at a time, in the reader's language and zone.

    The file is sent after the view has ended, so both are set anew for each piece.
    """
    told = _teller()
    names = [column.name for column in shown]
    yield told(lambda: [[str(column.label) for column in shown]])
    for tickets in whole.pieces_of(question, numbers):
        yield told(partial(_rows, tickets, names, question.reader))


def _rows(
    tickets: Sequence[Ticket], names: Sequence[str], reader: Person
) -> list[list[sheets.Value]]:
    values = columns.values_of(tickets, names, reader)
    return [[_plain(name, values[ticket.pk][name]) for name in names] for ticket in tickets]


def _plain(name: str, value: sheets.Value) -> sheets.Value:
    """A number without a prefix is a number; moments are in the reader's zone."""
    if name == "number" and isinstance(value, str) and value.isdecimal():
        return int(value)
    if isinstance(value, str | int | tuple) or value is None:
        return value
    return timezone.localtime(value)


def _teller() -> Callable[[Callable[[], Any]], Any]:
    language, zone = translation.get_language(), timezone.get_current_timezone()

    def told(make: Callable[[], Any]) -> Any:
        with translation.override(language), timezone.override(zone):
            return make()

    return told


def _file(pieces: Iterator[bytes], title: str, ending: str, content_type: str) -> HttpResponse:
    moment = timezone.localtime(clock.now())
    name = f"{title} {moment:%Y-%m-%d %H-%M}.{ending}"
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Content-Disposition"] = (
        f"attachment; filename=\"tickets.{ending}\"; filename*=UTF-8''{quote(name)}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    answer: Any = response  # streamed answers are of another class, treated alike
    return cast(HttpResponse, answer)
