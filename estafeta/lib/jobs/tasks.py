"""From the name in a row to the function it stands for."""

from __future__ import annotations

from typing import Any

from django.utils.module_loading import import_string
from django_tasks.base import Task


def task_at(path: str) -> Task[Any, Any]:
    """Import a task; whoever can write to the table must not be able to call anything else."""
    found = import_string(path)
    if not isinstance(found, Task):
        raise ImportError(f"{path} is not a task")
    return found
