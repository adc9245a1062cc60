"""Imports: nothing before it is asked for, nothing lost, nothing doubled, and a way back."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from training.exporting import hevy, own_csv, own_json
from training.exporting import strong as strong_export
from training.importing import staging, writing
from training.importing.staging import start
from training.importing.writing import begin, write
from training.models import (
    Exercise,
    ExerciseSet,
    Import,
    ImportState,
    ImportWorkout,
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
    HEADER,
    bring_in,
    do,
    page,
    preview,
    strong,
    strong_workouts,
)
from training.wording import set_text
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db


class TestImport:
    def test_shows_everything_before_it_writes_anything(self, alice_client, alice, bench_press):
        data_import = preview(alice_client, strong_workouts(3))
        shown = page(alice_client, data_import)
        for text in ("3 workouts will be imported", "5 Mar 2024", "7 Mar 2024", "Bench Press"):
            assert text in shown
        assert "Strong" in shown
        assert not WorkoutSession.all_objects.exists()
        assert not ExerciseSet.all_objects.exists()

    def test_writes_all_that_the_file_says(self, alice_client, alice, bench_press):
        run = "Treadmill"
        text = strong(
            '2024-03-05 18:01:09,"Push",1h 5m,"Bench Press (Barbell)",W,40,10,0,0,"","strong!",',
            '2024-03-05 18:01:09,"Push",1h 5m,"Bench Press (Barbell)",1,82.5,8,0,0,"slow","",8.5',
            '2024-03-05 18:01:09,"Push",1h 5m,"Bench Press (Barbell)",F,0,0,0,0,"","",',
            f'2024-03-05 18:01:09,"Push",1h 5m,"{run}",1,0,0,5.2,1500,"","",',
            '2024-03-05 18:01:09,"Push",1h 5m,"Bench Press (Barbell)",1,60,12,0,0,"","",',
        )
        done = bring_in(alice_client, text)
        workout = WorkoutSession.objects.for_user(alice).with_log().get()
        assert (workout.title, workout.notes) == ("Push", "strong!")
        assert workout.session_date == datetime(2024, 3, 5, 17, 1, 9, tzinfo=UTC)
        assert workout.finished_at - workout.session_date == timedelta(hours=1, minutes=5)
        assert workout.time_zone == "Europe/Berlin"
        assert [entry.name for entry in workout.log] == ["Bench Press", run, "Bench Press"]
        assert [entry.order_index for entry in workout.log] == [0, 1, 2]
        sets = workout.log[0].sets
        assert [(s.kind, s.weight, s.reps, s.rpe) for s in sets] == [
            ("warmup", 40, 10, None),
            ("work", Decimal("82.5"), 8, Decimal("8.5")),
            ("failure", 0, 0, None),
        ]
        assert workout.log[0].notes == "Set 2: slow"
        [ran] = workout.log[1].sets
        assert (ran.distance_meters, ran.duration_seconds) == (5200, 1500)
        assert (done.written, done.written_sets) == (1, 5)
        assert not ImportWorkout.objects.exists()
        assert (done.facts, done.names, done.odd) == ({}, [], [])

    def test_rests_are_no_sets_and_a_zero_stays_one(self, alice_client, alice, bench_press):
        row = '2024-03-05 18:01:09;"Push";"{}";{};{};kg;{};;;;{};"";"";65m'
        header = (
            "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;"
            "Distance Unit;Seconds;Notes;Workout Notes;Workout Duration"
        )
        rows = [
            row.format("Pull Up", 1, 0, 8, 0),
            row.format("Pull Up", "Rest Timer", "", "", 90),
            row.format("Pull Up", 2, "12,5", 0, 0),
        ]
        bring_in(alice_client, strong(*rows, header=header))
        sets = ExerciseSet.objects.for_user(alice).order_by("set_number")
        assert list(sets.values_list("weight", "reps")) == [(0, 8), (Decimal("12.5"), 0)]
        assert SessionExercise.objects.get().rest_seconds == 90

    def test_the_same_file_again_adds_nothing(self, alice_client, alice, bench_press):
        bring_in(alice_client, strong_workouts(3))
        again = preview(alice_client, strong_workouts(3))
        assert "every workout is here already" in page(alice_client, again)
        assert do(alice_client, again).written == 0
        assert WorkoutSession.objects.for_user(alice).count() == 3

    def test_a_longer_file_adds_only_the_new(self, alice_client, alice, bench_press):
        bring_in(alice_client, strong_workouts(3))
        longer = preview(alice_client, strong_workouts(5))
        assert "3 of the workouts are here already" in page(alice_client, longer)
        assert do(alice_client, longer).written == 2
        assert WorkoutSession.objects.for_user(alice).count() == 5

    def test_knows_what_it_imported_although_it_was_edited(self, alice_client, alice, bench_press):
        bring_in(alice_client, strong_workouts(1))
        workout = WorkoutSession.objects.get()
        moved = workout.session_date + timedelta(days=400)
        workout.edit(workout.updated_at, title="Other", session_date=moved)
        assert bring_in(alice_client, strong_workouts(1)).written == 0

    def test_knows_a_workout_of_the_same_minute_title_and_sets(self, alice_client, alice):
        when = datetime(2024, 3, 5, 17, 1, tzinfo=UTC)
        workout = WorkoutFactory(user=alice, title="push", session_date=when)
        SetFactory.create_batch(3, session_exercise=EntryFactory(workout=workout))
        assert bring_in(alice_client, strong_workouts(1)).written == 0
        assert bring_in(alice_client, strong_workouts(1, sets=4)).written == 1

    def test_keeps_two_workouts_that_look_alike(self, alice_client, alice, bench_press):
        header = HEADER.replace("Date", "Workout #,Date", 1).replace("Weight", "Weight (kg)")
        header = header.replace("Duration", "Duration (sec)").replace(
            "Distance", "Distance (meters)"
        )
        rows = [
            f"{number},2024-03-05 18:01:09,Push,60,Bench Press (Barbell),1,80,8,,,,,"
            for number in (1, 2)
        ]
        text = strong(*rows, header=header)
        assert bring_in(alice_client, text).written == 2
        assert bring_in(alice_client, text).written == 0

    def test_says_what_changed_in_the_file_since(self, alice_client, alice, bench_press):
        bring_in(alice_client, strong_workouts(2))
        changed = preview(alice_client, strong_workouts(2, sets=4))
        shown = page(alice_client, changed)
        assert "2 workouts are here already, but with something else" in shown
        assert "Import these again" in shown
        assert do(alice_client, changed).written == 0
        changed = preview(alice_client, strong_workouts(2, sets=4))
        assert do(alice_client, changed, changed="on").written == 2

    def test_hides_what_is_half_written(self, alice_client, alice, bench_press, monkeypatch):
        monkeypatch.setattr(writing, "WORKOUTS_AT_ONCE", 2)
        data_import = preview(alice_client, strong_workouts(5))
        begin(data_import, {})
        write(data_import, seconds=1e-9)
        assert WorkoutSession.all_objects.filter(user=None).count() == 2
        assert not WorkoutSession.all_objects.for_user(alice).exists()
        shown = alice_client.get("/import/").content.decode()
        assert "2 of 5 workouts written" in shown
        assert "Continue" in shown
        write(Import.objects.get(pk=data_import.pk))
        assert WorkoutSession.objects.for_user(alice).count() == 5
        assert ExerciseSet.objects.for_user(alice).count() == 15

    def test_goes_on_after_an_error_where_it_was(
        self, alice_client, alice, bench_press, monkeypatch
    ):
        monkeypatch.setattr(writing, "WORKOUTS_AT_ONCE", 2)
        data_import = preview(alice_client, strong_workouts(5))
        begin(data_import, {})
        write(data_import, seconds=1e-9)

        def fail(*args, **kwargs):
            raise RuntimeError

        with monkeypatch.context() as patch:
            patch.setattr(ExerciseSet.objects, "bulk_create", fail)
            with pytest.raises(RuntimeError):
                write(data_import)
        assert do(alice_client, data_import).written == 5
        assert ExerciseSet.all_objects.count() == 15

    def test_two_tabs_double_nothing(self, alice_client, alice, bench_press, monkeypatch):
        monkeypatch.setattr(writing, "WORKOUTS_AT_ONCE", 1)
        data_import = preview(alice_client, strong_workouts(4))
        other = Import.objects.get(pk=data_import.pk)
        begin(data_import, {})
        begin(other, {"unit": "lb"})
        for _ in range(4):
            write(data_import, seconds=1e-9)
            write(other, seconds=1e-9)
        assert WorkoutSession.objects.for_user(alice).count() == 4
        assert set(ExerciseSet.objects.values_list("weight_unit", flat=True)) == {"kg"}

    def test_a_long_file_is_read_after_the_upload(
        self, alice_client, alice, bench_press, monkeypatch
    ):
        monkeypatch.setattr(staging, "ROWS_AT_ONCE", 5)
        monkeypatch.setattr(staging, "BATCH", 2)
        data_import = preview(alice_client, strong_workouts(5))
        assert data_import.state == ImportState.READING
        assert "0 of 15" in page(alice_client, data_import)

        def fail_at_last(batch, wrapped=staging.ImportWorkout.objects.bulk_create):
            batch = list(batch)
            if len(batch) < 2:
                raise RuntimeError
            return wrapped(batch)

        with monkeypatch.context() as patch:
            patch.setattr(ImportWorkout.objects, "bulk_create", fail_at_last)
            with pytest.raises(RuntimeError):
                staging.read(data_import)
        assert "12 of 15" in page(alice_client, data_import)
        url = f"/import/{data_import.pk}/continue/"
        response = alice_client.post(url, headers={"HX-Request": "true"})
        assert response.headers["HX-Redirect"] == data_import.get_absolute_url()
        assert ImportWorkout.objects.count() == 5
        assert do(alice_client, data_import).written == 5

    def test_two_readers_of_a_file_stage_it_once(self, alice_client, bench_press, monkeypatch):
        monkeypatch.setattr(staging, "ROWS_AT_ONCE", 5)
        data_import = preview(alice_client, strong_workouts(5))
        other = Import.objects.get(pk=data_import.pk)
        staging.read(data_import)
        staging.read(other)
        assert ImportWorkout.objects.count() == 5

    def test_who_comes_while_it_is_read_reads_nothing(self, alice_client, bench_press, monkeypatch):
        monkeypatch.setattr(staging, "ROWS_AT_ONCE", 5)
        monkeypatch.setattr(staging, "BATCH", 2)
        data_import = preview(alice_client, strong_workouts(5))
        shown = []

        def stage_and_look(reading, *rest, stage=staging._stage):
            staged = stage(reading, *rest)
            with monkeypatch.context() as patch:
                patch.setattr(staging, "open_file", None)
                url = f"/import/{data_import.pk}/continue/"
                response = alice_client.post(url, headers={"HX-Request": "true"})
                assert response.status_code == 200
            shown.append(re.search(r"\d+ of 15", page(alice_client, data_import))[0])
            return staged

        monkeypatch.setattr(staging, "_stage", stage_and_look)
        staging.read(data_import)
        assert shown == ["6 of 15", "12 of 15", "15 of 15"]
        assert ImportWorkout.objects.count() == 5

    def test_who_comes_long_after_a_reader_died_goes_on(
        self, alice_client, bench_press, monkeypatch
    ):
        monkeypatch.setattr(staging, "ROWS_AT_ONCE", 5)
        data_import = preview(alice_client, strong_workouts(5))
        assert staging._claim(data_import)
        other = Import.objects.get()
        staging.read(other)
        assert other.state == ImportState.READING
        now = timezone.now() + timedelta(seconds=staging.READER_SECONDS + 1)
        monkeypatch.setattr(timezone, "now", lambda: now)
        staging.read(other)
        assert other.state == ImportState.READY

    def test_a_new_file_takes_the_place_of_one_not_begun(self, alice_client, bench_press):
        first = preview(alice_client, strong_workouts(2))
        second = preview(alice_client, strong_workouts(3))
        assert list(Import.objects.all()) == [second]
        assert alice_client.get(first.get_absolute_url()).status_code == 404

    def test_takes_no_other_file_while_it_writes(self, alice_client, bench_press, monkeypatch):
        monkeypatch.setattr(writing, "WORKOUTS_AT_ONCE", 1)
        data_import = preview(alice_client, strong_workouts(2))
        begin(data_import, {})
        write(data_import, seconds=1e-9)
        file = SimpleUploadedFile("strong.csv", strong_workouts(1).encode())
        response = alice_client.post("/import/", {"id": uuid7(), "file": file})
        assert response.status_code == 422
        assert "Another import is not finished" in response.content.decode()

    def test_the_same_upload_twice_is_one(self, alice, bench_press):
        id = uuid7()
        files = [SimpleUploadedFile("s.csv", strong_workouts(1).encode()) for _ in range(2)]
        assert start(alice, id=id, file=files[0]) == start(alice, id=id, file=files[1])
        assert Import.objects.count() == 1

    def test_discards_all_that_was_written(self, alice_client, alice, monkeypatch):
        monkeypatch.setattr(writing, "WORKOUTS_AT_ONCE", 1)
        data_import = preview(alice_client, strong_workouts(3, names=["Zercher Thing"]))
        begin(data_import, {})
        write(data_import, seconds=1e-9)
        assert ExerciseSet.all_objects.exists()
        alice_client.post(f"/import/{data_import.pk}/discard/")
        for model in (WorkoutSession, SessionExercise, ExerciseSet, Exercise):
            assert not model.all_objects.exists()
        for model in (Import, ImportWorkout):
            assert not model.objects.exists()

    @pytest.mark.parametrize("form", ["strong", "own"])
    def test_discarded_it_leaves_in_the_trash_what_came_from_there(
        self, alice_client, alice, form, monkeypatch
    ):
        monkeypatch.setattr(writing, "WORKOUTS_AT_ONCE", 1)
        own = ExerciseFactory(name="Zercher Thing", equipment="", owner=alice)
        SetFactory(session_exercise=EntryFactory(workout__user=alice, exercise=own))
        text = strong_workouts(3, names=[own.name])
        if form == "own":
            text = "".join(own_json.chunks(alice))
        for model in (ExerciseSet, SessionExercise, WorkoutSession):
            model.all_objects.all().delete()
        own.soft_delete()
        data_import = preview(alice_client, text)
        begin(data_import, {})
        write(data_import, seconds=1e-9)
        assert SessionExercise.all_objects.get().exercise == own
        assert Exercise.objects.filter(pk=own.pk).exists()
        data_import.discard()
        assert not SessionExercise.all_objects.exists()
        own.refresh_from_db()
        assert own.deleted_at

    def test_discarded_in_another_tab_it_is_gone(self, alice_client, data_import, monkeypatch):

        def discard(self, lock=Import.lock):
            self.discard()
            lock(self)

        monkeypatch.setattr(Import, "lock", discard)
        for verb in ("continue", "options"):
            body = {"unit": "kg", "time_zone": "UTC"}
            response = alice_client.post(f"/import/{data_import.pk}/{verb}/", body)
            assert response.status_code == 404

    def test_discards_nothing_that_is_done(self, alice_client, alice, bench_press):
        data_import = bring_in(alice_client, strong_workouts(1))
        alice_client.post(f"/import/{data_import.pk}/discard/")
        assert Import.objects.exists()
        assert WorkoutSession.objects.for_user(alice).exists()

    def test_loads_no_file_to_show_how_far_it_is(self, alice_client, bench_press):
        """Nor does a list load what was found in one: an export of ours has much."""
        bring_in(alice_client, strong_workouts(1))
        data_import = preview(alice_client, strong_workouts(2))
        with CaptureQueriesContext(connection) as queries:
            page(alice_client, data_import)
        assert not [one for one in queries if '"imports"."content"' in one["sql"]]
        with CaptureQueriesContext(connection) as queries:
            alice_client.get("/import/")
        read = [one["sql"] for one in queries if 'FROM "imports"' in one["sql"]]
        assert len(read) == 2
        assert not [sql for sql in read if '"content"' in sql or '"facts"' in sql]

    def test_no_cache_mistakes_a_part_for_the_page(self, alice_client, data_import):
        response = alice_client.get(data_import.get_absolute_url())
        assert "HX-Request" in response.headers["Vary"]

    def test_asks_as_much_for_few_as_for_many(self, alice_client):
        counts = []
        for count in (1, 9):
            names = [f"Zercher Thing {number}" for number in range(count)]
            data_import = preview(alice_client, strong_workouts(count, names=names))
            with CaptureQueriesContext(connection) as queries:
                page(alice_client, data_import)
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_writes_as_much_for_few_as_for_many(self, alice_client):
        counts = []
        for count in (1, 9):
            first, names = 100 * len(counts), [f"Zercher Thing {count}"]
            data_import = preview(alice_client, strong_workouts(count, first=first, names=names))
            with CaptureQueriesContext(connection) as queries:
                do(alice_client, data_import)
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestHevy:
    HEADER = (
        "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,"
        "set_index,set_type,weight_lbs,reps,distance_miles,duration_seconds,rpe"
    )

    def test_supersets_notes_halves_and_miles_stay(self, alice_client, alice):
        when = '"5 Mar 2024, 18:01","5 Mar 2024, 19:10"'
        rows = [
            f"Legs,{when},Good,Squat,0,belt,0,warmup,45,5,,,",
            f"Legs,{when},Good,Squat,0,belt,1,normal,225.5,5,,,8.5",
            f"Legs,{when},Good,Leg Curl,0,,0,dropset,90,0,,,",
            f"Legs,{when},Good,Lunge,1,,0,failure,0,12,,,",
            f"Legs,{when},Good,Bike,,,0,normal,,,3.1,600,",
        ]
        bring_in(alice_client, strong(*rows, header=self.HEADER))
        workout = WorkoutSession.objects.for_user(alice).with_log().get()
        assert workout.notes == "Good"
        assert workout.finished_at - workout.session_date == timedelta(minutes=69)
        assert [entry.superset_with_next for entry in workout.log] == [True, False, False, False]
        assert [entry.notes for entry in workout.log] == ["belt", "", "", ""]
        sets = [done for entry in workout.log for done in entry.sets]
        assert [done.kind for done in sets] == ["warmup", "work", "drop", "failure", "work"]
        assert (sets[1].weight, sets[1].weight_unit) == (Decimal("225.5"), "lb")
        assert sets[1].rpe == Decimal("8.5")
        assert sets[4].distance_meters == Decimal("4988.9664")


def test_hides_an_import_from_strangers(alice_client, mallory_client, data_import):
    assert mallory_client.get(data_import.get_absolute_url()).status_code == 404
    assert data_import.file_name not in mallory_client.get("/import/").content.decode()


@pytest.mark.parametrize("url", ["/", "/history/"])
def test_is_offered_where_there_is_nothing_yet(alice_client, alice, url):
    hint = '<a href="/import/">Import your workouts</a>'
    assert hint in alice_client.get(url).content.decode()
    workout = WorkoutFactory(user=alice, finished_at=datetime(2024, 3, 5, 19, tzinfo=UTC))
    SetFactory(session_exercise__workout=workout)
    assert hint not in alice_client.get(url).content.decode()


def test_stands_beside_export_in_the_settings(alice_client):
    shown = alice_client.get("/settings/").content.decode()
    data = shown[shown.index("Your data") :].split("</section>")[0]
    assert 'href="/import/"' in data
    assert 'href="/export/"' in data


HEVY_RUN = (
    "title,start_time,end_time,exercise_title,set_index,set_type,weight_kg,reps,distance_km,"
    "duration_seconds",
    'Run,"5 Mar 2024, 18:01","5 Mar 2024, 19:10",Running,0,normal,,,5.2,',
)
FITNOTES_RUN = (
    "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment",
    "2024-03-05,Running,Cardio,,,,5.2,km,,",
)


@pytest.mark.parametrize("file", [HEVY_RUN, FITNOTES_RUN], ids=["Hevy", "FitNotes"])
def test_a_set_of_a_distance_only_is_kept(alice_client, alice, file):
    """The database wants reps or a time, so its reps are 0, which no page shows."""
    header, row = file
    bring_in(alice_client, strong(row, header=header))
    done = ExerciseSet.objects.for_user(alice).get()
    assert (done.distance_meters, done.reps, done.duration_seconds) == (5200, 0, None)
    entry = done.session_exercise
    assert entry.exercise.measure == "distance_time"
    assert set_text(done, entry, "kg") in ("5.2 km", "5200 m")
    for url in (entry.workout.get_absolute_url(), "/history/", "/", "/progress/"):
        assert alice_client.get(url).status_code == 200
    assert alice_client.get(entry.exercise.get_absolute_url()).status_code == 200
    for form in (own_json, own_csv, strong_export, hevy):
        content = "".join(form.chunks(alice))
        before = list(ExerciseSet.objects.for_user(alice).values_list("distance_meters", "reps"))
        entry.workout.soft_delete()
        done = bring_in(alice_client, content)
        again = ExerciseSet.objects.for_user(alice)
        assert [(round(one.distance_meters), one.duration_seconds) for one in again] == [
            (5200, None)
        ], form.__name__
        assert before == [(5200, 0)]
        entry = again.get().session_exercise
