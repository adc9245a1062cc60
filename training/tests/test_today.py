"""Today: what is running, and this week so far."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from training.models import Measure
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory

pytestmark = pytest.mark.django_db

URL = reverse("training:today")


def test_offers_a_new_workout(alice_client):
    page = alice_client.get(URL)
    assert page.status_code == 200
    assert "Start an empty workout" in page.content.decode()
    assert list(page.context["running"]) == []


def test_resumes_what_is_running(alice, alice_client):
    running = WorkoutFactory(user=alice, title="Legs")
    WorkoutFactory(user=alice, title="Done", finished_at=timezone.now())
    WorkoutFactory(user=alice, title="Gone").soft_delete()
    page = alice_client.get(URL)
    assert list(page.context["running"]) == [running]
    assert f'href="{running.get_absolute_url()}"' in page.content.decode()
    assert "Gone" not in page.content.decode()


def test_hides_other_peoples_workouts(mallory, alice_client):
    SetFactory(session_exercise__workout__user=mallory)
    page = alice_client.get(URL)
    assert list(page.context["running"]) == []
    assert page.context["week"] == {"workouts": 0, "sets": 0, "volume": 0}


def test_sums_up_the_week(alice, alice_client):
    entry = EntryFactory(workout__user=alice)
    SetFactory(session_exercise=entry, weight=100, reps=5)
    SetFactory(session_exercise=entry, weight=100, reps=10, weight_unit="lb")
    SetFactory(session_exercise=entry, weight=40, reps=10, kind="warmup")
    SetFactory(session_exercise=entry, weight=200, reps=5).soft_delete()
    assisted = ExerciseFactory(measure=Measure.ASSISTED_REPS)
    SetFactory(session_exercise=EntryFactory(workout=entry.workout, exercise=assisted))
    last_week = EntryFactory(
        workout__user=alice, workout__session_date=timezone.now() - timedelta(days=7)
    )
    SetFactory(session_exercise=last_week)
    week = alice_client.get(URL).context["week"]
    assert (week["workouts"], week["sets"]) == (1, 3)
    assert week["volume"] == pytest.approx(500 + 1000 * 0.45359237)


@pytest.mark.parametrize(
    ("zone", "counted"), [("Pacific/Auckland", 1), ("UTC", 0), ("America/New_York", 0)]
)
def test_a_week_begins_on_monday_where_the_lifter_is(
    alice, alice_client, monkeypatch, zone, counted
):
    """It is Monday noon in UTC; the workout was late on Sunday there, Monday in Auckland."""
    alice.time_zone = zone
    alice.save()
    sunday = datetime(2026, 3, 1, 20, tzinfo=UTC)
    SetFactory(
        session_exercise__workout__user=alice, session_exercise__workout__session_date=sunday
    )
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 2, 12, tzinfo=UTC))
    alice_client.force_login(alice)
    assert alice_client.get(URL).context["week"]["workouts"] == counted


def test_costs_the_same_for_many(alice, alice_client):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            alice_client.get(URL)
        return len(queries)

    SetFactory(session_exercise__workout__user=alice)
    one = cost()
    for _ in range(8):
        SetFactory(session_exercise__workout__user=alice)
    assert cost() == one
