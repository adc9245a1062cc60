"""In the admin, users can be looked at and not edited."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import UserFactory
from training.tests.factories import WorkoutFactory

LIST = reverse("admin:accounts_user_changelist")


def detail(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


def test_lists_users_with_their_workouts(admin_client, alice):
    WorkoutFactory.create_batch(2, user=alice)
    WorkoutFactory(user=alice).soft_delete()
    [row] = admin_client.get(LIST, {"q": "alice"}).context["cl"].result_list
    assert row.workout_count == 2
    assert row.last_workout is not None


def test_shows_deleted_users_too(admin_client, alice):
    alice.soft_delete()
    page = admin_client.get(LIST, {"q": "alice"})
    assert "Deleted 2" in page.content.decode()


def test_shows_a_user_without_the_password(admin_client, alice):
    page = admin_client.get(detail(alice))
    assert page.status_code == 200
    assert alice.email in page.content.decode()
    assert alice.password not in page.content.decode()
    assert page.context["adminform"].form.fields == {}


def test_changes_adds_and_deletes_nobody(admin_client, alice):
    assert admin_client.post(detail(alice), {"email": "x@example.org"}).status_code == 403
    assert admin_client.get(reverse("admin:accounts_user_add")).status_code == 403
    delete = reverse("admin:accounts_user_delete", args=[alice.pk])
    assert admin_client.post(delete, {"post": "yes"}).status_code == 403
    assert User.objects.get(pk=alice.pk).email == "alice@example.org"


@pytest.mark.parametrize("workouts", [1, 9])
def test_list_costs_the_same_for_many(admin_client, workouts, django_assert_num_queries):
    for user in UserFactory.create_batch(workouts):
        WorkoutFactory(user=user)
    with django_assert_num_queries(5):
        admin_client.get(LIST)


def test_is_closed_to_lifters(alice_client):
    assert alice_client.get(LIST).status_code in (302, 403)


def test_shows_users_exercises_merges_and_workouts_only():
    names = {model._meta.db_table for model in admin.site._registry}
    assert names == {"users", "exercises", "exercise_merges", "workout_sessions"}
