"""Deleting needs no question, because it can be undone."""

from playwright.sync_api import expect


def test_delete_undo_delete_again_and_restore(open_workout, workout):
    phone, page = open_workout, open_workout.page
    phone.log_set(1, "80", "8")
    phone.expect_logged(1, "80", "8")

    delete(phone)
    expect(page).to_have_url("/")
    expect(page.get_by_role("heading", name="Push day")).to_have_count(0)
    phone.tap("Undo")
    expect(page).to_have_url(workout.get_absolute_url())
    phone.expect_logged(1, "80", "8")

    delete(phone)
    expect(page).to_have_url("/")
    open_trash(phone)
    expect(page.get_by_text("1 set: Bench Press")).to_be_visible()
    expect(page.get_by_text("30 days left")).to_be_visible()
    phone.tap("Restore Push day")
    expect(page).to_have_url(workout.get_absolute_url())
    phone.expect_logged(1, "80", "8")

    delete(phone)
    expect(page).to_have_url("/")
    open_trash(phone)
    phone.tap("Restore all")
    expect(page.get_by_text("Everything is back.")).to_be_visible()
    page.goto(workout.get_absolute_url())
    phone.expect_logged(1, "80", "8")
    open_trash(phone)
    expect(page.get_by_text("The trash is empty.")).to_be_visible()


def open_trash(phone):
    phone.tap("Settings", role="link")
    phone.tap("Trash", role="link")


def delete(phone):
    phone.page.get_by_text("Title, time, place").tap()
    phone.tap("Delete workout")
