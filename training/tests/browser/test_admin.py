"""What an admin does to the catalog, and what lifters see of it."""

import pytest
from playwright.sync_api import expect

from accounts.tests.factories import UserFactory
from training.tests.factories import ExerciseFactory


@pytest.fixture
def admin(db):
    return UserFactory(email="admin@example.org", is_staff=True, is_superuser=True)


def test_a_retired_exercise_leaves_the_picker_and_stays_in_the_history(
    open_workout, new_phone, admin, problems
):
    problems.expect("/favicon.ico")  # Django's admin names no icon.
    phone, page = open_workout, open_workout.page
    ExerciseFactory(name="Squat")
    phone.log_set(1, "80", "8")
    phone.expect_logged(1, "80", "8")

    desk = new_phone(admin)
    desk.page.goto("/admin/")
    desk.tap("Exercises", role="link", within=desk.page.get_by_role("main"))
    desk.page.get_by_label("Select this object for an action - Bench Press").check()
    desk.page.get_by_label("Action:").select_option("Retire")
    desk.tap("Go")
    expect(desk.page.get_by_text("Retired 1: out of the picker")).to_be_visible()
    desk.page.get_by_role("link", name="Bench Press").click()
    expect(desk.page.get_by_label("In the picker")).not_to_be_checked()

    phone.tap("Add exercise", role="link")
    expect(page.get_by_role("button", name="Add Squat")).to_be_visible()
    expect(page.get_by_role("button", name="Add Bench Press")).to_have_count(0)
    page.get_by_label("Search exercises").fill("bench")
    expect(page.get_by_text("Nothing found.")).to_be_visible()
    phone.tap("Close", role="link")
    phone.log_set(2, "80", "6")
    phone.expect_logged(2, "80", "6")
    phone.tap("Finish")
    expect(page.get_by_role("button", name="Re-open")).to_be_visible()
    phone.tap("History", role="link")
    expect(page.get_by_text("2 × Bench Press")).to_be_visible()
