"""Every address of the installation."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("estafeta.ops.urls")),
    path("", include("estafeta.signin.urls")),
    path("api/v1/", include("estafeta.api.urls")),
    path("", include("estafeta.telegram.urls")),
    path("", include("estafeta.desk.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("", include("estafeta.desk.styleguide")))

handler400 = "estafeta.signin.errors.bad_request"
handler403 = "estafeta.signin.errors.forbidden"
handler404 = "estafeta.signin.errors.not_found"
handler500 = "estafeta.signin.errors.server_error"
