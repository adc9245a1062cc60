"""RPE: how hard a set was, for lifters who want it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from training.models import ExerciseSet
from training.tests.factories import EntryFactory, SetFactory
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def entry(alice):
    return EntryFactory(workout__user=alice)


@pytest.fixture
def wanted(alice):
    alice.shows_rpe = True
    alice.save()


def log(client, entry, rpe):
    body = {"id": uuid7(), "number": 1, "weight": 80, "weight_unit": "kg", "reps": 8, "rpe": rpe}
    return client.post(reverse("training:set-create", args=[entry.pk]), body, headers=HTMX)


def test_is_not_shown_unless_wanted(alice_client, entry):
    SetFactory(session_exercise=entry, rpe=8)
    assert "RPE" not in alice_client.get(entry.workout.get_absolute_url()).content.decode()
    assert log(alice_client, entry, "7").status_code == 200
    assert ExerciseSet.objects.get(reps=8).rpe is None


@pytest.mark.usefixtures("wanted")
class TestWanted:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [("", None), ("6", 6), ("7.5", "7.5"), ("8,5", "8.5"), ("9.0", 9), ("10", 10)],
    )
    def test_is_kept(self, alice_client, entry, typed, stored):
        assert log(alice_client, entry, typed).status_code == 200
        rpe = entry.exercise_sets.get().rpe
        assert rpe == (None if stored is None else Decimal(stored))

    @pytest.mark.parametrize("typed", ["5.5", "0", "10.5", "7.3", "7.25", "-8", "hard", "NaN"])
    def test_is_6_to_10_in_halves(self, alice_client, entry, typed):
        response = log(alice_client, entry, typed)
        assert response.status_code == 422
        page = response.content.decode()
        assert f'name="rpe" value="{typed}"' in page
        assert 'aria-invalid="true"' in page
        assert not ExerciseSet.objects.exists()

    def test_is_shown_with_its_set_and_never_offered(self, alice_client, entry):
        SetFactory(session_exercise=entry, rpe="8.5")
        page = alice_client.get(entry.workout.get_absolute_url())
        logged, ready = page.context["log"].card(entry.pk).rows
        assert [row.fields[-1].value for row in (logged, ready)] == ["8.5", ""]
        assert 'aria-label="RPE, set 1"' in page.content.decode()

    def test_can_be_edited_and_taken_away(self, alice_client, entry):
        logged = SetFactory(session_exercise=entry, weight=80, reps=8, rpe=8)
        for typed, stored in [("9.5", Decimal("9.5")), ("", None)]:
            body = {"weight": 80, "weight_unit": "kg", "reps": 8, "rpe": typed}
            body["seen"] = logged.updated_at.isoformat()
            url = reverse("training:set-update", args=[logged.pk])
            assert alice_client.post(url, body, headers=HTMX).status_code == 200
            logged.refresh_from_db()
            assert logged.rpe == stored


def test_hidden_it_stays_when_the_set_is_edited(alice_client, entry):
    logged = SetFactory(session_exercise=entry, weight=80, reps=8, rpe=8)
    body = {"weight": 85, "weight_unit": "kg", "reps": 8, "seen": logged.updated_at.isoformat()}
    url = reverse("training:set-update", args=[logged.pk])
    assert alice_client.post(url, body, headers=HTMX).status_code == 200
    logged.refresh_from_db()
    assert (logged.weight, logged.rpe) == (85, 8)
