"""Changes of people, departments, organisations, tokens and settings: functions with `by=`.

Each runs in one transaction, asks `accounts.permissions`, writes the security trail, and raises
`NotAllowed` or `Invalid` (accounts.errors), after which nothing has changed.
"""
