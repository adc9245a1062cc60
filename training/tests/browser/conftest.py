"""A phone for every test, and a lifter who holds it."""

import os
import re
import shutil

import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Locator, Page, expect, sync_playwright

from accounts.tests.fixtures import logged_in
from training.tests.browser.taps import pytest_terminal_summary  # noqa: F401
from training.tests.factories import EntryFactory, WorkoutFactory

# Playwright's sync API runs an event loop in this thread, where Django refuses to use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = {"width": 390, "height": 844}
FLAGS = (
    "--no-sandbox",  # Chromium does not start as root otherwise.
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 15_000  # Milliseconds, for a busy machine; all waits end as soon as they can.
NAMES = ("chromium", "chromium-browser", "google-chrome")


class Phone:
    """A tab of the browser, and what one does there with the app."""

    def __init__(self, page: Page):
        self.page = page

    @property
    def card(self) -> Locator:
        """The card of the one exercise on the page."""
        return self.page.get_by_role("region", name="Bench Press")

    def field(self, name: str) -> Locator:
        return self.card.get_by_label(name, exact=True)

    def tap(self, name: str, *, role="button", within: Locator | None = None) -> None:
        (within or self.page).get_by_role(role, name=name, exact=True).tap()

    def log_set(self, number: int, weight: str, reps: str) -> None:
        self.field(f"Weight, set {number}").fill(weight)
        self.field(f"Reps, set {number}").fill(reps)
        self.tap(f"Log set {number}", within=self.card)

    def expect_logged(self, number: int, weight: str, reps: str) -> None:
        expect(
            self.card.get_by_role("button", name=f"Save set {number}", exact=True)
        ).to_be_visible()
        expect(self.field(f"Weight, set {number}")).to_have_value(weight)
        expect(self.field(f"Reps, set {number}")).to_have_value(reps)

    def expect_logged_sets(self, count: int) -> None:
        expect(self.card.get_by_role("button", name=re.compile(r"Save set \d+"))).to_have_count(
            count
        )


class Problems(list):
    """What the browser complained of, but for what a test says it expects."""

    def __init__(self):
        super().__init__()
        self.expected = []

    def expect(self, pattern: str) -> None:
        self.expected.append(pattern)

    def listen(self, context: BrowserContext) -> None:
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.append(str(error.error)))

    def _hear(self, message) -> None:
        if message.type in ("error", "warning"):
            self.append(f"{message.text} ({message.location['url']})")

    @property
    def unexpected(self) -> list[str]:
        return [
            text for text in self if not any(re.search(pattern, text) for pattern in self.expected)
        ]


@pytest.fixture(scope="session")
def browser():
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert path, "There is no Chromium here: install it, or name it in CHROMIUM."
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def javascript():
    """Whether the phone runs JavaScript; a test overrides it by `parametrize`."""
    return True


@pytest.fixture
def problems():
    problems = Problems()
    yield problems
    assert problems.unexpected == []


@pytest.fixture
def new_phone(browser, live_server, problems, javascript):
    """Open a browser window of its own, in which a user may be logged in."""
    cache.clear()  # The rate limits' counters, which lie outside the tables of models.
    contexts = []

    def open_window(user=None, **options):
        context = browser.new_context(
            base_url=live_server.url,
            viewport=PHONE,
            has_touch=True,
            device_scale_factor=1,
            java_script_enabled=javascript,
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/Berlin",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        problems.listen(context)
        if user:
            session = logged_in(user).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return Phone(context.new_page())

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def phone(new_phone, alice):
    """Alice's phone."""
    return new_phone(alice)


@pytest.fixture
def workout(alice, bench_press):
    """A running workout of Alice's with one exercise, and no set yet."""
    workout = WorkoutFactory(user=alice)
    EntryFactory(workout=workout, exercise=bench_press)
    return workout


@pytest.fixture
def open_workout(phone, workout):
    """Alice's phone, showing that workout."""
    phone.page.goto(workout.get_absolute_url())
    return phone
