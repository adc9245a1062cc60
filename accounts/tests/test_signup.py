"""Signing up takes an address and a password; the browser says the rest."""

import logging
from smtplib import SMTPServerDisconnected

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils.html import escape

from accounts.models import DecimalMark, User, WeightUnit

pytestmark = pytest.mark.django_db

URL = reverse("account_signup")
PASSWORD = "correct horse battery"


def sign_up(client, language="en-GB,en;q=0.9", **typed):
    body = {"email": "new@example.org", "password1": PASSWORD, "time_zone": "Europe/Berlin"} | typed
    return client.post(URL, body, headers={"Accept-Language": language})


def test_signs_up_and_logs_in(client):
    response = sign_up(client)
    assert response.status_code == 302
    assert response.url == "/"
    user = User.objects.get()
    assert (user.email, user.time_zone) == ("new@example.org", "Europe/Berlin")
    assert client.get("/").context["user"] == user


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd"])
def test_goes_without_a_zone(client, zone):
    assert sign_up(client, time_zone=zone).status_code == 302
    assert User.objects.get().time_zone == "UTC"


@pytest.mark.parametrize(
    ("language", "mark", "unit"),
    [
        ("de-DE,de;q=0.9,en;q=0.8", DecimalMark.COMMA, WeightUnit.KG),
        ("de", DecimalMark.COMMA, WeightUnit.KG),
        ("fr-CH", DecimalMark.COMMA, WeightUnit.KG),
        ("en-US,en;q=0.9", DecimalMark.POINT, WeightUnit.LB),
        ("en-GB", DecimalMark.POINT, WeightUnit.KG),
        ("ja", DecimalMark.POINT, WeightUnit.KG),
    ],
)
def test_writes_numbers_as_the_browsers_language_does(client, language, mark, unit):
    sign_up(client, language)
    user = User.objects.get()
    assert (user.decimal_mark, user.weight_unit) == (mark, unit)


def test_keeps_addresses_in_lower_case(client):
    sign_up(client, email="New@Example.ORG")
    assert User.objects.get().email == "new@example.org"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"email": ""}, "This field is required."),
        ({"password1": "short"}, "This password is too short."),
        ({"password1": "password1"}, "This password is too common."),
        ({"email": "ALICE@example.org"}, "A user is already registered with this email address."),
    ],
)
def test_says_what_is_wrong_beside_what_was_typed(client, alice, typed, said):
    page = sign_up(client, **typed).content.decode()
    assert said in page
    email = typed.get("email", "new@example.org")
    assert not email or f'value="{escape(email)}"' in page
    assert 'value="Europe/Berlin"' in page
    assert PASSWORD not in page
    assert list(User.all_objects.all()) == [alice]


def test_the_address_of_a_deleted_user_is_taken(client, alice):
    alice.soft_delete()
    response = sign_up(client, email="alice@example.org")
    assert response.status_code == 200
    assert "already" in response.content.decode()
    assert User.all_objects.count() == 1


def test_hashes_passwords_with_argon2id_as_owasp_says(client):
    sign_up(client)
    assert User.objects.get().password.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")


def test_makes_an_admin_by_address(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", interactive=False, email="Boss@example.org", verbosity=0)
    user = User.objects.get()
    assert (user.email, user.is_staff, user.is_superuser) == ("boss@example.org", True, True)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert client.get(reverse("admin:index")).status_code == 200


class TestWithMail:
    """Where mails can be sent, the address is to be confirmed, but nobody waits for it."""

    @pytest.fixture(autouse=True)
    def _verification(self, settings):
        settings.ACCOUNT_EMAIL_VERIFICATION = "optional"

    def test_confirms_the_address(self, client):
        assert sign_up(client).url == "/"
        [message] = mail.outbox
        assert message.to == ["new@example.org"]
        [link] = [word for word in message.body.split() if "confirm-email" in word]
        path = link.removeprefix("http://testserver")
        assert "Is new@example.org yours?" in client.get(path).content.decode()
        assert not EmailAddress.objects.get().verified
        assert client.post(path).status_code == 302
        assert EmailAddress.objects.get().verified

    @pytest.mark.parametrize("error", [ConnectionRefusedError("no"), SMTPServerDisconnected("no")])
    def test_goes_on_when_the_mail_server_is_down(self, client, monkeypatch, caplog, error):
        def fail(*args, **kwargs):
            raise error

        monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
        with caplog.at_level(logging.ERROR, "accounts.adapter"):
            response = sign_up(client)
        assert response.url == "/"
        page = client.get("/").content.decode()
        assert "The mail to confirm your address could not be sent." in page
        assert "Confirmation email sent" not in page
        [record] = [one for one in caplog.records if one.name == "accounts.adapter"]
        assert record.exc_info is None
        assert User.objects.get().email == "new@example.org"


def test_sends_no_mail_where_none_can_be_sent(client):
    sign_up(client)
    assert mail.outbox == []


def test_limits_how_often(client):
    for number in range(20):
        assert sign_up(client, email=f"new{number}@example.org", password1="x").status_code == 200
    response = sign_up(client)
    assert response.status_code == 429
    assert "Too many tries" in response.content.decode()
    assert not User.objects.exists()
