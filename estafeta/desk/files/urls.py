"""Addresses of the desk: files."""

from django.urls import path

from estafeta.desk.files import views

urlpatterns = [
    path("attachments", views.upload, name="upload"),
    path("attachments/<int:pk>/drop", views.drop, name="drop_file"),
    path("attachments/<int:pk>/picture/<slug:size>", views.picture, name="file_picture"),
    path("attachments/<int:pk>/pages/<int:number>", views.page, name="file_page"),
    path("attachments/<int:pk>/file/<str:name>", views.file, name="file"),
    path("tickets/<int:number>/files", views.files_of_ticket, name="ticket_files"),
]
