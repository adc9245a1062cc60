"""The export page, and the four files as they are downloaded."""

import gc
import json
import tracemalloc
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from training.exporting import hevy, history, own_csv, own_json, strong
from training.models import ExerciseSet, SessionExercise, WorkoutSession
from training.tests.factories import (
    EntryFactory,
    ExerciseFactory,
    SetFactory,
    WorkoutFactory,
)

pytestmark = pytest.mark.django_db

SCHEMA = json.loads(own_json.SCHEMA.read_text())
FILES = {
    "json": ("application/json", "workoutlog-2026-03-06.json"),
    "csv": ("text/csv; charset=utf-8", "workoutlog-2026-03-06-sets.csv"),
    "strong": ("text/csv; charset=utf-8", "workoutlog-2026-03-06-for-strong.csv"),
    "hevy": ("text/csv; charset=utf-8", "workoutlog-2026-03-06-for-hevy.csv"),
}
FORMS = pytest.mark.parametrize("form", [own_json, own_csv, strong, hevy])


def download(client, form, **headers):
    return client.get(reverse(f"training:export-{form}"), headers=headers)


def body(response) -> str:
    return b"".join(response.streaming_content).decode()


def make_history(user, workouts: int, sets: int = 3) -> None:
    """Save so many workouts of two exercises with so many sets each."""
    exercise = ExerciseFactory(owner=user)
    start = datetime(2024, 1, 1, 12, tzinfo=UTC)
    made = WorkoutSession.objects.bulk_create(
        WorkoutSession(user=user, title="Push", session_date=start + timedelta(days=number))
        for number in range(workouts)
    )
    entries = SessionExercise.objects.bulk_create(
        SessionExercise(workout=workout, exercise=exercise, order_index=place)
        for workout in made
        for place in range(2)
    )
    ExerciseSet.objects.bulk_create(
        ExerciseSet(session_exercise=entry, set_number=number, reps=5, weight=100)
        for entry in entries
        for number in range(1, sets + 1)
    )


def test_the_page_leads_to_all_four(alice_client):
    page = alice_client.get("/export/").content.decode()
    for form in FILES:
        assert f'href="/export/{form}/"' in page
    assert 'href="/export/schema.json"' in page
    assert 'href="/export/"' in alice_client.get("/settings/").content.decode()


def test_the_page_names_the_unit_that_strongs_file_does_not(alice, alice_client):
    assert "weights are in kg, distances in km" in alice_client.get("/export/").content.decode()
    alice.weight_unit = "lb"
    alice.save(update_fields=["weight_unit"])
    assert "weights are in lb, distances in miles" in alice_client.get("/export/").content.decode()


@pytest.mark.parametrize(("form", "kind", "name"), [(form, *told) for form, told in FILES.items()])
def test_downloads_are_named_by_the_lifters_day_and_not_kept(alice, alice_client, form, kind, name):
    alice.time_zone = "Pacific/Auckland"
    alice.save(update_fields=["time_zone"])
    now = datetime(2026, 3, 5, 20, tzinfo=UTC)
    with patch.object(timezone, "now", return_value=now):
        response = download(alice_client, form)
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.headers["Content-Type"] == kind
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]
    assert response.streaming


@pytest.mark.parametrize("form", FILES)
def test_hold_nothing_of_others(alice_client, mallory, form):
    exercise = ExerciseFactory(owner=mallory, name="Mallory's own")
    workout = WorkoutFactory(user=mallory, title="Mallory's day", notes="Mallory's note")
    SetFactory(session_exercise=EntryFactory(workout=workout, exercise=exercise))
    text = body(download(alice_client, form))
    assert "Mallory" not in text
    assert mallory.email not in text


@FORMS
def test_an_exercise_that_came_to_be_somebody_elses_is_not_named(alice, mallory, form):
    workout = WorkoutFactory(user=alice)
    hers = ExerciseFactory(owner=mallory, name="Mallory's own")
    SetFactory(session_exercise=EntryFactory(workout=workout, exercise=hers))
    text = "".join(form.chunks(alice))
    assert str(workout) in text
    assert "Mallory" not in text
    assert str(hers.pk) not in text


