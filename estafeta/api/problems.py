"""What went wrong, as RFC 9457 problem details, and which exception becomes which."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.errors import AuthenticationError, HttpError, ValidationError

from estafeta.accounts import errors as accounts_errors
from estafeta.api.cursors import WrongCursor
from estafeta.api.messages import wording
from estafeta.api.rendering import as_json
from estafeta.chat import errors as chat_errors
from estafeta.lib.request_keys import KeyReused
from estafeta.tickets import phrases
from estafeta.tickets.errors import Changed, Gone, Invalid, NotAllowed, NotNow
from estafeta.tickets.files.uploading import CannotCheck
from estafeta.tickets.lists.orders import BadCursor

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
MOST_FAULTS = 50
"""Told of one request: whoever has more reads no further."""

TITLES = {
    400: gettext_lazy("The request cannot be read"),
    401: gettext_lazy("A valid token is needed"),
    403: gettext_lazy("You may not do this"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("This address does not take this method"),
    409: gettext_lazy("Not possible now"),
    410: gettext_lazy("No longer there"),
    411: gettext_lazy("The request cannot be read"),
    412: gettext_lazy("Somebody else has changed it"),
    413: gettext_lazy("The request is too large"),
    415: gettext_lazy("Only JSON is read here"),
    422: gettext_lazy("Some values are not acceptable"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("Something broke on our side"),
    503: gettext_lazy("Not possible for the moment"),
}


class Refusal(Exception):
    """A request that the API itself refuses, whatever the domain would say."""

    def __init__(
        self, status: int, detail: str, *, body: dict[str, Any] | None = None, **headers: str
    ) -> None:
        self.status, self.detail, self.body = status, detail, body or {}
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        super().__init__(status, detail)


def problem(
    request: HttpRequest,
    status: int,
    detail: str = "",
    *,
    errors: Iterable[dict[str, str]] = (),
    **more: Any,
) -> HttpResponse:
    """An answer of `application/problem+json`; `more` are members of its own."""
    body = {
        "type": "about:blank",
        "title": str(TITLES[status]),
        "status": status,
        "detail": detail,
        "instance": request.path,
        "errors": list(errors),
        **more,
    }
    response = HttpResponse(as_json(body), status=status, content_type=MEDIA_TYPE)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="Estafeta"'
    return response


def at_field(field: str, detail: str) -> dict[str, str]:
    """One item of `errors`: where in the body (a JSON pointer), and what is wrong there."""
    return {"pointer": f"/{field}" if field else "", "detail": detail}


def answer(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The problem that an exception becomes; whatever nobody foresaw is logged and is a 500."""
    match error:
        case Http404() | Gone():
            return not_found(request)
        case NotAllowed() | accounts_errors.NotAllowed():
            return problem(request, 403, str(error))
        case accounts_errors.Invalid():
            faults = [(name, told) for name, many in error.errors.items() for told in many]
            return problem(request, 422, str(error), errors=[at_field(*one) for one in faults])
        case Changed():
            return problem(request, 409, str(error), changes=changes_of(error))
        case NotNow():
            return problem(request, 409, str(error))
        case Invalid():
            return problem(request, 422, str(error), errors=[at_field(error.field, error.message)])
        case chat_errors.NotAllowed():
            return problem(request, 403, str(error))
        case chat_errors.NotNow():
            return problem(request, 409, str(error))
        case chat_errors.Invalid():
            return problem(request, 422, str(error), errors=[at_field(error.field, error.message)])
        case CannotCheck() | chat_errors.CannotCheck():
            return problem(request, 503, str(error))
        case KeyReused():
            detail = _("This Idempotency-Key was used before for a different request.")
            return problem(request, 422, detail, errors=[_of_header("Idempotency-Key", detail)])
        case WrongCursor() | BadCursor():
            detail = _("This cursor was not given out here.")
            return problem(request, 422, detail, errors=[of_parameter("after", detail)])
        case ValidationError():
            return _not_valid(request, error)
        case Refusal():
            response = problem(request, error.status, error.detail, **error.body)
            for name, value in error.headers.items():
                response[name] = value
            return response
        case AuthenticationError():
            return problem(request, 401, _("Send a token as “Authorization: Bearer …”."))
        case RequestDataTooBig():
            return problem(request, 413, _("The request is too large."))
        case HttpError(status_code=400):
            return problem(request, 400, _("The body is not JSON."))
    log.error(
        "%s %s broke",
        request.method,
        request.path,
        exc_info=error if isinstance(error, Exception) else True,
    )
    return problem(request, 500, _("The fault was written down; please tell the administrator."))


def not_found(request: HttpRequest) -> HttpResponse:
    """404: nothing here, or nothing this person may see."""
    return problem(request, 404, _("There is nothing here, or nothing you may see."))


def without_length(request: HttpRequest) -> HttpResponse:
    """411: a body sent in pieces of unknown number is not read, and must not pass for an empty one."""
    missing = _of_header("Content-Length", _("This is required."))
    return problem(request, 411, missing["detail"], errors=[missing])


def changes_of(error: Changed) -> list[dict[str, Any]]:
    """What somebody else did meanwhile, for programs."""
    return [
        {
            "seq": entry.seq,
            "verb": entry.verb,
            "at": entry.at,
            "actor": {"id": entry.actor_id, "name": entry.actor.name},
            "phrase": phrases.phrase(entry),
            "reason": phrases.reason(entry),
        }
        for entry in error.entries
    ]


def _of_header(name: str, detail: str) -> dict[str, str]:
    return {"header": name, "detail": detail}


def of_parameter(name: str, detail: str) -> dict[str, str]:
    """One item of `errors`: a parameter of the query, and what is wrong with it."""
    return {"parameter": name, "detail": detail}


def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = []
    for item in error.errors[:MOST_FAULTS]:
        source, *place = item["loc"]
        if source == "path":
            return not_found(request)
        detail = wording(item)
        if source == "query":
            found.append(
                of_parameter([step for step in place if isinstance(step, str)][-1], detail)
            )
        elif source == "header":
            found.append(_of_header(str(place[0]), detail))
        else:
            # The first step below "body" is the name of the view's argument.
            pointer = "".join(f"/{_escaped(step)}" for step in place[1:])
            found.append({"pointer": pointer, "detail": detail})
    return problem(request, 422, _("Some values are not acceptable."), errors=found)


def _escaped(step: object) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")
