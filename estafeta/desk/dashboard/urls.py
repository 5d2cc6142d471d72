"""Addresses of the desk: dashboard."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
