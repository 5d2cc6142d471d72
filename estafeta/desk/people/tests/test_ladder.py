"""The form of the steps by which urgent tickets call louder."""

import pytest
from django.test import Client

from estafeta.notifications.ladder import rungs
from estafeta.notifications.ladder.rungs import Step
from estafeta.notifications.models import Rung
from tests.cast import Cast

PATH = "/administration/ladder"
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(cast: Cast) -> Client:
    rungs.change(by=cast.admin, steps=[Step(5, "heads"), Step(15, "heads")])
    client = Client()
    client.force_login(cast.admin)
    return client


def stored() -> list[int]:
    return list(Rung.objects.values_list("after_minutes", flat=True))


def sent(*minutes: str, **more: str) -> dict[str, str]:
    """The form as the page sends it: the last step is the one that it offers."""
    fields = {"new": str(len(minutes) - 1), **more}
    for place, text in enumerate(minutes):
        fields |= {f"{place}-minutes": text, f"{place}-whom": "heads"}
    return fields


def test_steps_are_saved_and_the_offered_one_may_stay_empty(admin: Client) -> None:
    assert admin.post(PATH, sent("7", "15", "")).status_code == 302
    assert stored() == [7, 15]
    assert admin.post(PATH, sent("7", "15", "30")).status_code == 302
    assert stored() == [7, 15, 30]


def test_a_step_without_minutes_is_refused_beside_its_field(admin: Client) -> None:
    answer = admin.post(PATH, sent("5", " ", ""))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "From 1 to 1440 minutes." in page
    assert page.index('name="1-minutes"') < page.index("From 1 to 1440 minutes.")
    assert stored() == [5, 15]


def test_a_step_goes_when_it_is_marked(admin: Client) -> None:
    assert admin.post(PATH, sent("5", "", "", **{"1-remove": "on"})).status_code == 302
    assert stored() == [5]


@pytest.mark.parametrize(
    "fields", [{}, sent("5", "15", "", **{"0-remove": "on", "1-remove": "on"})]
)
def test_before_the_last_step_goes_the_page_asks(admin: Client, fields: dict[str, str]) -> None:
    answer = admin.post(PATH, fields)
    assert answer.status_code == 422
    assert "Without steps an urgent ticket calls only once." in answer.content.decode()
    assert 'name="without"' in answer.content.decode()
    assert stored() == [5, 15]
    assert admin.post(PATH, sent("5", "15", "", without="1")).status_code == 302
    assert stored() == []
