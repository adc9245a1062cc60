"""Export, then import into an empty account, then export: the same again."""

import json

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.tests.factories import UserFactory
from training.exporting import own_csv, own_json
from training.importing.parsed import Refused
from training.importing.staging import start
from training.importing.writing import begin, write
from training.models import (
    BodyWeight,
    Exercise,
    ExerciseSet,
    Import,
    ImportName,
    ImportState,
    SessionExercise,
    WorkoutSession,
)
from training.tests.exporting.accounts import accounts
from training.tests.factories import (
    AliasFactory,
    EntryFactory,
    ExerciseFactory,
    SetFactory,
    WorkoutFactory,
)
from workoutlog.db import uuid7

SCHEMA = json.loads(own_json.SCHEMA.read_text())

pytestmark = pytest.mark.django_db

random_accounts = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)


def export(user, form=own_json) -> str:
    return "".join(form.chunks(user))


def bring_in(user, content: str) -> Import:
    data_import = start(user, id=uuid7(), file=SimpleUploadedFile("export", content.encode()))
    # Neither counts, since the file says both.
    begin(data_import, {"time_zone": "Asia/Tokyo", "unit": "lb"})
    write(data_import)
    return data_import


def erase(user) -> None:
    """Leave nothing of the user's, as purging an account does."""
    entries = SessionExercise.all_objects.filter(workout__user=user)
    ExerciseSet.all_objects.filter(session_exercise__in=entries).delete()
    entries.delete()
    WorkoutSession.all_objects.filter(user=user).delete()
    BodyWeight.all_objects.filter(user=user).delete()
    ImportName.objects.filter(user=user).delete()
    Exercise.all_objects.filter(owner=user).delete()


def comparable(content: str, *, ids: bool = True) -> dict:
    """Return the document without what two exports of the same differ in, perhaps without ids."""
    document = json.loads(content)
    del document["exported_at"], document["account"]["email"]
    # In the order of their ids, which are new where ids were not free.
    for name in ("exercises", "body_weights"):
        document[name].sort(key=lambda one: json.dumps(one | {"id": ""}, sort_keys=True))
    return document if ids else without_ids(document)


def without_ids(document: dict) -> dict:
    """Replace every id by the place at which it is first met."""
    places: dict[str, int] = {}

    def replaced(value):
        if isinstance(value, dict):
            return {
                name: places.setdefault(one, len(places))
                if name in ("id", "exercise_id")
                else replaced(one)
                for name, one in value.items()
            }
        return [replaced(one) for one in value] if isinstance(value, list) else value

    return replaced(document)


@random_accounts
@given(data=st.data())
def test_is_identical_in_an_empty_account(db, data):
    user = data.draw(accounts())
    content = export(user)
    erase(user)
    other = UserFactory()
    bring_in(other, content)
    other.refresh_from_db()
    assert comparable(export(other)) == comparable(content)


@random_accounts
@given(data=st.data())
def test_gets_new_ids_where_the_first_account_is_still_there(db, data):
    user = data.draw(accounts())
    content = export(user)
    other = UserFactory()
    bring_in(other, content)
    other.refresh_from_db()
    again = comparable(export(other), ids=False)
    expected = comparable(content, ids=False)
    # By which a workout is known again that has another id here.
    for workout in again["workouts"] + expected["workouts"]:
        workout.pop("import_key", None)
    assert again == expected
    assert comparable(export(user)) == comparable(content)


@random_accounts
@given(data=st.data())
def test_csv_brings_back_what_is_alive(db, data):
    user = data.draw(accounts())
    content = export(user, own_csv)
    if not WorkoutSession.objects.for_user(user).exists():
        return
    erase(user)
    other = UserFactory()
    bring_in(other, content)
    assert export(other, own_csv) == content


@random_accounts
@given(data=st.data())
def test_where_it_is_already_nothing_is_doubled(db, data):
    user = data.draw(accounts())
    content = export(user)
    if not WorkoutSession.all_objects.filter(user=user).exists():
        return
    assert bring_in(user, content).written == 0
    assert comparable(export(user)) == comparable(content)


