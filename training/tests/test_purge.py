"""Purging: what lay in the trash long enough is gone, and nothing that anybody could miss."""

import threading
from contextlib import suppress
from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from training import purge as purging
from training.importing import writing
from training.models import (
    BodyWeight,
    Exercise,
    ExerciseSet,
    Import,
    SessionExercise,
    WorkoutSession,
)
from training.tests.factories import (
    AliasFactory,
    EntryFactory,
    ExerciseFactory,
    SetFactory,
    WorkoutFactory,
)
from training.tests.strong_files import bring_in, preview, strong_workouts
from workoutlog.db import SoftDeleteModel

pytestmark = pytest.mark.django_db

TABLES = (WorkoutSession, SessionExercise, ExerciseSet, Exercise, BodyWeight)


def purge(days=30):
    out = StringIO()
    call_command("purge_deleted", older_than=days, stdout=out)
    return out.getvalue()


@pytest.fixture
def later(monkeypatch):
    """Move the clock so many days on."""
    real = timezone.now

    def move(days):
        monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(days=days))

    return move


@pytest.fixture
def workout(alice):
    """A workout of two exercises with two sets each."""
    workout = WorkoutFactory(user=alice)
    for _ in range(2):
        SetFactory.create_batch(2, session_exercise=EntryFactory(workout=workout))
    return workout


def rows():
    return {(model, row["id"]): row for model in TABLES for row in model.all_objects.values()}


def weigh(user, **values):
    return BodyWeight.objects.create(user=user, weighed_on="2026-03-05", weight=80, **values)


def test_every_table_with_a_trash_is_emptied():
    """A new one belongs into `purging._due()`, and into this test."""
    kept = {User}  # Which goes with everything of it, and has its own tests.
    models = {model for model in apps.get_models() if issubclass(model, SoftDeleteModel)}
    assert models - kept == set(TABLES)
    assert {queryset.model for queryset, _ in purging._due(timezone.now())} == set(TABLES)


def test_deletes_each_kind_when_its_time_has_come(alice, later):
    logged = SetFactory(session_exercise__workout__user=alice)
    gone = [
        SetFactory(session_exercise=logged.session_exercise),
        SetFactory(session_exercise__workout=logged.session_exercise.workout).session_exercise,
        SetFactory(session_exercise__workout__user=alice).session_exercise.workout,
        AliasFactory(exercise__owner=alice).exercise,
        weigh(alice),
    ]
    for row in gone:
        row.soft_delete()
    stay = rows()
    later(29)
    purge()
    assert rows() == stay
    later(30)
    line = purge()
    assert line == (
        "Purged: 0 accounts, 1 workout, 2 exercises in workouts, 3 sets, 1 own exercise,"
        " 1 body weight.\n"
    )
    assert all(deleted is None for deleted in (row["deleted_at"] for row in rows().values()))
    assert rows().keys() == {
        (type(row), row.pk)
        for row in (
            logged,
            logged.session_exercise,
            logged.session_exercise.workout,
            *Exercise.all_objects.all(),
        )
    }


def test_is_safe_twice(workout, later):
    workout.soft_delete()
    later(31)
    assert "1 workout, 2 exercises in workouts, 4 sets" in purge()
    before = rows()
    assert purge().startswith("Purged: 0 accounts, 0 workouts, 0 exercises in workouts, 0 sets")
    assert rows() == before


def test_takes_no_part_of_what_is_not_due(workout, later):
    """A set that went long before its workout is due alone; what went with the workout is not."""
    first = ExerciseSet.objects.filter(session_exercise__workout=workout).first()
    first.soft_delete()
    later(20)
    workout.soft_delete()
    later(40)
    assert "0 workouts, 0 exercises in workouts, 1 set," in purge()
    workout.restore()
    assert ExerciseSet.objects.filter(session_exercise__workout=workout).count() == 3


def test_goes_in_batches_of_bounded_size(alice, later, monkeypatch):
    monkeypatch.setattr(purging, "BATCH", 2)
    for _ in range(5):
        SetFactory(session_exercise__workout__user=alice).session_exercise.workout.soft_delete()
    later(31)
    with CaptureQueriesContext(connection) as queries:
        assert "5 workouts, 5 exercises in workouts, 5 sets" in purge()
    deletes = [one["sql"] for one in queries if one["sql"].startswith("DELETE FROM")]
    assert len([sql for sql in deletes if "workout_sessions" in sql.split("WHERE")[0]]) == 3


