"""Addresses of the desk: tickets."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
