"""Deletion that can be undone: what goes together comes back together, and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import User
from training.models import Exercise, ExerciseSet, SessionExercise, WorkoutSession
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory

MODELS = (WorkoutSession, SessionExercise, ExerciseSet)


def deleted():
    """Map the id of every deleted row to its instant."""
    return {
        row.pk: row.deleted_at for model in MODELS for row in model.all_objects.deleted().order_by()
    }


@pytest.fixture
def workout(db):
    """A workout of two exercises with two sets each."""
    workout = WorkoutFactory()
    for _ in range(2):
        SetFactory.create_batch(2, session_exercise=EntryFactory(workout=workout))
    return workout


@pytest.mark.parametrize("model", [User, Exercise, *MODELS])
def test_every_row_is_seen_by_django_and_living_ones_by_us(model):
    assert model._default_manager is model.all_objects
    assert model._meta.base_manager.name != "objects"
    assert "deleted_at" in str(model.objects.all().query.where)
    assert "deleted_at" not in str(model.all_objects.all().query.where)


def test_managers_and_querysets_tell_living_from_deleted(workout):
    gone = WorkoutFactory()
    gone.soft_delete()
    assert list(WorkoutSession.objects.all()) == [workout]
    assert list(WorkoutSession.all_objects.alive()) == [workout]
    assert list(WorkoutSession.all_objects.deleted()) == [gone]
    assert WorkoutSession.all_objects.count() == 2


def test_deletes_what_belongs_to_it_at_one_instant(workout):
    other = SetFactory()
    workout.soft_delete()
    assert len(deleted()) == 1 + 2 + 4
    assert set(deleted().values()) == {workout.deleted_at}
    other.refresh_from_db()
    assert other.deleted_at is None


def test_deletes_rows_in_bulk_as_well(workout):
    WorkoutFactory()
    assert WorkoutSession.objects.all().soft_delete() == 2
    assert len(deleted()) == 2 + 2 + 4
    assert len(set(deleted().values())) == 1
    assert WorkoutSession.all_objects.all().restore() == 2
    assert deleted() == {}


def test_restores_exactly_one_deletion(workout):
    first, second = workout.session_exercises.order_by("order_index")
    first.exercise_sets.first().soft_delete()
    second.soft_delete()
    before = deleted()
    workout.soft_delete()
    workout.restore()
    assert workout.deleted_at is None
    assert deleted() == before


def test_deleting_twice_keeps_the_first_instant(workout):
    workout.soft_delete()
    before = deleted()
    workout.soft_delete()
    WorkoutSession.all_objects.filter(pk=workout.pk).soft_delete()
    assert deleted() == before


def test_restoring_what_lives_changes_nothing(workout):
    seen = workout.updated_at
    workout.restore()
    workout.refresh_from_db()
    assert workout.updated_at == seen


def test_a_set_whose_number_is_taken_comes_back_at_the_end(workout):
    entry = workout.session_exercises.first()
    first, second = entry.exercise_sets.order_by("set_number")
    second.soft_delete()
    first.soft_delete()
    SetFactory(session_exercise=entry)
    first.restore()
    second.restore()
    assert [(row.reps, row.set_number) for row in (first, second)] == [(5, 2), (5, 3)]
    first.refresh_from_db()
    assert first.set_number == 2


def test_an_exercise_whose_place_is_taken_comes_back_at_the_end(workout):
    entry = workout.session_exercises.order_by("order_index").last()
    entry.soft_delete()
    EntryFactory(workout=workout)
    EntryFactory(workout=workout)
    entry.restore()
    entry.refresh_from_db()
    assert entry.order_index == 3


def test_a_place_is_also_taken_by_what_comes_back_with_the_parent(workout):
    entry = workout.session_exercises.first()
    first, second = entry.exercise_sets.order_by("set_number")
    second.soft_delete()
    newer = SetFactory(session_exercise=entry)
    entry.soft_delete()
    second.restore()
    entry.restore()
    sets = entry.exercise_sets.alive().order_by("set_number")
    assert [(row, row.set_number) for row in sets] == [(first, 1), (newer, 2), (second, 3)]


def test_a_set_whose_number_is_free_comes_back_to_its_place(workout):
    first, second = workout.session_exercises.first().exercise_sets.order_by("set_number")
    first.soft_delete()
    first.restore()
    first.refresh_from_db()
    assert (first.set_number, second.set_number) == (1, 2)


@pytest.mark.parametrize(
    "write",
    [
        lambda row: row.save(),
        lambda row: row.save(update_fields=["name"]),
        lambda row: Exercise.objects.update(name="B"),
        lambda row: Exercise.objects.bulk_update([row], ["name"]),
        lambda row: row.soft_delete(),
    ],
    ids=["save", "save-update_fields", "update", "bulk_update", "soft_delete"],
)
def test_every_write_moves_updated_at(db, write):
    long_ago = timezone.now() - timedelta(days=1)
    exercise = ExerciseFactory(updated_at=long_ago, created_at=long_ago)
    write(exercise)
    stored = Exercise.all_objects.get()
    assert stored.updated_at > long_ago + timedelta(hours=23)
    assert stored.created_at == long_ago


# A row is named by its model and number: the workout, one of 2 exercises, or one of their 4 sets.
ROWS = st.sampled_from([(0, 0), *((1, n) for n in range(2)), *((2, n) for n in range(4))])
STEPS = st.lists(st.tuples(st.sampled_from(["delete", "restore", "log"]), ROWS), max_size=25)


class AnySequence(TestCase):
    @settings(max_examples=1200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(STEPS)
    def test_keeps_positions_unique_and_restores_what_went_together(self, steps):
        workout = WorkoutFactory()
        entries = [EntryFactory(workout=workout) for _ in range(2)]
        sets = [SetFactory(session_exercise=entries[n // 2]) for n in range(4)]
        rows = ([workout], entries, sets)
        for verb, (kind, number) in steps:
            row = type(rows[kind][number]).all_objects.get(pk=rows[kind][number].pk)
            before = deleted()
            if verb == "log":
                if entry := SessionExercise.objects.filter(pk=entries[number % 2].pk).first():
                    SetFactory(session_exercise=entry)
            elif verb == "delete" and row.deleted_at is None:
                row.soft_delete()
                went = deleted().keys() - before.keys()
                assert {deleted()[pk] for pk in went} == {row.deleted_at}
                assert {pk: deleted()[pk] for pk in before} == before
            elif verb == "restore" and row.deleted_at is not None:
                instant = row.deleted_at
                row.restore()
                came = before.keys() - deleted().keys()
                assert row.pk in came
                assert {before[pk] for pk in came} == {instant}
                assert came == {pk for pk, at in before.items() if at == instant and below(row, pk)}
            assert_positions_are_unique(workout)


def below(row, pk):
    """Is it the row itself, or does it belong to the row?"""
    if pk == row.pk:
        return True
    children = [child for name in row.deleted_together for child in getattr(row, name).all()]
    return any(below(child, pk) for child in children)


def assert_positions_are_unique(workout):
    entries = SessionExercise.objects.filter(workout=workout)
    assert len({entry.order_index for entry in entries}) == len(entries)
    for entry in workout.session_exercises.all():
        sets = ExerciseSet.objects.filter(session_exercise=entry)
        assert len({row.set_number for row in sets}) == len(sets)
