"""History: every finished workout once, the newest first, a page at a time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from training.models import WorkoutSession
from training.tests.factories import EntryFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db

URL = reverse("training:history")
DAY = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)


def finished(user, **values):
    values = {"session_date": DAY, "finished_at": DAY + timedelta(minutes=52)} | values
    return WorkoutFactory(user=user, **values)


def pages(client):
    """Yield the workouts of every page, following the link to older ones."""
    query = ""
    while True:
        page = client.get(f"{URL}?{query}")
        assert page.status_code == 200
        yield page.context["workouts"]
        query = page.context["older"]
        if not query:
            return
        assert f'href="?{query.replace("&", "&amp;")}"' in page.content.decode()


def test_is_empty_at_first(alice_client):
    assert "Finished workouts will stand here." in alice_client.get(URL).content.decode()


def test_tells_what_was_done(alice, alice_client):
    workout = finished(alice, title="Push day", time_zone="Asia/Tokyo")
    bench = EntryFactory(workout=workout, exercise__name="Bench press")
    SetFactory.create_batch(3, session_exercise=bench, weight=100, reps=5)
    SetFactory(session_exercise=bench, kind="warmup")
    SetFactory(session_exercise=bench).soft_delete()
    EntryFactory(workout=workout, exercise__name="Removed").soft_delete()
    text = alice_client.get(URL).content.decode()
    assert f'href="{workout.get_absolute_url()}"' in text
    assert "March 2026" in text
    assert "Fri 6 · 52 min" in text
    assert "3 × Bench press" in text
    assert "3 sets · 1,500 kg" in text
    assert "Removed" not in text


def test_names_retired_exercises(alice, alice_client):
    entry = EntryFactory(workout=finished(alice), exercise__name="Old machine")
    SetFactory(session_exercise=entry)
    entry.exercise.soft_delete()
    assert "1 × Old machine" in alice_client.get(URL).content.decode()


def test_hides_the_running_the_deleted_and_other_peoples(alice, mallory, alice_client):
    WorkoutFactory(user=alice)
    finished(alice).soft_delete()
    finished(mallory)
    assert alice_client.get(URL).context["workouts"] == []


@pytest.mark.parametrize("count", [0, 1, 20, 21, 40, 45])
def test_shows_every_workout_once(alice, alice_client, count):
    """Three begin at each instant, as imported ones may."""
    made = [
        finished(alice, session_date=DAY + timedelta(days=number // 3)) for number in range(count)
    ]
    made.sort(key=lambda workout: (workout.session_date, workout.pk), reverse=True)
    shown = list(pages(alice_client))
    assert [workout for page in shown for workout in page] == made
    assert [len(page) for page in shown[:-1]] == [20] * (len(shown) - 1)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(0, 10**7), min_size=21, max_size=50))
def test_shows_every_workout_once_whenever_they_were(alice, alice_client, offsets):
    WorkoutSession.all_objects.all().delete()
    WorkoutSession.objects.bulk_create(
        WorkoutSession(
            id=uuid7(),
            user=alice,
            session_date=DAY + timedelta(microseconds=offset),
            finished_at=DAY + timedelta(days=1),
        )
        for offset in offsets
    )
    shown = [workout for page in pages(alice_client) for workout in page]
    assert len({workout.pk for workout in shown}) == len(shown) == len(offsets)
    dates = [workout.session_date for workout in shown]
    assert dates == sorted(dates, reverse=True)


def test_a_workout_finished_meanwhile_moves_no_page(alice, alice_client):
    made = [finished(alice, session_date=DAY + timedelta(days=number)) for number in range(25)]
    older = alice_client.get(URL).context["older"]
    finished(alice, session_date=DAY + timedelta(days=99))
    rest = alice_client.get(f"{URL}?{older}").context["workouts"]
    assert rest == made[4::-1]


@pytest.mark.parametrize(
    "query",
    [
        "before=",
        "before=yesterday",
        "before=2026-03-05T18:00:00&id=01890a5d-ac96-774b-bcce-b302099a8057",
        "before=2026-03-05T18:00:00%2B00:00",
        "before=2026-03-05T18:00:00%2B00:00&id=x",
    ],
)
def test_does_not_know_other_pages(alice_client, query):
    assert alice_client.get(f"{URL}?{query}").status_code == 404


def test_says_so_beyond_the_oldest(alice_client):
    query = {"before": timezone.now().isoformat(), "id": uuid7()}
    assert "No older workouts." in alice_client.get(URL, query).content.decode()


def test_costs_the_same_for_many(alice, alice_client):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            alice_client.get(URL)
        return len(queries)

    SetFactory(session_exercise__workout=finished(alice))
    one = cost()
    for _ in range(8):
        SetFactory.create_batch(3, session_exercise__workout=finished(alice))
    assert cost() == one
