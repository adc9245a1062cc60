"""Sets: typed wrongly, in two tabs at once, more rows, kinds and units."""

import re

import pytest
from playwright.sync_api import expect

from training.tests.browser.conftest import Phone

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])


@BOTH
def test_typed_wrongly_comes_back_with_what_is_wrong(open_workout, workout, problems):
    problems.expect("status of 422")
    phone = open_workout
    phone.log_set(1, "82,5", "eight")
    reps = phone.field("Reps, set 1")
    expect(reps).to_have_accessible_description("Type whole reps like 8.")
    expect(phone.card.get_by_text("Type whole reps like 8.")).to_be_visible()
    expect(reps).to_have_value("eight")
    expect(reps).to_have_attribute("aria-invalid", "true")
    expect(phone.field("Weight, set 1")).to_have_value("82,5")
    phone.expect_logged_sets(0)

    phone.log_set(1, "82,5", "8")
    phone.expect_logged(1, "82.5", "8")
    expect(phone.card.get_by_text("Type whole reps")).to_have_count(0)

    phone.field("Weight, set 1").fill("82.5.1")
    phone.tap("Save set 1")
    expect(phone.card.get_by_text("Type a weight like 82.5.")).to_be_visible()
    expect(phone.field("Weight, set 1")).to_have_value("82.5.1")
    phone.page.goto(workout.get_absolute_url())
    phone.expect_logged(1, "82.5", "8")


@BOTH
def test_two_tabs_keep_every_set_and_show_what_was_changed_elsewhere(open_workout, problems):
    problems.expect("status of 409")
    here = open_workout
    there = Phone(here.page.context.new_page())
    there.page.goto(here.page.url)
    here.log_set(1, "100", "5")
    here.expect_logged(1, "100", "5")
    there.log_set(1, "60", "10")
    there.expect_logged(1, "100", "5")
    there.expect_logged(2, "60", "10")
    here.log_set(2, "105", "5")
    here.expect_logged(3, "105", "5")
    for tab in (here, there):
        tab.page.reload()
        tab.expect_logged(1, "100", "5")
        tab.expect_logged(2, "60", "10")
        tab.expect_logged(3, "105", "5")
        tab.expect_logged_sets(3)

    here.field("Weight, set 1").fill("101")
    here.tap("Save set 1")
    expect(here.page.get_by_text("1,630 kg")).to_be_visible()  # 101 × 5 + 60 × 10 + 105 × 5
    there.field("Reps, set 1").fill("6")
    there.tap("Save set 1")
    expect(there.card.get_by_text("Changed elsewhere to 101 × 5 meanwhile")).to_be_visible()
    there.expect_logged(1, "100", "6")
    there.tap("Save set 1")
    expect(there.card.get_by_text("Changed elsewhere")).to_have_count(0)
    here.page.reload()
    here.expect_logged(1, "100", "6")


def test_more_rows_a_warm_up_and_pounds(open_workout):
    phone = open_workout
    ready = phone.card.get_by_role("button", name=re.compile("^Log set"))
    expect(ready).to_have_count(1)
    phone.tap("Add set")
    expect(ready).to_have_count(2)
    phone.tap("Add set")
    expect(ready).to_have_count(3)

    phone.page.get_by_label("Options for set 1").tap()
    phone.card.get_by_role("radio", name="Warm-up").check()
    phone.log_set(1, "40", "10")
    phone.expect_logged(1, "40", "10")
    expect(phone.page.get_by_label("Options for set 1")).to_have_text("W")
    phone.page.get_by_label("Options for set 2").tap()
    phone.card.get_by_role("radio", name="lb").check()
    phone.log_set(2, "135", "5")
    phone.expect_logged(2, "135", "5")
    phone.log_set(3, "80", "5")
    phone.expect_logged(3, "80", "5")

    phone.page.reload()
    phone.expect_logged_sets(3)
    expect(phone.page.get_by_label("Options for set 1")).to_have_text("W")
    expect(phone.page.get_by_label("Options for set 2")).to_have_text("1")
    row = phone.card.locator("form", has=phone.page.get_by_label("Weight, set 2", exact=True))
    expect(row.get_by_text("lb").last).to_be_visible()
    for number, unit in ((1, "kg"), (2, "lb"), (3, "kg")):
        phone.page.get_by_label(f"Options for set {number}").tap()
        unit_of = phone.card.get_by_role("group", name=f"Unit of set {number}")
        expect(unit_of.get_by_role("radio", name=unit)).to_be_checked()
        phone.page.get_by_label(f"Options for set {number}").tap()

    # On a logged set, the choice is saved at once.
    phone.page.get_by_label("Options for set 3").tap()
    phone.card.get_by_role("radio", name="Failure").check()
    expect(phone.page.get_by_label("Options for set 3")).to_have_text("F")
    phone.page.reload()
    expect(phone.page.get_by_label("Options for set 3")).to_have_text("F")


def test_focus_moves_to_the_next_row(open_workout):
    phone, keyboard = open_workout, open_workout.page.keyboard
    phone.field("Weight, set 1").focus()
    keyboard.type("80")
    keyboard.press("Enter")
    expect(phone.field("Reps, set 1")).to_be_focused()
    keyboard.type("8")
    keyboard.press("Enter")
    phone.expect_logged(1, "80", "8")
    expect(phone.field("Weight, set 2")).to_be_focused()
    expect(phone.card.get_by_role("button", name="More weight, set 2")).to_be_visible()
    expect(phone.card.get_by_role("button", name="More weight, set 1")).to_be_hidden()

    phone.tap("Log set 2", within=phone.card)
    phone.expect_logged(2, "80", "8")
    expect(phone.card.get_by_role("button", name="Log set 3", exact=True)).to_be_focused()
    keyboard.press("Enter")
    phone.expect_logged(3, "80", "8")


def test_focus_stays_on_a_row_that_is_edited(open_workout, problems):
    problems.expect("status of 422")
    phone = open_workout
    phone.log_set(1, "80", "8")
    phone.expect_logged(1, "80", "8")
    phone.field("Reps, set 1").fill("x")
    phone.tap("Save set 1")
    expect(phone.card.get_by_text("Type whole reps")).to_be_visible()
    expect(phone.card.get_by_role("button", name="Save set 1")).to_be_focused()
    phone.field("Reps, set 1").fill("7")
    phone.tap("Save set 1")
    expect(phone.page.get_by_text("560 kg")).to_be_visible()
    expect(phone.card.get_by_role("button", name="Save set 1")).to_be_focused()
