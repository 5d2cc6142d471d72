"""Addresses of the desk: boards."""

from django.urls import path

from estafeta.desk.board import views

urlpatterns = [path("lists/<slug:list_name>/board", views.board, name="list_board")]
