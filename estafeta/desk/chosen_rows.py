"""A field of several rows that were chosen."""

from __future__ import annotations

from typing import Any

from django import forms

LONGEST = 18
"""Digits of an id; both engines count no further than a little more."""


class ChosenRows(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """By their ids; a number that no row can have is a wrong choice, and no database is asked."""

    def clean(self, value: Any) -> Any:
        """The rows."""
        if any(len(str(one)) > LONGEST for one in value or ()):
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice", {"value": "…"}
            )
        return super().clean(value)
