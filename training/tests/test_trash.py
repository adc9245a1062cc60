"""Trash: each deletion once, told in words, with what brings it back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from training.tests.factories import EntryFactory, SetFactory, WorkoutFactory

pytestmark = pytest.mark.django_db

URL = reverse("training:trash")


def items(client):
    page = client.get(URL)
    assert page.status_code == 200
    return [(item.name, item.facts) for item in page.context["items"]]


@pytest.fixture
def entry(alice):
    return EntryFactory(workout__user=alice, exercise__name="Bench press")


def test_is_empty_at_first(alice_client):
    assert "The trash is empty." in alice_client.get(URL).content.decode()


def test_tells_what_was_deleted_the_latest_first(alice, alice_client, entry):
    logged = SetFactory.create_batch(3, session_exercise=entry, weight=80, reps=8)
    logged[0].soft_delete()
    other = EntryFactory(workout=entry.workout, exercise__name="Squat")
    SetFactory(session_exercise=other)
    other.soft_delete()
    workout = WorkoutFactory(user=alice, title="Legs")
    SetFactory.create_batch(2, session_exercise__workout=workout)
    workout.soft_delete()
    assert items(alice_client) == [
        ("Legs", f"Workout of {workout.session_date:%-d %b %Y}, 2 sets"),
        ("Squat", "Exercise in Push day, 1 set"),
        ("80 kg × 8", "Set of Bench press in Push day"),
    ]


def test_restores_from_it(alice_client, entry):
    logged = SetFactory(session_exercise=entry)
    rows = {"set": logged, "session-exercise": entry, "workout": entry.workout}
    for name, row in rows.items():
        row.soft_delete()
        url = reverse(f"training:{name}-restore", args=[row.pk])
        page = alice_client.get(URL).content.decode()
        assert f'action="{url}"' in page
        response = alice_client.post(url)
        assert response.status_code == 302
        assert response.url.startswith(entry.workout.get_absolute_url())
        assert items(alice_client) == []
    logged.refresh_from_db()
    assert logged.deleted_at is None


def test_what_went_with_something_else_comes_back_with_it(alice_client, entry):
    """A set deleted before its exercise is offered again when the exercise is back."""
    first, _ = SetFactory.create_batch(2, session_exercise=entry)
    first.soft_delete()
    entry.soft_delete()
    assert items(alice_client) == [("Bench press", "Exercise in Push day, 1 set")]
    entry.restore()
    assert [name for name, _ in items(alice_client)] == ["100 kg × 5"]


def test_hides_what_others_deleted(mallory, alice_client):
    logged = SetFactory(session_exercise__workout__user=mallory)
    logged.soft_delete()
    EntryFactory(workout__user=mallory).soft_delete()
    WorkoutFactory(user=mallory).soft_delete()
    assert items(alice_client) == []


def test_costs_the_same_for_many(alice, alice_client, entry):
    def delete_some():
        SetFactory(session_exercise=entry).soft_delete()
        EntryFactory(workout=entry.workout).soft_delete()
        WorkoutFactory(user=alice).soft_delete()

    def cost():
        with CaptureQueriesContext(connection) as queries:
            alice_client.get(URL)
        return len(queries)

    delete_some()
    one = cost()
    for _ in range(8):
        delete_some()
    assert len(items(alice_client)) == 27
    assert cost() == one
