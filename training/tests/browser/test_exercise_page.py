"""An exercise in the hand: its chart, its table, and the sessions that come by scrolling."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from training.tests.factories import EntryFactory, SetFactory, WorkoutFactory

BOTH_WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
WITHOUT_JAVASCRIPT = pytest.mark.parametrize("javascript", [False])


@pytest.fixture
def shown(phone, alice, bench_press):
    """Alice's phone with her bench press: 50 workouts in 100 days, a kilogram more in each."""
    for number in range(50):
        begins = timezone.now() - timedelta(days=2 * (49 - number), minutes=1)
        workout = WorkoutFactory(user=alice, session_date=begins, finished_at=begins)
        entry = EntryFactory(workout=workout, exercise=bench_press)
        SetFactory(session_exercise=entry, weight=60 + number, reps=5)
    phone.page.goto(bench_press.get_absolute_url())
    return phone


def said(phone):
    """What the chart says of a day: its value."""
    return phone.page.locator(".chart__value:visible")


def sessions(phone):
    return phone.page.locator(".session")


@BOTH_WAYS
def test_chips_choose_what_is_drawn(shown, javascript):
    page = shown.page
    expect(said(shown)).to_have_text(["127.2 kg"])
    shown.tap("Heaviest", role="link")
    expect(said(shown)).to_have_text(["109 kg"])
    expect(page.get_by_role("link", name="Heaviest")).to_have_attribute("aria-current", "true")
    shown.tap("3 months", role="link")
    expect(page.get_by_role("link", name="3 months")).to_have_attribute("aria-current", "true")
    expect(said(shown)).to_have_text(["109 kg"])
    expect(page.get_by_text("The heaviest working set of a workout.")).to_be_visible()
    assert ("?" in page.url) != javascript


@BOTH_WAYS
def test_pointing_and_tapping_show_a_value(shown):
    hits = shown.page.locator(".chart__hit > rect")
    hits.first.hover()
    expect(said(shown)).to_have_text(["70 kg"])
    hits.nth(24).tap()
    expect(said(shown)).to_have_text(["98 kg"])


@BOTH_WAYS
def test_the_same_numbers_are_a_table(shown):
    table = shown.page.get_by_role("table", name="Est. 1RM")
    expect(table).to_be_hidden()
    shown.page.get_by_text("Table", exact=True).tap()
    expect(table).to_be_visible()
    expect(table.get_by_role("row")).to_have_count(51)
    table.get_by_role("link").first.tap()
    expect(shown.card).to_be_visible()
    assert "/workouts/" in shown.page.url


def test_records_and_sessions_come_by_scrolling(shown):
    expect(shown.page.get_by_role("region", name="Bests", exact=True)).to_be_visible()
    expect(sessions(shown)).to_have_count(0)
    for count in (10, 20, 30, 40, 50):
        shown.page.mouse.wheel(0, 100_000)
        expect(sessions(shown)).to_have_count(count)
    expect(shown.page.get_by_role("link", name="Older sessions")).to_have_count(0)


@WITHOUT_JAVASCRIPT
def test_sessions_come_by_links_without_javascript(shown):
    shown.tap("Past sessions", role="link")
    expect(sessions(shown)).to_have_count(10)
    for count in (10, 10, 10, 10):
        shown.tap("Older sessions", role="link")
        expect(sessions(shown)).to_have_count(count)
        expect(sessions(shown).first).not_to_contain_text("109 × 5")
    shown.tap("Latest sessions", role="link")
    expect(sessions(shown).first).to_contain_text("109 × 5")
    shown.tap("Bench Press", role="link")
    expect(shown.page.get_by_role("heading", name="Bench Press")).to_be_visible()


@BOTH_WAYS
def test_a_best_leads_to_its_set(shown, javascript):
    if not javascript:
        shown.tap("Records", role="link")
    shown.page.get_by_role("list", name="Best for at least so many reps").get_by_role(
        "link"
    ).first.tap()
    expect(shown.field("Weight, set 1")).to_have_value("109")
    assert "#set-" in shown.page.url


@BOTH_WAYS
def test_earlier_records_are_behind_a_toggle(shown, javascript):
    if not javascript:
        shown.tap("Records", role="link")
    records = shown.page.get_by_role("region", name="Records over time")
    expect(records.locator("li:visible")).to_have_count(8)
    records.get_by_text("Earlier records").tap()
    expect(records.locator("li:visible")).to_have_count(15)
    expect(records.get_by_text("The latest 15.")).to_be_visible()
