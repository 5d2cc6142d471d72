"""Addresses for whoever watches over the installation."""

from __future__ import annotations

from django.urls import URLPattern, path

from estafeta.ops.health import healthz

urlpatterns: list[URLPattern] = [path("healthz", healthz, name="healthz")]
