"""Who is signed in here now, and the token of this moment: asked before anything kept is sent."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_safe

from estafeta.desk.kept import owner_of
from estafeta.desk.page import DeskRequest, signed_in


@require_safe
@signed_in
def hello(request: DeskRequest) -> HttpResponse:
    """A page that was kept has an old token, and may be that of somebody else."""
    return JsonResponse(
        {"person": request.user.pk, "owner": owner_of(request), "token": get_token(request)}
    )
