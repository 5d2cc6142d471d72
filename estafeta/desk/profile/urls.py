"""Addresses of the desk: profile."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
