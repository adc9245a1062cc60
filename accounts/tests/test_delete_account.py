"""Leaving: closed at once everywhere, back within 30 days, and then not a row is left."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import UserFactory
from accounts.tests.fixtures import logged_in
from training.models import (
    BodyWeight,
    Exercise,
    Import,
    ImportName,
    ImportState,
    ImportWorkout,
    WorkoutSession,
)
from training.tests.factories import (
    AliasFactory,
    EntryFactory,
    ExerciseFactory,
    SetFactory,
    WorkoutFactory,
)
from workoutlog.db import SoftDeleteModel

pytestmark = pytest.mark.django_db

URL = reverse("accounts:delete")
KEEP = reverse("accounts:keep")
CLOSED = reverse("account_inactive")
LOGIN = reverse("account_login")
PASSWORD = "correct horse battery"
WRONG = "The email address and/or password you specified are not correct."


@pytest.fixture
def user():
    return UserFactory(email="alice@example.org", password=PASSWORD)


@pytest.fixture
def own_client(user):
    return logged_in(user)


@pytest.fixture
def later(monkeypatch):
    """Move the clock so many days on."""
    real = timezone.now

    def move(days):
        monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(days=days))

    return move


def delete(client, password=PASSWORD):
    return client.post(URL, {"password": password})


def log_in(client, email="alice@example.org", password=PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


def is_in(client):
    return client.get("/").status_code == 200


def is_deleted(user):
    return User.all_objects.get(pk=user.pk).deleted_at is not None


class TestDeleting:
    def test_is_offered_in_the_settings_with_the_export_first(self, own_client):
        assert f'href="{URL}"' in own_client.get("/settings/").content.decode()
        page = own_client.get(URL).content.decode()
        assert page.index('href="/export/"') < page.index("Delete my account")

    def test_closes_the_account_and_ends_every_session(self, user, own_client):
        elsewhere = logged_in(user)
        response = delete(own_client)
        assert response.url == CLOSED
        assert "Account closed" in own_client.get(CLOSED).content.decode()
        assert is_deleted(user)
        assert not is_in(own_client)
        assert not is_in(elsewhere)
        assert not Session.objects.exists()

    def test_ends_no_session_of_others(self, own_client, mallory_client):
        delete(own_client)
        assert is_in(mallory_client)

    def test_old_sessions_do_not_come_back_with_the_account(self, user, own_client):
        """Not even one whose row was written after the rows were deleted."""
        elsewhere = logged_in(user)
        [kept] = Session.objects.filter(pk=elsewhere.cookies["sessionid"].value)
        delete(own_client)
        kept.save(force_insert=True)
        assert not is_in(elsewhere)
        User.all_objects.get(pk=user.pk).restore()
        assert not is_in(elsewhere)

    @pytest.mark.parametrize(
        ("typed", "said"), [("wrong", "Incorrect password."), ("", "Type your password.")]
    )
    def test_says_beside_the_field_what_is_wrong(self, user, own_client, typed, said):
        response = delete(own_client, typed)
        page = response.content.decode()
        assert response.status_code == 422
        assert f'<p class="form-field__error" id="id_password_error">{said}</p>' in page
        assert not is_deleted(user)
        assert is_in(own_client)

    def test_somebody_elses_password_does_not_do(self, user, own_client):
        UserFactory(email="other@example.org", password="another long one")
        assert delete(own_client, "another long one").status_code == 422
        assert not is_deleted(user)

    def test_stops_guessing_together_with_log_in(self, user, own_client):
        for _ in range(2):
            log_in(Client(), password="wrong")
        for _ in range(3):
            delete(own_client, "wrong")
        response = delete(own_client)
        assert response.status_code == 422
        assert "Too many failed login attempts." in response.content.decode()
        assert not is_deleted(user)

    def test_asks_for_a_password_first_where_there_is_none(self, alice, alice_client):
        page = alice_client.get(URL).content.decode()
        assert "This account has no password" in page
        assert f'href="{reverse("account_set_password")}"' in page
        for typed in ("", "!", "None"):
            assert delete(alice_client, typed).status_code == 422
        assert not is_deleted(alice)

    def test_the_last_admin_stays(self, user, own_client):
        User.objects.filter(pk=user.pk).update(is_superuser=True)
        gone = UserFactory(is_superuser=True)
        gone.soft_delete()
        response = delete(own_client)
        assert response.status_code == 422
        assert "You are the only admin." in response.content.decode()
        assert not is_deleted(user)
        gone.restore()
        assert delete(own_client).url == CLOSED


class TestComingBack:
    @pytest.fixture
    def closed(self, user, own_client):
        delete(own_client)
        user.refresh_from_db()
        return user

    def test_log_in_asks_whether_to_keep_it_and_only_then_does(self, closed, client):
        workout = WorkoutFactory(user=closed)
        assert log_in(client).url == KEEP
        day = closed.deleted_at + timedelta(days=30)
        page = client.get(KEEP).content.decode()
        assert f"<strong>{day.day} {day:%B %Y}</strong>" in page
        assert is_deleted(closed)
        assert not is_in(client)
        response = client.post(KEEP)
        assert response.url == "/"
        assert not is_deleted(closed)
        assert is_in(client)
        assert client.get(workout.get_absolute_url()).status_code == 200
        assert log_in(Client()).url == "/"

    def test_a_planted_session_is_not_let_in(self, closed, client):
        session = client.session
        session["planted"] = True
        session.save()
        client.cookies["sessionid"] = session.session_key
        client.post(LOGIN, {"login": closed.email, "password": PASSWORD})
        planter = Client()
        planter.cookies["sessionid"] = session.session_key
        assert planter.post(KEEP).url == LOGIN

    def test_is_safe_twice(self, closed, client):
        log_in(client)
        client.post(KEEP)
        assert client.post(KEEP).url in (LOGIN, "/")
        assert is_in(client)

    @pytest.mark.parametrize(
        ("email", "password"), [("alice@example.org", "wrong"), ("no@example.org", PASSWORD)]
    )
    def test_tells_nobody_else_that_there_is_one(self, closed, client, email, password):
        assert WRONG in log_in(client, email, password).content.decode()
        for response in (client.get(KEEP), client.post(KEEP)):
            assert response.url == LOGIN
        assert is_deleted(closed)

    def test_an_admin_made_at_the_console_comes_back_as_well(self, closed, client):
        """Who has no address in allauth's table until then."""
        assert [row.email for row in EmailAddress.objects.filter(user=closed)] == [closed.email]
        log_in(client)
        client.post(KEEP)
        assert is_in(client)

    def test_the_proof_is_short_lived(self, closed, client, monkeypatch):
        log_in(client)
        monkeypatch.setattr("accounts.deletion.PROOF_SECONDS", -1)
        assert client.get(KEEP).url == LOGIN
        assert client.post(KEEP).url == LOGIN
        assert is_deleted(closed)

    def test_the_proof_is_for_this_deletion_only(self, closed, client):
        log_in(client)
        other = Client()
        log_in(other)
        other.post(KEEP)
        delete(other)
        assert client.post(KEEP).url == LOGIN
        assert is_deleted(closed)

    def test_no_made_up_proof_opens_anything(self, closed, client):
        session = client.session
        session["account_to_keep"] = json.dumps([str(closed.pk), closed.get_session_auth_hash()])
        session.save()
        assert client.post(KEEP).url == LOGIN
        assert is_deleted(closed)

    def test_after_30_days_it_is_too_late(self, closed, client, later):
        later(30)
        assert log_in(client).url == CLOSED
        assert client.post(KEEP).url == LOGIN
        assert is_deleted(closed)

    def test_it_is_too_late_once_the_purge_has_begun(self, closed, client):
        log_in(client)
        call_command("purge_deleted", older_than=0, verbosity=0)
        assert client.post(KEEP).url == LOGIN
        assert WRONG in log_in(client).content.decode()

    def test_the_address_stays_taken_until_the_purge(self, closed, client):
        def sign_up():
            body = {"email": closed.email, "password1": PASSWORD, "time_zone": ""}
            return client.post(reverse("account_signup"), body)

        response = sign_up()
        assert response.status_code == 200
        assert "A user is already registered with this email address." in response.content.decode()
        call_command("purge_deleted", older_than=0, verbosity=0)
        assert sign_up().url == "/"
        assert is_in(client)

    def test_gets_no_link_for_a_new_password(self, closed, client):
        reset = reverse("account_reset_password")
        response = client.post(reset, {"email": closed.email})
        assert response.url == reverse("account_reset_password_done")
        assert not [one for one in mail.outbox if "/password/reset/key/" in one.body]
        assert is_deleted(closed)


