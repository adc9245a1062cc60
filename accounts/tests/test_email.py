"""The addresses of a user: one for log-in and mails, perhaps others."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

pytestmark = pytest.mark.django_db

URL = reverse("account_email")


@pytest.fixture
def other(alice):
    """Return a second, confirmed address of Alice's."""
    EmailAddress.objects.create(user=alice, email=alice.email, primary=True, verified=True)
    return EmailAddress.objects.create(user=alice, email="other@example.org", verified=True)


def test_adds_an_address(alice_client, alice):
    assert alice_client.post(URL, {"action_add": "", "email": "more@example.org"}).url == URL
    assert "more@example.org · not confirmed" in alice_client.get(URL).content.decode()
    assert [message.to for message in mail.outbox] == [["more@example.org"]]
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"


def test_says_what_is_wrong_beside_what_was_typed(alice_client):
    page = alice_client.post(URL, {"action_add": "", "email": "more"}).content.decode()
    assert 'value="more"' in page
    assert "Enter a valid email address." in page
    assert not EmailAddress.objects.filter(email="more").exists()


def test_uses_another_for_log_in(alice_client, alice, other):
    alice_client.post(URL, {"action_primary": "", "email": other.email})
    alice.refresh_from_db()
    assert alice.email == other.email


def test_removes_one_but_not_the_one_for_log_in(alice_client, alice, other):
    for email in (alice.email, other.email):
        alice_client.post(URL, {"action_remove": "", "email": email})
    assert [address.email for address in alice.emailaddress_set.all()] == [alice.email]


def test_adds_no_address_of_a_deleted_user(alice_client, mallory):
    mallory.soft_delete()
    page = alice_client.post(URL, {"action_add": "", "email": "MALLORY@example.org"})
    assert "There is already a user with this e-mail address." in page.content.decode()
    assert not EmailAddress.objects.filter(email__iexact=mallory.email).exists()


@pytest.mark.parametrize("action", ["primary", "send", "remove"])
def test_does_nothing_to_somebody_elses(alice_client, mallory, action):
    hers = EmailAddress.objects.create(user=mallory, email=mallory.email, verified=True)
    before = EmailAddress.objects.filter(user=mallory).values().get()
    alice_client.post(URL, {f"action_{action}": "", "email": hers.email})
    assert EmailAddress.objects.filter(user=mallory).values().get() == before
    assert mail.outbox == []


def test_says_when_the_mail_could_not_be_sent(alice_client, monkeypatch):
    def fail(*args, **kwargs):
        raise ConnectionRefusedError("no")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    alice_client.post(URL, {"action_add": "", "email": "more@example.org"})
    page = alice_client.get(URL).content.decode()
    assert "The mail to confirm your address could not be sent." in page
