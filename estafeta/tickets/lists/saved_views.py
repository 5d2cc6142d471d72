"""Lists under names: a person's own, and those that his departments share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from estafeta.accounts.models import Department, Person
from estafeta.accounts.standing import Standing
from estafeta.lib.prepared import Prepared
from estafeta.lib.text import one_line
from estafeta.tickets.errors import Invalid
from estafeta.tickets.lists import amounts, listing
from estafeta.tickets.lists.filters import Filters
from estafeta.tickets.lists.orders import Order
from estafeta.tickets.lists.paging import Question
from estafeta.tickets.models import SavedView
from estafeta.tickets.models.saved_view import LONGEST_QUERY

MOST = 50
"""Of one person."""
MOST_COUNTED = 99
"""Of a longer list only this much is known: counting on would cost more than it tells."""


def of(reader: Person) -> list[SavedView]:
    """His own and those of his departments, in the order in which the menu shows them."""
    return _VIEWS(reader=reader.pk, departments=sorted(reader.standing.departments))


def find(reader: Person, number: int) -> SavedView | None:
    """One of them."""
    return next((view for view in of(reader) if view.pk == number), None)


def question(view: SavedView, reader: Person) -> Question | None:
    """What the view asks when this person reads it; None where its list is gone."""
    asked = listing.named(reader, view.list)
    query = QueryDict(view.query)
    order = Order.read(query.get("sort", "")) or Order()
    return Question(asked, reader, Filters.read(query), order) if asked else None


def counts(views: Iterable[SavedView], reader: Person) -> dict[int, int]:
    """How many tickets each holds, at most one more than `MOST_COUNTED`; one query for all."""
    asked = {view.pk: question(view, reader) for view in views}
    answers = {number: one.all() for number, one in asked.items() if one}
    return dict.fromkeys(asked, 0) | amounts.counted(answers, MOST_COUNTED + 1)


def written(query: str) -> str:
    """Filters and order of an address in their own short form."""
    given = QueryDict(query)
    kept = QueryDict(mutable=True)
    for name, value in Filters.read(given).pairs():
        kept.appendlist(name, value)
    if order := Order.read(given.get("sort", "")):
        kept["sort"] = str(order)
    return kept.urlencode(safe=",")


def may_share_with(standing: Standing) -> Collection[int] | None:
    """Ids of the departments he can share views with; None means all."""
    return None if standing.is_director else standing.departments


def save(
    view: SavedView, *, by: Person, name: str, departments: Sequence[int], in_menu: bool
) -> SavedView:
    """Keep a new view or a change of one's own. Raises Invalid."""
    _refuse_foreign(view, by)
    view.name = one_line(name)
    if not view.name:
        raise Invalid("name", _("Give the view a name."))
    if len(view.name) > 80:
        raise Invalid("name", _("The name is too long: 80 signs at most."))
    if listing.named(by, view.list) is None:
        raise Invalid("list", _("There is no such list."))
    view.query = written(view.query)
    if len(view.query) > LONGEST_QUERY:
        raise Invalid("query", _("These are too many filters for one view."))
    allowed = may_share_with(by.standing)
    if allowed is not None and not set(departments) <= set(allowed):
        raise Invalid("departments", _("Share views with your own departments."))
    if Department.objects.filter(pk__in=departments).count() < len(set(departments)):
        raise Invalid("departments", _("There is no such department."))
    view.in_menu, view.owner = in_menu, by
    with transaction.atomic():
        own = SavedView.objects.select_for_update().filter(owner=by)
        if own.exclude(pk=view.pk).filter(name=view.name).exists():
            raise Invalid("name", _("You have a view of this name already."))
        if view.pk is None:
            if own.count() >= MOST:
                raise Invalid(
                    "name", _("You have %(most)s views: delete one first.") % {"most": MOST}
                )
            view.position = (own.aggregate(last=Max("position"))["last"] or 0) + 1
        view.save()
        view.shared_with.set(departments)
    return view


def change_query(view: SavedView, query: str, *, by: Person) -> None:
    """Keep other filters under the same name."""
    _refuse_foreign(view, by)
    view.query = written(query)
    if len(view.query) > LONGEST_QUERY:
        raise Invalid("query", _("These are too many filters for one view."))
    view.save(update_fields=["query"])


def delete(view: SavedView, *, by: Person) -> None:
    """Remove one's own view, for everybody it was shared with too."""
    _refuse_foreign(view, by)
    view.delete()


def unshare(view: SavedView, department: int, *, by: Person) -> None:
    """The owner, or a head of that department, takes it out of the department's menus."""
    if by.pk != view.owner_id and department not in by.standing.headed:
        raise Invalid("", _("Only the owner of the view and heads of the department can do this."))
    view.shared_with.remove(department)


def arrange(numbers: Sequence[int], *, by: Person) -> None:
    """Put one's own views into this order."""
    own = {view.pk: view for view in SavedView.objects.filter(owner=by)}
    wanted = [own[number] for number in dict.fromkeys(numbers) if number in own]
    rest = [view for view in own.values() if view not in wanted]
    for place, view in enumerate([*wanted, *rest], 1):
        view.position = place
    SavedView.objects.bulk_update(own.values(), ["position"])


def _refuse_foreign(view: SavedView, by: Person) -> None:
    if view.pk is not None and view.owner_id != by.pk:
        raise Invalid("", _("Only the owner of the view can change it."))


def _views(reader: int, departments: list[int]) -> Any:
    shared = SavedView.shared_with.through.objects.filter(department__in=departments)
    mine = Q(owner=reader) | Q(pk__in=shared.order_by().values("savedview"))
    return SavedView.objects.filter(mine).order_by("position", "pk")


_VIEWS: Prepared[SavedView] = Prepared(_views)