def fill(user):
    """Make a row of the user's in every table that leads to users, and what admins noted of it."""
    address = EmailAddress.objects.create(user=user, email=user.email, primary=True)
    EmailConfirmation.objects.create(email_address=address, sent=timezone.now(), key=user.email)
    user.groups.add(Group.objects.get_or_create(name="Curators")[0])
    user.user_permissions.add(Permission.objects.first())
    logged_in(user)
    own = AliasFactory(exercise__owner=user, exercise__name=f"Press of {user.email}").exercise
    ExerciseFactory(owner=user).merge_into(own)
    entry = EntryFactory(workout__user=user, exercise=own)
    SetFactory(session_exercise=entry)
    SetFactory(session_exercise=entry).soft_delete()
    common = Exercise.objects.catalog().first() or ExerciseFactory()
    gone = SetFactory(session_exercise__workout__user=user, session_exercise__exercise=common)
    gone.session_exercise.workout.soft_delete()
    BodyWeight.objects.create(user=user, weighed_on="2026-03-05", weight=80)
    done = Import.objects.create(user=user, state=ImportState.DONE)
    WorkoutSession.objects.filter(pk=entry.workout_id).update(data_import=done)
    unfinished = Import.objects.create(user=user, state=ImportState.WRITING)
    nobodys = WorkoutFactory(user=None, data_import=unfinished)
    SetFactory(session_exercise__workout=nobodys, session_exercise__exercise=common)
    ImportWorkout.objects.create(
        data_import=unfinished, position=1, key="1", start="2026-03-05", payload={}
    )
    ImportName.objects.create(user=user, name="press", exercise=own)
    admin, _ = User.objects.get_or_create(email="admin@example.org")
    for by, about in ((user, user), (admin, user), (admin, own)):
        LogEntry.objects.create(
            user=by,
            content_type=ContentType.objects.get_for_model(about),
            object_id=str(about.pk),
            object_repr=str(about),
            action_flag=CHANGE,
        )


