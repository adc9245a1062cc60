"""The exercises of a workout: their order, notes, removal."""

import pytest
from playwright.sync_api import expect

from training.tests.factories import EntryFactory, ExerciseFactory


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_move_note_and_remove(phone, workout):
    for name in ("Squat", "Plank"):
        EntryFactory(workout=workout, exercise=ExerciseFactory(name=name))
    page = phone.page
    page.goto(workout.get_absolute_url())
    names = page.get_by_role("heading", level=2)
    expect(names).to_have_text(["Bench Press", "Squat", "Plank"])
    choose(phone, "Bench Press", "Move down")
    expect(names).to_have_text(["Squat", "Bench Press", "Plank"])
    choose(phone, "Plank", "Move up")
    expect(names).to_have_text(["Squat", "Plank", "Bench Press"])

    page.get_by_label("Options for Bench Press").tap()
    phone.field("Note on Bench Press").fill("Pause at the chest")
    phone.tap("Save note", within=phone.card)
    expect(phone.card.get_by_role("paragraph").get_by_text("Pause at the chest")).to_be_visible()
    page.reload()
    expect(phone.card.get_by_role("paragraph").get_by_text("Pause at the chest")).to_be_visible()

    choose(phone, "Squat", "Remove")
    expect(names).to_have_text(["Plank", "Bench Press"])
    phone.tap("Undo")
    expect(names).to_have_text(["Squat", "Plank", "Bench Press"])
    page.reload()
    expect(names).to_have_text(["Squat", "Plank", "Bench Press"])


def choose(phone, exercise, action):
    phone.page.get_by_label(f"Options for {exercise}").tap()
    phone.tap(action, within=phone.page.get_by_role("region", name=exercise))
