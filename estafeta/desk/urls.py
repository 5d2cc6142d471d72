"""Addresses for the desk face."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
