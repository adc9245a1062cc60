"""Charts: where lines, bars, ticks and labels stand; the templates draw them as SVG.

`line_chart()` takes values by day, `bar_chart()` sums by week or month, both in the unit that is
shown. They return a `Chart` for `training/charts/_chart.html`. Across, everything is given in
percent of the width, so that the picture fits any page; down, in px, so that words keep their size.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from training.ticks import clock_ticks, nice_ticks
from workoutlog.numbers import format_duration, format_number, format_total

HEIGHT, TOP, BOTTOM = 220, 48, 192
# The least px that the plot is wide: on a phone of 320.
NARROWEST = 220
LETTER = 7  # The most px that a digit or letter of a label takes.
BETWEEN = 10  # The least px between two labels.
BEYOND = 16  # The px by which a label may go beyond the end.
GAP_DAYS = 28
MOST_HITS = 60
MOST_DOTS = 40
FEW_BARS = 13  # So few are labelled by day, more by month.
SAID = 136  # The px that the words of a hit take.


@dataclass(slots=True)
class Point:
    """A value on a day, in the unit of the chart; `url` is where it comes from."""

    day: date
    value: float
    url: str = ""


@dataclass(slots=True)
class Tick:
    """A line of the grid or a label below it: where it stands, and what it says."""

    at: float
    text: str
    anchor: str = "middle"


@dataclass(slots=True)
class Hit:
    """An area, and what is said of the dot or bar in it when it is pointed at."""

    left: float
    width: float
    x: float
    y: float
    day: str
    value: str
    anchor: str


@dataclass(slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True)
class Row:
    """A line of the table."""

    day: str
    value: str
    url: str = ""


@dataclass
class Chart:
    """A picture of numbers, as shapes and as a table."""

    title: str
    unit: str
    summary: str = ""
    ticks: list[Tick] = field(default_factory=list)
    labels: list[Tick] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    first_column: str = "Day"

    height, top, bottom = HEIGHT, TOP, BOTTOM

    @property
    def bars_path(self) -> str:
        """The bars as one SVG path; across it is given in hundredths of the width."""
        return "".join(
            f"M{bar.x},{bar.y}h{bar.width}v{bar.height}h{-bar.width}z" for bar in self.bars
        )

    @property
    def axis_width(self) -> int:
        """The px that the numbers beside the plot take."""
        return LETTER * max(len(one.text) for one in self.ticks) + 8


def line_chart(
    points: Iterable[Point],
    *,
    title: str,
    unit: str,
    places: int = 1,
    clock: bool = False,
    gap_days: int = GAP_DAYS,
) -> Chart:
    """Draw values by day; a line does not cross a gap of more than so many days.

    Values have at most so many decimal places; by the clock they are seconds.
    """
    points = sorted(points, key=lambda point: point.day)
    chart = Chart(title, unit)
    if not points:
        return chart
    write = writer(places, clock=clock)
    values = [point.value for point in points]
    steps = _steps(min(values), max(values), places, clock)
    first, last = points[0].day, points[-1].day

    def place(day: date) -> float:
        return (day - first).days / (last - first).days * 100 if last > first else 50.0

    xs = [round(place(point.day), 2) for point in points]
    ys = [_height(value, steps) for value in values]
    chart.ticks = [Tick(_height(step, steps), write(step)) for step in steps]
    chart.labels = _day_labels(first, last, place)
    for run in runs([point.day for point in points], gap_days):
        if xs[run[0]] == xs[run[-1]]:
            chart.dots += [(xs[number], ys[number]) for number in run]
            continue
        line = " ".join(f"{xs[number]},{ys[number]}" for number in run)
        chart.lines.append(line)
        chart.areas.append(f"{xs[run[0]]},{BOTTOM} {line} {xs[run[-1]]},{BOTTOM}")
    marked = range(len(points)) if len(points) <= MOST_DOTS else [len(points) - 1]
    chart.dots += [(xs[number], ys[number]) for number in marked]
    days = [_day(point.day) for point in points]
    words = [_with_unit(write(value), unit) for value in values]
    edges = [(before + after) / 2 for before, after in pairwise(xs)]
    chart.hits = _hits(values, xs, ys, [0.0, *edges, 100.0], days, words)
    chart.rows = [
        Row(day, write(point.value), point.url) for day, point in zip(days, points, strict=True)
    ][::-1]
    best = max(range(len(points)), key=values.__getitem__)
    chart.summary = (
        f"{title} from {days[0]} to {days[-1]}: first {words[0]}, last {words[-1]},"
        f" highest {words[best]} on {days[best]}."
    )
    return chart


def bar_chart(
    sums: Iterable[Point], *, title: str, unit: str, places: int = 0, monthly: bool = False
) -> Chart:
    """Draw sums by week or month, each given by its first day; none is missing, idle ones are 0."""
    sums = sorted(sums, key=lambda one: one.day)
    chart = Chart(title, unit, first_column="Month" if monthly else "Week of")
    if not any(one.value for one in sums):
        return chart
    write = writer(places)
    values = [one.value for one in sums]
    steps = nice_ticks(0, max(values), least=10.0**-places)
    slot = 100 / len(sums)
    bar = min(slot * 0.7, 16)
    ys = [_height(value, steps) for value in values]
    xs = [round((number + 0.5) * slot, 2) for number in range(len(sums))]
    chart.ticks = [Tick(_height(step, steps), write(step)) for step in steps]
    chart.bars = [
        Bar(round(x - bar / 2, 2), y, round(bar, 2), round(BOTTOM - y, 1))
        for x, y, value in zip(xs, ys, values, strict=True)
        if value
    ]
    starts = [one.day for one in sums]
    chart.labels = _sum_labels(starts, xs, few=not monthly and len(sums) <= FEW_BARS)
    days = [f"{day:%b %Y}" if monthly else _day(day) for day in starts]
    words = [_with_unit(write(value), unit) for value in values]
    edges = [number * slot for number in range(len(sums) + 1)]
    said = days if monthly else [f"Week of {day}" for day in days]
    chart.hits = _hits(values, xs, ys, edges, said, words)
    chart.rows = [
        Row(day, write(value)) for day, value in zip(days[::-1], values[::-1], strict=True)
    ]
    most = max(range(len(sums)), key=values.__getitem__)
    chart.summary = (
        f"{title} by {'month' if monthly else 'week'} from {days[0]} to {days[-1]}:"
        f" last {words[-1]}, most {words[most]} in {days[most]}."
    )
    return chart


def writer(places: int, *, clock: bool = False) -> Callable[[float], str]:
    """Return how to write values: of so many decimal places at most, or seconds by the clock."""
    if clock:
        return lambda value: format_duration(round(value))
    return lambda value: format_number(value, places) if places else format_total(value)


def runs(days: list[date], gap_days: int = GAP_DAYS) -> Iterable[range]:
    """Yield the places of days, in order, that no gap of more than `gap_days` parts."""
    gaps = [
        number
        for number, (before, after) in enumerate(pairwise(days), 1)
        if after - before > timedelta(days=gap_days)
    ]
    for start, end in pairwise([0, *gaps, len(days)]):
        yield range(start, end)


def _steps(low: float, high: float, places: int, clock: bool) -> list[float]:
    # What hardly changes must not look like a mountain range.
    room = max(0.05 * high - (high - low) / 2, 0)
    low, high = max(low - room, 0), high + room
    return clock_ticks(low, high) if clock else nice_ticks(low, high, least=10.0**-places)


def _height(value: float, steps: list[float]) -> float:
    share = (value - steps[0]) / (steps[-1] - steps[0])
    return round(BOTTOM - share * (BOTTOM - TOP), 1)


def _day_labels(first: date, last: date, place: Callable) -> list[Tick]:
    """Label months or years, or within two months the ends."""
    if first == last:
        return [Tick(50.0, f"{first:%-d %b}")]
    if (last - first).days < 62:
        return [Tick(0.0, f"{first:%-d %b}", "start"), Tick(100.0, f"{last:%-d %b}", "end")]
    return _calendar_labels(first + timedelta(days=1), last, place)


def _sum_labels(days: list[date], xs: list[float], *, few: bool) -> list[Tick]:
    """Label months or years where they begin, or `few` bars by their days."""
    if few:
        labels = [Tick(x, f"{day:%-d %b}") for x, day in zip(xs, days, strict=True)]
        strides = range(1, len(labels) + 1)
        return next(kept for every in strides if _fit(kept := labels[::-1][::every][::-1]))

    def place(day: date) -> float:
        return xs[bisect_left(days, day)]

    return _calendar_labels(days[0], days[-1], place)


def _calendar_labels(first: date, last: date, place: Callable) -> list[Tick]:
    """Label every month, or every second, third … or every so many years, as many as fit."""
    starts = (
        date(month // 12, month % 12 + 1, 1) for month in range(_month(first), _month(last) + 1)
    )
    starts = [day for day in starts if first <= day <= last]
    for months in (1, 2, 3, 6, 12, 24, 60, 120, 240):
        labels = [
            Tick(round(place(day), 2), f"{day:%Y}" if day.month == 1 else f"{day:%b}")
            for day in starts
            if _month(day) % months == 0
        ]
        labels = [one for one in labels if _span(one)[1] <= NARROWEST + BEYOND]
        if _fit(labels):
            break
    return labels


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _fit(labels: list[Tick]) -> bool:
    """Whether none touches another on the narrowest phone."""
    spans = [_span(one) for one in labels]
    return all(after[0] - before[1] >= BETWEEN for before, after in pairwise(spans))


def _span(label: Tick) -> tuple[float, float]:
    """Return from where to where a label goes at most, in px."""
    width = LETTER * len(label.text)
    start = label.at / 100 * NARROWEST - width * {"start": 0, "middle": 0.5, "end": 1}[label.anchor]
    return start, start + width


def _hits(values, xs, ys, edges, days, words) -> list[Hit]:
    """Divide the picture into areas around the points; of very many, around the highest of each."""
    count = len(xs)
    groups = min(count, MOST_HITS)
    hits = []
    for group in range(groups):
        first, end = count * group // groups, count * (group + 1) // groups
        shown = max(range(first, end), key=lambda number: (values[number], number))
        # The latest is what one looks for.
        shown = end - 1 if group == groups - 1 else shown
        x, near = xs[shown], SAID / 2 / NARROWEST * 100
        anchor = "start" if x < near else "end" if x > 100 - near else "middle"
        left, width = round(edges[first], 2), round(edges[end] - edges[first], 2)
        hits.append(Hit(left, width, x, ys[shown], days[shown], words[shown], anchor))
    return hits


def _with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit else text


def _day(day: date) -> str:
    return f"{day:%-d %b %Y}"