class TestImports:
    @pytest.fixture
    def press(self, db):
        return ExerciseFactory(name="Bench Press")

    def test_unfinished_ones_go_when_nobody_went_on_with_them(
        self, alice_client, mallory_client, press, later, monkeypatch
    ):
        monkeypatch.setattr(writing, "WORKOUTS_AT_ONCE", 1)
        preview(alice_client, strong_workouts(3))
        begun = preview(mallory_client, strong_workouts(3, names=["Zercher Thing"]))
        writing.begin(begun, {})
        writing.write(begun, seconds=1e-9)
        mine = SetFactory()
        later(29)
        purge()
        assert Import.objects.count() == 2
        later(31)
        purge()
        assert not Import.objects.exists()
        assert list(WorkoutSession.all_objects.all()) == [mine.session_exercise.workout]
        assert list(ExerciseSet.all_objects.all()) == [mine]

    def test_one_that_was_undone_goes_with_its_workouts(self, alice_client, press, later):
        done = bring_in(alice_client, strong_workouts(3))
        done.undo()
        later(29)
        purge()
        assert WorkoutSession.all_objects.count() == 3
        later(31)
        purge()
        assert not WorkoutSession.all_objects.exists()
        assert not Import.objects.exists()

    @pytest.mark.parametrize("is_edited", [True, False])
    def test_one_that_is_done_stays_as_long_as_it_can_be_undone(
        self, alice_client, later, is_edited
    ):
        done = bring_in(alice_client, strong_workouts(3, names=["Zercher Thing"]))
        made = done.made
        assert made["exercises"]
        workout = WorkoutSession.objects.first()
        if is_edited:
            workout.edit(workout.updated_at, title="Mine")
        purge(0)
        done.refresh_from_db()
        assert done.made == made
        later(31)
        purge()
        done.refresh_from_db()
        assert done.made == ({} if is_edited else made)
        assert WorkoutSession.objects.count() == 3


class TestExercises:
    def purge(self, later):
        later(31)
        purge()
        return set(Exercise.all_objects.all())

    def test_keeps_what_a_workout_names(self, alice, later):
        named = ExerciseFactory.create_batch(2, owner=alice)
        EntryFactory(workout__user=alice, exercise=named[0])
        entry = EntryFactory(workout__user=alice, exercise=named[1])
        for row in named:
            row.soft_delete()
        later(20)
        entry.workout.soft_delete()
        assert self.purge(later) == set(named)

    def test_goes_with_the_last_workout_that_names_it(self, alice, later):
        entry = EntryFactory(workout__user=alice, exercise__owner=alice)
        entry.workout.soft_delete()
        entry.exercise.soft_delete()
        assert self.purge(later) == set()

    def test_keeps_what_was_merged_and_what_it_became(self, alice, later):
        source, target = ExerciseFactory.create_batch(2, owner=alice)
        source.merge_into(target)
        target.soft_delete()
        assert self.purge(later) == {source, target}

    def test_keeps_the_catalog(self, later):
        retired = ExerciseFactory()
        retired.soft_delete()
        assert self.purge(later) == {retired}


def test_living_workouts_of_nobody_stay_and_deleted_ones_go(later):
    living, deleted = WorkoutFactory.create_batch(2, user=None)
    deleted.soft_delete()
    later(31)
    purge()
    assert list(WorkoutSession.all_objects.all()) == [living]


@pytest.mark.parametrize("days", ["", None, "-1", "1.5", "ten", "²", "1e3", "9" * 30])
def test_says_in_one_line_which_days_it_takes(workout, days):
    workout.soft_delete()
    with pytest.raises(CommandError) as error:
        purge(days)
    assert str(error.value).startswith("--older-than takes")
    assert "\n" not in str(error.value)
    assert WorkoutSession.all_objects.exists()


@pytest.mark.parametrize("arguments", [["--older-than"], ["--older-than", "-1"], []])
def test_says_so_on_the_command_line_too(arguments):
    with pytest.raises(CommandError, match=r"^--older-than takes a whole number of days"):
        call_command("purge_deleted", *arguments)


def test_zero_days_empties_all_of_it(workout):
    workout.soft_delete()
    call_command("purge_deleted", "--older-than", "0", verbosity=0)
    assert not WorkoutSession.all_objects.exists()


def in_thread(work):
    def run():
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["workout", "entry"])
def test_leaves_alone_what_is_just_being_restored(workout, what):
    """Whoever restores was first, so that all of it is back; the purge does not wait for that."""
    entry = workout.session_exercises.first()
    row = {"workout": workout, "entry": entry}[what]
    everything = rows().keys()
    row.soft_delete()
    WorkoutFactory(user=workout.user).soft_delete()
    restored, seen = threading.Event(), threading.Event()

    def restore():
        with transaction.atomic():
            row.restore()
            restored.set()
            # On SQLite, which has one writer at a time, the purge waits until this is over.
            seen.wait(10 if connection.vendor == "postgresql" else 0.5)

    thread = in_thread(restore)
    assert restored.wait(10)
    purge(0)
    seen.set()
    thread.join()
    assert rows().keys() == everything
    assert all(one["deleted_at"] is None for one in rows().values())


@pytest.mark.django_db(transaction=True)
def test_either_restores_whole_workouts_or_purges_them(alice):
    """Many purges and restores at once: no workout is back with a part of its sets."""
    workouts = []
    for _ in range(30):
        entry = SetFactory(session_exercise__workout__user=alice).session_exercise
        SetFactory(session_exercise=entry)
        entry.workout.soft_delete()
        workouts.append(entry.workout)

    def restore():
        for workout in workouts[::-1]:
            with suppress(WorkoutSession.DoesNotExist):
                workout.restore()

    thread = in_thread(restore)
    purge(0)
    thread.join()
    left = WorkoutSession.all_objects.all()
    assert not left.deleted().exists()
    assert SessionExercise.all_objects.count() == left.count()
    assert ExerciseSet.all_objects.count() == 2 * left.count()
