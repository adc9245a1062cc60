"""Every page for everyone: contrast and names, no sideways scrolling, large enough to touch."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.utils import timezone
from playwright.sync_api import expect

from training.tests.browser.conftest import PHONE
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory

DESK = {"width": 1280, "height": 800}
SMALL_PHONE = {"width": 320, "height": 640}
LEAST_HEIGHT = 44

# Without its copies of the style sheets, which the Content-Security-Policy forbids.
RUN_AXE = """
axe.run(document, {preload: false, resultTypes: ["violations"]})
  .then(results => results.violations)
"""
SMALL_TARGETS = """
least => [...document.querySelectorAll(
    "main :is(button, summary, select, textarea, input:not([type=hidden]), .button),"
      + "nav a, #toast button"
  )]
  .filter(one => one.checkVisibility({visibilityProperty: true}))
  .map(one => one.matches("[type=radio], [type=checkbox]") ? one.labels[0] ?? one : one)
  .filter(one => one.getBoundingClientRect().height < least)
  .map(one => `${one.ariaLabel || one.textContent.trim() || one.outerHTML.slice(0, 80)}: `
    + `${one.getBoundingClientRect().height} px`)
"""


def sign_up(phone, workout):
    phone.page.goto("/accounts/signup/")


def sign_up_wrongly(phone, workout):
    phone.page.goto("/accounts/signup/")
    phone.page.get_by_label("Email").fill("nobody")
    phone.tap("Sign up")
    expect(phone.page.get_by_text("Enter a valid email address.")).to_be_visible()


def log_in(phone, workout):
    phone.page.goto("/accounts/login/")


def reset_password(phone, workout):
    phone.page.goto("/accounts/password/reset/")


def today(phone, workout):
    workout.finish()
    phone.page.goto("/")


def today_running(phone, workout):
    phone.page.goto("/")


def empty_workout(phone, workout):
    phone.page.goto(WorkoutFactory(user=workout.user).get_absolute_url())


def workout_with_sets(phone, workout):
    phone.page.goto(workout.get_absolute_url())


def workout_with_rpe(phone, workout):
    type(workout.user).objects.filter(pk=workout.user_id).update(shows_rpe=True)
    workout_with_sets(phone, workout)
    expect(phone.field("RPE, set 1")).to_be_visible()


def finished_workout(phone, workout):
    workout.finish()
    workout_with_sets(phone, workout)


def workout_with_an_error(phone, workout):
    workout_with_sets(phone, workout)
    phone.field("Weight, set 1").fill("heavy")
    phone.tap("Save set 1")
    expect(phone.page.get_by_text("Type a weight like 82.5.")).to_be_visible()


def menu_of_a_set(phone, workout):
    workout_with_sets(phone, workout)
    phone.card.get_by_label("Options for set 1").tap()
    expect(phone.page.get_by_role("button", name="Remove set 1")).to_be_visible()


def menu_of_an_exercise(phone, workout):
    workout_with_sets(phone, workout)
    phone.card.get_by_label("Options for Bench Press").tap()
    expect(phone.card.get_by_role("button", name="Move down")).to_be_visible()


def form_of_the_workout(phone, workout):
    workout_with_sets(phone, workout)
    phone.page.get_by_text("Title, time, place").tap()
    expect(phone.page.get_by_label("Location")).to_be_visible()


def undo(phone, workout):
    menu_of_a_set(phone, workout)
    phone.tap("Remove set 1")
    expect(phone.page.get_by_role("button", name="Undo")).to_be_visible()


def picker(phone, workout):
    phone.page.goto(f"{workout.get_absolute_url()}exercises/")


def nothing_found(phone, workout):
    phone.page.goto(f"{workout.get_absolute_url()}exercises/?q=xyz")
    expect(phone.page.get_by_text("Nothing found.")).to_be_visible()


def replacement(phone, workout):
    entry = workout.session_exercises.first()
    phone.page.goto(f"/session-exercises/{entry.pk}/replace/")


def history(phone, workout):
    workout.finish()
    phone.page.goto("/history/")
    expect(phone.page.get_by_text("Push day")).to_be_visible()


def empty_history(phone, workout):
    phone.page.goto("/history/")


def trash(phone, workout):
    workout.soft_delete()
    phone.page.goto("/trash/")
    expect(phone.page.get_by_role("button", name="Restore Push day")).to_be_visible()


def settings(phone, workout):
    phone.page.goto("/settings/")


def change_password(phone, workout):
    phone.page.goto("/accounts/password/change/")


def not_here(phone, workout):
    phone.page.goto("/nowhere/")


FOR_ANYONE = [sign_up, sign_up_wrongly, log_in, reset_password]
FOR_LIFTERS = [
    today,
    today_running,
    empty_workout,
    workout_with_sets,
    workout_with_rpe,
    workout_with_an_error,
    menu_of_a_set,
    menu_of_an_exercise,
    form_of_the_workout,
    undo,
    finished_workout,
    picker,
    nothing_found,
    replacement,
    history,
    empty_history,
    trash,
    settings,
    change_password,
    not_here,
]


@pytest.fixture(params=FOR_ANYONE + FOR_LIFTERS, ids=lambda show: show.__name__)
def shown(request, new_phone, alice, workout, problems):
    """A phone that shows one of the app's pages, with text as long as it gets."""
    problems.expect("status of 4(04|22)")
    entry = workout.session_exercises.get()
    entry.notes = "Pause at the chest; a-very-long-word-without-any-place-to-break-it-anywhere"
    entry.save(update_fields=["notes"])
    done = WorkoutFactory(user=alice, finished_at=timezone.now(), title="A long title, as some are")
    for one in (entry, EntryFactory(workout=done, exercise=entry.exercise)):
        SetFactory(session_exercise=one, kind="warmup", weight="102.25", reps=10)
        SetFactory(session_exercise=one, weight="225.5", weight_unit="lb")
    dips = ExerciseFactory(name="Weighted Dip", measure="bodyweight_reps", equipment="bodyweight")
    EntryFactory(workout=workout, exercise=dips)
    EntryFactory(workout=workout, exercise=ExerciseFactory(name="Plank", measure="time"))
    phone = new_phone(alice if request.param in FOR_LIFTERS else None)
    request.param(phone, workout)
    return phone.page


def test_everyone_can_use_it(shown):
    found = set()
    shown.evaluate(AXE_SCRIPT)
    for size in (PHONE, DESK):
        shown.set_viewport_size(size)
        for scheme in ("light", "dark"):
            shown.emulate_media(color_scheme=scheme)
            for violation in shown.evaluate(RUN_AXE):
                for node in violation["nodes"]:
                    found.add(f"{violation['impact']}, {violation['id']}, {scheme}: {node['html']}")
    for size in (PHONE, SMALL_PHONE):
        shown.set_viewport_size(size)
        needed = shown.evaluate("document.documentElement.scrollWidth")
        if needed > size["width"]:
            found.add(f"needs {needed} px of {size['width']}")
    found.update(shown.evaluate(SMALL_TARGETS, LEAST_HEIGHT))
    assert sorted(found) == []
