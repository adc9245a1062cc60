"""History in the hand: scrolled through, looked up by day, filtered, mended and filled in later."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from training.models import WorkoutSession
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory

WITHOUT_JAVASCRIPT = pytest.mark.parametrize("javascript", [False])


@pytest.fixture
def done(alice, bench_press):
    """Fifty workouts of Alice's, one every second day, the latest today and first here."""
    squat = ExerciseFactory(name="Squat", primary_muscle="quads")
    workouts = []
    for number in range(50):
        begins = timezone.now() - timedelta(days=2 * number, minutes=1)
        workouts.append(
            WorkoutFactory(
                user=alice, title=f"Day {number}", session_date=begins, finished_at=begins
            )
        )
        entry = EntryFactory(workout=workouts[-1], exercise=squat if number % 5 else bench_press)
        SetFactory(session_exercise=entry, weight=100 - number)
    return workouts


@pytest.fixture
def history(phone, done):
    """Alice's phone with her history."""
    phone.page.goto("/history/")
    return phone


def items(phone):
    return phone.page.get_by_role("article")


def months(done):
    return len({(workout.day.year, workout.day.month) for workout in done})


def test_all_of_it_comes_by_scrolling(history, done):
    page = history.page
    expect(items(history)).to_have_count(10)
    for count in (20, 30, 40, 50):
        page.mouse.wheel(0, 100_000)
        expect(items(history)).to_have_count(count)
    expect(page.get_by_role("link", name="Older workouts")).to_have_count(0)
    titles = items(history).get_by_role("heading").all_text_contents()
    assert titles == [workout.title for workout in done]
    expect(page.get_by_role("heading", level=2)).to_have_count(months(done))
    assert page.url.endswith("/history/")


def test_without_a_connection_a_tap_brings_the_rest_later(history, problems):
    problems.expect("ERR_INTERNET_DISCONNECTED")
    problems.expect("htmx:(sendError|afterRequest)")
    page = history.page
    page.context.set_offline(True)
    page.mouse.wheel(0, 100_000)
    expect(page.get_by_text("No connection. Tap again.")).to_be_visible()
    page.context.set_offline(False)
    history.tap("Older workouts", role="link")
    expect(items(history)).to_have_count(20)
    assert page.url.endswith("/history/")


def test_back_shows_a_whole_page(history, done):
    page = history.page
    page.mouse.wheel(0, 100_000)
    expect(items(history)).to_have_count(20)
    older = page.get_by_role("link", name="Older workouts").get_attribute("href")
    # The same address was answered with a fragment when it was scrolled to.
    page.goto(f"/history/{older}")
    history.tap("Latest workouts", role="link")
    expect(items(history).first).to_contain_text("Day 0")
    page.go_back()
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    expect(items(history).first).to_contain_text("Day 20")


@WITHOUT_JAVASCRIPT
def test_all_of_it_comes_by_links_without_javascript(history, done):
    for first in ("Day 10", "Day 20", "Day 30", "Day 40"):
        history.tap("Older workouts", role="link")
        expect(items(history).first).to_contain_text(first)
    expect(items(history)).to_have_count(10)
    history.tap("Latest workouts", role="link")
    expect(items(history).first).to_contain_text("Day 0")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_tap_on_a_day_goes_there(history, done):
    page, wanted = history.page, done[30]
    day = page.get_by_role("link", name=f"{wanted.day:%-d %B %Y}: Day 30, 1 set", exact=True)
    width = day.bounding_box()["width"]
    assert width >= 24
    day.tap()
    expect(items(history).first).to_contain_text("Day 30")
    # It is marked, and still in sight though weeks back.
    marked = page.locator("[aria-current=true]")
    expect(marked).to_be_in_viewport()
    box = marked.bounding_box()
    assert page.locator(".heat-map").bounding_box()["x"] < box["x"] < 390 - width
    expect(items(history).first).to_be_in_viewport()


@pytest.mark.parametrize("javascript", [True, False])
def test_filter_and_remove_the_filters_again(history, done):
    page = history.page
    page.get_by_text("Filter", exact=True).tap()
    page.get_by_label("Exercise").select_option("Bench Press")
    page.get_by_label("At least (kg)").fill("heavy")
    history.tap("Show")
    expect(page.get_by_text("Type a weight like 82.5.")).to_be_visible()
    page.get_by_label("At least (kg)").fill("80,5")
    history.tap("Show")
    expect(items(history)).to_have_count(4)
    expect(items(history).last).to_contain_text("Day 15")
    history.tap("Remove filter 80.5 kg or more", role="link")
    expect(items(history)).to_have_count(10)
    history.tap("Remove filter Bench Press", role="link")
    expect(items(history).last).to_contain_text("Day 9")


@pytest.fixture(autouse=True)
def _wrong_filters_are_refused(problems):
    problems.expect("status of 422")


def test_delete_and_undo(history, done):
    page = history.page
    history.tap("Day 1", role="link")
    page.get_by_text("Title, time, place").tap()
    history.tap("Delete workout")
    expect(items(history).nth(1)).to_contain_text("Day 2")
    history.tap("Undo")
    expect(page.get_by_role("heading", level=1)).to_have_text("Day 1")
    page.goto("/history/")
    expect(items(history).nth(1)).to_contain_text("Day 1")


def test_duplicate_and_undo(history, done):
    page = history.page
    history.tap("Day 1", role="link")
    page.get_by_text("Duplicate").tap()
    history.tap("Make the copy")
    expect(page.get_by_text("This is the copy.")).to_be_visible()
    copy = WorkoutSession.objects.exclude(pk__in=[workout.pk for workout in done]).get()
    expect(page).to_have_url(copy.get_absolute_url())
    expect(page.get_by_role("button", name="Save set 1")).to_have_count(1)
    history.tap("Undo")
    expect(page).to_have_url("/history/")
    assert not WorkoutSession.objects.filter(pk=copy.pk).exists()


@pytest.mark.parametrize("javascript", [True, False])
def test_log_a_past_workout_like_one_before(history, done):
    page = history.page
    history.tap("Log a past workout", role="link")
    page.get_by_label("Same as").select_option("Day 0")
    page.get_by_label("Minutes").fill("45")
    history.tap("Log its sets")
    expect(page.get_by_role("heading", level=1)).to_have_text("Day 0")
    history.log_set(1, "97.5", "6")
    history.expect_logged(1, "97.5", "6")
    expect(page.locator("#stats")).to_have_text("45 min · 1 set · 585 kg")
    past = WorkoutSession.objects.exclude(pk__in=[workout.pk for workout in done]).get()
    assert past.duration == timedelta(minutes=45)
