"""Changing a password, and getting a new one by mail."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import UserFactory
from accounts.tests.fixtures import logged_in

pytestmark = pytest.mark.django_db

CHANGE = reverse("account_change_password")
RESET = reverse("account_reset_password")
OLD, NEW = "correct horse battery", "staple for a bench"


@pytest.fixture
def user():
    return UserFactory(email="alice@example.org", password=OLD)


def change(client, **typed):
    body = {"oldpassword": OLD, "password1": NEW, "password2": NEW} | typed
    return client.post(CHANGE, body)


def opens(user, password):
    return User.objects.get(pk=user.pk).check_password(password)


def is_in(client):
    return client.get("/").status_code == 200


def test_changes_the_password_and_ends_other_sessions(user):
    here, elsewhere = logged_in(user), logged_in(user)
    assert change(here).status_code == 302
    assert opens(user, NEW)
    assert is_in(here)
    assert not is_in(elsewhere)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"oldpassword": "wrong"}, "Please type your current password."),
        ({"password1": "short", "password2": "short"}, "This password is too short."),
        ({"password2": "different"}, "You must type the same password each time."),
        ({"password1": "alice@example.org"}, "The password is too similar to the e-mail address."),
    ],
)
def test_says_what_is_wrong_with_a_change(user, typed, said):
    page = change(logged_in(user), **typed).content.decode()
    assert said in page
    assert opens(user, OLD)


def ask(client, email="alice@example.org"):
    """Ask for a new password and return the path of the link in the mail."""
    assert client.post(RESET, {"email": email}).url == reverse("account_reset_password_done")
    [message] = mail.outbox
    assert message.to == [email]
    [link] = [word for word in message.body.split() if "/password/reset/key/" in word]
    return link.removeprefix("http://testserver")


def choose(client, path, password=NEW):
    page = client.get(path, follow=True)
    url = page.redirect_chain[-1][0] if page.redirect_chain else path
    return client.post(url, {"password1": password, "password2": password})


def test_chooses_a_new_password_by_mail(client, user):
    path = ask(client)
    assert choose(client, path).status_code == 302
    assert opens(user, NEW)
    assert is_in(client)


def test_a_new_password_ends_all_sessions(client, user):
    elsewhere = logged_in(user)
    choose(client, ask(client))
    assert is_in(client)
    assert not is_in(elsewhere)


def test_resets_while_logged_in(user):
    client = logged_in(user)
    choose(client, ask(client))
    assert opens(user, NEW)
    assert is_in(client)


def test_the_link_works_once(client, user):
    path = ask(client)
    choose(client, path)
    page = Client().get(path, follow=True).content.decode()
    assert "This link is used up" in page
    choose(Client(), path, "another long one")
    assert opens(user, NEW)


def test_the_link_does_not_work_after_a_change(client, user):
    path = ask(client)
    change(logged_in(user))
    choose(client, path, "another long one")
    assert opens(user, NEW)


def test_says_what_is_wrong_with_a_new_password(client, user):
    page = choose(client, ask(client), "short").content.decode()
    assert "This password is too short." in page
    assert opens(user, OLD)


def test_does_not_tell_who_has_an_account(client, user):
    response = client.post(RESET, {"email": "nobody@example.org"})
    assert response.url == reverse("account_reset_password_done")
    [message] = mail.outbox
    assert "/password/reset/key/" not in message.body


def test_a_deleted_user_gets_no_link(client, user):
    user.soft_delete()
    client.post(RESET, {"email": user.email})
    assert not [one for one in mail.outbox if "/password/reset/key/" in one.body]


def test_a_link_asked_for_before_deletion_opens_nothing(client, user):
    path = ask(client)
    user.soft_delete()
    choose(client, path)
    assert not is_in(client)


@pytest.mark.parametrize("email", ["alice@example.org", "nobody@example.org"])
def test_says_when_the_mail_could_not_be_sent(client, user, monkeypatch, email):
    def fail(*args, **kwargs):
        raise ConnectionRefusedError("no")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    response = client.post(RESET, {"email": email})
    assert response.url == RESET
    assert "The mail could not be sent." in client.get(RESET).content.decode()


@pytest.mark.parametrize("path", ["1-x", "zz-set-password", "x-y-z"])
def test_knows_no_other_links(client, path):
    page = client.get(f"/accounts/password/reset/key/{path}/", follow=True)
    assert page.status_code == 200
    assert "This link is used up" in page.content.decode()
