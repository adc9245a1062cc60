"""Preferences: units, numbers and times as the lifter wants them."""

import pytest
from django.urls import reverse

from accounts.models import User

pytestmark = pytest.mark.django_db

URL = reverse("accounts:settings")


def typed(client, **changes):
    """Return what the form of the page would send, with some changes."""
    form = client.get(URL).context["form"]
    return {name: form[name].value() for name in form.fields} | changes


def test_shows_the_settings(alice_client, alice):
    page = alice_client.get(URL).content.decode()
    assert alice.email in page
    assert '<option value="UTC" selected>' in page


def test_saves_them(alice_client, alice):
    body = typed(alice_client, weight_unit="lb", time_zone="Europe/Berlin", decimal_mark=",")
    response = alice_client.post(URL, body)
    assert response.url == URL
    assert "Settings saved." in alice_client.get(URL).content.decode()
    alice.refresh_from_db()
    assert (alice.weight_unit, alice.time_zone, alice.decimal_mark) == ("lb", "Europe/Berlin", ",")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("weight_unit", "st"),
        ("weight_unit", ""),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", ""),
        ("decimal_mark", ";"),
    ],
)
def test_says_what_is_wrong(alice_client, alice, name, value):
    body = typed(alice_client, weight_unit="lb", decimal_mark=",") | {name: value}
    before = User.all_objects.values().get(pk=alice.pk)
    response = alice_client.post(URL, body)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [name]
    assert f'id="id_{name}_error"' in response.content.decode()
    assert User.all_objects.values().get(pk=alice.pk) == before
    assert response.context["user"].weight_unit == "kg"


def test_changes_nobody_else(alice_client, mallory):
    before = User.all_objects.values().get(pk=mallory.pk)
    alice_client.post(URL, typed(alice_client, weight_unit="lb") | {"email": "x@example.org"})
    assert User.all_objects.values().get(pk=mallory.pk) == before
    assert User.objects.get(email="alice@example.org").weight_unit == "lb"


def test_makes_nobody_an_admin(alice_client, alice):
    body = typed(alice_client) | {"is_staff": "on", "is_superuser": "on"}
    assert alice_client.post(URL, body).status_code == 302
    alice.refresh_from_db()
    assert not alice.is_staff
    assert not alice.is_superuser
