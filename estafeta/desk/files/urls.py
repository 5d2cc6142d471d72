"""Addresses of the desk: files."""

from django.urls import path

from estafeta.desk.files import views

urlpatterns = [
    path("attachments", views.upload, name="upload"),
    path("attachments/<int:file>/drop", views.drop, name="drop_file"),
    path("attachments/<int:file>/picture/<slug:size>", views.picture, name="file_picture"),
    path("attachments/<int:file>/pages/<int:page>", views.paper, name="file_page"),
    path("attachments/<int:file>/file/<str:name>", views.original, name="file"),
    path("tickets/<int:number>/files", views.files_of_ticket, name="ticket_files"),
]
