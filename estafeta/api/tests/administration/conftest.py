"""A program that administers."""

from __future__ import annotations

import pytest

from estafeta.accounts.models import Site
from tests.cast import Cast
from tests.program import Program


@pytest.fixture
def ada(cast: Cast) -> Program:
    """With a token of Ada's that was made for it."""
    Site.objects.update(organisation_name="Завод", language="en")
    Site.forget()
    return Program.of(cast.admin, "admin")
