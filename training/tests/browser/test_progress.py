"""Progress in the hand: other weeks, other sums, and the numbers behind the picture."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from training.tests.factories import EntryFactory, SetFactory, WorkoutFactory

BOTH_WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])


@pytest.fixture
def shown(phone, alice, bench_press):
    """Alice's phone with her progress: a workout a week, a set more each, 20 weeks long."""
    for number in range(20):
        begins = timezone.now() - timedelta(weeks=19 - number, minutes=1)
        workout = WorkoutFactory(user=alice, session_date=begins, finished_at=begins)
        entry = EntryFactory(workout=workout, exercise=bench_press)
        SetFactory.create_batch(number + 1, session_exercise=entry, weight=60 + number, reps=5)
    phone.page.goto("/progress/")
    return phone


def figure(phone, name):
    return phone.page.locator(".figures__figure", has_text=name).locator("dd")


def said(phone):
    """What the chart says of a week: its value."""
    return phone.page.locator(".chart__value:visible")


@BOTH_WAYS
def test_links_choose_weeks_and_sums(shown, javascript):
    page = shown.page
    expect(figure(shown, "Workouts")).to_have_text("12")
    expect(said(shown)).to_have_text(["7,900 kg"])
    shown.tap("Sets", role="link")
    expect(said(shown)).to_have_text(["20 sets"])
    if javascript:
        expect(page.get_by_role("link", name="Sets")).to_be_focused()
    shown.tap("4 weeks", role="link")
    expect(figure(shown, "Workouts")).to_have_text("4")
    expect(said(shown)).to_have_text(["20 sets"])
    shown.tap("All", role="link")
    expect(figure(shown, "Workouts")).to_have_text("20")
    expect(figure(shown, "Streak")).to_contain_text("20 weeks")
    expect(page.get_by_role("link", name="All")).to_have_attribute("aria-current", "true")
    assert ("?" in page.url) != javascript


@BOTH_WAYS
def test_pointing_shows_a_week_and_the_table_all(shown):
    hits = shown.page.locator(".chart__hit > rect")
    hits.first.hover()
    expect(said(shown)).to_have_text(["3,060 kg"])
    hits.nth(5).tap()
    expect(said(shown)).to_have_text(["5,110 kg"])
    table = shown.page.get_by_role("table", name="Volume")
    expect(table).to_be_hidden()
    shown.page.get_by_text("Table", exact=True).tap()
    expect(table.get_by_role("row")).to_have_count(13)


@BOTH_WAYS
def test_a_record_leads_to_its_exercise_and_its_set(shown, javascript):
    if javascript:
        shown.page.mouse.wheel(0, 100_000)
    else:
        shown.tap("Records of the last 90 days", role="link")
    records = shown.page.get_by_role("region", name="Records of the last 90 days")
    expect(records.locator("li:visible")).to_have_count(10)
    expect(records.locator("li").first).to_contain_text("Heaviest: 79 kg, was 78 kg")
    records.get_by_role("link", name="79 × 5").tap()
    expect(shown.field("Weight, set 1")).to_have_value("79")
    shown.page.go_back()
    records.get_by_role("link", name="Bench Press").first.tap()
    expect(shown.page.get_by_role("heading", name="Bench Press", level=1)).to_be_visible()
