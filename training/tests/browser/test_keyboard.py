"""A whole workout by keyboard alone, with the focus always to be seen."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.tests.factories import UserFactory
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory

PASSWORD = "correct horse 9"
MOST_TABS = 80
IN_FOCUS = """
() => {
  const one = document.activeElement;
  // A chip is drawn by the label around its radio button.
  const shown = [one, one.closest("label")].filter(Boolean);
  const outlined = shown.map((it) => getComputedStyle(it)).some(({ outlineStyle, outlineWidth }) =>
    outlineStyle !== "none" && parseFloat(outlineWidth) >= 2);
  return { lost: one === document.body, outlined, html: one.outerHTML.slice(0, 120) };
}
"""
COMES_BEFORE = """
one => document.activeElement !== document.body
  && !!(one.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)
"""


class Keyboard:
    """Fingers that know no mouse."""

    def __init__(self, page: Page):
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def go_to(self, target: Locator) -> None:
        """Press Tab or Shift+Tab until the target has the focus, which is seen all the way."""
        key = "Shift+Tab" if target.evaluate(COMES_BEFORE) else "Tab"
        for _ in range(MOST_TABS):
            self.press(key)
            if target.evaluate("one => one === document.activeElement"):
                break
            self.expect_to_see_focus()
        expect(target).to_be_focused()
        self.expect_to_see_focus()

    def expect_to_see_focus(self) -> None:
        focus = self.page.evaluate(IN_FOCUS)
        assert not focus["lost"], "The focus is nowhere."
        assert focus["outlined"], f"The focus cannot be seen on {focus['html']}"

    def expect_focus_in(self, region: Locator) -> None:
        """After an answer has changed the page, the focus is still where one works."""
        expect(region.locator(":focus")).to_have_count(1)
        self.expect_to_see_focus()


@pytest.fixture
def alice(db):
    return UserFactory(email="alice@example.org", password=PASSWORD)


@pytest.fixture
def last(alice, bench_press):
    """Alice's last workout: two sets of bench presses, one of squats."""
    date = timezone.now() - timedelta(days=3)
    last = WorkoutFactory(user=alice, session_date=date, finished_at=date)
    bench = EntryFactory(workout=last, exercise=bench_press)
    SetFactory(session_exercise=bench, weight=80, reps=8)
    SetFactory(session_exercise=bench, weight=80, reps=8)
    squat = EntryFactory(workout=last, exercise=ExerciseFactory(name="Squat"))
    SetFactory(session_exercise=squat, weight=100, reps=5)
    ExerciseFactory(name="Plank", measure="time")
    return last


def button(within, name):
    return within.get_by_role("button", name=name, exact=True)


def test_a_whole_workout(new_phone, last):
    phone = new_phone()
    page, keyboard = phone.page, Keyboard(phone.page)
    names = page.get_by_role("heading", level=2)

    page.goto("/accounts/login/")
    page.get_by_label("Email").focus()
    keyboard.type("alice@example.org")
    keyboard.go_to(page.get_by_label("Password"))
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    expect(page).to_have_url("/")
    keyboard.go_to(button(page, "Start again: Push day"))
    keyboard.press("Enter")
    expect(names).to_have_text(["Bench Press", "Squat"])

    # Enter walks through the fields and logs; the next row is ready under the fingers.
    keyboard.go_to(phone.field("Weight, set 1"))
    keyboard.press("Enter")
    expect(phone.field("Reps, set 1")).to_be_focused()
    keyboard.press("Enter")
    phone.expect_logged(1, "80", "8")
    expect(phone.field("Weight, set 2")).to_be_focused()
    keyboard.type("82,5")
    keyboard.press("Enter", "Enter")
    phone.expect_logged(2, "82.5", "8")
    squat = page.get_by_role("region", name="Squat")
    expect(squat.get_by_label("Weight, set 1", exact=True)).to_be_focused()
    keyboard.expect_to_see_focus()

    # A logged number is changed in its place.
    keyboard.go_to(phone.field("Reps, set 2"))
    keyboard.type("7")
    keyboard.press("Enter")
    expect(page.get_by_text("1,218 kg")).to_be_visible()  # 80 × 8 + 82.5 × 7, rounded to even
    keyboard.expect_focus_in(phone.card)

    # A set's options: a warm-up after all.
    options = phone.card.get_by_label("Options for set 1", exact=True)
    keyboard.go_to(options)
    keyboard.press("Enter")
    kinds = phone.card.get_by_role("group", name="Kind of set 1")
    keyboard.go_to(kinds.get_by_role("radio", name="Work"))
    keyboard.press("ArrowRight")
    expect(options).to_have_text("W")
    keyboard.expect_focus_in(phone.card)

    # Escape closes a menu, and gives back the focus.
    keyboard.go_to(phone.card.get_by_label("Options for Bench Press"))
    keyboard.press("Space")
    expect(button(phone.card, "Move down")).to_be_visible()
    keyboard.press("Escape")
    expect(button(phone.card, "Move down")).to_be_hidden()
    expect(phone.card.get_by_label("Options for Bench Press")).to_be_focused()

    # Removed, and brought back.
    keyboard.go_to(phone.card.get_by_label("Options for set 2", exact=True))
    keyboard.press("Enter")
    keyboard.go_to(button(phone.card, "Remove set 2"))
    keyboard.press("Enter")
    phone.expect_logged_sets(1)
    keyboard.expect_focus_in(page)
    keyboard.go_to(button(page, "Undo"))
    keyboard.press("Enter")
    phone.expect_logged_sets(2)
    phone.expect_logged(2, "82.5", "7")
    keyboard.expect_focus_in(page)

    # Another exercise, found by its name, and moved up.
    keyboard.go_to(page.get_by_role("link", name="Add exercise", exact=True))
    keyboard.press("Enter")
    keyboard.go_to(page.get_by_label("Search exercises"))
    keyboard.type("plan")
    expect(button(page, "Add Squat")).to_have_count(0)
    keyboard.expect_focus_in(page)
    keyboard.go_to(button(page, "Add Plank"))
    keyboard.press("Enter")
    expect(names).to_have_text(["Bench Press", "Squat", "Plank"])
    plank = page.get_by_role("region", name="Plank")
    keyboard.go_to(plank.get_by_label("Options for Plank"))
    keyboard.press("Enter")
    keyboard.go_to(button(plank, "Move up"))
    keyboard.press("Enter")
    expect(names).to_have_text(["Bench Press", "Plank", "Squat"])
    keyboard.expect_focus_in(plank)

    keyboard.go_to(button(page, "Finish"))
    keyboard.press("Enter")
    expect(button(page, "Re-open")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_enter_saves_a_logged_set(open_workout):
    """It means the first button of the form, which once was the one that removes the set."""
    phone = open_workout
    phone.log_set(1, "80", "8")
    phone.expect_logged(1, "80", "8")
    phone.field("Reps, set 1").fill("7")
    phone.field("Reps, set 1").press("Enter")
    expect(phone.page.get_by_text("560 kg")).to_be_visible()
    phone.expect_logged(1, "80", "7")
