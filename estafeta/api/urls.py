"""Addresses of the API."""

from __future__ import annotations

from django.urls import path

from estafeta.api import reference
from estafeta.api.door import around
from estafeta.api.face import api

urlpatterns = [
    path("openapi.json", reference.openapi, name="api-openapi"),
    path("docs", reference.page, name="api-docs"),
    *around(api.urls[0]),
]
