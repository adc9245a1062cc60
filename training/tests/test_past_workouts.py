"""Workouts of the past: logged afterwards, moved with their length, copied to another day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from training.models import ExerciseSet, WorkoutSession
from training.tests.factories import EntryFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db

PAST = reverse("training:workout-log-past")
STARTED = datetime(2026, 3, 5, 17, 0, 12, tzinfo=UTC)
LENGTH = timedelta(minutes=52, seconds=40)


@pytest.fixture(autouse=True)
def _in_berlin(alice):
    alice.time_zone = "Europe/Berlin"
    alice.save()


@pytest.fixture
def workout(alice):
    """A finished workout of a warm-up and two sets."""
    workout = WorkoutFactory(
        user=alice,
        session_date=STARTED,
        finished_at=STARTED + LENGTH,
        time_zone="Europe/Berlin",
        location="Gym",
        notes="Tired",
    )
    entry = EntryFactory(workout=workout, notes="Seat 4", notes_stay=True, rest_seconds=90)
    SetFactory(session_exercise=entry, kind="warmup", weight=60)
    SetFactory(session_exercise=entry, weight="82.5", reps=8, rpe="8.5")
    SetFactory(session_exercise=entry, weight=180, weight_unit="lb", reps=6)
    return workout


def log_past(client, **typed):
    body = {"id": uuid7(), "session_date": "2026-03-05T18:00", "duration": "60"}
    return client.post(PAST, body | typed)


def test_proposes_yesterday_evening(alice_client):
    page = alice_client.get(PAST)
    form = page.context["form"]
    evening = form["session_date"].value()
    yesterday = timezone.now().astimezone(evening.tzinfo).date() - timedelta(days=1)
    assert evening.replace(tzinfo=None) == datetime(
        yesterday.year, yesterday.month, yesterday.day, 18
    )
    assert f'value="{yesterday}T18:00"' in page.content.decode()
    assert 'name="duration" value="60"' in page.content.decode()


def test_logs_an_empty_one_that_has_ended(alice, alice_client):
    response = log_past(alice_client, duration="45")
    workout = WorkoutSession.objects.get()
    assert response.url == workout.get_absolute_url()
    assert (workout.user, workout.time_zone) == (alice, "Europe/Berlin")
    assert workout.session_date == datetime(2026, 3, 5, 17, tzinfo=UTC)
    assert workout.duration == timedelta(minutes=45)


def test_logs_it_once(alice_client):
    id = uuid7()
    assert log_past(alice_client, id=id).url == log_past(alice_client, id=id).url
    assert WorkoutSession.all_objects.count() == 1


def test_logs_it_like_one_before_with_rows_ready(alice_client, workout):
    page = alice_client.get(PAST).content.decode()
    assert f'<option value="{workout.pk}">Push day</option>' in page
    response = log_past(alice_client, session_date="2026-03-07T18:00", again=workout.pk)
    past = WorkoutSession.objects.exclude(pk=workout.pk).get()
    [entry] = past.session_exercises.all()
    assert (past.title, entry.notes, entry.rest_seconds) == ("Push day", "Seat 4", 90)
    shown = alice_client.get(response.url)
    assert shown.content.decode().count("Log set ") == 3
    assert (shown.context["log"].done, shown.context["log"].planned) == (0, 2)

    ended = past.finished_at
    body = {"id": uuid7(), "number": 1, "weight": "80", "weight_unit": "kg", "reps": "8"}
    alice_client.post(reverse("training:set-create", args=[entry.pk]), body)
    again = alice_client.get(response.url)
    assert (again.context["log"].done, again.context["log"].planned) == (1, 2)
    past.refresh_from_db()
    assert past.finished_at == ended


def test_offers_no_rows_in_a_workout_that_ended_or_was_logged_long_ago(alice_client, workout):
    later = WorkoutFactory(
        user=workout.user,
        session_date=STARTED + timedelta(days=2),
        finished_at=STARTED + timedelta(days=2, hours=1),
    )
    entry = EntryFactory(workout=later, exercise=workout.session_exercises.get().exercise)

    def ready():
        return alice_client.get(later.get_absolute_url()).content.decode().count("Log set ")

    assert ready() == 3
    type(entry).objects.update(created_at=timezone.now() - timedelta(hours=3))
    assert ready() == 0
    type(entry).objects.update(created_at=timezone.now())
    assert ready() == 3
    later.finished_at = timezone.now()
    later.save()
    assert ready() == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"session_date": "soon"}, "Type a day and time like 2026-03-05 18:00."),
        ({"session_date": "2190-01-01T18:00"}, "That is still to come."),
        ({"duration": ""}, "How many minutes? Type a number."),
        ({"duration": "an hour"}, "Type whole minutes like 60."),
        ({"duration": "1441"}, "At most 1,440, please."),
        ({"again": "x"}, "Select a valid choice."),
        ({"id": "x"}, "Enter a valid UUID."),
    ],
)
def test_says_what_is_wrong_beside_what_was_typed(alice_client, typed, said):
    response = log_past(alice_client, **typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert all(f'value="{value}"' in page for name, value in typed.items() if name != "again")
    assert not WorkoutSession.all_objects.exists()


def test_cannot_end_in_the_time_to_come(alice, alice_client):
    begun = timezone.now().astimezone(alice.zone) - timedelta(minutes=30)
    response = log_past(alice_client, session_date=f"{begun:%Y-%m-%dT%H:%M}")
    assert response.status_code == 422
    assert "It would not be over yet." in response.content.decode()


def test_is_like_nobody_elses(mallory, alice_client):
    entry = EntryFactory(workout__user=mallory, workout__finished_at=timezone.now())
    SetFactory(session_exercise=entry)
    assert log_past(alice_client, again=entry.workout.pk).status_code == 422


@pytest.mark.parametrize(
    ("typed", "minutes", "began", "ended"),
    [
        # It lasts an hour over midnight, and by the clock more or less when clocks change.
        ("2026-03-05T23:30", 60, (3, 5, 22, 30), (3, 5, 23, 30)),
        ("2026-03-29T01:30", 60, (3, 29, 0, 30), (3, 29, 1, 30)),
        # 02:30 is left out that night, and is 03:30.
        ("2026-03-29T02:30", 60, (3, 29, 1, 30), (3, 29, 2, 30)),
        # It comes twice that night: the first is meant.
        ("2025-10-26T02:30", 60, (10, 26, 0, 30), (10, 26, 1, 30)),
        ("2025-10-26T01:30", 150, (10, 25, 23, 30), (10, 26, 2, 0)),
    ],
)
def test_any_night_is_as_long_as_it_is(alice_client, typed, minutes, began, ended):
    assert log_past(alice_client, session_date=typed, duration=minutes).status_code == 302
    past = WorkoutSession.objects.get()
    year = int(typed[:4])
    assert past.session_date == datetime(year, *began, tzinfo=UTC)
    assert past.finished_at == datetime(year, *ended, tzinfo=UTC)


# Moving one.


def update(client, workout, **typed):
    body = {
        "title": workout.title,
        "session_date": "2026-03-05T18:00",
        "location": workout.location,
        "notes": workout.notes,
        "seen": workout.updated_at.isoformat(),
    }
    return client.post(reverse("training:workout-update", args=[workout.pk]), body | typed)


@pytest.mark.parametrize(
    ("typed", "began", "length"),
    [
        ({}, STARTED, LENGTH),
        ({"minutes": "52"}, STARTED, LENGTH),
        ({"minutes": ""}, STARTED, LENGTH),
        ({"minutes": "65"}, STARTED, timedelta(minutes=65)),
        (
            {"session_date": "2026-03-01T09:15", "minutes": "52"},
            datetime(2026, 3, 1, 8, 15, tzinfo=UTC),
            LENGTH,
        ),
        (
            {"session_date": "2026-03-29T01:45", "minutes": "30"},
            datetime(2026, 3, 29, 0, 45, tzinfo=UTC),
            timedelta(minutes=30),
        ),
    ],
)
def test_a_workout_that_is_moved_takes_its_end_along(alice_client, workout, typed, began, length):
    for _ in range(2):  # Safe to send twice.
        assert update(alice_client, workout, **typed).status_code == 302
        workout.refresh_from_db()
        assert (workout.session_date, workout.duration) == (began, length)


def test_a_running_workout_has_no_length_to_edit(alice_client, workout):
    workout.reopen()
    assert 'name="minutes"' not in alice_client.get(workout.get_absolute_url()).content.decode()
    assert update(alice_client, workout, minutes="10").status_code == 302
    workout.refresh_from_db()
    assert workout.finished_at is None


def test_says_what_is_wrong_with_a_length(alice_client, workout):
    response = update(alice_client, workout, minutes="long", title="Kept")
    assert response.status_code == 422
    page = response.content.decode()
    assert "Type whole minutes like 60." in page
    assert 'value="long"' in page
    assert 'value="Kept"' in page


def test_a_stale_length_is_shown(alice_client, workout):
    WorkoutSession.objects.filter(pk=workout.pk).update(finished_at=STARTED + timedelta(hours=2))
    response = update(alice_client, workout, minutes="65")
    assert response.status_code == 409
    assert "Changed elsewhere meanwhile to “120”." in response.content.decode()


# Copying one.


def duplicate(client, workout, **typed):
    url = reverse("training:workout-duplicate", args=[workout.pk])
    return client.post(url, {"id": uuid7(), "day": "2026-03-12"} | typed)


def said(workout):
    """Return the exercises of a workout with the numbers of their living sets."""
    names = ("kind", "weight", "weight_unit", "reps", "rpe", "set_number")
    return [
        (entry.exercise_id, list(entry.exercise_sets.alive().values_list(*names)))
        for entry in workout.session_exercises.alive().order_by("order_index")
    ]


def test_copies_it_with_its_sets_to_a_day(alice_client, workout):
    SetFactory(session_exercise=workout.session_exercises.get()).soft_delete()
    EntryFactory(workout=workout).soft_delete()
    response = duplicate(alice_client, workout)
    copy = WorkoutSession.objects.exclude(pk=workout.pk).get()
    assert response.url == copy.get_absolute_url()
    assert (copy.title, copy.location, copy.notes) == ("Push day", "Gym", "")
    assert copy.session_date == STARTED + timedelta(days=7)
    assert copy.duration == LENGTH
    assert said(copy) == said(workout)
    assert ExerciseSet.objects.filter(session_exercise__workout=copy).count() == 3


def test_copies_it_once(alice_client, workout):
    id = uuid7()
    first = duplicate(alice_client, workout, id=id)
    assert first.url == duplicate(alice_client, workout, id=id).url
    assert WorkoutSession.all_objects.count() == 2
    assert ExerciseSet.all_objects.count() == 6


def test_a_copy_of_today_has_ended(alice, alice_client, workout):
    WorkoutSession.objects.update(
        session_date=STARTED.replace(hour=22, minute=58),
        finished_at=STARTED.replace(hour=22) + 2 * LENGTH,
    )
    today = timezone.now().astimezone(alice.zone).date()
    duplicate(alice_client, workout, day=today.isoformat())
    copy = WorkoutSession.objects.exclude(pk=workout.pk).get()
    assert copy.session_date.astimezone(alice.zone).date() == today
    midnight = timezone.now().astimezone(alice.zone).replace(hour=0, minute=0, second=0)
    assert copy.finished_at <= max(timezone.now(), midnight + timedelta(hours=3))


def test_a_copy_can_be_undone(alice_client, workout):
    page = alice_client.get(duplicate(alice_client, workout).url)
    copy = WorkoutSession.objects.exclude(pk=workout.pk).get()
    undo = reverse("training:workout-delete", args=[copy.pk])
    assert f'hx-post="{undo}"' in page.content.decode()
    response = alice_client.post(undo, headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == reverse("training:history")
    assert WorkoutSession.objects.get() == workout


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("", "Which day?"),
        ("soon", "Type a day like 2026-03-05."),
        ("2190-01-01", "That day is still to come."),
        ("0026-03-05", "That year cannot be right."),
    ],
)
def test_says_what_is_wrong_with_a_day(alice_client, workout, day, message):
    response = duplicate(alice_client, workout, day=day)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert WorkoutSession.all_objects.count() == 1


def test_copying_costs_the_same_for_many(alice_client, workout):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert duplicate(alice_client, workout).status_code == 302
        return len(queries)

    one = cost()
    for entry in EntryFactory.create_batch(8, workout=workout):
        SetFactory.create_batch(3, session_exercise=entry)
    assert cost() == one
