"""The pages: who may do what, how statuses follow each other, settings, periodic work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.utils import translation
from pydantic_core import PydanticUndefined

from estafeta.configuration import Configuration
from estafeta.ops.timetable import TIMETABLE, Row, daily
from estafeta.tickets.permissions import PERMISSIONS
from estafeta.tickets.statuses import ALLOWED, LEADS_TO, Status
from estafeta.tickets.verbs import Verb

NOTICE = "<!-- Made by `python -m estafeta.ops.generated update`; do not edit. -->"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def page(title: str, text: str, *parts: str) -> str:
    """Write a page."""
    with translation.override("en"):
        return "\n\n".join((f"# {title}", NOTICE, text, *parts)) + "\n"


def permissions() -> str:
    """Say who may do which verb, and in which statuses."""
    with translation.override("en"):
        rows = [
            [
                f"{verb.label} (`{verb}`)",
                ", ".join(rule.__name__.replace("_", " ") for rule in PERMISSIONS[verb]),
                ", ".join(str(s.label) for s in Status if verb in ALLOWED[s]) or "–",
            ]
            for verb in Verb
        ]
    return page(
        "Who may do what",
        "Each verb, who may do it to a ticket they see, and the statuses in which it is possible.",
        table(["Verb", "Who may", "When"], rows),
    )


def statuses() -> str:
    """Draw how statuses follow each other."""
    with translation.override("en"):
        lines = ["stateDiagram-v2"]
        lines += [f"    {status}: {status.label}" for status in Status]
        lines += [f"    [*] --> {status}: {Verb.OPEN}" for status in LEADS_TO[Verb.OPEN]]
        lines += [
            f"    {status} --> {following}: {verb}"
            for status in Status
            for verb in Verb
            if verb in ALLOWED[status]
            for following in LEADS_TO.get(verb, ())
            if following != status and (verb is not Verb.REPLY or status is Status.WAITING)
        ]
    return page(
        "The life of a ticket",
        "Each arrow is a verb. Where a verb has several arrows the ticket decides, for example "
        "whether somebody has to accept the result.",
        "```mermaid\n" + "\n".join(lines) + "\n```",
    )


def settings() -> str:
    """List every setting."""
    rows = []
    for name, field in Configuration.model_fields.items():
        default = field.get_default()
        if default is PydanticUndefined or field.default_factory is not None:
            shown = "`./data`" if name == "data" else "–"
        else:
            shown = f"`{default}`" if default not in ("", None) else "empty"
        in_file = "–" if name == "data" else f"`{name}`"
        rows.append([f"`ESTAFETA_{name.upper()}`", in_file, shown, field.description or ""])
    return page(
        "Settings",
        "Each is a variable of the environment or a line of `settings.toml` in the data folder; "
        "the environment wins. The data folder itself is named by the environment only.",
        table(["Environment", "settings.toml", "Default", "What it does"], rows),
    )


def often(row: Row) -> str:
    """Say in words how often a row runs."""
    if row.every == daily:
        return f"daily at {row.offset} UTC"
    minutes = int(row.every.total_seconds() // 60)
    return "every minute" if minutes == 1 else f"every {minutes} minutes"


def timetable() -> str:
    """List the periodic work."""
    rows = [[row.name, often(row), f"`{row.run}`"] for row in TIMETABLE]
    return page(
        "What runs when",
        "The worker does this by itself.",
        table(["Work", "How often", "Function"], rows),
    )


def api() -> str:
    """List what programs can do."""
    from estafeta.api.document import document

    rows = [
        [
            f"`{method.upper()} {path}`",
            operation["summary"],
            operation["description"].split("\n")[0],
        ]
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    ]
    return page(
        "What programs can do",
        "The API in one table. Fields, answers and a form to try each are on `/api/v1/docs` of a "
        "running installation, the OpenAPI document is at `/api/v1/openapi.json`.",
        table(["Request", "What", "In words"], rows),
    )


PAGES: dict[str, Callable[[], str]] = {
    "permissions.md": permissions,
    "statuses.md": statuses,
    "settings.md": settings,
    "timetable.md": timetable,
    "api.md": api,
}
