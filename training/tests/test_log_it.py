"""Log it: from an exercise's page into the running workout, or into a new one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from training.models import SessionExercise, WorkoutSession
from training.tests.factories import EntryFactory, ExerciseFactory, WorkoutFactory
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def exercise():
    return ExerciseFactory(name="Bench press")


def body(**values):
    return {"id": uuid7(), "workout": uuid7()} | values


def log(client, exercise, sent):
    return client.post(reverse("training:exercise-log", args=[exercise.pk]), sent)


def test_adds_it_to_the_latest_running_workout(alice, mallory, alice_client, exercise):
    now = timezone.now()
    WorkoutFactory(user=alice, session_date=now - timedelta(hours=3))
    running = WorkoutFactory(user=alice, session_date=now - timedelta(hours=1))
    EntryFactory(workout=running)
    WorkoutFactory(user=alice, finished_at=now)
    WorkoutFactory(user=alice).soft_delete()
    WorkoutFactory(user=mallory)
    sent = body()
    response = log(alice_client, exercise, sent)
    entry = SessionExercise.objects.get(pk=sent["id"])
    assert response.url == entry.get_absolute_url()
    assert (entry.workout, entry.exercise, entry.order_index) == (running, exercise, 1)
    assert not WorkoutSession.all_objects.filter(pk=sent["workout"]).exists()


def test_starts_a_workout_if_none_is_running(alice, alice_client, exercise):
    WorkoutFactory(user=alice, finished_at=timezone.now())
    sent = body()
    response = log(alice_client, exercise, sent)
    workout = WorkoutSession.objects.get(pk=sent["workout"])
    assert (workout.user, workout.finished_at) == (alice, None)
    assert [entry.exercise for entry in workout.session_exercises.all()] == [exercise]
    assert response.url.startswith(workout.get_absolute_url())


def test_the_page_sends_what_is_needed(alice_client, exercise):
    form = alice_client.get(exercise.get_absolute_url()).context["log_it"]
    sent = {name: form[name].value() for name in form.fields}
    assert log(alice_client, exercise, sent).status_code == 302
    assert str(SessionExercise.objects.get().pk) == str(sent["id"])


@pytest.mark.parametrize("meanwhile", ["nothing", "finished", "removed"])
def test_sent_twice_is_once(alice_client, exercise, meanwhile):
    sent = body()
    first = log(alice_client, exercise, sent)
    entry = SessionExercise.objects.get()
    if meanwhile == "finished":
        entry.workout.finish()
    if meanwhile == "removed":
        entry.soft_delete()
    second = log(alice_client, exercise, sent)
    assert second.url == first.url
    assert SessionExercise.all_objects.count() == WorkoutSession.all_objects.count() == 1


def test_is_not_there_in_a_workout_that_was_deleted(alice_client, exercise):
    sent = body()
    log(alice_client, exercise, sent)
    WorkoutSession.objects.get().soft_delete()
    assert log(alice_client, exercise, sent).status_code == 404
    assert not WorkoutSession.objects.exists()


@pytest.mark.parametrize("name", ["id", "workout"])
def test_without_its_ids_it_leads_back_to_the_page(alice_client, exercise, name):
    response = log(alice_client, exercise, body(**{name: "x"}))
    assert response.url == exercise.get_absolute_url()
    assert not WorkoutSession.all_objects.exists()


def test_what_is_retired_is_not_logged(alice_client, exercise):
    exercise.soft_delete()
    assert log(alice_client, exercise, body()).status_code == 404
