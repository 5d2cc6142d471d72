"""Addresses of the desk: bell."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
