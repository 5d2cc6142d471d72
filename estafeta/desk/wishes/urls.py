"""Addresses of the desk: what people want to hear of, and being away."""

from django.urls import path

from estafeta.desk.wishes import absences, defaults, muting, own

urlpatterns = [
    path("profile/notifications", own.show, name="wishes"),
    path("people/<int:person>/absences", absences.of_person, name="absences"),
    path(
        "departments/<int:number>/notifications", defaults.of_department, name="department_wishes"
    ),
    path("administration/notifications", defaults.of_organisation, name="manage_wishes"),
    path("tickets/<int:number>/hearing/<slug:what>", muting.mute, name="mute_ticket"),
]
