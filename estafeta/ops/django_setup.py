"""Load Django when a command needs it, and not before."""

from __future__ import annotations

import os


def load_django() -> None:
    """Read the settings and load the rooms."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "estafeta.settings")
    import django

    django.setup()


def load_django_or_explain() -> bool:
    """Load Django; say on standard error what is wrong with the settings if that fails."""
    import sys

    from pydantic import ValidationError

    try:
        load_django()
    except ValidationError as wrong:
        print("The settings are not right:", file=sys.stderr)
        for error in wrong.errors():
            name = "_".join(map(str, error["loc"]))
            print(f"  {name} (ESTAFETA_{name.upper()}): {error['msg']}", file=sys.stderr)
        return False
    return True
