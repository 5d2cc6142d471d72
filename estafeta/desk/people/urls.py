"""Addresses of the desk: clients for agents, and administration for administrators."""

from django.urls import path

from estafeta.desk.people import (
    clients,
    departments,
    leave,
    members,
    merge,
    organisations,
    people,
    person,
    security,
    site,
    topics,
)  # fmt: skip

urlpatterns = [
    path("clients", clients.listing, name="clients"),
    path("clients/new", clients.new, name="new_client"),
    path("clients/<int:number>", clients.card, name="client"),
    path("clients/<int:number>/edit", clients.edit, name="edit_client"),
    path("administration", people.to_people, name="administration"),
    path("administration/people", people.listing, name="manage_people"),
    path("administration/people/new", person.new, name="new_person"),
    path("administration/people/<int:number>", person.edit, name="manage_person"),
    path("administration/people/<int:number>/photo", person.photo, name="person_photo"),
    path("administration/people/<int:number>/link", person.link, name="person_link"),
    path("administration/people/<int:number>/leave", leave.leave, name="person_leaves"),
    path("administration/people/<int:number>/return", person.back, name="person_returns"),
    path("administration/people/<int:number>/delete", person.delete, name="delete_person"),
    path("administration/departments", departments.tree, name="manage_departments"),
    path("administration/departments/new", departments.new, name="new_department"),
    path("administration/departments/<int:number>", departments.edit, name="manage_department"),
    path("administration/departments/<int:number>/place", departments.place, name="place_department"),
    path("administration/departments/<int:number>/members", members.change, name="change_members"),
    path("administration/departments/<int:number>/merge", merge.merge, name="merge_department"),
    path(
        "administration/departments/<int:number>/<slug:what>", departments.switch,
        name="switch_department",
    ),
    path("administration/organisations", organisations.listing, name="manage_organisations"),
    path("administration/organisations/new", organisations.new, name="new_organisation"),
    path("administration/organisations/<int:number>", organisations.edit, name="manage_organisation"),
    path(
        "administration/organisations/<int:number>/delete", organisations.delete,
        name="delete_organisation",
    ),
    path("administration/topics", topics.tree, name="manage_topics"),
    path("administration/topics/new", topics.new, name="new_topic"),
    path("administration/topics/<int:number>", topics.edit, name="manage_topic"),
    path("administration/topics/<int:number>/place", topics.place, name="place_topic"),
    path("administration/topics/<int:number>/delete", topics.delete, name="delete_topic"),
    path("administration/site", site.edit, name="manage_site"),
    path("administration/security", security.listing, name="security"),
]  # fmt: skip
