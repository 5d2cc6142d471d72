"""Addresses of the desk: verbs for many tickets, and their reports."""

from django.urls import path

from estafeta.desk.bulk import adopting, asking, report

urlpatterns = [
    path("bulk", report.my_runs, name="bulk_runs"),
    path("bulk/offer", asking.offer, name="bulk_offer"),
    path("bulk/<int:pk>", report.report, name="bulk_run"),
    path("bulk/<int:pk>/undo", report.undo, name="undo_bulk_run"),
    path("tickets/<int:number>/adopt", adopting.adopt, name="adopt_parts"),
    path("bulk/<slug:verb_name>", asking.bulk_verb, name="bulk_verb"),
]
