"""Departments, organisations, topics and settings through their pages."""

from typing import Any

import pytest
from django.test import Client

from estafeta.accounts.models import Department, Organisation, SecurityEntry, Site
from estafeta.tickets.actions import open_ticket
from estafeta.tickets.models import Topic

POLICIES = {
    "prefix": "", "assignment_mode": "none", "hand_over_mode": "at_once", "hand_over_hours": "24",
    "hand_over_unanswered": "back",
}  # fmt: skip


@pytest.fixture
def admin(cast: Any) -> Client:
    client = Client()
    client.force_login(cast.admin)
    return client


def test_a_department_is_added_inside_another(cast: Any, admin: Client) -> None:
    admin.post("/administration/departments/new", {"name": "Wi-Fi", "parent": cast.network.pk})
    made = Department.objects.get(name="Wi-Fi")
    assert made.path == f"{cast.network.path}{made.pk}/"


def test_moving_a_branch_moves_everything_below(cast: Any, admin: Client) -> None:
    wifi = Department.objects.create(name="Wi-Fi", parent=cast.network)
    version = Site.objects.get().rights_version
    admin.post(
        f"/administration/departments/{cast.network.pk}",
        {"name": "Network", "parent": cast.accounting.pk, **POLICIES},
    )
    wifi.refresh_from_db()
    assert wifi.path == f"/{cast.accounting.pk}/{cast.network.pk}/{wifi.pk}/"
    assert Site.objects.get().rights_version > version
    cast.head.__dict__.pop("standing", None)
    assert wifi.pk not in cast.head.standing.headed
    at_the_top = {"name": "Network", "parent": "", **POLICIES}
    admin.post(f"/administration/departments/{cast.network.pk}", at_the_top)
    wifi.refresh_from_db()
    assert wifi.path == f"/{cast.network.pk}/{wifi.pk}/"


def test_a_department_cannot_stand_inside_itself(cast: Any, admin: Client) -> None:
    for parent in (cast.it, cast.network):
        response = admin.post(
            f"/administration/departments/{cast.it.pk}",
            {"name": "Renamed", "parent": parent.pk, **POLICIES},
        )
        assert response.status_code == 422
        assert "cannot stand inside itself" in response.content.decode()
    cast.it.refresh_from_db()
    assert (cast.it.parent, cast.it.name) == (None, "IT")


def test_names_are_unique_beside_each_other(cast: Any, admin: Client) -> None:
    response = admin.post("/administration/departments/new", {"name": "IT", "parent": ""})
    assert response.status_code == 422
    assert "already a department of this name" in response.content.decode()
    assert admin.post(
        "/administration/departments/new", {"name": "IT", "parent": cast.accounting.pk}
    ).status_code == 302  # fmt: skip


def test_the_tree_is_not_endless(cast: Any, admin: Client) -> None:
    parent = cast.network
    for number in range(20):
        response = admin.post(
            "/administration/departments/new", {"name": f"D{number}", "parent": parent.pk}
        )
        if response.status_code == 422:
            break
        parent = Department.objects.get(name=f"D{number}")
    assert "too deep" in response.content.decode()


def test_a_department_closes_only_without_open_tickets_and_open_departments_inside(
    cast: Any, admin: Client
) -> None:
    open_ticket(by=cast.client, title="Printer", department=cast.network)
    for department in (cast.network, cast.it):
        admin.post(f"/administration/departments/{department.pk}/close")
        department.refresh_from_db()
        assert department.is_active
    admin.post(f"/administration/departments/{cast.accounting.pk}/close")
    cast.accounting.refresh_from_db()
    assert not cast.accounting.is_active
    admin.post(f"/administration/departments/{cast.accounting.pk}/open")
    cast.accounting.refresh_from_db()
    assert cast.accounting.is_active


def test_only_departments_without_people_and_history_are_deleted(cast: Any, admin: Client) -> None:
    empty = Department.objects.create(name="Empty")
    for department in (empty, cast.accounting, cast.it):
        admin.post(f"/administration/departments/{department.pk}/delete")
    assert set(Department.objects.values_list("name", flat=True)) == {"IT", "Network", "Accounting"}


