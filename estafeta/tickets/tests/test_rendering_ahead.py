"""A long text takes a while to render, and on SQLite one writer holds up all others."""

from collections.abc import Callable
from typing import Any

import nh3
import pytest
from django.db import connection

from estafeta.lib import markdown
from estafeta.tickets import actions
from estafeta.tickets.models import Entry
from tests.cast import Cast
from tests.orders import order


@pytest.mark.parametrize(
    "write",
    [
        lambda cast, ticket: actions.reply(ticket, by=cast.agent, text="A **new** reply"),
        lambda cast, ticket: actions.note(ticket, by=cast.agent, text="A **new** note"),
        lambda cast, ticket: actions.edit(
            ticket, by=cast.director, title="Printer", text="A **new** text"
        ),
        lambda cast, _ticket: order(cast, text="A **new** ticket"),
    ],
)
def test_text_is_rendered_before_the_transaction(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, write: Callable[[Cast, Any], Entry]
) -> None:
    ticket, depths, clean = order(cast), [], nh3.clean
    outside = len(connection.savepoint_ids)
    markdown.render.cache_clear()

    def watched(*args: Any, **more: Any) -> str:
        depths.append(len(connection.savepoint_ids))
        return clean(*args, **more)

    monkeypatch.setattr(nh3, "clean", watched)
    write(cast, ticket)
    assert depths == [outside]
