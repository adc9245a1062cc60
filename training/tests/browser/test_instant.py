"""A tap is seen at once, on a slow phone with a slow connection, and nothing jumps or gets lost."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from training.models import ExerciseSet
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory

# Layout shifts that no tap explains, and the moments at which the first row changed its look.
WATCH = """() => {
  window.seen = { shifts: [], looks: [] };
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) {
      if (!hadRecentInput) seen.shifts.push(value);
    }
  }).observe({ type: "layout-shift" });
  new MutationObserver(() => {
    const look = document.querySelector(".set-row").className;
    if (look !== seen.looks.at(-1)) seen.looks.push(look);
  }).observe(document.body, { subtree: true, childList: true, attributes: true });
}"""
PLACES = """() => [...document.querySelectorAll(
  ".page-header, .exercise, .set-row, .set-row__input, .set-row__log, .exercise__footer button"
)].map((one) => Object.values(one.getBoundingClientRect().toJSON()))"""


@pytest.fixture
def planned(alice, workout, bench_press):
    """The running workout with two exercises, of which each had three sets the last time."""
    squat = ExerciseFactory(name="Squat")
    EntryFactory(workout=workout, exercise=squat)
    before = workout.session_date - timedelta(days=1)
    last = EntryFactory(workout__user=alice, workout__session_date=before, exercise=bench_press)
    for entry in (last, EntryFactory(workout=last.workout, exercise=squat)):
        SetFactory.create_batch(3, session_exercise=entry, weight="80", reps=8)
    last.workout.finish()
    return workout


@pytest.fixture
def sets(planned):
    return ExerciseSet.objects.filter(session_exercise__workout=planned)


@pytest.fixture
def gym(phone, planned):
    """Alice's phone with that workout."""
    phone.page.goto(planned.get_absolute_url())
    return phone


