"""Who gets to these pages; for everybody else they do not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse

from estafeta.desk.page import DeskRequest, signed_in

P = ParamSpec("P")
View = Callable[Concatenate[DeskRequest, P], HttpResponse]


def administrator(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Only administrators."""

    @wraps(view)
    def answer(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_administrator:
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(answer)


def agent(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Only staff."""

    @wraps(view)
    def answer(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_agent:
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(answer)
