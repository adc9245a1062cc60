"""Supersets: joined with the next, done in turn."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
EVERY_WAY = pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])


@pytest.fixture
def workout(alice):
    """A workout of three exercises, A, B and C, each of which had two sets the last time."""
    date = timezone.now() - timedelta(days=3)
    before = WorkoutFactory(user=alice, session_date=date, finished_at=date)
    workout = WorkoutFactory(user=alice)
    for name in "ABC":
        exercise = ExerciseFactory(name=name)
        EntryFactory(workout=workout, exercise=exercise)
        SetFactory.create_batch(2, session_exercise=EntryFactory(workout=before, exercise=exercise))
    return workout


def entry(workout, name):
    return workout.session_exercises.get(exercise__name=name)


def join(client, workout, name, headers=HTMX, joined="on"):
    url = reverse("training:session-exercise-superset", args=[entry(workout, name).pk])
    return client.post(url, {"joined": joined} if joined else {}, headers=headers)


def next_row(client, workout):
    """Return the exercise and number of the row to log next, "A1"."""
    row = client.get(workout.get_absolute_url()).context["log"].next_row
    return row and f"{row.entry.name}{row.number}"


def log_all(client, workout, first=None):
    """Log each row that is the next until none is left, and return them in that order."""
    order = []
    following = first or next_row(client, workout)
    while following:
        order.append(following)
        url = reverse("training:set-create", args=[entry(workout, following[0]).pk])
        body = {"id": uuid7(), "number": following[1:], "weight": 1, "weight_unit": "kg", "reps": 1}
        assert client.post(url, body, headers=HTMX).status_code == 200
        following = next_row(client, workout)
    return " ".join(order)


@EVERY_WAY
def test_joins_and_parts(alice_client, workout, headers):
    url = reverse("training:session-exercise-superset", args=[entry(workout, "A").pk])
    for joined, offer in [("on", "No superset with next"), ("", "Superset with next")]:
        for _ in range(2):  # Sent twice it is the same.
            response = join(alice_client, workout, "A", headers, joined)
            assert response.status_code == (200 if headers else 302)
        assert entry(workout, "A").superset_with_next == bool(joined)
        page = alice_client.get(workout.get_absolute_url()).content.decode()
        [button] = [tag for tag in page.split("<button") if f'formaction="{url}"' in tag]
        assert button.split(">")[1].startswith(offer)
        assert ("exercise--joined" in page) == bool(joined)


def test_the_last_has_none_to_be_joined_with(alice_client, workout):
    url = reverse("training:session-exercise-superset", args=[entry(workout, "C").pk])
    assert url not in alice_client.get(workout.get_absolute_url()).content.decode()


def test_goes_down_the_page_without_supersets(alice_client, workout):
    assert log_all(alice_client, workout) == "A1 A2 B1 B2 C1 C2"


def test_goes_in_turn_through_a_pair_then_on(alice_client, workout):
    join(alice_client, workout, "A")
    assert log_all(alice_client, workout) == "A1 B1 A2 B2 C1 C2"


def test_goes_in_turn_through_three(alice_client, workout):
    join(alice_client, workout, "A")
    join(alice_client, workout, "B")
    assert log_all(alice_client, workout) == "A1 B1 C1 A2 B2 C2"


def test_begins_where_the_lifter_begins(alice_client, workout):
    join(alice_client, workout, "A")
    assert log_all(alice_client, workout, first="B1") == "B1 A1 B2 A2 C1 C2"


def test_goes_on_with_what_is_left_of_one(alice_client, workout):
    join(alice_client, workout, "A")
    SetFactory(session_exercise=entry(workout, "B"))
    SetFactory(session_exercise=entry(workout, "B"))
    assert log_all(alice_client, workout) == "A1 A2 C1 C2"


def test_comes_back_to_what_was_left_out(alice_client, workout):
    assert log_all(alice_client, workout, first="C1") == "C1 C2 A1 A2 B1 B2"


def test_a_join_with_nothing_after_it_is_none(alice_client, workout):
    join(alice_client, workout, "B")
    entry(workout, "C").soft_delete()
    assert log_all(alice_client, workout) == "A1 A2 B1 B2"
    assert "exercise--joined" not in alice_client.get(workout.get_absolute_url()).content.decode()


def test_a_stranger_joins_nothing(mallory_client, workout):
    assert join(mallory_client, workout, "A").status_code == 404
    assert not entry(workout, "A").superset_with_next