def slow_down(page, *, cpu=4, latency=150):
    """Return the page's DevTools session, with the processor and the network made slow."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": cpu})
    network = {"offline": False, "downloadThroughput": -1, "uploadThroughput": -1}
    devtools.send("Network.emulateNetworkConditions", network | {"latency": latency})
    return devtools


def row(phone, number):
    return phone.card.locator(".set-row").nth(number - 1)


def hold(page, pattern):
    """Keep requests from being answered; return the list of them."""
    held = []
    page.route(pattern, lambda route: held.append(route))
    return held


def release(page, pattern, held):
    for route in held:
        route.continue_()
    page.unroute(pattern)


def test_a_row_looks_logged_before_the_answer_and_nothing_moves(gym, sets):
    page = gym.page
    slow_down(page)
    page.evaluate(WATCH)
    before = page.evaluate(PLACES)
    held = hold(page, "**/sets/")
    gym.tap("Log set 1", within=gym.card)
    expect(row(gym, 1)).to_have_class(
        "set-row set-row--2 set-row--next htmx-request set-row--sending"
    )
    expect(row(gym, 1)).to_have_attribute("aria-busy", "true")
    paper = "(row) => getComputedStyle(row).backgroundColor"
    sending = row(gym, 1).evaluate(paper)
    assert sending != row(gym, 2).evaluate(paper)
    assert page.evaluate(PLACES) == before
    assert not sets.exists()

    release(page, "**/sets/", held)
    gym.expect_logged(1, "80", "8")
    expect(row(gym, 2)).to_contain_class("set-row--next")
    assert row(gym, 1).evaluate(paper) == sending
    assert page.evaluate(PLACES) == before
    looks = page.evaluate("seen.looks.map((look) => look.match(/--(sending|logged)/)?.[1])")
    assert looks[0] == "sending"
    assert looks[-1] == "logged"
    assert page.evaluate("seen.shifts") == []


def test_twenty_taps_are_one_set(gym, sets):
    slow_down(gym.page, cpu=1, latency=300)
    box = row(gym, 1).get_by_role("button", name="Log set 1", exact=True).bounding_box()
    for _ in range(20):
        gym.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    gym.expect_logged(1, "80", "8")
    gym.page.wait_for_load_state("networkidle")
    gym.expect_logged_sets(1)
    assert sets.count() == 1


def test_a_key_held_down_is_one_set(gym, sets):
    keyboard = gym.page.keyboard
    row(gym, 1).get_by_role("button", name="Log set 1", exact=True).focus()
    keyboard.down("Enter")
    gym.expect_logged(1, "80", "8")
    expect(gym.card.get_by_role("button", name="Log set 2", exact=True)).to_be_focused()
    for _ in range(5):
        keyboard.down("Enter")
    keyboard.up("Enter")
    gym.page.wait_for_load_state("networkidle")
    assert sets.count() == 1


def fail(route):
    route.fulfill(status=503)


def never_answer(route):
    route.fetch()


@pytest.mark.parametrize("answer", [fail, never_answer])
def test_a_failure_is_marked_in_the_row_and_tapped_again(gym, sets, problems, answer):
    problems.expect("503|htmx:(timeout|afterRequest|responseError)")
    page = gym.page
    page.evaluate("htmx.config.timeout = 2000")
    gym.field("Reps, set 1").fill("7")
    before = page.evaluate(PLACES)
    page.route("**/sets/", answer, times=1)
    gym.tap("Log set 1", within=gym.card)
    expect(row(gym, 1).get_by_role("alert")).to_have_text("Not saved. Tap ✓ again.")
    expect(row(gym, 1)).to_contain_class("set-row--failed")
    expect(row(gym, 1)).not_to_contain_class("set-row--sending")
    expect(gym.field("Reps, set 1")).to_have_value("7")
    assert page.evaluate(PLACES) == before
    gym.tap("Add set", within=gym.card)
    expect(gym.card.locator(".set-row")).to_have_count(4)
    expect(row(gym, 1)).to_contain_class("set-row--failed")
    gym.tap("Log set 1", within=gym.card)
    gym.expect_logged(1, "80", "7")
    expect(page.get_by_text("Not saved")).to_have_count(0)
    assert sets.count() == 1


def test_what_was_typed_survives_removal_undo_and_move(gym):
    page = gym.page
    squat = page.get_by_role("region", name="Squat")
    gym.tap("Log set 1", within=gym.card)
    gym.expect_logged(1, "80", "8")
    gym.tap("Log set 2", within=gym.card)
    gym.expect_logged(2, "80", "8")
    gym.field("Reps, set 2").fill("6")
    weight = squat.get_by_label("Weight, set 2", exact=True)
    weight.fill("100")
    page.get_by_label("Options for Bench Press").tap()
    gym.field("Note on Bench Press").fill("Narrow grip")
    page.get_by_label("Options for Bench Press").tap()
    gym.field("Weight, set 3").fill("82,5")

    def expect_typed(number=2):
        expect(gym.field("Weight, set 3")).to_have_value("82,5")
        expect(gym.field(f"Reps, set {number}")).to_have_value("6")
        expect(gym.field("Note on Bench Press")).to_have_value("Narrow grip")
        expect(weight).to_have_value("100")

    gym.card.get_by_label("Options for set 1").tap()
    gym.tap("Remove set 1")
    expect(page.get_by_text("Set removed.")).to_be_visible()
    expect_typed(number=1)
    gym.tap("Undo")
    gym.expect_logged_sets(2)
    expect_typed()
    page.get_by_label("Options for Squat").tap()
    gym.tap("Move up", within=squat)
    expect(page.get_by_role("heading", level=2)).to_have_text(["Squat", "Bench Press"])
    expect_typed()
    gym.tap("Log set 3", within=gym.card)
    gym.expect_logged(3, "82.5", "8")


def test_a_row_on_its_way_arrives_though_its_card_is_drawn_anew(gym, sets):
    page = gym.page
    gym.tap("Log set 1", within=gym.card)
    gym.expect_logged(1, "80", "8")
    held = hold(page, "**/sets/")
    gym.field("Reps, set 2").fill("7")
    gym.tap("Log set 2", within=gym.card)
    expect(row(gym, 2)).to_contain_class("set-row--sending")
    page.get_by_label("Options for Squat").tap()
    gym.tap("Move up", within=page.get_by_role("region", name="Squat"))
    expect(page.get_by_role("heading", level=2)).to_have_text(["Squat", "Bench Press"])
    expect(row(gym, 2)).to_contain_class("set-row--sending")
    release(page, "**/sets/", held)
    gym.expect_logged(2, "80", "7")
    gym.expect_logged_sets(2)
    assert sets.count() == 2
