"""Start again: the last workout is the template of the next."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from training.models import SessionExercise, WorkoutSession
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db

TODAY = reverse("training:today")
CREATE = reverse("training:workout-create")


@pytest.fixture
def bench():
    return ExerciseFactory(name="Bench press")


@pytest.fixture
def squat():
    return ExerciseFactory(name="Squat")


def done(user, title, *exercises, days, logged=True, finished=True):
    """Log a set of each exercise in a workout of some days ago."""
    date = timezone.now() - timedelta(days=days)
    workout = WorkoutFactory(
        user=user, title=title, session_date=date, finished_at=date if finished else None
    )
    for exercise in exercises:
        entry = EntryFactory(workout=workout, exercise=exercise)
        if logged:
            SetFactory(session_exercise=entry)
    return workout


def start_again(client, source, **body):
    return client.post(CREATE, {"id": uuid7(), "again": source.pk} | body)


def started():
    """Return the one running workout and its entries in order."""
    workout = WorkoutSession.objects.running().get()
    return workout, list(SessionExercise.objects.filter(workout=workout).order_by("order_index"))


def offered(client):
    return list(client.get(TODAY).context["again"])


# What Today offers


def test_offers_each_title_once_with_its_exercises_and_how_long_ago(
    alice, alice_client, bench, squat
):
    done(alice, "Push", bench, days=9)
    legs = done(alice, "Legs", squat, days=3)
    push = done(alice, "PUSH", bench, squat, days=1)
    pull = done(alice, "Pull", bench, days=20)
    page = alice_client.get(TODAY)
    assert set(page.context["again"]) == {push, legs, pull}
    text = " ".join(page.content.decode().split())
    assert "Bench press · Squat" in text
    for ago in ("yesterday", "3 days ago", "2 weeks ago"):
        assert ago in text


def test_offers_first_what_followed_the_latest_the_time_before(alice, alice_client, bench):
    """The lifter goes round push, pull, legs; legs are due."""
    for days, title in [(6, "Legs"), (5, "Push"), (4, "Pull"), (3, "Legs")]:
        done(alice, title, bench, days=days)
    push = done(alice, "Push", bench, days=2)
    pull = done(alice, "Pull", bench, days=1)
    legs, *others = offered(alice_client)
    assert legs.title == "Legs"
    assert others == [pull, push]


def test_shows_what_is_running_first(alice, alice_client, bench):
    done(alice, "Push", bench, days=1)
    running = done(alice, "Legs", bench, days=0, finished=False)
    text = alice_client.get(TODAY).content.decode()
    assert text.index(running.get_absolute_url()) < text.index("Start again")
    assert [workout.title for workout in offered(alice_client)] == ["Push"]


@pytest.mark.parametrize("newer", [{"logged": False}, {"finished": False}])
def test_opened_and_never_logged_or_not_finished_is_no_source(
    alice, alice_client, bench, squat, newer
):
    push = done(alice, "Push", bench, days=3)
    done(alice, "Push", squat, days=1, **newer)
    assert offered(alice_client) == [push]


def test_nothing_deleted_and_nobody_elses_is_offered(alice, mallory, alice_client, bench):
    done(mallory, "Hers", bench, days=1)
    done(alice, "Gone", bench, days=1).soft_delete()
    emptied = done(alice, "Emptied", bench, days=1)
    emptied.session_exercises.get().soft_delete()
    assert offered(alice_client) == []


def test_untitled_ones_are_told_apart_by_their_exercises(alice, alice_client, bench, squat):
    done(alice, "", bench, squat, days=5)
    upper = done(alice, "", bench, days=2)
    both = done(alice, "", bench, squat, days=1)
    page = alice_client.get(TODAY)
    assert set(page.context["again"]) == {upper, both}
    names = [workout.routine_name for workout in page.context["again"]]
    assert sorted(names) == ["Bench press", "Bench press, Squat"]
    for workout in (upper, both):
        assert f'value="{workout.pk}"' in page.content.decode()


# Starting


def test_takes_over_title_exercises_and_how_they_are_done(alice, alice_client, bench, squat):
    source = WorkoutFactory(user=alice, title="Push", finished_at=timezone.now(), notes="Tired")
    first = EntryFactory(
        workout=source,
        exercise=squat,
        superset_with_next=True,
        notes="Seat 4",
        notes_stay=True,
        rest_seconds=90,
    )
    removed = EntryFactory(workout=source)
    EntryFactory(workout=source, exercise=bench, notes="Felt heavy")
    SetFactory(session_exercise=first)
    removed.soft_delete()
    response = start_again(alice_client, source)
    workout, entries = started()
    assert response.url == workout.get_absolute_url()
    assert (workout.title, workout.notes, workout.user) == ("Push", "", alice)
    assert [
        (entry.exercise, entry.notes, entry.rest_seconds, entry.superset_with_next)
        for entry in entries
    ] == [(squat, "Seat 4", 90, True), (bench, "", None, False)]
    assert entries[0].notes_stay
    assert not any(entry.exercise_sets.exists() for entry in entries)


def test_makes_one_when_sent_twice(alice, alice_client, bench):
    source = done(alice, "Push", bench, days=1)
    id = uuid7()
    first, second = (start_again(alice_client, source, id=id) for _ in range(2))
    assert first.url == second.url
    _, entries = started()
    assert [entry.exercise for entry in entries] == [bench]


def test_leaves_the_one_before_as_it_was(alice, alice_client, bench):
    source = done(alice, "Push", bench, days=1)
    start_again(alice_client, source)
    _, [entry] = started()
    entry.soft_delete()
    assert source.session_exercises.alive().count() == 1
    source.refresh_from_db()
    assert source.finished_at is not None


@pytest.mark.parametrize("whose", ["stranger", "trash", "nobody"])
def test_starts_nothing_like_what_is_not_there(alice, mallory, alice_client, bench, whose):
    source = done(mallory if whose == "stranger" else alice, "Push", bench, days=1)
    if whose == "trash":
        source.soft_delete()
    if whose == "nobody":
        source = WorkoutFactory.build()
    assert start_again(alice_client, source).status_code == 404
    assert not WorkoutSession.objects.running().exists()


def test_starts_nothing_under_anothers_id(alice, mallory, alice_client, bench):
    source = done(alice, "Push", bench, days=1)
    theirs = WorkoutFactory(user=mallory)
    assert start_again(alice_client, source, id=theirs.pk).status_code == 404
    assert not theirs.session_exercises.exists()


# The rows that are ready


def test_rows_come_from_the_last_time_in_any_workout(alice, alice_client, bench, squat):
    push = done(alice, "Push", bench, squat, days=9)
    full_body = EntryFactory(
        workout=done(alice, "Full body", squat, days=2, logged=False), exercise=bench
    )
    SetFactory(session_exercise=full_body, kind="warmup", weight=40, reps=10)
    SetFactory(session_exercise=full_body, weight=90, reps=3)
    page = alice_client.get(start_again(alice_client, push).url)
    ready = [
        [(row.kind, *[field.value for field in row.fields]) for row in card.rows]
        for card in page.context["log"].cards
    ]
    assert ready == [[("warmup", "40", "10"), ("work", "90", "3")], [("work", "100", "5")]]
    assert page.context["log"].next_row.number == 1


def test_warm_ups_meet_warm_ups_and_work_sets_meet_work_sets(alice, alice_client, bench):
    source = done(alice, "Push", bench, days=2, logged=False)
    before = source.session_exercises.get()
    for kind, weight in [("warmup", 40), ("warmup", 60), ("work", 80), ("drop", 70)]:
        SetFactory(session_exercise=before, kind=kind, weight=weight)
    url = start_again(alice_client, source).url
    _, [entry] = started()
    SetFactory(session_exercise=entry, kind="warmup", weight=42)
    SetFactory(session_exercise=entry, kind="work", weight=82)
    [card] = alice_client.get(url).context["log"].cards
    rows = [(bool(row.logged), row.kind, row.previous.weight) for row in card.rows]
    # The second warm-up was left out: once the work has begun, it is offered no more.
    assert rows == [(True, "warmup", 40), (True, "work", 80), (False, "drop", 70)]


# Cost


def test_today_costs_the_same_for_many(alice, alice_client):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert alice_client.get(TODAY).status_code == 200
        return len(queries)

    done(alice, "One", ExerciseFactory(), days=1)
    one = cost()
    exercises = ExerciseFactory.create_batch(9)
    for number in range(8):
        done(alice, f"Title {number}", *exercises, days=number + 2)
    assert cost() == one


def test_the_workout_costs_the_same_for_many(alice, alice_client):
    def cost(exercises, times):
        for days in range(times):
            source = done(alice, "Push", *exercises, days=days + 1)
        url = start_again(alice_client, source).url
        workout, entries = started()
        for entry in entries:
            SetFactory(session_exercise=entry)
        with CaptureQueriesContext(connection) as queries:
            page = alice_client.get(url)
        assert len(page.context["log"].cards) == len(exercises)
        workout.finish()
        return len(queries)

    assert cost(ExerciseFactory.create_batch(9), 9) == cost([ExerciseFactory()], 1)
