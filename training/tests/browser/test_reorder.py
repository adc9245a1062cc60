"""Exercises are put in order by mouse, by finger, and by the menu from the keyboard."""

import pytest
from playwright.sync_api import expect

from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory

NAMES = ["Bench Press", "Squat", "Plank"]


@pytest.fixture
def log(phone, workout):
    """The workout's page, with three exercises."""
    for name in NAMES[1:]:
        EntryFactory(workout=workout, exercise=ExerciseFactory(name=name))
    for entry in workout.session_exercises.all():
        SetFactory.create_batch(4, session_exercise=entry)
    phone.page.goto(workout.get_absolute_url())
    return phone.page


class Mouse:
    """Moves one pointer over a page."""

    def __init__(self, page):
        self.page = page

    def down(self, x, y):
        self.page.mouse.move(x, y)
        self.page.mouse.down()

    def move(self, x, y):
        self.page.mouse.move(x, y, steps=5)

    def up(self):
        self.page.mouse.up()


class Finger:
    """The same by touch."""

    def __init__(self, page):
        self.devtools = page.context.new_cdp_session(page)

    def _send(self, kind, *points):
        points = [{"x": x, "y": y} for x, y in points]
        self.devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def down(self, x, y):
        self._send("touchStart", (x, y))

    def move(self, x, y):
        self._send("touchMove", (x, y))

    def up(self):
        self._send("touchEnd")


def handle(page, name):
    return page.get_by_role("region", name=name).locator("drag-handle")


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def pick_up(pointer, page, name):
    handle(page, name).scroll_into_view_if_needed()
    pointer.down(*middle(handle(page, name)))
    expect(page.locator(".log--sorting")).to_be_visible()


def expect_order(page, *names):
    expect(page.get_by_role("heading", level=2)).to_have_text(list(names))


@pytest.mark.parametrize("pointer", [Mouse, Finger])
def test_drag(log, pointer):
    pointer = pointer(log)
    pick_up(pointer, log, "Bench Press")
    x, y = middle(handle(log, "Plank"))
    pointer.move(x, y + 20)
    expect_order(log, "Squat", "Plank", "Bench Press")
    pointer.up()
    expect(log.locator("#announcer")).to_have_text("Bench Press moved to position 3 of 3")
    expect_order(log, "Squat", "Plank", "Bench Press")
    expect(log.locator(".log--sorting")).to_have_count(0)
    log.reload()
    expect_order(log, "Squat", "Plank", "Bench Press")

    pick_up(pointer, log, "Bench Press")
    x, y = middle(handle(log, "Plank"))
    pointer.move(x, y - 5)
    expect_order(log, "Squat", "Bench Press", "Plank")
    pointer.up()
    expect(log.locator("#announcer")).to_have_text("Bench Press moved to position 2 of 3")


def test_escape_cancels(log):
    mouse = Mouse(log)
    pick_up(mouse, log, "Bench Press")
    x, y = middle(handle(log, "Squat"))
    mouse.move(x, y + 10)
    expect_order(log, "Squat", "Bench Press", "Plank")
    log.keyboard.press("Escape")
    expect_order(log, *NAMES)
    mouse.up()
    log.reload()
    expect_order(log, *NAMES)


def test_without_a_connection_the_order_stays(log, problems):
    problems.expect("ERR_INTERNET_DISCONNECTED|htmx:(sendError|afterRequest)")
    mouse = Mouse(log)
    log.context.set_offline(True)
    pick_up(mouse, log, "Bench Press")
    x, y = middle(handle(log, "Squat"))
    mouse.move(x, y + 10)
    mouse.up()
    expect(log.get_by_text("No connection.")).to_be_visible()
    expect_order(log, *NAMES)


def test_the_page_scrolls_at_the_edge(log):
    log.set_viewport_size({"width": 390, "height": 320})
    mouse = Mouse(log)
    pick_up(mouse, log, "Bench Press")
    mouse.move(200, 315)
    expect_order(log, "Squat", "Plank", "Bench Press")
    mouse.up()
    expect(log.locator("#announcer")).to_have_text("Bench Press moved to position 3 of 3")


def test_a_move_by_keyboard_keeps_the_focus(log):
    for position, action in ((2, "Move down"), (3, "Move down"), (2, "Move up")):
        options = log.get_by_label("Options for Bench Press")
        options.focus()
        log.keyboard.press("Enter")
        menu = log.get_by_role("region", name="Bench Press")
        menu.get_by_role("button", name=action).focus()
        log.keyboard.press("Enter")
        text = f"Bench Press moved to position {position} of 3"
        expect(log.locator("#announcer")).to_have_text(text)
        expect(options).to_be_focused()


@pytest.mark.parametrize("javascript", [False], ids=["plain"])
def test_without_scripts_there_is_no_handle(log, javascript):
    expect(handle(log, "Squat")).to_be_hidden()
