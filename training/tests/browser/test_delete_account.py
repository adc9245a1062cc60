"""Leaving and coming back: one story."""

from playwright.sync_api import expect

PASSWORD = "correct horse battery"


def test_delete_the_account_and_come_back(new_phone, alice, workout):
    alice.set_password(PASSWORD)
    alice.save(update_fields=["password"])
    phone, elsewhere = new_phone(alice), new_phone(alice)
    page = phone.page
    page.goto("/settings/")
    phone.tap("Delete account", role="link")
    expect(page.get_by_role("link", name="Export")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    phone.tap("Delete my account")
    expect(page.get_by_role("heading", name="Account closed")).to_be_visible()

    elsewhere.page.goto("/")
    expect(elsewhere.page.get_by_role("heading", name="Log in")).to_be_visible()

    phone.tap("Log in", role="link")
    page.get_by_label("Email").fill(alice.email)
    page.get_by_label("Password").fill(PASSWORD)
    phone.tap("Log in")
    expect(page.get_by_text("Your account is to be deleted on")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    page.goto("/accounts/keep/")
    phone.tap("Keep my account")
    expect(page).to_have_url("/")
    expect(page.get_by_text("Your account stays")).to_be_visible()
    page.goto(workout.get_absolute_url())
    expect(phone.card).to_be_visible()
