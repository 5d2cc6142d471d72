"""Addresses of the desk: lists."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
