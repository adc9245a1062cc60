"""The way back from an import, and back again."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from training.models import (
    BodyWeight,
    Exercise,
    ExerciseSet,
    Import,
    ImportState,
    SessionExercise,
    WorkoutSession,
)
from training.tests.factories import (
    EntryFactory,
    ExerciseFactory,
    SetFactory,
    WorkoutFactory,
)
from training.tests.strong_files import (
    bring_in,
    page,
    strong,
    strong_workouts,
)

pytestmark = pytest.mark.django_db


class TestUndo:
    def undo(self, client, data_import, **body):
        client.post(f"/import/{data_import.pk}/undo/", body)
        data_import.refresh_from_db()

    def test_takes_everything_back_and_lets_it_be_imported_again(self, alice_client, alice):
        names = ["Zercher Thing"]
        mine = SetFactory(session_exercise__workout__user=alice)
        done = bring_in(alice_client, strong_workouts(3, names=names))
        assert "Undo import" in page(alice_client, done)
        self.undo(alice_client, done)
        assert done.state == ImportState.UNDONE
        assert list(ExerciseSet.objects.for_user(alice)) == [mine]
        assert not Exercise.objects.filter(owner=alice).exists()
        again = bring_in(alice_client, strong_workouts(3, names=names))
        assert again.written == 3
        own = Exercise.all_objects.get(owner=alice)
        assert own.deleted_at is None
        self.undo(alice_client, again)
        own.refresh_from_db()
        assert own.deleted_at

    def test_can_be_taken_back_itself(self, alice_client, alice):
        done = bring_in(alice_client, strong_workouts(3, names=["Zercher Thing"]))
        gone = WorkoutSession.objects.first()
        gone.soft_delete()
        self.undo(alice_client, done)
        alice_client.post(f"/import/{done.pk}/restore/")
        assert WorkoutSession.objects.for_user(alice).count() == 2
        assert ExerciseSet.objects.for_user(alice).count() == 6
        assert Exercise.objects.filter(owner=alice).count() == 1
        done.refresh_from_db()
        assert done.state == ImportState.DONE
        assert done.edited().count() == 0

    def edit_set(self, workout):
        done = ExerciseSet.objects.filter(session_exercise__workout=workout).first()
        done.edit(done.updated_at, reps=9)

    def remove_set(self, workout):
        ExerciseSet.objects.filter(session_exercise__workout=workout).first().soft_delete()

    def add_set(self, workout):
        SetFactory(session_exercise=workout.session_exercises.get())

    def add_exercise(self, workout):
        EntryFactory(workout=workout)

    def rename(self, workout):
        workout.edit(workout.updated_at, title="Mine")

    @pytest.mark.parametrize(
        "edit", [edit_set, remove_set, add_set, add_exercise, rename], ids=lambda one: one.__name__
    )
    @pytest.mark.parametrize("also", [False, True])
    def test_leaves_what_was_edited_unless_asked(
        self, alice_client, alice, bench_press, edit, also
    ):
        done = bring_in(alice_client, strong_workouts(3))
        workout = WorkoutSession.objects.first()
        edit(self, workout)
        assert "1 of the workouts was edited since" in page(alice_client, done)
        self.undo(alice_client, done, **({"also_edited": "on"} if also else {}))
        assert list(WorkoutSession.objects.for_user(alice)) == ([] if also else [workout])

    def test_untouched_it_can_be_undone_any_time(self, alice_client, alice, bench_press):
        done = bring_in(alice_client, strong_workouts(2))
        self.long_ago(done)
        self.undo(alice_client, done)
        assert not WorkoutSession.objects.for_user(alice).exists()

    def test_edited_it_cannot_be_undone_after_30_days(self, alice_client, alice, bench_press):
        done = bring_in(alice_client, strong_workouts(2))
        self.long_ago(done)
        self.rename(WorkoutSession.objects.first())
        assert "Undo import" not in page(alice_client, done)
        self.undo(alice_client, done, also_edited="on")
        assert WorkoutSession.objects.for_user(alice).count() == 2

    def long_ago(self, done):
        at = timezone.now() - timedelta(days=31)
        Import.objects.update(done_at=at)
        for model in (WorkoutSession, SessionExercise, ExerciseSet):
            model.objects.update(updated_at=at)

    def test_leaves_an_own_exercise_that_is_used_elsewhere(self, alice_client, alice):
        done = bring_in(alice_client, strong_workouts(1, names=["Zercher Thing"]))
        own = Exercise.objects.get()
        EntryFactory(workout=WorkoutFactory(user=alice), exercise=own)
        self.undo(alice_client, done)
        assert list(Exercise.objects.filter(owner=alice)) == [own]


class TestBodyWeights:
    HEADER = (
        "\ufeffDate (yyyy/mm/dd),Workout,Workout Name,Program Name,Body Weight (KG),Exercise,"
        "Sets×Reps,Sets×Time,Top Set (Reps×KG),e1RM (KG),Reps,Volume (KG),Workout Volume (KG),"
        "Duration (hours),Start Time (h:mm),End Time (h:mm),Notes,Set 1 (Reps),Set 1 (KG)"
    )

    def test_come_only_for_days_without_one_and_go_with_the_import(self, alice_client, alice):
        ExerciseFactory(name="Squat")
        row = "{},1,A,5×5,{},Squat,1×5,,5×60,70,5,300,300,0.5,18:00,18:30,,5,60"
        rows = [row.format("2024/03/05", 80), row.format("2024/03/06", 81)]
        mine = BodyWeight.objects.create(user=alice, weighed_on=date(2024, 3, 5), weight=79)
        done = bring_in(alice_client, strong(*rows, header=self.HEADER))
        weights = BodyWeight.objects.for_user(alice).order_by("weighed_on")
        assert [int(one.weight) for one in weights] == [79, 81]
        alice_client.post(f"/import/{done.pk}/undo/")
        assert list(weights.all()) == [mine]
        alice_client.post(f"/import/{done.pk}/restore/")
        assert [int(one.weight) for one in weights.all()] == [79, 81]