@pytest.fixture
def alices(alice):
    """Alice's export: a catalog exercise and one of her own, once each, and a body weight."""
    workout = WorkoutFactory(user=alice, title="Push", finished_at=timezone.now())
    press = ExerciseFactory(name="Press", catalog_key="press", equipment="barbell")
    curl = ExerciseFactory(name="Curl", owner=alice, equipment="cable", primary_muscle="biceps")
    AliasFactory(exercise=curl, name="My curl")
    for exercise in (press, curl):
        SetFactory(session_exercise=EntryFactory(workout=workout, exercise=exercise))
    BodyWeight.objects.create(user=alice, weighed_on="2024-03-05", weight=80)
    return export(alice)


def test_importing_ones_own_export_adds_nothing(alice, alices):
    data_import = bring_in(alice, alices)
    assert (data_import.written, data_import.skipped) == (0, 1)
    assert comparable(export(alice)) == comparable(alices)
    data_import = bring_in(alice, export(alice, own_csv))
    assert (data_import.written, data_import.skipped) == (0, 1)
    assert comparable(export(alice)) == comparable(alices)


def test_an_export_without_workouts_brings_what_it_has(alice, alices):
    document = json.loads(alices)
    document["workouts"] = []
    document["account"]["weight_unit"] = "lb"
    erase(alice)
    data_import = bring_in(alice, json.dumps(document))
    assert (data_import.state, data_import.written) == (ImportState.DONE, 0)
    alice.refresh_from_db()
    assert alice.weight_unit == "lb"
    assert Exercise.objects.get(owner=alice).name == "Curl"
    assert BodyWeight.objects.get(user=alice).weight == 80


@pytest.mark.parametrize("rest", ["", ',"workouts":[]'])
def test_an_export_of_nothing_at_all_is_no_error(alice, alice_client, rest):
    content = '{"format":"workoutlog","version":1%s}' % rest  # noqa: UP031
    data_import = start(alice, id=uuid7(), file=SimpleUploadedFile("export", content.encode()))
    page = alice_client.get(data_import.get_absolute_url()).content.decode()
    assert "Import</button>" in page
    begin(data_import, {})
    write(data_import)
    assert data_import.state == ImportState.DONE
    assert alice_client.get(data_import.get_absolute_url()).status_code == 200


def test_undo_takes_the_body_weights_of_an_export_too(mallory, alices):
    data_import = bring_in(mallory, alices)
    assert BodyWeight.objects.filter(user=mallory).count() == 1
    data_import.undo()
    assert not BodyWeight.objects.filter(user=mallory).exists()
    data_import.restore()
    assert BodyWeight.objects.filter(user=mallory).count() == 1


def test_undo_takes_a_body_weight_said_to_be_written_later(mallory, alices):
    document = json.loads(alices)
    document["body_weights"][0]["updated_at"] = "2150-01-01T00:00:00Z"
    bring_in(mallory, json.dumps(document)).undo()
    assert not BodyWeight.objects.filter(user=mallory).exists()


def test_a_second_import_into_another_account_adds_nothing(mallory, alices):
    bring_in(mallory, alices)
    before = export(mallory)
    assert bring_in(mallory, alices).written == 0
    assert comparable(export(mallory)) == comparable(before)


@pytest.mark.parametrize(
    ("name", "equipment", "key", "found"),
    [
        ("Bench", "machine", "press", True),
        ("press", "barbell", "other", True),
        ("Press", "machine", "other", False),
    ],
    ids=["by key", "by name and equipment", "not at all"],
)
def test_another_installations_catalog_is_searched(alice, alices, name, equipment, key, found):
    erase(alice)
    Exercise.objects.get(catalog_key="press").delete()
    here = ExerciseFactory(name=name, equipment=equipment, catalog_key=key)
    bring_in(alice, alices)
    entry = SessionExercise.objects.get(workout__user=alice, order_index=0)
    assert (entry.exercise == here) == found
    if not found:
        assert (entry.exercise.owner, entry.exercise.name) == (alice, "Press")
        assert entry.exercise.equipment == "barbell"


