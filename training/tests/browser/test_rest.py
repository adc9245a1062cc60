"""The rest between two sets: a bar that counts it down on every page."""

import re

import pytest
from playwright.sync_api import Page, expect

from training.models import SessionExercise
from training.tests.factories import EntryFactory

DEFAULT = 120


class Rest:
    """The bar, and the clock of the phone that shows it."""

    def __init__(self, page: Page):
        self.page = page
        self.bar = page.locator("rest-timer")
        self.time = self.bar.get_by_role("timer")

    @property
    def left(self) -> int:
        """How many seconds of rest the bar shows."""
        expect(self.time).to_have_text(re.compile(r"^\d+:\d\d$"))
        minutes, seconds = self.time.inner_text().split(":")
        return int(minutes) * 60 + int(seconds)

    def stop_clock(self) -> int:
        """Let time pass only by `wait`, from now on; return what is left."""
        self.page.clock.pause_at(self.page.evaluate("Date.now()") / 1000 + 1)
        return self.left

    def wait(self, seconds: int) -> None:
        self.page.clock.run_for(seconds * 1000)

    def tap(self, name: str) -> None:
        self.bar.get_by_role("button", name=name).tap()

    def expect_text(self, text: str) -> None:
        text = text.replace(" × ", "\u00a0×\u00a0")
        expect(self.bar.locator(".rest-timer__text")).to_have_text(text)


@pytest.fixture
def rest(phone):
    phone.page.clock.install()
    return Rest(phone.page)


@pytest.fixture
def resting(rest, open_workout):
    """The rest after a set that Alice has just logged; its time passes by `wait` only."""
    open_workout.log_set(1, "82.5", "8")
    open_workout.expect_logged(1, "82.5", "8")
    assert DEFAULT - 10 < rest.stop_clock() < DEFAULT
    return rest


def test_no_bar_before_a_set_is_logged(rest, open_workout):
    expect(rest.bar).to_be_hidden()


def test_counts_down_and_can_be_changed(resting):
    resting.expect_text("Rest · next 82.5 × 8")
    left = resting.left
    resting.wait(30)
    assert resting.left == left - 30
    resting.tap("+15")
    assert resting.left == left - 15
    resting.tap("−15")
    resting.tap("−15")
    assert resting.left == left - 45
    resting.tap("Skip")
    expect(resting.bar).to_be_hidden()
    resting.page.reload()
    expect(resting.page.get_by_role("heading", name="Push day")).to_be_visible()
    expect(resting.bar).to_be_hidden()


def test_goes_on_after_reload_page_change_and_sleep(resting, phone):
    resting.tap("+15")
    left = resting.left
    resting.page.reload()
    assert resting.left == left
    resting.wait(10)
    phone.tap("History", role="link")
    expect(resting.page).to_have_url("/history/")
    assert resting.left == left - 10
    resting.expect_text("Rest · next 82.5 × 8")
    resting.page.clock.fast_forward(20_000)  # Timers fire once at most, as after sleep.
    assert resting.left == left - 30
    resting.page.go_back()
    assert resting.left == left - 30


def test_is_known_to_another_phone(resting, new_phone, alice, workout):
    other = new_phone(alice)
    other.page.goto(workout.get_absolute_url())
    assert DEFAULT - 30 < Rest(other.page).left <= DEFAULT


def test_says_that_it_is_over_and_for_how_long(resting):
    page = resting.page
    page.evaluate("window.shaken = 0; navigator.vibrate = () => void (window.shaken += 1); null")
    announcer = page.locator("#announcer")
    resting.wait(resting.left - 1)
    assert resting.left == 1
    expect(announcer).not_to_have_text("Rest over")
    resting.wait(41)
    resting.expect_text("Rest over 0:40 ago · next 82.5 × 8")
    expect(resting.time).to_be_hidden()
    expect(announcer).to_have_text("Rest over")
    assert page.evaluate("window.shaken") == 1
    resting.wait(25)
    resting.expect_text("Rest over 1:05 ago · next 82.5 × 8")
    assert page.evaluate("window.shaken") == 1
    page.reload()
    resting.expect_text("Rest over 1:05 ago · next 82.5 × 8")
    resting.tap("+15")
    assert resting.left == 15
    resting.wait(11 * 60)
    expect(resting.bar).to_be_hidden()


def test_the_next_set_starts_it_anew_and_an_edit_does_not(resting, phone):
    left = resting.left
    resting.wait(60)
    phone.field("Reps, set 1").fill("7")
    phone.tap("Save set 1", within=phone.card)
    expect(resting.page.get_by_text("578 kg")).to_be_visible()  # 82.5 × 7
    assert resting.left == left - 60
    phone.log_set(2, "82.5", "7")
    phone.expect_logged(2, "82.5", "7")
    assert DEFAULT - 10 < resting.left <= DEFAULT