def test_json_has_the_trash_and_no_password(alice, alice_client):
    alice.set_password("correct horse battery")
    alice.save(update_fields=["password"])
    alice_client.force_login(alice)
    entry = EntryFactory(workout__user=alice)
    gone = SetFactory(session_exercise=entry)
    gone.soft_delete()
    text = body(download(alice_client, "json"))
    document = json.loads(text)
    jsonschema.validate(document, SCHEMA)
    assert alice.password not in text
    assert document["account"]["email"] == alice.email
    (done,) = document["workouts"][0]["exercises"][0]["sets"]
    assert done["id"] == str(gone.pk)
    assert "deleted_at" in done


def test_csv_has_rows_for_what_has_no_sets_and_none_for_the_trash(alice):
    WorkoutFactory(user=alice, title="Empty")
    EntryFactory(workout=WorkoutFactory(user=alice, title="Without sets"))
    SetFactory(session_exercise__workout__user=alice).soft_delete()
    WorkoutFactory(user=alice, title="Gone").soft_delete()
    header, *rows = "".join(own_csv.chunks(alice)).splitlines()
    assert header == "\ufeff" + ",".join(own_csv.COLUMNS)
    assert [row.split(",")[1] for row in rows] == ["Empty", "Without sets", "Push day"]
    assert rows[0].endswith("," * len(own_csv.ENTRY_COLUMNS + own_csv.SET_COLUMNS))


def test_the_schema_is_open_to_all(client):
    response = client.get("/export/schema.json")
    assert json.loads(b"".join(response.streaming_content)) == SCHEMA
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_knows_every_field_and_default():
    parts = {
        "account": own_json.User,
        "exercise": own_json.Exercise,
        "workout": own_json.WorkoutSession,
        "entry": own_json.SessionExercise,
        "set": own_json.ExerciseSet,
        "body_weight": own_json.BodyWeight,
        "import_name": own_json.ImportName,
    }
    beside = {"own", "aliases", "exercises", "sets"}
    for part, model in parts.items():
        properties = SCHEMA["$defs"][part]["properties"]
        assert properties.keys() - beside == set(own_json.FIELDS[model])
        for name, told in properties.items():
            if "default" in told:
                assert told["default"] == model._meta.get_field(name).get_default()


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ((), "extra", 1),
        ((), "version", 2),
        (("account",), "password", "secret"),
        (("exercises", 0), "equipment", "anvil"),
        (("workouts", 0), "colour", "red"),
        (("workouts", 0), "session_date", "2024-03-05 18:01"),
        (("workouts", 0, "exercises", 0), "order_index", -1),
        (("workouts", 0, "exercises", 0, "sets", 0), "weight", 82.5),
        (("workouts", 0, "exercises", 0, "sets", 0), "reps", "8"),
    ],
)
def test_the_schema_refuses_what_is_wrong(alice, path, name, value):
    SetFactory(session_exercise__workout__user=alice)
    document = json.loads("".join(own_json.chunks(alice)))
    jsonschema.validate(document, SCHEMA)
    part = document
    for step in path:
        part = part[step]
    part[name] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, SCHEMA)


@FORMS
def test_each_batch_costs_the_same_queries(alice, form, monkeypatch):
    monkeypatch.setattr(history, "BATCH", 4)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            list(form.chunks(alice))
        return len(captured)

    make_history(alice, 1)
    least = queries()
    make_history(alice, 8)  # Nine in all: three batches.
    assert queries() == least + 2 * 3
    make_history(alice, 1, sets=9)
    assert queries() == least + 2 * 3


@FORMS
def test_starts_before_all_is_read(alice, form):
    make_history(alice, 3 * history.BATCH)
    with CaptureQueriesContext(connection) as captured:
        pieces = form.chunks(alice)
        next(pieces)
        assert len(captured) == 0
        while "Push" not in next(pieces):
            pass
        of_sets = [one for one in captured if 'FROM "exercise_sets"' in one["sql"]]
        assert len(of_sets) == 1
        list(pieces)
        of_sets = [one for one in captured if 'FROM "exercise_sets"' in one["sql"]]
        assert len(of_sets) == 3


@FORMS
def test_memory_does_not_grow_with_history(alice, form):
    def peak() -> int:
        gc.collect()
        tracemalloc.start()
        for _ in form.chunks(alice):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    make_history(alice, 2 * history.BATCH)
    peak()  # What is loaded only once.
    before = peak()
    make_history(alice, 6 * history.BATCH)
    # Four times as much history: what is collected when is a matter of chance, but not fourfold.
    assert peak() < before * 2