def test_nobody_elses_exercise_or_id_is_taken(alice, mallory, alices):
    bring_in(mallory, alices)
    curl = Exercise.objects.get(owner=mallory)
    assert (curl.name, curl.primary_muscle) == ("Curl", "biceps")
    assert [alias.name for alias in curl.aliases.all()] == ["My curl"]
    assert curl.pk != Exercise.objects.get(owner=alice).pk
    assert comparable(export(alice)) == comparable(alices)


def test_settings_stay_in_an_account_that_has_workouts(alice, mallory, alices):
    content = alices.replace('"weight_unit":"kg","time_zone"', '"weight_unit":"lb","time_zone"')
    WorkoutFactory(user=mallory)
    bring_in(mallory, content)
    mallory.refresh_from_db()
    assert mallory.weight_unit == "kg"
    erase(mallory)
    bring_in(mallory, content)
    mallory.refresh_from_db()
    assert mallory.weight_unit == "lb"


def test_a_day_keeps_the_weight_it_has(mallory, alices):
    BodyWeight.objects.create(user=mallory, weighed_on="2024-03-05", weight=90)
    bring_in(mallory, alices)
    assert BodyWeight.objects.get(user=mallory).weight == 90


def test_what_a_broken_off_file_has_is_imported(alice, alices):
    WorkoutFactory(user=alice, session_date=timezone.now(), title="Later")
    content = export(alice)
    erase(alice)
    data_import = bring_in(alice, content[: content.index("Later")])
    assert data_import.written == 1
    assert data_import.bad_count == 1
    assert "breaks off" in data_import.bad_lines[0][2]


def test_a_file_in_another_order_and_shape_is_the_same(alice, alices):
    erase(alice)
    document = json.loads(alices)
    document["account"] = document.pop("account")
    bring_in(alice, json.dumps(document, indent=2))
    assert comparable(export(alice)) == comparable(alices)


def test_a_csv_sorted_otherwise_is_the_same(alice, alices):
    SetFactory(session_exercise=SessionExercise.objects.filter(workout__user=alice).last())
    content = export(alice, own_csv)
    erase(alice)
    header, *rows = content.splitlines()
    bring_in(alice, "\r\n".join([header, *reversed(rows)]))
    assert export(alice, own_csv) == content


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('{"format":"workoutlog"', "not a whole export"),
        ('{"format":"workoutlog","version":2}', "newer"),
    ],
)
def test_refuses_what_cannot_be_restored(alice, content, why):
    with pytest.raises(Refused, match=why):
        bring_in(alice, content)


ODD = st.sampled_from(
    [
        *(None, "", "x", "\0", "\ud800", "kg" * 200, "1e5", "NaN", "99999999999"),
        *([], {}, [{}], True, -1, 0, 1, 2**40, 1.5),
        *("2024-02-30", "0001-01-01T00:00:00+14:00", "2024-03-05T18:00:00"),
    ]
)


@random_accounts
@given(data=st.data())
def test_no_document_is_an_error_of_ours(db, data):
    """Values and names are changed, left out and doubled; what is good of it comes in."""
    user = data.draw(accounts())
    document = json.loads(export(user))
    erase(user)

    def parts(value):
        found = [value] if isinstance(value, dict | list) else []
        inner = value.values() if isinstance(value, dict) else value
        return found + [part for one in inner for part in parts(one)] if found else []

    for _ in range(data.draw(st.integers(1, 4))):
        part = data.draw(st.sampled_from(parts(document)))
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        if not keys:
            continue
        at = data.draw(st.sampled_from(keys))
        how = data.draw(st.sampled_from(["odd", "gone", "twice"]))
        if how == "odd" and at not in ("format", "version"):
            part[at] = data.draw(ODD)
        elif how == "gone" and isinstance(part, dict) and at not in ("format", "version"):
            del part[at]
        elif how == "twice" and isinstance(part, list):
            part.append(part[at])
    other = UserFactory()
    try:
        bring_in(other, json.dumps(document))
    except Refused:
        return
    jsonschema.validate(json.loads(export(other)), SCHEMA)
