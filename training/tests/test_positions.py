"""Positions without gaps or doubles, also when the same thing is sent twice or by two at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from training.models import Conflict, ExerciseSet, SessionExercise, WorkoutSession
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db


def order(workout):
    """Return the places and exercises of the living entries, in order."""
    entries = SessionExercise.objects.filter(workout=workout).order_by("order_index")
    return list(entries.values_list("order_index", "exercise__name"))


@pytest.fixture
def workout():
    workout = WorkoutFactory()
    for name in "ABCD":
        EntryFactory(workout=workout, exercise__name=name)
    return workout


@pytest.mark.parametrize(
    ("name", "position", "names"),
    [
        ("A", 0, "ABCD"),
        ("A", 2, "BCAD"),
        ("D", 0, "DABC"),
        ("B", 99, "ACDB"),
        ("C", -5, "CABD"),
    ],
)
def test_moves_an_exercise(workout, name, position, names):
    entry = SessionExercise.objects.get(exercise__name=name)
    workout.move_exercise(entry, position)
    assert order(workout) == list(enumerate(names))


def test_moves_among_the_living_only(workout):
    SessionExercise.objects.get(exercise__name="B").soft_delete()
    workout.move_exercise(SessionExercise.objects.get(exercise__name="A"), 1)
    assert order(workout) == [(0, "C"), (2, "A"), (3, "D")]
    SessionExercise.all_objects.get(exercise__name="B").restore()
    assert order(workout) == [(0, "C"), (1, "B"), (2, "A"), (3, "D")]


def test_moving_to_the_same_place_writes_nothing(workout):
    before = list(SessionExercise.objects.values_list("pk", "updated_at"))
    workout.move_exercise(SessionExercise.objects.get(exercise__name="B"), 1)
    assert list(SessionExercise.objects.values_list("pk", "updated_at")) == before


def test_adds_an_exercise_at_the_end_once(workout):
    exercise, id = ExerciseFactory(name="E"), uuid7()
    first = workout.add_exercise(exercise, id=id)
    assert workout.add_exercise(exercise, id=id) == first
    assert order(workout) == list(enumerate("ABCDE"))


def test_adds_no_exercise_under_an_id_that_is_taken(workout):
    taken = workout.session_exercises.first()
    with pytest.raises(Conflict) as other_exercise:
        workout.add_exercise(ExerciseFactory(), id=taken.pk)
    assert other_exercise.value.stored == taken
    with pytest.raises(Conflict):
        WorkoutFactory().add_exercise(taken.exercise, id=taken.pk)
    assert order(workout) == list(enumerate("ABCD"))


def test_logs_a_set_at_the_end_once(workout):
    entry, id = workout.session_exercises.first(), uuid7()
    first = entry.log_set(id=id, reps=5, weight=100)
    assert entry.log_set(id=id, reps=5, weight=100) == first
    entry.log_set(id=uuid7(), reps=5, weight=100)
    assert [row.set_number for row in entry.exercise_sets.order_by("set_number")] == [1, 2]


def test_logs_no_set_under_an_id_that_says_something_else(workout):
    stored = SetFactory(session_exercise__workout=workout, reps=5)
    entry = stored.session_exercise
    with pytest.raises(Conflict) as other_values:
        entry.log_set(id=stored.pk, reps=6, weight=100)
    assert other_values.value.stored == stored
    with pytest.raises(Conflict):
        EntryFactory().log_set(id=stored.pk, reps=5, weight=100)
    stored.refresh_from_db()
    assert stored.reps == 5
    assert ExerciseSet.all_objects.count() == 1


def test_adds_nothing_to_what_is_deleted(workout):
    entry = workout.session_exercises.first()
    entry.soft_delete()
    with pytest.raises(SessionExercise.DoesNotExist):
        entry.log_set(id=uuid7(), reps=5)
    workout.soft_delete()
    with pytest.raises(WorkoutSession.DoesNotExist):
        workout.add_exercise(ExerciseFactory(), id=uuid7())


def test_starts_a_workout_once(alice, mallory):
    id = uuid7()
    first = WorkoutSession.start(alice, id=id)
    assert WorkoutSession.start(alice, id=id) == first
    with pytest.raises(Conflict) as conflict:
        WorkoutSession.start(mallory, id=id)
    assert conflict.value.stored is None


@pytest.mark.django_db(transaction=True)
def test_keeps_every_set_of_eight_at_once():
    entry = EntryFactory()

    def log(thread):
        try:
            for _ in range(25):
                entry.log_set(id=uuid7(), reps=thread)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(log, range(8)))
    numbers = entry.exercise_sets.order_by("set_number").values_list("set_number", flat=True)
    assert list(numbers) == list(range(1, 201))
