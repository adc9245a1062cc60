"""The main job, from sign-up to history."""

import re

import pytest
from playwright.sync_api import expect

from training.tests.factories import AliasFactory, ExerciseFactory


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_from_sign_up_to_history(new_phone, bench_press, javascript):
    phone = new_phone()
    page = phone.page
    page.goto("/accounts/signup/")
    page.get_by_label("Email").fill("bob@example.org")
    page.get_by_label("Password").fill("correct horse 9")
    phone.tap("Sign up")
    expect(page).to_have_url("/")

    phone.tap("Start an empty workout")
    expect(page).to_have_url(re.compile(r"/workouts/[0-9a-f-]{36}/$"))
    phone.tap("Add exercise", role="link")
    phone.tap("Add Bench Press")
    expect(page).to_have_url(re.compile(r"/workouts/[0-9a-f-]{36}/#"))
    address = page.url
    if javascript:
        page.evaluate("window.stillHere = true")

    phone.log_set(1, "80", "8")
    phone.expect_logged(1, "80", "8")
    expect(phone.field("Weight, set 2")).to_have_value("80")
    expect(phone.field("Reps, set 2")).to_have_value("8")
    phone.log_set(2, "82,5", "8")
    phone.expect_logged(2, "82.5", "8")
    phone.log_set(3, "85", "6")
    phone.expect_logged(3, "85", "6")
    expect(page.get_by_text("1,810 kg")).to_be_visible()  # 80 × 8 + 82.5 × 8 + 85 × 6

    phone.field("Reps, set 2").fill("7")
    phone.tap("Save set 2")
    expect(page.get_by_text("1,728 kg")).to_be_visible()  # 80 × 8 + 82.5 × 7 + 85 × 6
    phone.expect_logged(2, "82.5", "7")

    page.get_by_label("Options for set 1").tap()
    phone.tap("Remove set 1")
    phone.expect_logged_sets(2)
    phone.expect_logged(1, "82.5", "7")
    phone.tap("Undo")
    phone.expect_logged_sets(3)
    phone.expect_logged(1, "80", "8")
    if javascript:
        assert page.evaluate("window.stillHere"), "Logging must not load the page again."
        assert page.url == address

    phone.tap("Finish")
    expect(page.get_by_role("button", name="Re-open")).to_be_visible()
    phone.tap("History", role="link")
    expect(page.get_by_text("3 × Bench Press")).to_be_visible()


@pytest.fixture
def romanian_deadlift(db):
    ExerciseFactory(name="Deadlift")
    exercise = ExerciseFactory(name="Romanian Deadlift")
    AliasFactory(exercise=exercise, name="Stiff-Leg Deadlift")
    return exercise


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_finds_an_exercise_by_a_misspelt_alias(phone, workout, romanian_deadlift, javascript):
    page = phone.page
    page.goto(workout.get_absolute_url())
    phone.tap("Add exercise", role="link")
    page.get_by_label("Search exercises").fill("deadlfit stif")
    if not javascript:
        phone.tap("Search")
    expect(page.get_by_role("button", name=re.compile("^Add "))).to_have_count(1)
    expect(page.get_by_text("also “Stiff-Leg Deadlift”")).to_be_visible()
    phone.tap("Add Romanian Deadlift")
    expect(page.get_by_role("region", name="Romanian Deadlift")).to_be_visible()
