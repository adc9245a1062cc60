"""Imports that meet others, or break off: every workout comes in once, whoever writes it."""

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from accounts.tests.fixtures import logged_in
from training.importing import staging, writing
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
from training.tests.strong_files import do, preview, strong_workouts
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db(transaction=True)

BODY = {"unit": "kg", "distance_unit": "km", "time_zone": "Europe/Berlin"}
NAMES = ("Bench Press (Barbell)", "Zercher Thing")


def log_of(user):
    """All sets of a user, as they come in the log."""
    sets = ExerciseSet.objects.for_user(user).order_by(
        "session_exercise__workout__session_date", "session_exercise__order_index", "set_number"
    )
    return list(
        sets.values_list(
            "session_exercise__workout__session_date",
            "session_exercise__workout__title",
            "session_exercise__exercise__name",
            "session_exercise__order_index",
            "set_number",
            "weight",
            "reps",
        )
    )


def all_at_once(*works):
    """Run each in a thread of its own; return what they return."""
    start, results = threading.Barrier(len(works)), []

    def run(work):
        try:
            start.wait(10)
            results.append(work())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == len(works)
    return results


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_two_tabs_that_import_at_once_double_nothing(
    alice_client, alice, bench_press, monkeypatch, htmx
):
    monkeypatch.setattr(writing, "WORKOUTS_AT_ONCE", 2)
    data_import = preview(alice_client, strong_workouts(12, names=NAMES))
    headers = {"HX-Request": "true"} if htmx else {}

    def press_import(client):
        for _ in range(50):
            response = client.post(f"/import/{data_import.pk}/continue/", BODY, headers=headers)
            assert response.status_code in (200, 302)
            if response.status_code == 302 or "HX-Redirect" in response.headers:
                return True
        return False

    tabs = [logged_in(alice) for _ in range(3)]
    assert all(all_at_once(*(lambda tab=tab: press_import(tab) for tab in tabs)))
    data_import.refresh_from_db()
    assert (data_import.state, data_import.written) == (ImportState.DONE, 12)
    assert WorkoutSession.all_objects.count() == 12
    assert SessionExercise.all_objects.count() == 24
    assert ExerciseSet.all_objects.count() == data_import.written_sets == 72
    assert Exercise.objects.filter(owner=alice).count() == 1
    assert not ImportWorkout.objects.exists()


def test_two_uploads_at_once_leave_one_import(alice, bench_press):
    def upload(tab):
        file = SimpleUploadedFile("strong.csv", strong_workouts(5).encode())
        return tab.post("/import/", {"id": uuid7(), "file": file}).status_code

    tabs = [logged_in(alice) for _ in range(3)]
    answers = all_at_once(*(lambda tab=tab: upload(tab) for tab in tabs))
    # 404 where another tab's file has taken the place of this one's while it was read.
    assert set(answers) <= {302, 404}
    assert Import.objects.get().state == ImportState.READY
    assert ImportWorkout.objects.count() == Import.objects.get().workouts == 5


def test_two_readers_at_once_stage_a_file_once(alice_client, bench_press, monkeypatch):
    monkeypatch.setattr(staging, "ROWS_AT_ONCE", 5)
    monkeypatch.setattr(staging, "BATCH", 2)
    data_import = preview(alice_client, strong_workouts(9))
    copies = [Import.objects.get(pk=data_import.pk) for _ in range(3)]
    all_at_once(*(lambda copy=copy: staging.read(copy) for copy in copies))
    data_import.refresh_from_db()
    assert (data_import.state, data_import.workouts) == (ImportState.READY, 9)
    assert data_import.rows_read == 27
    assert ImportWorkout.objects.count() == 9


def test_the_bar_moves_while_the_file_is_read(alice_client, alice, bench_press, monkeypatch):
    """What one request has read so far is seen by others at once."""
    monkeypatch.setattr(staging, "ROWS_AT_ONCE", 5)
    monkeypatch.setattr(staging, "BATCH", 2)
    data_import = preview(alice_client, strong_workouts(5))
    tab, shown = logged_in(alice), []

    def stage_and_look(*args, stage=staging._stage):
        staged = stage(*args)
        url = data_import.get_absolute_url()
        [page] = all_at_once(lambda: tab.get(url).content.decode())
        shown.append(page[page.index('<progress class="import__bar"') :].split(">")[0])
        return staged

    monkeypatch.setattr(staging, "_stage", stage_and_look)
    alice_client.post(f"/import/{data_import.pk}/continue/")
    assert [one.split('value="')[1].split('"')[0] for one in shown] == ["6", "12", "15"]


class CrashError(Exception):
    pass


CRASHES = [
    ("the first sets", ExerciseSet, "bulk_create", 1),
    ("sets in the middle", ExerciseSet, "bulk_create", 3),
    ("entries in the middle", SessionExercise, "bulk_create", 2),
    ("workouts in the middle", WorkoutSession, "bulk_create", 2),
]


@pytest.mark.parametrize(("model", "name", "call"), [one[1:] for one in CRASHES])
def test_what_breaks_off_in_the_middle_goes_on_exactly_there(
    alice_client, alice, mallory_client, mallory, bench_press, monkeypatch, model, name, call
):
    text = strong_workouts(9, names=NAMES)
    do(mallory_client, preview(mallory_client, text))
    monkeypatch.setattr(writing, "WORKOUTS_AT_ONCE", 2)
    data_import = preview(alice_client, text)
    begin(data_import, BODY)
    real, calls = getattr(model.objects, name), []

    def crash(*args, **kwargs):
        calls.append(1)
        made = real(*args, **kwargs)
        if len(calls) == call:
            raise CrashError
        return made

    with monkeypatch.context() as patch:
        patch.setattr(model.objects, name, crash)
        with pytest.raises(CrashError):
            write(data_import)
    assert not WorkoutSession.objects.for_user(alice).exists()
    assert WorkoutSession.all_objects.filter(user=None).count() == 2 * (call - 1)
    done = do(alice_client, Import.objects.get(pk=data_import.pk))
    assert (done.written, done.written_sets) == (9, 54)
    assert log_of(alice) == log_of(mallory)
    assert len(log_of(alice)) == 54


def test_what_breaks_off_at_the_very_end_is_not_half_there(
    alice_client, alice, bench_press, monkeypatch
):
    data_import = preview(alice_client, strong_workouts(3))
    begin(data_import, BODY)

    def crash(data_import):
        raise CrashError

    with monkeypatch.context() as patch:
        patch.setattr(writing, "_add_body_weights", crash)
        with pytest.raises(CrashError):
            write(data_import)
    assert not WorkoutSession.objects.for_user(alice).exists()
    do(alice_client, Import.objects.get(pk=data_import.pk))
    assert WorkoutSession.objects.for_user(alice).count() == 3