def models():
    return apps.get_models(include_auto_created=True)


def paths(model, on_the_way=()):
    """Yield every lookup path that leads from a model to a user, through foreign keys alone."""
    for field in model._meta.concrete_fields:
        target = field.related_model
        if target is User:
            yield field.name
        elif target and target not in (*on_the_way, model):
            for path in paths(target, (*on_the_way, model)):
                yield f"{field.name}__{path}"


def theirs(user):
    """Map each model that leads to users to the keys of the user's rows."""
    found = {User: {user.pk}}
    for model in models():
        ways = [Q(**{path: user}) for path in paths(model)]
        if ways:
            rows = model._base_manager.filter(Q.create(ways, connector=Q.OR))
            found[model] = set(rows.values_list("pk", flat=True))
    return found


def everything():
    """Map (model, key) of every row of every table to its values."""
    return {
        (model, row[model._meta.pk.attname]): row
        for model in models()
        for row in model._base_manager.values()
    }


def mentions(user, known):
    """Return the rows in which a user's id, address or one of their rows' ids stands as text."""
    words = {user.email}
    words |= {str(key) for keys in known.values() for key in keys if len(str(key)) == 36}
    words |= {word.replace("-", "") for word in words}
    sessions = {row.pk: row.get_decoded() for row in Session.objects.all()}
    return [
        key
        for key, row in everything().items()
        for text in [f"{row} {sessions.get(key[1], '')}"]
        if any(word in text for word in words)
    ]


class TestErasing:
    @pytest.fixture
    def others(self, mallory):
        """Mallory and everything of hers, which is to stay as it is."""
        fill(mallory)
        EntryFactory(exercise=ExerciseFactory(), workout=mallory.workout_sessions.first())
        later = timezone.now() + timedelta(hours=1)  # Than Alice will be deleted.
        for model in models():
            if issubclass(model, SoftDeleteModel):
                model.all_objects.deleted().update(deleted_at=later)
        Import.objects.in_work().update(updated_at=later)
        return everything()

    @pytest.fixture
    def closed(self, others, user):
        fill(user)
        known = theirs(user)
        delete(logged_in(user))
        return user, known

    def test_there_is_a_row_in_every_table_that_leads_to_users(self, user):
        """If this fails, a table is new: make a row of it in `fill()`, and see that it goes."""
        fill(user)
        assert [model._meta.label for model, keys in theirs(user).items() if not keys] == []

    def test_leaves_no_row_in_any_table(self, closed, later):
        user, known = closed
        later(30)
        call_command("purge_deleted", older_than=30, verbosity=0)
        left = {
            model._meta.label: keys & set(model._base_manager.values_list("pk", flat=True))
            for model, keys in known.items()
        }
        assert {label: keys for label, keys in left.items() if keys} == {}
        assert mentions(user, known) == []

    def test_finds_what_it_is_to_find(self, closed):
        """Before the purge, so that the test above cannot pass for want of rows."""
        user, known = closed
        found = {model for model, _ in mentions(user, known)}
        assert found >= known.keys()

    def test_leaves_what_is_of_others(self, closed, others, later):
        later(30)
        call_command("purge_deleted", older_than=30, verbosity=0)
        after = everything()
        assert {key: after.get(key) for key in others} == others
        assert after.keys() - others.keys() == set()

    def test_waits_for_30_days(self, closed, later):
        user, _ = closed
        before = everything()
        later(29)
        call_command("purge_deleted", older_than=30, verbosity=0)
        trash = {key for key in before if before[key].get("deleted_at")}
        assert everything().keys() >= before.keys() - trash
        assert is_deleted(user)

    def test_goes_on_where_it_broke_off(self, closed, later, monkeypatch):
        user, known = closed
        later(30)
        with monkeypatch.context() as broken:
            broken.setattr("training.purge.forget", crash)
            with pytest.raises(RuntimeError):
                call_command("purge_deleted", older_than=30, verbosity=0)
        call_command("purge_deleted", older_than=30, verbosity=0)
        assert mentions(user, known) == []


def crash(user):
    raise RuntimeError("The machine went down.")
