"""Addresses of the desk: answer templates."""

from django.urls import path

from estafeta.desk.answers import views

urlpatterns = [
    path("answers", views.listing, name="answer_templates"),
    path("answers/new", views.new, name="new_answer_template"),
    path("answers/<int:number>", views.edit, name="answer_template"),
    path("answers/<int:number>/delete", views.delete, name="delete_answer_template"),
]
