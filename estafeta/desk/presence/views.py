"""An open page says which places it shows and where its reader writes; it learns who else is there."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from estafeta.desk.page import DeskRequest, signed_in
from estafeta.lib import rate
from estafeta.presence import places
from estafeta.realtime import kinds
from estafeta.realtime.attendance import people_at

MOST_A_MINUTE = 240


@require_POST
@signed_in
def say(request: DeskRequest) -> HttpResponse:
    """`page` shows `place` (perhaps several); `writing` is one of them; `left` ends it all."""
    page = request.POST.get("page", "")
    if not places.PAGE.fullmatch(page):
        return _refused(_("A page has to name itself."), 422)
    session = request.session.session_key or ""
    if request.POST.get("left"):
        places.leave(session=session, page=page)
        return HttpResponse(status=204)
    if wait := rate.seconds_to_wait("presence", request.user.pk, most=MOST_A_MINUTE):
        answer = _refused(_("Too many requests. Try again in a moment."), 429)
        answer.headers["Retry-After"] = str(wait)
        return answer
    wanted = [place for place in request.POST.getlist("place") if places.PLACE.fullmatch(place)]
    shown = kinds.may_be_at(wanted[: places.MOST_OF_A_PAGE], request.user)
    if not shown:
        places.leave(session=session, page=page)
        return _refused(_("There is no such place, or you may not see it."), 404)
    writing = request.POST.get("writing", "")
    places.say(shown, by=request.user, session=session, page=page, writing=writing)
    return JsonResponse({"places": {place: people_at(place, to=request.user) for place in shown}})


def _refused(reason: str, status: int) -> JsonResponse:
    return JsonResponse({"reason": reason}, status=status)
