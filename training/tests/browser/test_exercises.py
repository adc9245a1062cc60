"""Browsing the catalog, an exercise of one's own, and from its page into a workout."""

import re

import pytest
from playwright.sync_api import expect

from training.tests.browser.test_keyboard import Keyboard
from training.tests.factories import AliasFactory, ExerciseFactory

BOTH_WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])


@pytest.fixture
def catalog(bench_press):
    AliasFactory(exercise=bench_press, name="Flat bench")
    ExerciseFactory(name="Squat", primary_muscle="quads")
    ExerciseFactory.create_batch(45, equipment="cable")


def rows(phone):
    return phone.page.locator("main li").get_by_role("link").filter(has_not_text="More")


@BOTH_WAYS
def test_search_filter_and_look_at_one(phone, catalog, javascript):
    page = phone.page
    page.goto("/")
    phone.tap("Exercises", role="link")
    count = page.get_by_role("status").filter(has_text="exercise")
    expect(count).to_have_text(re.compile("47 exercises"))

    search = page.get_by_label("Search exercises")
    search.fill("flat ben")
    if not javascript:
        phone.tap("Search")
    expect(rows(phone)).to_have_text(["Bench Press"])
    expect(page.get_by_text("also “Flat bench”")).to_be_visible()
    expect(count).to_have_text(re.compile("1 exercise"))

    search.fill("")
    page.get_by_label("Muscle").select_option("Quads")
    if not javascript:
        phone.tap("Search")
    expect(rows(phone)).to_have_text(["Squat"])
    rows(phone).tap()
    expect(page.get_by_role("heading", name="Squat")).to_be_visible()


@BOTH_WAYS
def test_the_list_goes_on(phone, catalog, javascript):
    page = phone.page
    page.goto("/exercises/")
    expect(rows(phone)).to_have_count(40)
    more = page.get_by_role("link", name="More exercises")
    if javascript:
        more.scroll_into_view_if_needed()
        expect(rows(phone)).to_have_count(47)
    else:
        more.tap()
        expect(rows(phone)).to_have_count(7)
        phone.tap("Previous exercises", role="link")
        expect(rows(phone)).to_have_count(40)


@BOTH_WAYS
def test_an_own_exercise_is_created_logged_edited_and_deleted(phone, catalog, javascript, problems):
    problems.expect("status of 422")
    page = phone.page
    page.goto("/exercises/")
    page.get_by_label("Search exercises").fill("Sled push")
    if not javascript:
        phone.tap("Search")
    expect(page.get_by_text("Nothing found.")).to_be_visible()
    phone.tap("Create “Sled push”", role="link")
    expect(page.get_by_label("Name")).to_have_value("Sled push")
    page.get_by_label("Muscle", exact=True).select_option("Quads")
    page.get_by_text("Other muscles").first.tap()
    page.get_by_label("Glutes").check(force=True)
    phone.tap("Create")
    expect(page.get_by_role("heading", name="Sled push")).to_be_visible()

    phone.tap("Log it")
    expect(page.get_by_role("region", name="Sled push")).to_be_visible()
    phone.tap("Sled push", role="link")

    phone.tap("Edit", role="link")
    expect(page.get_by_label("Glutes")).to_be_checked()
    page.get_by_label("Name").fill("Bench press")
    phone.tap("Save")
    expect(page.get_by_text("The catalog already has “Bench Press”")).to_be_visible()
    page.get_by_label("Name").fill("Prowler push")
    phone.tap("Save")
    expect(page.get_by_role("heading", name="Prowler push")).to_be_visible()

    phone.tap("Edit", role="link")
    phone.tap("Delete exercise")
    expect(page.get_by_role("status").get_by_text("Prowler push deleted.")).to_be_visible()
    phone.tap("Undo")
    expect(page.get_by_role("heading", name="Prowler push")).to_be_visible()


def test_by_keyboard(phone, catalog):
    page, keyboard = phone.page, Keyboard(phone.page)
    page.goto("/exercises/")
    keyboard.go_to(page.get_by_label("Search exercises"))
    keyboard.type("squat")
    expect(rows(phone)).to_have_text(["Squat"])
    keyboard.expect_to_see_focus()
    keyboard.go_to(rows(phone))
    keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Squat")).to_be_visible()
    keyboard.go_to(page.get_by_role("button", name="Log it"))
    keyboard.press("Enter")
    expect(page.get_by_role("region", name="Squat")).to_be_visible()


def test_by_keyboard_through_the_whole_list(phone, catalog):
    """The next page comes once the focus has scrolled there."""
    page, keyboard = phone.page, Keyboard(phone.page)
    page.goto("/exercises/")
    rows(phone).nth(39).focus()
    expect(rows(phone)).to_have_count(47)
    keyboard.go_to(rows(phone).nth(46))
