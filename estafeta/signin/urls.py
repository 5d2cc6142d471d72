"""Addresses for the signin face."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
