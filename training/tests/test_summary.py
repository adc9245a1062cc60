"""The summary of a finished workout: a title for it, and what changed against the last time."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory

pytestmark = pytest.mark.django_db


def done(user, *sets, days=0, muscle="chest", **workout):
    """Finish a workout of some days ago with sets of one exercise, each (weight, reps)."""
    date = timezone.now() - timedelta(days=days)
    values = {"session_date": date, "finished_at": date} | workout
    entry = EntryFactory(
        workout=WorkoutFactory(user=user, **values), exercise__primary_muscle=muscle
    )
    for weight, reps in sets:
        SetFactory(session_exercise=entry, weight=weight, reps=reps)
    return entry.workout


def summary(client, workout):
    return client.get(workout.get_absolute_url()).context["summary"]


def page(client, workout):
    return client.get(workout.get_absolute_url()).content.decode()


def changes(client, workout):
    """Return the changes of sets and volume as they are shown."""
    return re.findall(r'"figures__change">([^<]*)<', page(client, workout))


# The title


@pytest.mark.parametrize(
    ("trained", "title"),
    [
        ({}, ""),
        ({"": 3}, ""),
        ({"chest": 0}, ""),
        ({"chest": 3}, "Chest"),
        ({"triceps": 2, "chest": 4}, "Chest and triceps"),
        ({"upper_back": 4, "biceps": 3, "forearms": 1}, "Upper back and biceps"),
        ({"chest": 2, "lats": 2, "quads": 2, "abs": 1}, "Chest and lats"),
        ({"chest": 1, "lats": 1, "quads": 1, "abs": 1, "calves": 1}, "Full body"),
    ],
)
def test_proposes_a_title_from_the_muscles_trained(alice, alice_client, trained, title):
    workout = WorkoutFactory(user=alice, title="", finished_at=timezone.now())
    for muscle, sets in trained.items():
        entry = EntryFactory(workout=workout, exercise=ExerciseFactory(primary_muscle=muscle))
        SetFactory.create_batch(sets, session_exercise=entry)
    assert summary(alice_client, workout).proposed_title == title
    offered = re.findall("Name it “([^”]*)”", page(alice_client, workout))
    assert offered == ([title] if title else [])


def test_proposes_none_where_there_is_one(alice, alice_client):
    assert summary(alice_client, done(alice, (80, 8))).proposed_title == ""


def test_is_named_in_one_tap_and_keeps_a_title_typed_meanwhile(alice, alice_client):
    workout = done(alice, (80, 8), title="")
    url = reverse("training:workout-name", args=[workout.pk])
    for proposed in ("Chest", "Legs"):
        assert alice_client.post(url, {"title": proposed}).url == workout.get_absolute_url()
        workout.refresh_from_db()
        assert workout.title == "Chest"


@pytest.mark.parametrize("title", ["", "x" * 121])
def test_takes_no_title_that_is_none(alice, alice_client, title):
    workout = done(alice, (80, 8), title="")
    url = reverse("training:workout-name", args=[workout.pk])
    assert alice_client.post(url, {"title": title}).status_code == 302
    workout.refresh_from_db()
    assert workout.title == ""


# The changes


def test_tells_what_changed_against_the_last_time(alice, alice_client):
    done(alice, (500, 10), days=14)
    before = done(alice, (80, 8), days=7, title="PUSH DAY")
    workout = done(alice, (80, 8), (85, 6))
    found = summary(alice_client, workout)
    assert found.before == before
    assert (found.more_sets, found.more_volume_kg) == (1, 510)
    assert "Changes are against PUSH DAY 7 days ago." in page(alice_client, workout)
    assert changes(alice_client, workout) == ["+1", "+510"]


@pytest.mark.parametrize(
    ("sets", "said"), [([(80, 8), (80, 8)], ["±0", "±0"]), ([(80, 6)], ["−1", "−800"])]
)
def test_tells_of_less_and_of_the_same(alice, alice_client, sets, said):
    done(alice, (80, 8), (80, 8), days=7)
    assert changes(alice_client, done(alice, *sets)) == said


def test_counts_no_warm_ups(alice, alice_client):
    before = done(alice, (80, 8), days=7)
    SetFactory(session_exercise=before.session_exercises.get(), kind="warmup")
    workout = done(alice, (80, 8))
    SetFactory(session_exercise=workout.session_exercises.get(), kind="warmup")
    SetFactory(session_exercise=workout.session_exercises.get(), kind="warmup")
    found = summary(alice_client, workout)
    assert (found.more_sets, found.more_volume_kg) == (0, 0)


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Pull day"},
        {"days": -1},
        {"finished_at": None},
        {"deleted_at": timezone.now()},
        {"sets": []},
    ],
    ids=["title", "later", "running", "deleted", "not logged"],
)
def test_compares_with_nothing_else(alice, alice_client, other):
    other = {"days": 7, "sets": [(80, 8)]} | other
    done(alice, *other.pop("sets"), **other)
    assert summary(alice_client, done(alice, (80, 8))).before is None


def test_compares_with_nobody_else(alice, mallory, alice_client):
    done(mallory, (80, 8), days=7)
    assert summary(alice_client, done(alice, (80, 8))).before is None


def test_compares_no_untitled_workouts(alice, alice_client):
    done(alice, (80, 8), days=7, title="")
    assert summary(alice_client, done(alice, (80, 8), title="")).before is None


def test_a_running_workout_has_none(alice, alice_client):
    assert summary(alice_client, done(alice, (80, 8), finished_at=None)) is None


def test_counts_the_records(alice, alice_client):
    assert summary(alice_client, done(alice, (80, 8), (82.5, 8))).records == 2
    assert summary(alice_client, done(alice, (60, 5))).records == 0
