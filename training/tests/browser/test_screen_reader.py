"""What a screen reader hears: sets as they are logged, and every control by its name."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from training.models import ExerciseSet
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory

CARD = """
- region "Bench Press":
  - heading "Bench Press" [level=2]
  - text: Barbell
  - textbox "Weight, set 1": "80"
  - textbox "Reps, set 1": "8"
  - button "Save set 1"
  - 'button "Previous: 82.5 × 8. Use it for set 2"'
  - textbox "Weight, set 2": "82.5"
  - textbox "Reps, set 2": "8"
  - button "Log set 2"
  - button "Less weight, set 2"
  - button "More weight, set 2"
  - button "Less reps, set 2"
  - button "More reps, set 2"
  - button "Add set"
"""


@pytest.fixture
def planned(alice, workout, bench_press):
    """The running workout, with three sets of the last time, and a plank."""
    date = timezone.now() - timedelta(days=3)
    last = EntryFactory(
        workout__user=alice,
        workout__session_date=date,
        workout__finished_at=date,
        exercise=bench_press,
    )
    for weight in ("80", "82.5", "82.5"):
        SetFactory(session_exercise=last, weight=weight, reps=8)
    plank = ExerciseFactory(name="Plank", measure="time", equipment="bodyweight")
    EntryFactory(workout=workout, exercise=plank)
    return workout


def heard(phone):
    return phone.page.locator("#announcer")


def test_hears_what_was_logged(phone, planned):
    page = phone.page
    page.goto(planned.get_absolute_url())
    page.evaluate("window.regions = [...document.querySelectorAll('[role=status]')]")
    for number, text in [
        (1, "Logged set 1, 80 kilograms, 8 reps"),
        (2, "Logged set 2, 82.5 kilograms, 8 reps"),
        (3, "Logged set 3, 82.5 kilograms, 8 reps"),
    ]:
        phone.tap(f"Log set {number}", within=phone.card)
        expect(heard(phone)).to_have_text(text)
    phone.field("Reps, set 3").fill("1")
    phone.tap("Save set 3")
    expect(heard(phone)).to_have_text("Saved set 3, 82.5 kilograms, 1 rep")
    plank = page.get_by_role("region", name="Plank")
    plank.get_by_label("Time, set 1", exact=True).fill("1:30")
    phone.tap("Log set 1", within=plank)
    expect(heard(phone)).to_have_text("Logged set 1, 1:30")

    # A region that is made anew, or hidden, is not heard.
    assert page.evaluate(
        "window.regions.length >= 2 && window.regions.every(one => one.isConnected)"
    )
    for region in page.get_by_role("status").all():
        expect(region).to_be_attached()
    assert heard(phone).evaluate("one => getComputedStyle(one).display") != "none"


def test_hears_pounds(phone, planned, alice):
    page = phone.page
    ExerciseSet.objects.update(weight="180", weight_unit="lb")
    page.goto(planned.get_absolute_url())
    phone.tap("Log set 1", within=phone.card)
    expect(heard(phone)).to_have_text("Logged set 1, 180 pounds, 8 reps")


def test_a_card_reads_sensibly(phone, planned):
    phone.page.goto(planned.get_absolute_url())
    phone.tap("Log set 1", within=phone.card)
    phone.expect_logged(1, "80", "8")
    expect(phone.card).to_match_aria_snapshot(CARD)


def test_every_control_has_a_name_of_its_own(phone, planned):
    phone.page.goto(planned.get_absolute_url())
    phone.tap("Log set 1", within=phone.card)
    phone.expect_logged(1, "80", "8")
    names = phone.card.locator(
        ":is(button, input:not([type=hidden]), summary):visible"
    ).evaluate_all("all => all.map(one => one.ariaLabel || one.textContent.trim())")
    assert all(names)
    assert len(names) == len(set(names))
    for name in ("Options for set 3", "Weight, set 3", "Reps, set 3", "Log set 3", "Add set"):
        assert name in names
