"""Coming from another app: preview, one name put right, the bar, and the way back."""

import re

import pytest
from playwright.sync_api import expect

from training.importing import writing
from training.importing.staging import start
from training.models import Import, SessionExercise, WorkoutSession
from training.tests.factories import ExerciseFactory
from training.tests.strong_files import strong_workouts
from workoutlog.db import uuid7

NAMES = ("Bench Press (Barbell)", "Squat (Barbell)", "Chest Thing (Machine)", "Row", "Curl")


@pytest.fixture
def exercises(bench_press):
    return [bench_press, *map(make, ("Squat", "Machine Chest Press", "Row", "Curl"))]


def make(name):
    return ExerciseFactory(name=name, equipment="machine" if "Machine" in name else "barbell")


def upload(phone, text):
    file = {"name": "strong.csv", "mimeType": "text/csv", "buffer": text.encode()}
    phone.page.goto("/import/")
    phone.page.get_by_label("File").set_input_files(file)
    phone.tap("Preview")
    expect(phone.page.get_by_role("heading", name="Preview")).to_be_visible()


def change(phone, name, word, exercise, *, javascript=True):
    phone.tap(f"Change {name}", role="link")
    phone.page.get_by_role("searchbox", name="Search exercises").fill(word)
    if not javascript:
        phone.tap("Search")
    phone.tap(f"Choose {exercise}")
    expect(phone.page.get_by_text(f"chosen by you: {exercise}")).to_have_count(1)


def test_brings_in_5000_rows_and_takes_them_back(phone, alice, exercises):
    page = phone.page
    upload(phone, strong_workouts(200, sets=5, names=NAMES))
    expect(
        page.get_by_text("200 workouts will be imported, and 1 new exercise made.")
    ).to_be_visible()
    with page.expect_response("**/options/") as answer:
        page.get_by_label("Pounds (lb)").check()
    answer.value.finished()
    change(phone, "Chest Thing (Machine)", "machine chest", "Machine Chest Press")
    expect(page.get_by_label("Pounds (lb)")).to_be_checked()
    expect(page.get_by_text("200 workouts will be imported.")).to_be_visible()
    phone.tap("Import")
    expect(page.get_by_role("progressbar", name="Writing workouts")).to_be_visible()
    expect(page.get_by_text(re.compile("^200 workouts imported on"))).to_be_visible()
    assert WorkoutSession.objects.for_user(alice).count() == 200
    chest = SessionExercise.objects.filter(exercise__name="Machine Chest Press")
    assert chest.for_user(alice).count() == 200
    phone.tap("Undo import")
    expect(page.get_by_role("heading", name="Undone")).to_be_visible()
    assert not WorkoutSession.objects.for_user(alice).exists()
    phone.tap("Undo")
    expect(page.get_by_role("heading", name="Imported")).to_be_visible()
    assert WorkoutSession.objects.for_user(alice).count() == 200


@pytest.mark.parametrize("javascript", [False], ids=["plain"])
def test_works_without_javascript(phone, alice, exercises):
    page = phone.page
    upload(phone, strong_workouts(3, names=NAMES))
    page.get_by_label("Pounds (lb)").check()
    phone.tap("Update the preview")
    expect(page.get_by_label("Pounds (lb)")).to_be_checked()
    change(phone, "Chest Thing (Machine)", "chest", "Machine Chest Press", javascript=False)
    phone.tap("Import")
    expect(page.get_by_text(re.compile("^3 workouts imported on"))).to_be_visible()
    assert WorkoutSession.objects.for_user(alice).count() == 3
    phone.tap("Undo import")
    expect(page.get_by_role("heading", name="Undone")).to_be_visible()
    assert not WorkoutSession.objects.for_user(alice).exists()


def test_goes_on_after_the_tab_was_closed(phone, alice, exercises, tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "WORKOUTS_AT_ONCE", 5)
    path = tmp_path / "strong.csv"
    path.write_text(strong_workouts(20, names=NAMES))
    with path.open("rb") as file:
        data_import = start(alice, id=uuid7(), file=file)
    writing.begin(data_import, {"unit": "kg"})
    writing.write(data_import, seconds=1e-9)
    phone.page.goto("/import/")
    expect(phone.page.get_by_text("5 of 20 workouts written.")).to_be_visible()
    phone.tap("Continue", role="link")
    expect(phone.page.get_by_text(re.compile("^20 workouts imported on"))).to_be_visible()
    assert WorkoutSession.objects.for_user(alice).count() == 20
    assert Import.objects.get().state == "done"