def test_ends_with_its_set_or_its_workout(resting, phone):
    phone.page.clock.resume()
    phone.tap("Undo")
    expect(resting.bar).to_be_hidden()
    phone.log_set(1, "80", "8")
    expect(resting.bar).to_be_visible()
    phone.tap("Finish")
    expect(phone.page.get_by_role("button", name="Re-open")).to_be_visible()
    expect(resting.bar).to_be_hidden()


def test_in_a_superset_after_its_last_exercise_only(rest, phone, workout):
    SessionExercise.objects.update(superset_with_next=True)
    EntryFactory(workout=workout, exercise__name="Row")
    phone.page.goto(workout.get_absolute_url())
    phone.log_set(1, "82.5", "8")
    phone.expect_logged(1, "82.5", "8")
    expect(rest.bar).to_be_hidden()
    row = phone.page.get_by_role("region", name="Row")
    row.get_by_label("Weight, set 1", exact=True).fill("60")
    row.get_by_label("Reps, set 1", exact=True).fill("10")
    phone.tap("Log set 1", within=row)
    rest.expect_text("Rest · next Bench Press 82.5 × 8")


def test_its_length_is_chosen_in_the_menu(rest, open_workout):
    open_workout.page.get_by_label("Options for Bench Press").tap()
    open_workout.card.get_by_text("Default (2:00)").tap()
    open_workout.tap("3:00")
    chosen = open_workout.card.locator(".rest-choice__summary")
    expect(chosen).to_have_text("Rest 3:00")
    open_workout.page.get_by_label("Options for Bench Press").tap()
    chosen.tap()
    expect(open_workout.card.get_by_role("button", pressed=True)).to_have_text("3:00")
    open_workout.page.keyboard.press("Escape")
    open_workout.log_set(1, "82.5", "8")
    open_workout.expect_logged(1, "82.5", "8")
    assert 170 < rest.left <= 180


def test_covers_neither_the_toast_nor_the_end_of_the_page(resting):
    page = resting.page
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    top = resting.bar.bounding_box()["y"]
    toast = page.get_by_role("button", name="Undo").bounding_box()
    assert toast["y"] + toast["height"] < top
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    last = page.get_by_role("link", name="Add exercise").bounding_box()
    assert last["y"] + last["height"] < top
    for button in resting.bar.get_by_role("button").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 48


@pytest.mark.parametrize("javascript", [False])
def test_is_not_there_without_javascript(open_workout, javascript):
    open_workout.log_set(1, "82.5", "8")
    open_workout.expect_logged(1, "82.5", "8")
    expect(open_workout.page.locator("rest-timer")).to_be_hidden()
    open_workout.page.get_by_label("Options for Bench Press").tap()
    open_workout.card.get_by_text("Default (2:00)").tap()
    open_workout.tap("3:00")
    expect(open_workout.card.locator(".rest-choice__summary")).to_have_text("Rest 3:00")
    assert SessionExercise.objects.get().rest_seconds == 180


WAKE_LOCK = """
  window.held = 0;
  navigator.wakeLock.request = async () => {
    window.held += 1;
    window.lock = { released: false, release() { this.released = true; window.held -= 1; } };
    return window.lock;
  };
"""


def test_the_screen_stays_awake_while_a_workout_runs(phone, workout):
    page = phone.page
    page.add_init_script(WAKE_LOCK)
    page.goto(workout.get_absolute_url())
    page.wait_for_function("window.held === 1")
    # As when the page was hidden for a while: the browser has let go of it.
    page.evaluate("window.lock.release(); document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("window.held === 1")
    page.locator("wake-lock").evaluate("one => one.remove()")
    page.wait_for_function("window.held === 0")
    phone.tap("Finish")
    expect(page.get_by_role("button", name="Re-open")).to_be_visible()
    assert page.evaluate("window.held") == 0
    expect(page.locator("wake-lock")).to_have_count(0)


PERMISSION = """
  window.asked = 0;
  let state = "default";
  Object.defineProperty(Notification, "permission", { get: () => state });
  Notification.requestPermission = async () => { window.asked += 1; state = "granted"; };
"""


def test_asks_to_notify_only_at_a_tap_in_the_settings(phone):
    page = phone.page
    page.add_init_script(PERMISSION)
    page.goto("/settings/")
    button = page.get_by_role("button", name="Allow notifications")
    expect(button).to_be_visible()
    assert page.evaluate("window.asked") == 0
    button.tap()
    expect(page.get_by_text("A notification tells you")).to_be_visible()
    expect(button).to_have_count(0)
    assert page.evaluate("window.asked") == 1
