"""Addresses of the quick line."""

from django.urls import path

from estafeta.desk.quick_line import page

urlpatterns = [
    path("quick", page.quick_line, name="quick_line"),
    path("quick/preview", page.preview, name="quick_line_preview"),
]
