"""Taps and keys, counted against what Hevy and Strong need for the same."""

from playwright.sync_api import Locator, Page, expect

# Task: Hevy, Strong, and the most that we allow. Counted from their documented flows, with the app
# open on its first page; typing is one tap to focus and one per key; what is not documented, n/a.
BENCHMARK = {
    "Start, repeating the last workout": ("4", "2–3", 1),
    "Log a set, same numbers as last time": ("1", "1", 1),
    "Log a set, other weight, by a step": ("6", "6", 2),
    "Log a set, other weight, by keys": ("6", "6", 6),
    "Add an exercise done before": ("3", "3", 2),
    "Start empty, log a known exercise": ("6", "5", 4),
    "Finish": ("2", "2", 1),
    "Undo a wrong ✓": ("n/a", "n/a", 1),
    "Undo a deletion": ("n/a", "n/a", 1),
}
measured: dict[str, int] = {}


class Taps:
    """A thumb that counts what it does."""

    def __init__(self, page: Page):
        self.page = page
        self.count = 0

    def tap(self, target: Locator) -> None:
        """Tap what can be seen now, if need be after scrolling."""
        expect(target).to_be_visible()
        target.scroll_into_view_if_needed()
        expect(target).to_be_in_viewport()
        target.tap()
        self.count += 1

    def type(self, field: Locator, text: str) -> None:
        """Type over what a field holds."""
        self.tap(field)
        self.page.keyboard.type(text)
        self.count += len(text)
        expect(field).to_have_value(text)

    def meet(self, task: str) -> None:
        """Check the taps so far against the benchmark, and begin to count anew."""
        measured[task] = max(measured.get(task, 0), self.count)
        *_, most = BENCHMARK[task]
        assert self.count <= most, f"{task}: {self.count} taps and keys, at most {most}"
        self.count = 0


def pytest_terminal_summary(terminalreporter):
    if not measured:
        return
    terminalreporter.section("Taps and keys")
    rows = [("", "Hevy", "Strong", "Bar", "Measured")]
    for task, (hevy, strong, most) in BENCHMARK.items():
        rows.append((task, hevy, strong, f"≤ {most}", str(measured.get(task, "–"))))
    for task, *counts in rows:
        cells = "".join(f"{count:>10}" for count in counts)
        terminalreporter.write_line(f"{task:<38}{cells}")
