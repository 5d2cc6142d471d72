"""Rows of a prepared query as objects of models, without what Django does for each anew.

A model's `__init__` looks at every argument and tells everybody who listens; for rows as they come
from the database that ends in filling a dictionary, which is all that happens here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.signals import post_init, pre_init

_FROM_DB: Any = Model.from_db


class _Quick:
    """Stands for a model's class where Django's own code calls its `from_db`."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model

    def from_db(self, db: str, names: Sequence[str], values: Sequence[Any]) -> Model:
        made: Model = self.model.__new__(self.model)
        state = ModelState()
        state.db, state.adding = db, False
        made.__dict__.update(zip(names, values, strict=True), _state=state)
        return made


def is_plain(model: type[Model]) -> bool:
    """Whether nothing of its own happens when one of its rows is read."""
    own = model.__init__ is not Model.__init__ or model.from_db.__func__ is not _FROM_DB.__func__  # type: ignore[attr-defined]
    return not own and not pre_init.has_listeners(model) and not post_init.has_listeners(model)


def maker_of(queryset: Any, compiler: Any, db: str) -> Callable[[Iterable[Any]], list[Any]] | None:
    """What turns the rows of this query into objects; None where Django has to do it itself."""
    information = compiler.klass_info
    if queryset._iterable_class is not ModelIterable or not information:
        return None
    if queryset._known_related_objects or not _are_plain(information):
        return None
    select, fields = compiler.select, information["select_fields"]
    start, end = fields[0], fields[-1] + 1
    names = [column[0].target.attname for column in select[start:end]]
    quick = _Quick(information["model"])
    related = get_related_populators(information, select, db)  # type: ignore[call-arg]
    _hasten(related)
    annotations = list((compiler.annotation_col_map or {}).items())

    def make(rows: Iterable[Any]) -> list[Any]:
        found = []
        for row in rows:
            made = quick.from_db(db, names, row[start:end])
            for populator in related:
                populator.populate(row, made)
            for name, place in annotations:
                setattr(made, name, row[place])
            found.append(made)
        return found

    return make


def _are_plain(information: dict[str, Any]) -> bool:
    below = information.get("related_klass_infos", ())
    return is_plain(information["model"]) and all(map(_are_plain, below))


def _hasten(populators: Iterable[Any]) -> None:
    for populator in populators:
        populator.model_cls = _Quick(populator.model_cls)
        _hasten(populator.related_populators)
