"""Logging in by address and password, and what keeps others out."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db

URL = reverse("account_login")
PASSWORD = "correct horse battery"
WRONG = "The email address and/or password you specified are not correct."


@pytest.fixture
def user():
    return UserFactory(email="alice@example.org", password=PASSWORD)


def log_in(client, email="alice@example.org", password=PASSWORD, **more):
    return client.post(URL, {"login": email, "password": password} | more)


def is_in(client):
    return client.get("/").status_code == 200


@pytest.mark.parametrize("email", ["alice@example.org", "ALICE@Example.org", " alice@example.org "])
def test_logs_in_with_the_address_in_any_case(client, user, email):
    response = log_in(client, email)
    assert response.url == "/"
    assert is_in(client)


def test_leads_to_where_one_wanted_to_go(client, user):
    response = client.get("/history/?page=2")
    assert response.url == f"{URL}?next=/history/%3Fpage%3D2"
    page = client.get(response.url).content.decode()
    assert 'name="next" value="/history/?page=2"' in page
    assert log_in(client, next="/history/?page=2").url == "/history/?page=2"


def test_leads_to_no_other_site(client, user):
    assert log_in(client, next="https://evil.example/").url == "/"


def test_comes_back_to_the_page_of_a_form_that_was_sent(client, user):
    """A form's own address answers only POST."""
    response = client.post(
        "/workouts/", headers={"Referer": "http://testserver/history/"}, follow=False
    )
    assert response.url == f"{URL}?next=%2Fhistory%2F"
    response = client.post("/workouts/", headers={"Referer": "http://evil.example/history/"})
    assert response.url == f"{URL}?next=%2F"


@pytest.mark.parametrize(
    ("email", "password"),
    [("alice@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("alice@example.org", " ")],
)
def test_says_the_same_for_a_wrong_password_and_an_unknown_address(client, user, email, password):
    page = log_in(client, email, password).content.decode()
    assert WRONG in page or (password == " " and "This field is required." in page)
    assert f'value="{email}"' in page
    assert not is_in(client)


def test_nobody_without_a_password_logs_in(client):
    UserFactory(email="alice@example.org")
    for password in ("", "!", "None"):
        assert log_in(client, password=password).status_code == 200
    assert not is_in(client)


def test_a_deleted_user_does_not_log_in(client, user):
    user.soft_delete()
    page = log_in(client).content.decode()
    assert WRONG in page
    assert not is_in(client)


def test_a_deleted_user_loses_the_running_session(client, user):
    log_in(client)
    assert is_in(client)
    user.soft_delete()
    assert client.get("/").url.startswith(URL)
    user.restore()
    assert is_in(client)


def test_stops_guessing_a_password(user):
    for _ in range(5):
        assert WRONG in log_in(Client(), password="wrong").content.decode()
    page = log_in(Client()).content.decode()
    assert "Too many failed login attempts. Try again later." in page


def test_guesses_are_counted_by_all_workers_together(user):
    log_in(Client(), password="wrong")
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM django_cache WHERE cache_key LIKE '%login_failed%'")
        assert cursor.fetchone()[0] > 0


def test_stops_an_address_that_tries_too_often(user):
    client = Client()
    for number in range(30):
        client.post(URL, {"login": f"{number}", "password": ""})
    response = log_in(client)
    assert response.status_code == 429
    assert "Too many tries" in response.content.decode()


def test_somebody_elses_guesses_do_not_stop_others(client, user):
    UserFactory(email="mallory@example.org", password=PASSWORD)
    for _ in range(6):
        log_in(Client(), email="mallory@example.org", password="wrong")
    assert log_in(client).url == "/"


def test_logs_out(client, user):
    log_in(client)
    assert "alice@example.org" in client.get(reverse("account_logout")).content.decode()
    assert is_in(client)
    assert client.post(reverse("account_logout")).status_code == 302
    assert not is_in(client)


def test_the_session_cookie_is_not_for_scripts(client, user):
    cookie = log_in(client).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 60 * 24 * 60 * 60


def test_offers_a_new_password(client):
    assert f'href="{reverse("account_reset_password")}"' in client.get(URL).content.decode()
