"""What is wrong with a value, in the language of whoever sent it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_WHOLE_NUMBER = gettext_lazy("A whole number belongs here.")
_MOMENT = gettext_lazy("A moment like 2026-11-24T18:00:00+03:00 belongs here.")
_TEXT = gettext_lazy("A text belongs here.")

BY_KIND = {
    "missing": gettext_lazy("This is required."),
    "extra_forbidden": gettext_lazy("There is no such field."),
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "string_too_short": gettext_lazy("Too short: at least %(min_length)s characters."),
    "string_too_long": gettext_lazy("Too long: at most %(max_length)s characters."),
    "string_pattern_mismatch": gettext_lazy("Some of these characters do not belong here."),
    "int_type": _WHOLE_NUMBER,
    "int_parsing": _WHOLE_NUMBER,
    "int_parsing_size": _WHOLE_NUMBER,
    "int_from_float": _WHOLE_NUMBER,
    "greater_than_equal": gettext_lazy("At least %(ge)s."),
    "less_than_equal": gettext_lazy("At most %(le)s."),
    "list_type": gettext_lazy("A list belongs here."),
    "too_long": gettext_lazy("At most %(max_length)s items."),
    "literal_error": gettext_lazy("Possible are: %(expected)s."),
    "enum": gettext_lazy("Possible are: %(expected)s."),
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "datetime_object_invalid": _MOMENT,
    "timezone_aware": gettext_lazy("The offset from UTC is missing, like +03:00 or Z."),
    "model_type": gettext_lazy("An object belongs here."),
    "model_attributes_type": gettext_lazy("An object belongs here."),
    "bool_parsing": gettext_lazy("True or false belongs here."),
}
"""Kind of fault, as the validation library calls it -> sentence."""


def wording(fault: dict[str, Any]) -> str:
    """The sentence for one fault."""
    sentence = BY_KIND.get(fault["type"])
    if sentence is None:
        return _("This value is not acceptable.")
    return str(sentence) % fault.get("ctx", {})