def test_an_unknown_verb_is_404(cast: Any, admin: Client) -> None:
    assert admin.post(f"/administration/departments/{cast.it.pk}/explode").status_code == 404


def test_organisations_are_added_changed_and_deleted_without_history(
    cast: Any, admin: Client
) -> None:
    admin.post("/administration/organisations/new", {"name": "Gamma", "is_active": "on"})
    gamma = Organisation.objects.get(name="Gamma")
    assert admin.post("/administration/organisations/new", {"name": "Alpha"}).status_code == 422
    admin.post(f"/administration/organisations/{gamma.pk}", {"name": "Gamma", "note": "Line\nTwo"})
    gamma.refresh_from_db()
    assert (gamma.note, gamma.is_active) == ("Line\nTwo", False)
    admin.post(f"/administration/organisations/{gamma.pk}/delete")
    admin.post(f"/administration/organisations/{cast.alpha.pk}/delete")
    assert list(Organisation.objects.values_list("name", flat=True)) == ["Alpha", "Beta"]


def test_topics_form_a_tree_without_rings(cast: Any, admin: Client) -> None:
    fields = {
        "acceptance": "author", "priority": "2", "is_active": "on", "department": cast.it.pk,
    }  # fmt: skip
    admin.post("/administration/topics/new", {"name": "Printers", **fields})
    printers = Topic.objects.get(name="Printers")
    assert (printers.acceptance, printers.department) == ("author", cast.it)
    admin.post("/administration/topics/new", {"name": "Toner", "parent": printers.pk, **fields})
    toner = Topic.objects.get(name="Toner")
    response = admin.post(
        f"/administration/topics/{printers.pk}", {"name": "Printers", "parent": toner.pk, **fields}
    )
    assert response.status_code == 422
    assert "cannot stand inside itself" in response.content.decode()
    admin.post(f"/administration/topics/{printers.pk}/delete")
    assert Topic.objects.filter(name="Printers").exists()
    admin.post(f"/administration/topics/{toner.pk}/delete")
    assert not Topic.objects.filter(name="Toner").exists()


def _settings(**changed: str) -> dict[str, Any]:
    return {
        "organisation_name": "Alpha Ltd", "language": "uk", "time_zone": "Europe/Kyiv",
        "public_url": "https://desk.example.org/", "archive_after_days": "30",
        "passes_before_notice": "3", "silence_days": "5", "comment_change_minutes": "15",
        "file_megabytes": "25", "files_at_once": "20", "file_removable_minutes": "60",
        "refused_file_kinds": ["program", "archive"], "seal_address": "", **changed,
    }  # fmt: skip


def test_settings_are_saved_and_told(cast: Any, admin: Client) -> None:
    assert admin.post("/administration/site", _settings()).status_code == 302
    site = Site.objects.get()
    assert (site.organisation_name, site.public_url) == ("Alpha Ltd", "https://desk.example.org")
    assert site.is_set_up
    changes = SecurityEntry.objects.get(kind="settings.changed").facts["changes"]
    assert changes["archive_after_days"] == [7, 30]
    assert (site.silence_days, set(site.refused_file_kinds.split())) == (5, {"program", "archive"})


@pytest.mark.parametrize(
    "changed",
    [
        {"organisation_name": ""}, {"language": "xx"}, {"time_zone": "Nowhere"},
        {"public_url": "ftp://x"}, {"public_url": "https://x/y"}, {"archive_after_days": "-1"},
        {"archive_after_days": "99999999999"}, {"passes_before_notice": "0"},
        {"silence_days": "999"}, {"file_megabytes": "0"}, {"refused_file_kinds": "nonsense"},
        {"seal_address": "nobody"}, {"files_at_once": "-1"},
    ],
)  # fmt: skip
def test_wrong_settings_change_nothing(cast: Any, admin: Client, changed: dict[str, str]) -> None:
    response = admin.post("/administration/site", _settings(**changed))
    assert response.status_code == 422
    assert Site.objects.get().archive_after_days == 7
