"""Every address of the installation."""

from django.conf import settings
from django.urls import include, path

# The desk first: an address is compared with one after the other, and most are the desk's.
urlpatterns = [
    path("", include("estafeta.desk.urls")),
    path("", include("estafeta.ops.urls")),
    path("", include("estafeta.signin.urls")),
    path("api/v1/", include("estafeta.api.urls")),
    path("", include("estafeta.telegram.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("", include("estafeta.desk.styleguide")))

handler400 = "estafeta.signin.errors.bad_request"
handler403 = "estafeta.signin.errors.forbidden"
handler404 = "estafeta.signin.errors.not_found"
handler500 = "estafeta.signin.errors.server_error"
