"""Our own formats: what is read back is what was there, whatever that was."""

import json

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from training.exporting import own_csv, own_json
from training.exporting.cells import FORMULA_STARTS, escape, harmless, unescape
from training.importing.reading import open_file
from training.models import ExerciseSet, SessionExercise, WorkoutSession
from training.tests.exporting.accounts import LONG, accounts

pytestmark = pytest.mark.django_db

random_accounts = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
SCHEMA = json.loads(own_json.SCHEMA.read_text())


def told(parsed, *, times: bool):
    """What a reader understood, as plain values."""

    def row(one, *names):
        extra = dict(one.extra)
        own = [extra.pop(name, None) for name in own_json.TIMES]
        return {
            **extra,
            "times": own if times else [],
            **{name: getattr(one, name) for name in names},
        }

    return row(parsed, "title", "start", "location", "notes"), [
        (
            row(entry, "notes"),
            [
                row(
                    done,
                    "kind",
                    "weight",
                    "weight_unit",
                    "reps",
                    "duration_seconds",
                    "distance",
                    "rpe",
                )
                for done in entry.sets
            ],
        )
        for entry in parsed.exercises
    ]


def stored(user, *, trash: bool):
    """The same of what is in the database, read row by row."""
    manager = "all_objects" if trash else "objects"

    def iso(time):
        return time and time.isoformat()

    def row(one, **facts):
        times = [iso(getattr(one, name)) for name in own_json.TIMES] if trash else []
        return {"id": str(one.pk), "times": times, **facts}

    def rows(model, order, **where):
        return getattr(model, manager).filter(**where).order_by(order, "id")

    return [
        (
            row(
                workout,
                title=workout.title,
                start=workout.session_date,
                finished_at=iso(workout.finished_at),
                time_zone=workout.time_zone,
                location=workout.location,
                notes=workout.notes,
                **({"import_key": workout.import_key} if trash else {}),
            ),
            [
                (
                    row(
                        entry,
                        exercise_id=str(entry.exercise_id),
                        order_index=entry.order_index,
                        notes=entry.notes,
                        notes_stay=entry.notes_stay,
                        rest_seconds=entry.rest_seconds,
                        superset_with_next=entry.superset_with_next,
                    ),
                    [
                        row(
                            done,
                            set_number=done.set_number,
                            kind=done.kind,
                            weight=done.weight,
                            weight_unit=done.weight_unit,
                            reps=done.reps,
                            duration_seconds=done.duration_seconds,
                            distance=done.distance_meters,
                            rpe=done.rpe,
                        )
                        for done in rows(ExerciseSet, "set_number", session_exercise=entry)
                    ],
                )
                for entry in rows(SessionExercise, "order_index", workout=workout)
            ],
        )
        for workout in rows(WorkoutSession, "session_date", user=user)
    ]


@random_accounts
@given(data=st.data())
def test_json_says_everything_and_is_read_back(db, data):
    user = data.draw(accounts())
    content = "".join(own_json.chunks(user))
    jsonschema.validate(json.loads(content), SCHEMA)
    expected = stored(user, trash=True)
    if not expected:
        return
    read = list(open_file(content.encode()).workouts())
    for workout, (facts, _) in zip(read, expected, strict=True):
        start = workout.start.isoformat()
        assert start == facts["start"].isoformat()
    assert [told(workout, times=True) for workout in read] == expected


@random_accounts
@given(data=st.data())
def test_csv_says_all_that_is_alive_and_is_read_back(db, data):
    user = data.draw(accounts())
    content = "".join(own_csv.chunks(user))
    if expected := stored(user, trash=False):
        read = list(open_file(content.encode()).workouts())
        assert [told(workout, times=False) for workout in read] == expected


@given(text=LONG)
def test_no_text_is_a_formula_and_every_one_comes_back(text):
    assert not escape(text).startswith(FORMULA_STARTS)
    assert not harmless(text).startswith(FORMULA_STARTS)
    assert unescape(escape(text)) == text
