"""In the admin, the catalog is curated and workouts are looked at."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from training.models import Exercise, SetKind, WorkoutSession
from training.tests.factories import (
    AliasFactory,
    EntryFactory,
    ExerciseFactory,
    SetFactory,
    WorkoutFactory,
)

EXERCISES = reverse("admin:training_exercise_changelist")
WORKOUTS = reverse("admin:training_workoutsession_changelist")


def page_of(row, role="change"):
    return reverse(f"admin:training_{row._meta.model_name}_{role}", args=[row.pk])


def listed(client, url=EXERCISES, **query):
    return list(client.get(url, query).context["cl"].result_list)


def form(exercise, **values):
    """Return what the change page sends; its aliases are empty."""
    return {
        "name": exercise.name,
        "equipment": exercise.equipment,
        "measure": exercise.measure,
        "primary_muscle": exercise.primary_muscle,
        "secondary_muscles": exercise.secondary_muscles,
        "in_picker": "" if exercise.deleted_at else "on",
        "aliases-TOTAL_FORMS": 0,
        "aliases-INITIAL_FORMS": 0,
    } | values


def act(client, action, *exercises):
    data = {"action": action, "_selected_action": [exercise.pk for exercise in exercises]}
    page = client.post(EXERCISES, data, follow=True)
    return [str(message) for message in page.context["messages"]]


def test_lists_retired_exercises_and_lifters_own_too(admin_client, alice):
    catalog = ExerciseFactory(name="Bench Press")
    own = ExerciseFactory(name="My Press", owner=alice)
    retired = ExerciseFactory(name="Old Press")
    retired.soft_delete()
    assert listed(admin_client) == [catalog, own, retired]
    assert listed(admin_client, whose="catalog") == [catalog, retired]
    assert listed(admin_client, whose="own") == [own]
    assert listed(admin_client, state="picker") == [catalog, own]
    assert listed(admin_client, state="retired") == [retired]


@pytest.mark.parametrize(
    ("field", "value"),
    [("equipment", "machine"), ("primary_muscle", "quads"), ("measure", "time")],
)
def test_filters_the_list(admin_client, field, value):
    ExerciseFactory()
    found = ExerciseFactory(**{field: value})
    assert listed(admin_client, **{f"{field}__exact": value}) == [found]


def test_finds_by_name_and_alias_once_each_and_counts_the_use(admin_client):
    exercise = ExerciseFactory(name="Bench Press")
    for name in ("Bench", "Flat Bench", "BB Bench"):
        AliasFactory(exercise=exercise, name=name)
    EntryFactory.create_batch(2, exercise=exercise)
    EntryFactory(exercise=exercise).soft_delete()
    EntryFactory(exercise=exercise).workout.soft_delete()
    assert [row.times_used for row in listed(admin_client, q="bench")] == [2]
    assert listed(admin_client, q="flat") == [exercise]


def test_orders_by_times_used(admin_client):
    rare, often = ExerciseFactory(name="A"), ExerciseFactory(name="B")
    EntryFactory(exercise=rare)
    EntryFactory.create_batch(2, exercise=often)
    # Columns are counted from 1, the checkbox aside.
    assert listed(admin_client, o="-5") == [often, rare]


def test_retires_and_restores(admin_client):
    exercise, other = ExerciseFactory(), ExerciseFactory()
    entry = EntryFactory(exercise=exercise)
    assert act(admin_client, "retire", exercise) == [
        "Retired 1: out of the picker, still named in every history."
    ]
    assert list(Exercise.objects.all()) == [other]
    entry.refresh_from_db()
    assert entry.name == exercise.name
    assert act(admin_client, "restore", exercise, other) == ["Restored 1: in the picker again."]
    assert Exercise.objects.count() == 2
    assert {log.get_change_message() for log in LogEntry.objects.all()} == {"Retired.", "Restored."}


def test_retires_what_a_search_found(admin_client):
    exercise = ExerciseFactory(name="Bench Press")
    AliasFactory.create_batch(2, exercise=exercise)
    data = {"action": "retire", "_selected_action": [exercise.pk]}
    admin_client.post(f"{EXERCISES}?q=alias&o=-5", data)
    assert not Exercise.objects.exists()


def test_says_when_the_name_is_taken_meanwhile(admin_client):
    retired = ExerciseFactory(name="Bench Press")
    retired.soft_delete()
    ExerciseFactory(name="bench press")
    other = ExerciseFactory()
    other.soft_delete()
    messages = act(admin_client, "restore", retired, other)
    assert sorted(messages) == [
        "Bench Press stays retired: another exercise in the picker has its name and equipment. "
        "Rename or retire that one first.",
        "Restored 1: in the picker again.",
    ]
    page = admin_client.post(page_of(retired), form(retired, in_picker="on"))
    assert "already has an exercise of this name" in page.content.decode()
    assert Exercise.objects.count() == 2


def test_retires_and_restores_on_the_page_of_the_exercise(admin_client):
    exercise = ExerciseFactory()
    assert admin_client.post(page_of(exercise), form(exercise, in_picker="")).status_code == 302
    exercise.refresh_from_db()
    assert exercise.deleted_at is not None
    admin_client.post(page_of(exercise), form(exercise, in_picker="on"))
    exercise.refresh_from_db()
    assert exercise.deleted_at is None


def test_never_deletes_what_a_history_names(admin_client):
    used, unused = ExerciseFactory(), ExerciseFactory()
    EntryFactory(exercise=used).soft_delete()
    assert admin_client.post(page_of(used, "delete"), {"post": "yes"}).status_code == 403
    assert admin_client.post(page_of(unused, "delete"), {"post": "yes"}).status_code == 302
    assert list(Exercise.objects.all()) == [used]
    act(admin_client, "delete_selected", used)
    assert list(Exercise.objects.all()) == [used]
    assert "delete_selected" not in admin_client.get(EXERCISES).content.decode()


def test_adds_an_exercise_with_aliases(admin_client):
    data = form(ExerciseFactory.build(), name="Pec Deck", secondary_muscles=["triceps"])
    data |= {"aliases-TOTAL_FORMS": 2, "aliases-0-name": "Butterfly", "aliases-1-name": "Fly"}
    admin_client.post(reverse("admin:training_exercise_add"), data)
    exercise = Exercise.objects.get()
    assert (exercise.owner, exercise.secondary_muscles) == (None, ["triceps"])
    assert [alias.name for alias in exercise.aliases.all()] == ["Butterfly", "Fly"]


def test_refuses_a_name_that_the_catalog_has(admin_client):
    ExerciseFactory(name="Bench Press")
    data = form(ExerciseFactory.build(), name="BENCH PRESS")
    page = admin_client.post(reverse("admin:training_exercise_add"), data)
    assert "already has an exercise of this name" in page.content.decode()


def test_refuses_the_same_alias_twice(admin_client):
    exercise = ExerciseFactory()
    data = form(exercise, **{"aliases-0-name": "Fly", "aliases-1-name": "FLY"})
    page = admin_client.post(page_of(exercise), data | {"aliases-TOTAL_FORMS": 2})
    assert "The exercise already has this alias." in page.content.decode()


def test_writes_only_what_was_changed(admin_client, monkeypatch):
    exercise = ExerciseFactory(name="Bench Press")
    stale = Exercise.all_objects.get()
    Exercise.objects.update(measure="time")
    saved = []
    monkeypatch.setattr(
        Exercise, "save", lambda self, update_fields: saved.append(sorted(update_fields))
    )
    stale.measure = "time"
    admin_client.post(page_of(exercise), form(stale, name="Flat Press", secondary_muscles=["abs"]))
    admin_client.post(page_of(exercise), form(stale))
    assert saved == [["name", "secondary_muscles"]]


def test_shows_a_workout_with_its_sets(admin_client, alice):
    entry = EntryFactory(workout__user=alice, exercise__name="Bench Press", workout__title="Push")
    SetFactory(session_exercise=entry, kind=SetKind.WARMUP, weight="82.5", rpe=8)
    SetFactory(session_exercise=entry, reps=None, weight=None, duration_seconds=90).soft_delete()
    text = admin_client.get(page_of(entry.workout)).content.decode()
    assert "Bench Press" in text
    assert "1. 82.5 kg × 5 reps, Warm-up, RPE 8<" in text
    assert re.search(r"2\. 1:30, Deleted 20\d\d-", text)


def test_lists_workouts_with_their_counts(admin_client, alice):
    entry = EntryFactory(workout__user=alice)
    SetFactory.create_batch(3, session_exercise=entry)
    SetFactory(session_exercise=entry).soft_delete()
    SetFactory(session_exercise__workout=entry.workout).session_exercise.soft_delete()
    WorkoutFactory().soft_delete()
    [found] = listed(admin_client, WORKOUTS, q="alice@")
    assert (found.living_exercises, found.living_sets) == (1, 3)
    assert len(listed(admin_client, WORKOUTS)) == 2


def test_changes_no_workout(admin_client):
    workout = WorkoutFactory(title="Push")
    assert admin_client.post(page_of(workout), {"title": "Pull"}).status_code == 403
    assert admin_client.post(page_of(workout, "delete"), {"post": "yes"}).status_code == 403
    assert admin_client.get(reverse("admin:training_workoutsession_add")).status_code == 403
    assert WorkoutSession.objects.get().title == "Push"


@pytest.mark.parametrize("rows", [1, 9])
def test_pages_cost_the_same_for_many(admin_client, alice, django_assert_num_queries, rows):
    workout = WorkoutFactory()
    for _ in range(rows):
        exercise = ExerciseFactory(owner=alice)
        AliasFactory(exercise=exercise)
        SetFactory(session_exercise=EntryFactory(workout=workout, exercise=exercise))
        EntryFactory(exercise=exercise)
    with django_assert_num_queries(6):
        admin_client.get(EXERCISES)
    with django_assert_num_queries(7):
        admin_client.get(WORKOUTS)
    with django_assert_num_queries(6):
        admin_client.get(page_of(workout))
    exercise = Exercise.objects.first()
    AliasFactory.create_batch(rows, exercise=exercise)
    with django_assert_num_queries(6):
        admin_client.get(page_of(exercise))


def test_is_closed_to_lifters(alice_client):
    exercise = ExerciseFactory()
    for url in (EXERCISES, WORKOUTS, page_of(exercise)):
        assert alice_client.get(url).status_code in (302, 403)
    alice_client.post(page_of(exercise), form(exercise, name="Mine"))
    assert Exercise.objects.get().name == exercise.name
