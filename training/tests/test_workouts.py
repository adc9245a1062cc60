"""A workout: started once, edited without overwriting, finished, re-opened, deleted with Undo."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from training.models import WorkoutSession
from training.tests.factories import EntryFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db

CREATE = reverse("training:workout-create")
STARTED = datetime(2026, 3, 5, 17, 0, 12, tzinfo=UTC)


@pytest.fixture
def workout(alice):
    return WorkoutFactory(user=alice, session_date=STARTED, time_zone="Europe/Berlin")


def post(client, workout, verb, **headers):
    return client.post(reverse(f"training:workout-{verb}", args=[workout.pk]), headers=headers)


def update(client, workout, **typed):
    body = {
        "title": workout.title,
        "session_date": "2026-03-05T18:00",
        "location": "",
        "notes": "",
        "seen": workout.updated_at.isoformat(),
    }
    return client.post(reverse("training:workout-update", args=[workout.pk]), body | typed)


def test_starts_a_workout_in_the_lifters_zone(alice, alice_client):
    alice.time_zone = "Asia/Tokyo"
    alice.save()
    id = uuid7()
    response = alice_client.post(CREATE, {"id": id})
    workout = WorkoutSession.objects.get()
    assert response.url == workout.get_absolute_url()
    assert (workout.pk, workout.user, workout.time_zone) == (id, alice, "Asia/Tokyo")
    assert workout.finished_at is None


def test_starts_it_once(alice_client):
    body = {"id": uuid7()}
    assert alice_client.post(CREATE, body).url == alice_client.post(CREATE, body).url
    assert WorkoutSession.all_objects.count() == 1


@pytest.mark.parametrize("id", ["", "x", "11111111-1111-4111-8111-111111111111"])
def test_starts_nothing_under_an_id_that_is_none(alice_client, id):
    assert alice_client.post(CREATE, {"id": id}).url == reverse("training:today")
    assert not WorkoutSession.all_objects.exists()


def test_shows_it_with_its_own_clock(alice, alice_client, workout):
    alice.time_zone = "America/New_York"
    alice.save()
    page = alice_client.get(workout.get_absolute_url()).content.decode()
    assert "Thursday 5 Mar · 18:00" in page
    assert 'value="2026-03-05T18:00"' in page


def test_edits_it(alice_client, workout):
    response = update(
        alice_client,
        workout,
        title=" Pull day ",
        session_date="2026-03-06T07:30",
        location="Gym",
        notes="Good",
    )
    assert response.status_code == 302
    assert response.url == workout.get_absolute_url()
    workout.refresh_from_db()
    assert (workout.title, workout.location, workout.notes) == ("Pull day", "Gym", "Good")
    assert workout.session_date == datetime(2026, 3, 6, 6, 30, tzinfo=UTC)


def test_a_time_left_alone_keeps_its_seconds(alice_client, workout):
    update(alice_client, workout, title="Other")
    workout.refresh_from_db()
    assert workout.session_date == STARTED


@pytest.mark.parametrize(
    "instant", [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
)
def test_a_time_left_alone_keeps_its_instant_when_clocks_change(alice_client, workout, instant):
    """Half past two comes twice that night in Berlin."""
    workout.session_date = instant
    workout.save()
    update(alice_client, workout, title="Other", session_date="2026-10-25T02:30")
    workout.refresh_from_db()
    assert (workout.title, workout.session_date) == ("Other", instant)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"session_date": "yesterday"}, "Type a day and time like 2026-03-05 18:00."),
        ({"session_date": ""}, "This field is required."),
        ({"session_date": "0026-03-05T18:00"}, "That year cannot be right."),
        ({"title": "x" * 121}, "at most 120 characters"),
        ({"location": "x" * 121}, "at most 120 characters"),
    ],
)
def test_says_what_is_wrong_beside_what_was_typed(alice_client, workout, typed, said):
    workout.finished_at = STARTED + timedelta(hours=1)
    workout.save()
    response = update(alice_client, workout, **{"notes": "Kept", "title": "Typed"} | typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    for value in typed.values():
        assert value in page
    assert "Kept</textarea>" in page
    workout.refresh_from_db()
    assert (workout.title, workout.notes) == ("Push day", "")


def test_a_stale_edit_is_shown_and_wins_when_sent_again(alice_client, workout):
    elsewhere = WorkoutSession.objects.get(pk=workout.pk)
    elsewhere.title = "Chest"
    elsewhere.save()
    response = update(alice_client, workout, title="Shoulders", location="Gym")
    assert response.status_code == 409
    page = response.content.decode()
    assert "Changed elsewhere meanwhile to “Chest”." in page
    assert 'value="Shoulders"' in page
    workout.refresh_from_db()
    assert workout.title == "Chest"

    seen = response.context["form"]["seen"].value()
    assert update(alice_client, workout, title="Shoulders", seen=seen).status_code == 302
    workout.refresh_from_db()
    assert workout.title == "Shoulders"


def test_the_same_edit_twice_is_no_conflict(alice_client, workout):
    for _ in range(2):
        assert update(alice_client, workout, title="Shoulders").status_code == 302


def test_suggests_places_of_ones_own(alice, mallory, alice_client, workout):
    WorkoutFactory(user=alice, location="Iron Temple")
    WorkoutFactory(user=mallory, location="Her garage")
    page = alice_client.get(workout.get_absolute_url()).content.decode()
    assert '<option value="Iron Temple">' in page
    assert "Her garage" not in page


def test_finishes_and_reopens(alice_client, workout):
    assert post(alice_client, workout, "finish").url == workout.get_absolute_url()
    workout.refresh_from_db()
    finished = workout.finished_at
    assert finished is not None
    post(alice_client, workout, "finish")
    workout.refresh_from_db()
    assert workout.finished_at == finished
    for _ in range(2):
        assert post(alice_client, workout, "reopen").url == workout.get_absolute_url()
        workout.refresh_from_db()
        assert workout.finished_at is None


@pytest.mark.parametrize(("finished", "page"), [(False, "today"), (True, "history")])
def test_deletes_with_undo(alice_client, workout, finished, page):
    if finished:
        workout.finish()
    logged = SetFactory(session_exercise__workout=workout)
    response = post(alice_client, workout, "delete")
    assert response.url == reverse(f"training:{page}")
    undo = reverse("training:workout-restore", args=[workout.pk])
    assert f'action="{undo}"' in alice_client.get(response.url).content.decode()
    assert alice_client.get(workout.get_absolute_url()).status_code == 404
    logged.refresh_from_db()
    assert logged.deleted_at is not None

    assert post(alice_client, workout, "restore").url == workout.get_absolute_url()
    assert alice_client.get(workout.get_absolute_url()).status_code == 200
    logged.refresh_from_db()
    assert logged.deleted_at is None


def test_undo_leads_back_to_it_with_htmx(alice_client, workout):
    workout.soft_delete()
    response = post(alice_client, workout, "restore", **{"HX-Request": "true"})
    assert response["HX-Redirect"] == workout.get_absolute_url()


@pytest.mark.parametrize("verb", ["update", "finish", "reopen"])
def test_changes_nothing_that_is_deleted(alice_client, workout, verb):
    workout.soft_delete()
    before = WorkoutSession.all_objects.values().get()
    assert post(alice_client, workout, verb).status_code == 404
    assert WorkoutSession.all_objects.values().get() == before


def test_shows_what_is_logged_of_what_is_planned(alice, alice_client, workout):
    entry = EntryFactory(workout=workout)
    earlier = WorkoutFactory(user=alice, session_date=STARTED - timedelta(days=7))
    before = EntryFactory(workout=earlier, exercise=entry.exercise)
    SetFactory(session_exercise=before, kind="warmup")
    SetFactory.create_batch(3, session_exercise=before)
    SetFactory(session_exercise=entry, weight=1000, reps=5)
    page = alice_client.get(workout.get_absolute_url()).content.decode()
    assert "1 of 3 sets · 5,000 kg" in page


def test_names_an_exercise_that_is_gone_from_the_database(alice_client, workout):
    entry = EntryFactory(workout=workout)
    SetFactory(session_exercise=entry)
    entry.exercise = None
    entry.save()
    assert "Deleted exercise" in alice_client.get(workout.get_absolute_url()).content.decode()


def test_escapes_what_lifters_type(alice_client, workout):
    for name in ("title", "location", "notes"):
        setattr(workout, name, "<script>alert(1)</script>")
    workout.save()
    assert "<script>alert" not in alice_client.get(workout.get_absolute_url()).content.decode()


def test_costs_the_same_for_many(alice, alice_client, workout):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert alice_client.get(workout.get_absolute_url()).status_code == 200
        return len(queries)

    def fill(entries, earlier):
        for number in range(earlier):
            date = STARTED - timedelta(days=number + 1)
            done = WorkoutFactory(user=alice, session_date=date, finished_at=timezone.now())
            for entry in workout.session_exercises.all():
                SetFactory(session_exercise=EntryFactory(workout=done, exercise=entry.exercise))
        for entry in EntryFactory.create_batch(entries, workout=workout):
            SetFactory.create_batch(entries, session_exercise=entry)

    # One exercise was done before and one was not: each kind is asked for once.
    fill(1, 0)
    fill(0, 1)
    fill(1, 0)
    one = cost()
    fill(8, 8)
    assert cost() == one
