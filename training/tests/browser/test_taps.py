"""The tap table: how few taps and keys the main path takes on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from training.models import ExerciseSet, WorkoutSession
from training.tests.browser.taps import Taps
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7


@pytest.fixture
def last(alice, bench_press):
    """Alice's last workout, three days ago: two sets, among a catalog longer than a screen."""
    ExerciseFactory.create_batch(50)
    date = timezone.now() - timedelta(days=3)
    last = WorkoutFactory(user=alice, session_date=date, finished_at=date)
    entry = EntryFactory(workout=last, exercise=bench_press)
    SetFactory(session_exercise=entry, weight=80, reps=8)
    SetFactory(session_exercise=entry, weight=85, reps=6)
    return last


@pytest.fixture
def taps(phone, last):
    """A thumb over Today."""
    phone.page.goto("/")
    return Taps(phone.page)


@pytest.fixture
def taps_again(taps, last):
    """A thumb over the last workout, started again."""
    again = WorkoutSession.start(last.user, id=uuid7(), again=last)
    taps.page.goto(again.get_absolute_url())
    return taps


def button(within, name):
    return within.get_by_role("button", name=name, exact=True)


def expect_next(phone, number, weight, reps):
    """A row is marked as the next, and holds what is to be logged."""
    row = phone.card.locator(".set-row--next")
    expect(row).to_have_count(1)
    expect(button(row, f"Log set {number}")).to_be_in_viewport()
    expect(button(row, f"More weight, set {number}")).to_be_visible()
    expect(row.get_by_label(f"Weight, set {number}", exact=True)).to_have_value(weight)
    expect(row.get_by_label(f"Reps, set {number}", exact=True)).to_have_value(reps)


def test_start_again_and_log_the_same(phone, taps):
    taps.tap(button(taps.page, "Start again: Push day"))
    expect_next(phone, 1, "80", "8")
    taps.meet("Start, repeating the last workout")

    taps.tap(button(phone.card, "Log set 1"))
    phone.expect_logged(1, "80", "8")
    expect_next(phone, 2, "85", "6")
    taps.meet("Log a set, same numbers as last time")
    taps.tap(button(phone.card, "Log set 2"))
    phone.expect_logged(2, "85", "6")
    taps.meet("Log a set, same numbers as last time")


def test_log_another_weight_by_a_step(phone, taps_again):
    taps_again.tap(button(phone.card, "More weight, set 1"))
    taps_again.tap(button(phone.card, "Log set 1"))
    phone.expect_logged(1, "82.5", "8")
    expect_next(phone, 2, "85", "6")
    taps_again.meet("Log a set, other weight, by a step")


def test_log_another_weight_by_keys(phone, taps_again):
    taps_again.type(phone.field("Weight, set 1"), "82,5")
    taps_again.tap(button(phone.card, "Log set 1"))
    phone.expect_logged(1, "82.5", "8")
    expect_next(phone, 2, "85", "6")
    taps_again.meet("Log a set, other weight, by keys")


def test_start_empty_add_what_was_done_before_and_log(phone, taps):
    taps.tap(button(taps.page, "Start an empty workout"))
    started = taps.count
    taps.count = 0
    taps.tap(taps.page.get_by_role("link", name="Add exercise", exact=True))
    taps.tap(button(taps.page, "Add Bench Press"))
    expect_next(phone, 1, "80", "8")
    added = taps.count
    taps.meet("Add an exercise done before")

    taps.count = started + added
    taps.tap(button(phone.card, "Log set 1"))
    phone.expect_logged(1, "80", "8")
    taps.meet("Start empty, log a known exercise")


def test_finish(taps_again):
    taps_again.tap(button(taps_again.page, "Finish"))
    expect(button(taps_again.page, "Re-open")).to_be_visible()
    taps_again.meet("Finish")


def test_undo_a_wrong_tick(phone, taps_again):
    button(phone.card, "Log set 1").tap()
    phone.expect_logged(1, "80", "8")
    taps_again.tap(button(taps_again.page, "Undo"))
    phone.expect_logged_sets(0)
    expect_next(phone, 1, "80", "8")
    assert not ExerciseSet.objects.filter(session_exercise__workout__finished_at=None).exists()
    taps_again.meet("Undo a wrong ✓")


def remove_set(phone):
    phone.page.get_by_label("Options for set 1").tap()
    phone.tap("Remove set 1")
    phone.expect_logged_sets(0)


def remove_exercise(phone):
    phone.page.get_by_label("Options for Bench Press").tap()
    phone.tap("Remove", within=phone.card)
    expect(phone.card).to_have_count(0)


def delete_workout(phone):
    phone.page.get_by_text("Title, time, place").tap()
    phone.tap("Delete workout")
    expect(phone.page).to_have_url("/")


@pytest.mark.parametrize("delete", [remove_set, remove_exercise, delete_workout])
def test_undo_a_deletion(phone, taps_again, delete):
    button(phone.card, "Log set 1").tap()
    phone.expect_logged(1, "80", "8")
    delete(phone)
    taps_again.tap(button(taps_again.page, "Undo"))
    phone.expect_logged_sets(1)
    phone.expect_logged(1, "80", "8")
    taps_again.meet("Undo a deletion")
