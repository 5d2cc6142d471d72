"""Tasks that tests enqueue; importable by a real worker process."""

import time
from pathlib import Path

from django_tasks import task
from django_tasks.base import TaskContext


@task()
def add(left: int, right: int) -> int:
    """Give a result."""
    return left + right


@task(max_attempts=2)
def break_down(why: str) -> None:
    """Fail each time."""
    raise ValueError(why)


@task(takes_context=True)
def say_try(context: TaskContext) -> int:
    """Tell which try this is."""
    return context.attempt


@task(max_attempts=3)
def leave_marks(file: str, seconds: float) -> None:
    """Write a line at the start and one at the end of the work."""
    with Path(file).open("a") as marks:
        marks.write("start\n")
        marks.flush()
        time.sleep(seconds)
        marks.write("end\n")
