"""Background work over one table, behind the standard `django_tasks` API.

Write a task with `@task()` and call `.enqueue()`: the row belongs to the current transaction. Work
is done at least once: a task has to bear being run again.
"""
