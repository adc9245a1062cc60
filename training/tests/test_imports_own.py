"""Our own exports, imported: into an empty account everything is as it was."""

import csv
import json

import pytest
from django.core.files.base import ContentFile
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accounts.tests.factories import UserFactory
from training.exporting import own_csv, own_json
from training.importing.staging import start
from training.importing.writing import begin, write
from training.models import (
    BodyWeight,
    Exercise,
    ExerciseAlias,
    ExerciseSet,
    ImportName,
    ImportState,
    SessionExercise,
    WorkoutSession,
)
from training.tests.exporting.accounts import accounts
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db

random_accounts = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)


def bring_in(user, text):
    file = ContentFile(text.encode(), name="workoutlog.json")
    data_import = start(user, id=uuid7(), file=file)
    begin(data_import, {"time_zone": "Asia/Tokyo", "unit": "lb"})
    write(data_import)
    assert data_import.state == ImportState.DONE
    return data_import


def erase(user):
    """Delete everything of a user for good."""
    workouts = WorkoutSession.all_objects.filter(user=user)
    entries = SessionExercise.all_objects.filter(workout__in=workouts)
    ExerciseSet.all_objects.filter(session_exercise__in=entries).delete()
    entries.delete()
    workouts.delete()
    own = Exercise.all_objects.filter(owner=user)
    ExerciseAlias.objects.filter(exercise__in=own).delete()
    for model in (BodyWeight, ImportName):
        model._base_manager.filter(user=user).delete()
    own.delete()
    user.delete()


def told(text):
    """Return what an export says, but for when and whose it is."""
    document = json.loads(text)
    del document["exported_at"], document["account"]["email"]
    return document


@random_accounts
@given(data=st.data())
def test_json_restores_an_account_identically(db, data):
    user = data.draw(accounts())
    exported = "".join(own_json.chunks(user))
    erase(user)
    user = UserFactory()
    bring_in(user, exported)
    user.refresh_from_db()
    assert told("".join(own_json.chunks(user))) == told(exported)


@random_accounts
@given(data=st.data())
def test_csv_restores_all_that_is_alive(db, data):
    user = data.draw(accounts())
    assume(WorkoutSession.objects.filter(user=user).exists())
    exported = "".join(own_csv.chunks(user))
    erase(user)
    user = UserFactory()
    bring_in(user, exported)
    restored = "".join(own_csv.chunks(user))
    assert without_exercises(restored) == without_exercises(exported)


def without_exercises(text):
    """Leave out ids of exercises: those of one's own are not the same in a CSV."""
    rows = list(csv.DictReader(text.removeprefix("\ufeff").splitlines(keepends=True)))
    for row in rows:
        for name in ("exercise", "exercise_id", "equipment", "measure"):
            del row[name]
    return rows


@random_accounts
@given(data=st.data())
def test_where_it_is_already_nothing_is_doubled(db, data):
    user = data.draw(accounts())
    assume(WorkoutSession.all_objects.filter(user=user).exists())
    exported = "".join(own_json.chunks(user))
    data_import = bring_in(user, exported)
    assert data_import.written == 0
    assert told("".join(own_json.chunks(user))) == told(exported)
